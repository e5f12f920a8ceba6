"""The commands of a text's life: bring it in, write it out, prove the journal."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from delegations.models import Conference, User
from drafting.models import NegotiatingText
from tests import factories
from tests.cast import Cast


def run(command: str, *arguments: str) -> list[str]:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def treaty(tmp_path: Path) -> Path:
    path = tmp_path / "Treaty on Rivers.txt"
    path.write_text("Article 1\n\n1. Each Party [shall][should] act] now.\n", encoding="utf-8")
    return path


def test_the_last_line_of_an_import_tells_what_was_made(db: None, treaty: Path) -> None:
    lines = run("import_text", str(treaty))
    assert json.loads(lines[-1]) == {
        "text": NegotiatingText.objects.get().pk,
        "provisions": 2,
        "pairs": 2,
        "anomalies": 1,
    }
    assert any("without a partner" in line for line in lines)


def test_the_export_gives_back_what_came_in(db: None, treaty: Path) -> None:
    text = json.loads(run("import_text", str(treaty))[-1])["text"]
    assert run("export_text", str(text)) == ["Article 1", "", "1. Each Party [shall][should] act] now."]


def test_a_file_brought_twice_gets_an_address_of_its_own(db: None, treaty: Path) -> None:
    run("import_text", str(treaty))
    run("import_text", str(treaty))
    assert sorted(NegotiatingText.objects.values_list("slug", flat=True)) == ["treaty-on-rivers", "treaty-on-rivers-2"]


@pytest.mark.parametrize("data", [b"", b" \n ", b"\x00\x01", b"\xff\xfe\xfa", b"PK\x03\x04"])
def test_a_file_that_is_no_text_is_refused_and_leaves_no_row(db: None, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        run("import_text", str(path))
    assert str(refused.value).count(".") == 1
    assert not any(model.objects.exists() for model in (Conference, User, NegotiatingText))


def test_a_file_that_is_not_there_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("import_text", str(tmp_path / "nothing.txt"))


def test_nobody_can_sign_in_as_the_account_commands_act_under(db: None, treaty: Path) -> None:
    run("import_text", str(treaty))
    assert not User.objects.get().has_usable_password()


def test_the_journal_verifies_and_prints_its_number_of_rows(db: None, treaty: Path) -> None:
    run("import_text", str(treaty))
    assert int(run("verify_journal")[-1]) > 4


def test_a_journal_with_nothing_to_fold_folds_nothing_and_its_archives_are_in_order(db: None, treaty: Path) -> None:
    run("import_text", str(treaty))
    assert run("fold_journal")[-1] == "0"
    run("verify_journal", "--archives")


def test_heads_kept_elsewhere_show_that_a_whole_chain_was_written_anew(db: None, treaty: Path, tmp_path: Path) -> None:
    run("import_text", str(treaty))
    kept = tmp_path / "heads.json"
    run("verify_journal", "--heads", str(kept))
    run("verify_journal", "--against", str(kept))
    heads = json.loads(kept.read_text())
    kept.write_text(json.dumps({stream: [seq, "00" * 32] for stream, (seq, _) in heads.items() if seq}))
    with pytest.raises(CommandError, match="seq"):
        run("verify_journal", "--against", str(kept))


def test_an_archive_is_written_for_a_seat_and_refused_to_a_stranger(cast: Cast, tmp_path: Path) -> None:
    factories.text(cast, "a [b] c")
    run("export_archive", str(cast.norway.pk), "rivers/treaty", str(tmp_path / "treaty.zip"))
    assert zipfile.is_zipfile(tmp_path / "treaty.zip")
    with pytest.raises(CommandError, match="no such text"):
        run("export_archive", str(cast.stranger.pk), "rivers/treaty", str(tmp_path / "none.zip"))
    assert not (tmp_path / "none.zip").exists()
