"""Rows anchored in words go along; a hunk that somebody else's words came into is flagged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.errors import Locked
from drafting.models import Agreement, Hunk, NegotiatingText
from drafting.services import agreements, amendments, anchors, journal, texts
from drafting.services.proposals import Proposed
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit, Retire
from tests import factories, replay
from tests.cast import Cast

WORDS = "Each Party shall take measures without delay."


def change(cast: Cast, text: NegotiatingText, start: int, end: int, words: str, **more: object) -> None:
    row = factories.provision(text)
    step = Edit(row.pk, ChangeSet.of([(start, end, words)], len(row.words.content)))
    with replay.verified(text), journal.writing(text.floor, by=cast.chair) as floor:
        texts.apply_steps(floor, text, [step], **more)  # type: ignore[arg-type]  # named where it is called


def proposed(cast: Cast, text: NegotiatingText, words: str) -> Hunk:
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), words)])
    return Hunk.objects.get()


def test_a_hunk_beside_a_change_moves_along(cast: Cast) -> None:
    text = factories.text(cast, WORDS)
    hunk = proposed(cast, text, WORDS.replace("shall", "should"))
    change(cast, text, 0, 4, "Every single")
    hunk.refresh_from_db()
    assert (factories.words(text)[0][hunk.lo : hunk.hi], hunk.outcome) == ("shall", "open")


def test_a_hunk_other_words_came_into_is_flagged_with_a_sentence(cast: Cast) -> None:
    text = factories.text(cast, WORDS)
    hunk = proposed(cast, text, WORDS.replace("take measures", "act"))
    change(cast, text, 22, 30, "steps")
    hunk.refresh_from_db()
    assert (hunk.outcome, hunk.reason) == ("flagged", anchors.FOREIGN)


def test_a_hunk_of_the_same_slot_is_carried_without_a_flag(cast: Cast) -> None:
    text = factories.text(cast, WORDS)
    hunk = proposed(cast, text, WORDS.replace("take measures", "act"))
    change(cast, text, 22, 30, "steps", sparing={hunk.pk})
    hunk.refresh_from_db()
    assert hunk.outcome == "open"


def test_a_hunk_of_a_provision_taken_out_is_flagged(cast: Cast) -> None:
    text = factories.text(cast, WORDS, "b")
    hunk = proposed(cast, text, WORDS.replace("shall", "should"))
    with replay.verified(text), journal.writing(text.floor, by=cast.chair) as floor:
        texts.apply_steps(floor, text, [Retire(factories.provision(text).pk)])
    hunk.refresh_from_db()
    assert (hunk.outcome, hunk.reason) == ("flagged", anchors.GONE)


def test_agreed_words_are_locked_and_go_along_with_what_changes_beside_them(cast: Cast) -> None:
    text = factories.text(cast, WORDS)
    agreements.gavel(cast.chair, factories.provision(text), Agreement.Level.AGREED, "Plenary", words=(11, 16))
    change(cast, text, 0, 4, "Every single")
    row = Agreement.objects.get()
    assert (row.start, row.end) == (19, 24)
    for start, end, words in ((19, 20, ""), (21, 21, "x"), (10, 30, "")):
        with pytest.raises(Locked):
            change(cast, text, start, end, words)


RANGES = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda ends: (min(ends), max(ends)))


@given(RANGES, RANGES, st.text("xy", max_size=3))
def test_a_range_nothing_reaches_into_keeps_its_words(place: tuple[int, int], cut: tuple[int, int], new: str) -> None:
    words = "abcdefghijkl"
    changes = ChangeSet.of([(*cut, new)], len(words))
    lo, hi = anchors.map_range(*place, [changes])
    assert 0 <= lo <= hi <= changes.new_length
    if not anchors.overlaps(*place, changes):
        assert changes.apply(words)[lo:hi] == words[place[0] : place[1]]
