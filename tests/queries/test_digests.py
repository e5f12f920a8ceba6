"""What happened since one last read: counted, watched, private."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.models import Hunk, NegotiatingText, Pen
from drafting.queries import boards, digests, fates, moments
from drafting.services import amendments, decisions, drafts, pens, positions, revisions, watches
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

WORDS = ("Each Party shall [take] measures.", "Water is wet.", "Ice is cold.")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, *WORDS)


def propose(cast: Cast, text: NegotiatingText, address: str, words: str) -> None:
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text, address), words)])


def write(cast: Cast, text: NegotiatingText, address: str, words: str) -> None:
    pens.write(cast.chair, Proposed(factories.provision(text, address), words), Pen.For.ROOM)


def test_who_never_said_that_it_read_begins_at_the_last_revision(cast: Cast, text: NegotiatingText) -> None:
    write(cast, text, "2", "Water is clear.")
    assert moments.began(cast.kenya, text).symbol
    assert [row.address for row in digests.since(cast.kenya, text).changed] == ["2"]
    revisions.issue(cast.secretary, text)
    assert not digests.since(cast.kenya, text).changed


def test_a_mark_is_the_seats_own(cast: Cast, text: NegotiatingText) -> None:
    write(cast, text, "2", "Water is clear.")
    text.floor.refresh_from_db()
    watches.mark_read(cast.norway, text, text.floor.head)
    assert not digests.since(cast.norway, text)
    assert digests.since(cast.norway_head, text).changed


def test_the_text_can_be_read_as_it_was_at_any_moment(cast: Cast, text: NegotiatingText) -> None:
    text.floor.refresh_from_db()
    seq = text.floor.head
    write(cast, text, "2", "Water is clear.")
    revisions.issue(cast.secretary, text)
    write(cast, text, "2", "Water is clear and cold.")
    text.floor.refresh_from_db()
    assert [row.text for row in moments.snapshot(text, seq).provisions] == list(WORDS)
    assert moments.snapshot(text, text.floor.head).provisions[1].text == "Water is clear and cold."
    made = moments.comparison(cast.kenya, text, seq)
    changed = [block for block in made.blocks if any(run.mark != "plain" for run in block.runs)]
    assert [block.text for block in changed] == ["Water is clear and cold."]


def test_a_watch_catches_what_touches_it_and_nothing_else(cast: Cast, text: NegotiatingText) -> None:
    for kind, value in (("provision", "2"), ("provision", "3"), ("word", "wet"), ("delegation", "nor")):
        watches.add(cast.kenya, text, kind, value)
    propose(cast, text, "3", "Ice is very cold.")
    write(cast, text, "2", "Water is clear.")
    positions.take(cast.norway, text.brackets.get(), "retain")
    caught = {(row.watch.kind, row.watch.value): row for row in digests.since(cast.kenya, text).caught}
    assert caught["provision", "2"].changed == ("2",)
    assert caught["provision", "3"].proposals == (1,)
    assert caught["word", "wet"].changed == ("2",)
    assert (caught["delegation", "NOR"].proposals, caught["delegation", "NOR"].stances) == ((1,), 1)


def test_where_names_are_hidden_no_delegation_is_watched(cast: Cast, text: NegotiatingText) -> None:
    watches.add(cast.kenya, text, "delegation", "NOR")
    text.conference.attribution_shown = False
    text.conference.save()
    propose(cast, text, "3", "Ice is very cold.")
    hidden = NegotiatingText.objects.get(pk=text.pk)
    assert digests.since(cast.kenya, hidden).caught[0].total == 0


def test_a_private_draft_moves_no_count(cast: Cast, text: NegotiatingText) -> None:
    before = digests.since(cast.kenya, text)
    drafts.open(cast.norway, factories.provision(text, "2"))
    assert digests.since(cast.kenya, text) == before


def test_own_proposals_decided_on_are_counted(cast: Cast, text: NegotiatingText) -> None:
    propose(cast, text, "3", "Ice is very cold.")
    hunk = text.amendments.get().versions.get().hunks.get()
    decisions.decide(cast.chair, text, "bracket", "room", hunks=[hunk.pk])
    assert digests.since(cast.norway, text).ours_decided == 1
    assert digests.since(cast.kenya, text).ours_decided == 0


def test_the_fate_names_the_bracket_and_who_proposed_the_same(cast: Cast, text: NegotiatingText) -> None:
    propose(cast, text, "3", "Ice is very cold.")
    same = Proposed(factories.provision(text, "3"), "Ice is very cold.")
    amendments.submit(cast.kenya, text, [same])
    hunk = text.amendments.get(number=1).versions.get().hunks.get()
    decisions.decide(cast.chair, text, "bracket", "room", hunks=[hunk.pk])
    row = fates.now(cast.norway, text).rows[0]
    assert (row.card.fate, row.same, [place.address for place in row.places]) == ("bracketed", (2,), ["3"])
    assert row.rulings[0].authority == "agreed in the room"


def test_the_fate_says_where_new_provisions_stand_and_no_more_once_they_are_taken_out(
    cast: Cast, text: NegotiatingText
) -> None:
    second = factories.provision(text, "2")
    kenyas, ours = (Proposed(second, f"2 bis. {words}", inserts_after=True) for words in ("It flows.", "It is clear."))
    amendments.submit(cast.kenya, text, [kenyas])
    amendments.submit(cast.norway, text, [ours, Proposed(factories.provision(text, "3"), "Ice melts.")])
    both = Hunk.objects.filter(inserts_after=True).values_list("pk", flat=True)
    assert fates.now(cast.norway, text).rows[0].landed == ()
    made = decisions.decide(cast.chair, text, "accept", "room", hunks=list(both))
    assert fates.now(cast.kenya, text).rows[0].landed == ("2bis",)
    assert fates.now(cast.norway, text).rows[0].landed == ("2ter",)
    assert factories.provision(text, "2ter").words.content == "2 ter. It is clear."
    revisions.issue(cast.secretary, text)
    decisions.undo(cast.chair, made)
    revisions.issue(cast.secretary, text)
    assert fates.now(cast.norway, text).rows[0].landed == ()
    issued = [fates.at_revision(cast.norway, text, number)[0] for number in (1, 2)]
    assert [[row.landed for row in rows] for rows in issued] == [[("2ter",)], [()]]


def test_the_same_words_at_another_place_are_not_the_same(cast: Cast, text: NegotiatingText) -> None:
    both = [Proposed(factories.provision(text, address), "Snow.") for address in ("2", "3")]
    amendments.submit(cast.kenya, text, both)
    propose(cast, text, "3", "Snow.")
    assert fates.now(cast.norway, text).rows[0].same == ()


def test_after_a_revision_the_fates_are_those_it_was_issued_with(cast: Cast, text: NegotiatingText) -> None:
    propose(cast, text, "3", "Ice is very cold.")
    revisions.issue(cast.secretary, text)
    hunk = text.amendments.get().versions.get().hunks.get()
    decisions.decide(cast.chair, text, "drop-hunk", "chair", hunks=[hunk.pk], reason="Said before.")
    entries, counts = fates.at_revision(cast.norway, text, 1)
    assert ([row.entry.fate for row in entries], counts) == (["open"], (("open", "open", 1),))
    assert fates.at_revision(cast.kenya, text, 1) == ((), ())
    assert fates.now(cast.norway, text).rows[0].card.hunks[0].reason == "Said before."


def test_the_board_puts_first_what_waits(cast: Cast, text: NegotiatingText) -> None:
    propose(cast, text, "3", "Ice is very cold.")
    propose(cast, text, "2", "Water is very wet.")
    positions.take(cast.kenya, text.amendments.get(number=2).versions.get(), "oppose")
    rows = boards.board(cast.norway, text).rows
    assert [(row.address, row.reasons[0]) for row in rows] == [
        ("2", "our words are opposed"),
        ("3", "we have words in it"),
        ("1", "open"),
    ]
    assert boards.board(cast.group, text).rows[0].reasons == ("open",)


def test_none_of_it_takes_more_queries_for_more_rows(cast: Cast) -> None:
    text = factories.text(cast, *(f"Water {n} [flows]." for n in range(24)))
    for kind, value in (("word", "water"), ("delegation", "NOR"), ("provision", "3")):
        watches.add(cast.norway, text, kind, value)
    asked: list[tuple[int, ...]] = []
    for address in range(1, 21):
        propose(cast, text, str(address), f"Water {address} runs.")
        positions.take(cast.kenya, text.amendments.get(number=address).versions.get(), "oppose")
        positions.take(cast.norway, text.brackets.get(number=address), "retain")
        if address in (2, 20):
            asked.append(tuple(_count(read, cast, text) for read in (digests.since, boards.board, fates.now)))
    assert asked[0] == asked[1]
    assert max(asked[1]) <= 20


def _count(read: Callable[..., Any], cast: Cast, text: NegotiatingText) -> int:
    fresh = NegotiatingText.objects.select_related("conference", "floor").get(pk=text.pk)
    with CaptureQueriesContext(connection) as asked:
        read(cast.norway, fresh)
    return len(asked)
