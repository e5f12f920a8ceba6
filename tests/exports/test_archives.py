"""An exported archive proves itself to anyone with Python; whatever is changed in it, the script names where."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from delegations.models import Conference, Seat
from drafting import chain
from drafting.exports import archives, verify_archive
from drafting.models import NegotiatingText, Rectification
from drafting.services import (
    amendments,
    decisions,
    drafts,
    folds,
    journal,
    pen_sessions,
    rectifications,
    revisions,
    typing,
)
from drafting.services.proposals import Proposed
from drafting.services.rectifications import Wanted
from drafting.services.typing import Op, Part
from drafting.text import wire
from drafting.text.changes import ChangeSet
from tests import factories, rooms
from tests.cast import Cast

Files = dict[str, bytes]
numbers = count(1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.ARCHIVES = tmp_path / "archives"


def typed(negotiated: NegotiatingText, seat: Seat, said: str) -> None:
    """Type `said` letter by letter at the end of the first provision, with a pen."""
    words = factories.provision(negotiated).words
    pen_sessions.take(seat, words.pk, "editorial")
    for letter in said:
        words.refresh_from_db()
        changes = [wire.units(words.content), [0, letter]]
        op = Op(seat.pk, f"archive-{next(numbers)}", 0, 1, [Part(words.pk, words.rev, changes)])
        typing.apply(negotiated.floor, [op])
    pen_sessions.lay_down(seat, words.pk)


def negotiate(cast: Cast) -> NegotiatingText:
    """A text proposed on, decided on, typed in and issued twice."""
    negotiated = factories.text(cast, "Each Party shall [take] 𝔞 measures.", "x [y] z")
    amendments.submit(cast.norway, negotiated, [Proposed(factories.provision(negotiated, "2"), "x [y] z, and w")])
    first = decisions.decide(cast.chair, negotiated, "lift", "room", brackets=[factories.bracket(negotiated).pk])
    revisions.issue(cast.chair, negotiated)
    decisions.undo(cast.chair, first)
    typed(negotiated, cast.chair, "abc")
    two = [factories.bracket(negotiated, 2).pk]
    decisions.decide(cast.chair, negotiated, "drop", "chair", brackets=two, reason="Nobody asked for it.")
    revisions.issue(cast.secretary, negotiated)
    return negotiated


furnished, room, cast, text = rooms.shared(negotiate)


def unpacked(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def proof(tmp_path: Path, files: Files | bytes, *options: str) -> tuple[int, str]:
    """Run the script as anybody would: a process of its own, in which nothing of ours can be imported."""
    file = tmp_path / "archive.zip"
    file.write_bytes(files if isinstance(files, bytes) else archives._packed(files))
    script = tmp_path / "verify_archive.py"
    script.write_bytes(archives.SCRIPT.read_bytes())
    run = [sys.executable, "-I", "-W", "error", str(script), str(file), *options]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stderr == ""
    return done.returncode, done.stdout


def rows(files: Files, kind: str = "floor") -> list[dict[str, Any]]:
    return [json.loads(line) for line in files[f"journal/{kind}.jsonl"].splitlines()]


def forged(files: Files, **changed: Any) -> Files:
    """Return the files with some replaced, and a manifest that names them as they are."""
    made = files | {name.replace("__", "/").replace("_dot_", "."): data for name, data in changed.items()}
    manifest = json.loads(made["manifest.json"])
    manifest["files"] = {
        name: hashlib.sha256(data).hexdigest() for name, data in made.items() if name != "manifest.json"
    }
    return made | {"manifest.json": json.dumps(manifest).encode()}


def with_rows(files: Files, found: list[dict[str, Any]]) -> Files:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()
    return forged(files, **{"journal__floor_dot_jsonl": lines})


def seq_of(files: Files, kind: str, which: int = 0) -> int:
    return int([row["seq"] for row in rows(files) if row["kind"] == kind][which])


@pytest.mark.parametrize("who", ["observer", "norway", "capital", "chair", "secretary"])
def test_a_good_archive_is_proved_for_every_reader(cast: Cast, text: NegotiatingText, tmp_path: Path, who: str) -> None:
    code, said = proof(tmp_path, archives.write(getattr(cast, who), text))
    assert (code, said.splitlines()[-1]) == (0, "PROVED.")
    assert ("what its edits lead to" in said) == (who != "observer")


def test_the_same_history_gives_the_same_bytes(cast: Cast, text: NegotiatingText) -> None:
    assert archives.write(cast.norway, text) == archives.write(cast.kenya, text)


def test_it_holds_every_issued_text_in_each_form(cast: Cast, text: NegotiatingText) -> None:
    files = unpacked(archives.write(cast.norway, text))
    forms = ("snapshot.json", "text.txt", "document.json", "document.xml")
    assert {f"revisions/{number}/{form}" for number in range(3) for form in forms} < set(files)
    assert files["revisions/2/text.txt"].decode() == "\n\n".join(factories.words(text)) + "\n"
    assert [row["undone"] for row in json.loads(files["decisions.json"])] == [True, False]


def test_observers_get_what_is_issued_and_nothing_of_the_floor(cast: Cast, text: NegotiatingText) -> None:
    before = archives.write(cast.observer, text)
    drafts.open(cast.norway, factories.provision(text))
    typed(text, cast.chair, "secret")
    assert archives.write(cast.observer, text) == before
    files = unpacked(before)
    assert sorted(name for name in files if name.startswith(("journal", "revisions/0", "decisions"))) == [
        "journal/public.jsonl"
    ]
    assert str(text.floor_id).encode() not in b"".join(files.values())


def test_a_draft_leaves_no_trace_in_the_floors_archive(cast: Cast, text: NegotiatingText) -> None:
    before = archives.write(cast.kenya, text)
    factories.write(cast.norway, drafts.open(cast.norway, factories.provision(text)), "Each Party shall do nothing.")
    assert archives.write(cast.kenya, text) == before


def test_who_acted_and_who_proposed_is_withheld_from_the_floor_and_its_salt_too(
    cast: Cast, text: NegotiatingText
) -> None:
    found = rows(unpacked(archives.write(cast.kenya, text)))
    assert {row["author"] for row in found} == {row["author_salt"] for row in found} == {None}
    (proposed,) = [row for row in found if row["kind"] == "amendment-submitted"]
    assert (proposed["body"], proposed["body_salt"], proposed["withheld"]) == (None, None, ["body", "author"])


def test_the_bureau_gets_every_body_and_of_authors_its_own(cast: Cast, text: NegotiatingText) -> None:
    found = rows(unpacked(archives.write(cast.chair, text)))
    assert all(row["body"] for row in found)
    authors = {row["kind"]: row["author"] is not None for row in found}
    assert (authors["decided"], authors["amendment-submitted"]) == (True, False)


def test_names_hidden_since_are_left_out_of_texts_and_the_proof_says_so(
    cast: Cast, text: NegotiatingText, tmp_path: Path
) -> None:
    decisions.decide(cast.chair, text, "bracket", "chair", hunks=[amendments_hunk(text)])
    revisions.issue(cast.chair, text)
    Conference.objects.update(attribution_shown=False)
    data = archives.write(Seat.objects.get(pk=cast.kenya.pk), NegotiatingText.objects.get(pk=text.pk))
    code, said = proof(tmp_path, data)
    assert (code, "names are withheld in 1" in said) == (0, True)
    assert b'"NOR"' not in unpacked(data)["revisions/3/snapshot.json"]


def amendments_hunk(text: NegotiatingText) -> int:
    return int(text.amendments.get().versions.get().hunks.get().pk)


def test_folded_and_erased_rows_verify(cast: Cast, text: NegotiatingText, tmp_path: Path) -> None:
    assert folds.fold(text, timezone.now() + folds.AGE + timedelta(hours=1)) == 3
    journal.erase(text.floor, cast.secretary, "hunks-moved", "asked for")
    files = unpacked(archives.write(cast.kenya, text))
    assert len(files["journal/floor.folded.jsonl"].splitlines()) == 3
    assert proof(tmp_path, files)[0] == 0
    del files["journal/floor.folded.jsonl"]
    assert proof(tmp_path, forged(files))[0] == 0


def test_a_folded_row_that_was_changed_is_named(cast: Cast, text: NegotiatingText, tmp_path: Path) -> None:
    folds.fold(text, timezone.now() + folds.AGE + timedelta(hours=1))
    files = unpacked(archives.write(cast.kenya, text))
    lines = files["journal/floor.folded.jsonl"].splitlines()
    seq = json.loads(lines[1])["seq"]
    for kept in (lines[:1] + lines[2:], [lines[0], lines[1].replace(b"body_salt", b"salt"), lines[2]]):
        code, said = proof(tmp_path, forged(files, **{"journal__floor_dot_folded_dot_jsonl": b"\n".join(kept)}))
        assert code == 1
        assert f"seq {seq}" in said or "salt" in said


def test_words_gone_that_no_erasure_names_are_a_fault(cast: Cast, text: NegotiatingText, tmp_path: Path) -> None:
    files = unpacked(archives.write(cast.chair, text))
    found = rows(files)
    found[3] |= {"body": None, "body_salt": None}
    assert f"Stream {text.floor_id} (floor), seq 4:" in proof(tmp_path, with_rows(files, found))[1]


def changed_word(files: Files) -> tuple[Files, int]:
    found = rows(files)
    row = next(row for row in found if row["kind"] == "typed")
    row["body"] = row["body"].replace('"b"', '"x"').replace('"a"', '"x"')
    return with_rows(files, found), row["seq"]


def dropped_row(files: Files) -> tuple[Files, int]:
    found = rows(files)
    return with_rows(files, found[:4] + found[5:]), found[4]["seq"]


def dropped_end(files: Files) -> tuple[Files, int]:
    found = rows(files)
    return with_rows(files, found[:-1]), found[-1]["seq"]


def swapped_rows(files: Files) -> tuple[Files, int]:
    found = rows(files)
    return with_rows(files, [*found[:4], found[5], found[4], *found[6:]]), found[4]["seq"]


def swapped_revision(files: Files) -> tuple[Files, int]:
    other = {f"revisions__1__{form}": files[f"revisions/2/{form}"] for form in ("snapshot.json", "text.txt")}
    return forged(files, **other), seq_of(files, "revision-issued", 1)


def changed_text(files: Files) -> tuple[Files, int]:
    words = files["revisions/2/text.txt"].replace(b"measures", b"actions")
    return forged(files, **{"revisions__2__text.txt": words}), seq_of(files, "revision-issued", 2)


def changed_decision(files: Files) -> tuple[Files, int]:
    listed = json.loads(files["decisions.json"])
    listed[1]["authority"] = "room"
    return forged(files, **{"decisions.json": json.dumps(listed).encode()}), listed[1]["seq"]


def changed_certificate(files: Files) -> tuple[Files, int]:
    named = json.loads(files["revisions/2/certificate.json"]) | {"row": "00" * 32}
    return forged(files, **{"revisions__2__certificate.json": json.dumps(named).encode()}), seq_of(
        files, "revision-issued", 2
    )


def dropped_decision(files: Files) -> tuple[Files, int]:
    listed = json.loads(files["decisions.json"])
    return forged(files, **{"decisions.json": json.dumps(listed[:1]).encode()}), listed[1]["seq"]


@pytest.mark.parametrize(
    "forge",
    [
        *(changed_word, dropped_row, dropped_end, swapped_rows, swapped_revision, changed_text, changed_decision),
        *(dropped_decision, changed_certificate),
    ],
)
def test_a_forgery_is_refused_with_its_stream_and_seq(
    cast: Cast, text: NegotiatingText, tmp_path: Path, forge: Callable[[Files], tuple[Files, int]]
) -> None:
    files, seq = forge(unpacked(archives.write(cast.norway, text)))
    code, said = proof(tmp_path, files)
    assert (code, f"Stream {text.floor_id} (floor), seq {seq}: " in said) == (1, True), said


def rechained(files: Files, found: list[dict[str, Any]]) -> Files:
    """Return the floor's journal with every row hashed anew after a change, as who holds the archive could."""
    manifest = json.loads(files["manifest.json"])
    described = next(row for row in manifest["streams"] if row["kind"] == "floor")
    digest = b"\0" * 32
    for row in found:
        if row["body"] is not None:
            row["body_digest"] = chain.inner(bytes.fromhex(row["body_salt"]), row["body"]).hex()
        digest = verify_archive.link(digest, described["id"], row)
        row["digest"] = digest.hex()
    described["digest"] = digest.hex()
    return with_rows(files | {"manifest.json": json.dumps(manifest).encode()}, found)


def test_edits_that_lead_elsewhere_are_found_though_the_chain_was_made_anew(
    cast: Cast, text: NegotiatingText, tmp_path: Path
) -> None:
    files = unpacked(archives.write(cast.norway, text))
    found = rows(changed_word(files)[0])
    code, said = proof(tmp_path, rechained(files, found))
    assert (code, f"seq {seq_of(files, 'revision-issued', 2)}: 1 of " in said) == (1, True), said


def test_a_journal_written_anew_is_found_by_the_heads_kept_elsewhere(
    cast: Cast, text: NegotiatingText, tmp_path: Path
) -> None:
    kept = tmp_path / "heads.json"
    kept.write_text(json.dumps({str(text.floor_id): [text.floor.entries.count(), text_digest(text)]}))
    typed(text, cast.chair, "z")
    files = unpacked(archives.write(cast.norway, text))
    assert proof(tmp_path, files, "--against", str(kept))[0] == 0
    found = rows(files)
    found[2]["author_digest"] = "00" * 32
    assert proof(tmp_path, rechained(files, found), "--against", str(kept))[0] == 1


def text_digest(text: NegotiatingText) -> str:
    return bytes(text.floor.entries.order_by("-seq")[0].digest).hex()


def test_another_form_of_a_text_that_was_changed_is_named(cast: Cast, text: NegotiatingText, tmp_path: Path) -> None:
    files = unpacked(archives.write(cast.observer, text)) | {"revisions/1/document.xml": b"<akomaNtoso/>"}
    code, said = proof(tmp_path, files)
    assert (code, "revisions/1/document.xml is not the file" in said) == (1, True)


@pytest.mark.parametrize("junk", [b"", b"PK", b"no archive"])
def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path: Path, junk: bytes) -> None:
    code, said = proof(tmp_path, junk)
    assert (code, said.startswith("NOT PROVED. This is not an archive")) == (1, True)


def test_the_script_imports_the_standard_library_alone() -> None:
    tree = ast.parse(archives.SCRIPT.read_text(encoding="utf-8"))
    assert set(imported(tree)) <= sys.stdlib_module_names


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield (node.module or "").partition(".")[0]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers(0, 2**40)


@given(
    *(st.binary(min_size=32, max_size=32), WORDS, NUMBERS, WORDS, WORDS, NUMBERS, WORDS),
    *(st.none() | NUMBERS, st.none() | NUMBERS, WORDS, WORDS),
)
def test_the_script_hashes_as_the_journal_does(
    previous: bytes,
    stream: str,
    seq: int,
    at: str,
    kind: str,
    version: int,
    text: str,
    rev: int | None,
    through: int | None,
    body: str,
    author: str,
) -> None:
    head = chain.Head(stream, seq, at, kind, version, text, rev, through)
    digests = chain.inner(b"salt", body), chain.inner(b"pepper", author)
    assert (verify_archive.inner(b"salt", body), verify_archive.inner(b"pepper", author)) == digests
    plain = {"seq": seq, "at": at, "kind": kind, "version": version, "text": text, "rev": rev, "through": through}
    row = plain | {"body_digest": digests[0].hex(), "author_digest": digests[1].hex()}
    assert verify_archive.link(previous, stream, row) == chain.link(previous, head, *digests)


@given(WORDS, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), WORDS), max_size=3))
def test_the_script_edits_as_the_engine_does(words: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, at = [], 0
    for low, high, new in sorted(wanted):
        if at <= low <= high <= len(words) and "\r" not in new:
            edits.append((low, high, new))
            at = high
    change = ChangeSet.of(edits, len(words))
    assert verify_archive.apply(change.to_json(words), words) == change.apply(words)


@pytest.fixture
def corrected(cast: Cast, text: NegotiatingText) -> NegotiatingText:
    """The text with a corrigendum to what was issued last."""
    last = text.revisions.get(number=2)
    wanted = [Wanted("1", "measures", "steps"), Wanted("2", "x", "X")]
    rectifications.issue(cast.secretary, last, Rectification.Form.CORRIGENDUM, wanted)
    return text


@pytest.mark.parametrize("who", ["observer", "norway", "secretary"])
def test_what_corrects_an_issued_text_is_in_the_archive_and_proved(
    cast: Cast, corrected: NegotiatingText, tmp_path: Path, who: str
) -> None:
    files = unpacked(archives.write(getattr(cast, who), corrected))
    assert "For “measures” read “steps”." in files["revisions/2/corrigendum-1.txt"].decode()
    assert b"measures" in files["revisions/2/text.txt"]
    code, said = proof(tmp_path, files)
    assert (code, "1 corrections of issued texts" in said) == (0, True)


def test_a_correction_changed_left_out_or_added_is_named(
    cast: Cast, corrected: NegotiatingText, tmp_path: Path
) -> None:
    files = unpacked(archives.write(cast.norway, corrected))
    name = "revisions/2/corrigendum-1.json"
    changed = forged({**files, name: files[name].replace(b"steps", b"stops")})
    manifest = json.loads(files["manifest.json"])
    listed = manifest["revisions"][2]["rectifications"]
    left_out = {**manifest, "revisions": [{**row, "rectifications": []} for row in manifest["revisions"]]}
    added = {
        **manifest,
        "revisions": [{**row, "rectifications": [*listed, {"digest": "0"}]} for row in manifest["revisions"]],
    }
    said = [
        proof(tmp_path, one)
        for one in (
            changed,
            files | {"manifest.json": json.dumps(left_out).encode()},
            files | {"manifest.json": json.dumps(added).encode()},
        )
    ]
    assert [code for code, _ in said] == [1, 1, 1]
    assert "is not what was issued" in said[0][1]
    assert "is not in the archive" in said[1][1]
    assert "is not in the journal" in said[2][1]
