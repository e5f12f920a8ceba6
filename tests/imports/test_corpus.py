"""Every real text comes in and goes out again, character for character but for white space."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from drafting.imports import reading
from drafting.models import NegotiatingText
from drafting.text import brackets
from drafting.text.command_line import files


def test_the_report_on_each_real_text_says_that_no_word_is_lost(corpus: Path) -> None:
    for path in sorted((corpus / "texts").iterdir()):
        read = reading.open(path.read_bytes(), path.name)
        assert (read.lost, read.letters) == (0, len("".join(path.read_text(encoding="utf-8").split()))), path.name


def test_the_real_texts_round_trip_with_the_engines_counts(db: None, corpus: Path) -> None:
    for path in sorted((corpus / "texts").iterdir()):
        out, back = io.StringIO(), io.StringIO()
        call_command("import_text", str(path), stdout=out)
        counted = json.loads(out.getvalue().splitlines()[-1])
        parsed = brackets.parse(files.split(files.read(str(path))))
        assert (counted["pairs"], counted["anomalies"]) == (len(parsed.pairs), len(parsed.anomalies)), path.name
        call_command("export_text", str(counted["text"]), stdout=back)
        assert "".join(back.getvalue().split()) == "".join(path.read_text(encoding="utf-8").split()), path.name


@pytest.mark.parametrize("first", ["", "# SOURCE: a note on where it was found\n\n"])
def test_the_rows_are_what_the_parse_finds(db: None, corpus: Path, tmp_path: Path, first: str) -> None:
    path = tmp_path / "treaty.txt"
    source = (corpus / "texts" / "unfccc_md_4-dec-2015_draft_agreement.txt").read_text(encoding="utf-8")
    path.write_text(first + source.partition("\n")[2], encoding="utf-8")
    out = io.StringIO()
    call_command("import_text", str(path), stdout=out)
    text = NegotiatingText.objects.get(pk=json.loads(out.getvalue().splitlines()[-1])["text"])
    rows = list(text.provisions.order_by("order").values_list("words__content", flat=True))
    pairs = brackets.parse(rows).pairs
    order = dict(text.provisions.values_list("words_id", "order"))
    ends = text.brackets.values_list("start_text_id", "start_offset", "end_text_id", "end_offset")
    stored = {((order[a], b), (order[c], d)) for a, b, c, d in ends}
    assert stored == {(tuple(pair.start), tuple(pair.end)) for pair in pairs}
