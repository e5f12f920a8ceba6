"""Documents written, and languages put in, by command."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from drafting.queries import languages
from drafting.services import revisions
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["bracketed", "clean", "compilation", "log", "loss", "comparison", "pack"])
def test_every_document_there_is_can_be_written(cast: Cast, tmp_path: Path, kind: str) -> None:
    text = factories.text(cast)
    revisions.issue(cast.secretary, text)
    file = tmp_path / "out.txt"
    assert str(file) in run("export_document", cast.norway.pk, "rivers/treaty", kind, file)
    assert file.read_text("utf-8").startswith("Conference on Rivers")


def test_what_a_seat_may_not_read_is_not_written(cast: Cast, tmp_path: Path) -> None:
    factories.text(cast)
    for seat, name in ((cast.observer, "out.txt"), (cast.norway, "out.odt")):
        with pytest.raises(CommandError):
            run("export_document", seat.pk, "rivers/treaty", "bracketed", tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_translators_file_is_put_in_and_what_is_left_out_says_why(cast: Cast, tmp_path: Path) -> None:
    text = factories.text(cast, "Each Party [shall] act.", "The end.")
    file = tmp_path / "fr.txt"
    file.write_text("Chaque Partie agit.\n\nFin.\n", encoding="utf-8")
    act = (cast.secretary.pk, "rivers/treaty", "fr", file)
    assert "Provisions that would change: 2" in run("import_language", *act, "--title", "Traité", "--dry-run")
    assert languages.progress(cast.norway, text)[0].counts["fresh"] == 0
    said = run("import_language", *act)
    assert "1 was left as it is: The translation has 0 pairs of brackets" in said
    assert "Provisions put in: 1. The version now: 1 missing, 1 fresh." in said


def test_only_the_secretariat_puts_one_in(cast: Cast, tmp_path: Path) -> None:
    factories.text(cast)
    file = tmp_path / "fr.txt"
    file.write_text("Fin.", encoding="utf-8")
    with pytest.raises(CommandError, match="forbidden"):
        run("import_language", cast.chair.pk, "rivers/treaty", "fr", file, "--title", "Traité")
