"""A file is taken over by command as it is from the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from drafting.models import Decision
from tests import factories
from tests.cast import Cast
from tests.management.test_commands import run

WORDS = (
    "1. Each Party shall act at once.",
    "2. Parties report every two years.",
    "3. The secretariat serves the meetings.",
)
NEXT = ("1. Each Party should act at once.", "2. Parties report every two years.", "4. Money is found by the Parties.")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "next.txt"
    path.write_text("\n\n".join(NEXT), encoding="utf-8")
    return str(path)


def test_a_dry_run_says_what_would_change_and_changes_nothing(cast: Cast, file: str) -> None:
    text = factories.text(cast, *WORDS)
    *lines, last = run("import_text", file, "--as", "revision", "--text", "rivers/treaty", "--dry-run")
    assert json.loads(last) == {
        **{"text": text.pk, "provisions": 3, "pairs": 0, "anomalies": 0},
        **{"differences": 3, "left": 0, "unchanged": 1, "made": 0, "batch": None},
    }
    assert "taken out: 3" in lines
    assert factories.words(text) == list(WORDS)


def test_a_revision_is_one_decision_of_the_secretariat(cast: Cast, file: str) -> None:
    text = factories.text(cast, *WORDS)
    told = json.loads(
        run("import_text", file, "--as", "revision", "--text", "rivers/treaty", "--authority", "room")[-1]
    )
    assert factories.words(text) == list(NEXT)
    row = Decision.objects.get()
    assert (row.authority, str(row.batch), told["made"]) == ("room", told["batch"], 3)
    assert row.reason == "(from next.txt)"


def test_a_chairs_text_needs_the_chairs_seat_and_is_decided_one_by_one(cast: Cast, file: str) -> None:
    text = factories.text(cast, *WORDS)
    with pytest.raises(CommandError, match="whose act it is"):
        run("import_text", file, "--as", "chair", "--text", "rivers/treaty")
    with pytest.raises(CommandError, match="may not"):
        run("import_text", file, "--as", "chair", "--text", "rivers/treaty", "--seat", str(cast.secretary.pk))
    run("import_text", file, "--as", "chair", "--text", "rivers/treaty", "--seat", str(cast.chair.pk), "--is", "3=3")
    assert factories.words(text) == list(NEXT)
    assert set(Decision.objects.values_list("authority", flat=True)) == {"chair"}
    assert not text.provisions.filter(retired=True).exists()
