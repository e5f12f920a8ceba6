"""One round of negotiation from a file to the next revision, on a synthetic text and on the real ones."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from drafting import exports
from drafting.demo import proposing, writing
from drafting.imports import reading
from drafting.models import Amendment, Bracket, Consolidation, NegotiatingText
from drafting.queries import amendments as cards
from drafting.queries import consolidation as desks
from drafting.queries import documents, listings, snapshots
from drafting.queries import journal as history
from drafting.queries import revisions as reads
from drafting.services import amendments, consolidation, decisions, openings, revisions
from drafting.services.proposals import Proposed
from drafting.text import brackets
from drafting.text.errors import RollingTextError
from tests import factories
from tests.cast import Cast

REAL = (
    "plastics_05_compilation_text.txt",
    "bbnj_2022-06-01_further_revised_draft.txt",
    "unfccc_md_23-oct-2015_draft_agreement.txt",
)


def play(cast: Cast, file: bytes, seed: int = 1) -> tuple[NegotiatingText, int]:
    """Import, propose, consolidate, decide and issue; return the text and how many decisions were taken."""
    chance = random.Random(seed)
    text = openings.open(cast.secretary, cast.conference, reading.read(file), title="Treaty", slug="treaty")
    rows = list(text.provisions.select_related("words"))
    for row in chance.sample([row for row in rows if len(row.words.content) > 60], 20):
        with suppress(RollingTextError):
            part = Proposed(row, proposing.amend(chance, row.words.content))
            amendments.submit(chance.choice([cast.norway, cast.kenya]), text, [part])
    asked = consolidation.request(cast.chair, text)
    consolidation.run(asked.pk)
    assert Consolidation.objects.get(pk=asked.pk).state == Consolidation.State.DONE
    taken = decide(cast, chance, text)
    revisions.issue(cast.chair, text)
    return text, taken


def decide(cast: Cast, chance: random.Random, text: NegotiatingText) -> int:
    taken = 0
    for act in ("accept", "bracket", "drop-hunk", "bridge") * 2:
        waiting = list(cards.open_hunks(text).order_by("pk").values_list("pk", flat=True))
        with suppress(RollingTextError):
            decisions.decide(
                cast.chair, text, act, "room", hunks=[chance.choice(waiting)], words="is expected to", reason="Agreed."
            )
            taken += 1
    for act in ("lift", "drop") * 4:
        standing = Bracket.objects.filter(text=text, closed=False).order_by("pk").values_list("pk", flat=True)
        with suppress(RollingTextError):
            decisions.decide(cast.chair, text, act, "room", brackets=[chance.choice(list(standing))], reason="Agreed.")
            taken += 1
    return taken


def check(cast: Cast, text: NegotiatingText, taken: int) -> None:
    """The parse finds exactly the rows' pairs, the journal verifies, every document can be written."""
    assert taken >= 8
    taken_at = snapshots.taken(text)
    parsed = brackets.parse([row.text for row in taken_at.standing()])
    assert len(parsed.pairs) == len(taken_at.pairs)
    assert len(parsed.anomalies) == text.anomalies.filter(mended=False).count()
    assert history.verify() > 0
    assert {entry.number for entry in reads.loss_report(cast.chair, text, 1)} == set(
        Amendment.objects.filter(text=text).values_list("number", flat=True)
    )
    assert desks.desk(cast.chair, text).provisions
    compared = documents.comparison(cast.norway, text, 0, 1)
    for document in (compared, *(listings.make(cast.observer, text, kind, 1) for kind in listings.VARIANTS)):
        assert all(form.write(document) for form in exports.FORMATS.values())


def test_a_synthetic_text_goes_through_a_whole_round(cast: Cast) -> None:
    text, taken = play(cast, writing.write(60, seed=3).encode())
    check(cast, text, taken)
    assert len(factories.words(text)) > 50


@pytest.mark.parametrize("name", REAL)
def test_a_real_text_goes_through_a_whole_round(cast: Cast, corpus: Path, name: str) -> None:
    text, taken = play(cast, (corpus / "texts" / name).read_bytes())
    check(cast, text, taken)
