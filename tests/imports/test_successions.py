"""A file of ours that comes back after the floor moved on, and what taking a file over is foreseen to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from drafting.exports import FORMATS
from drafting.imports import prospects, reading
from drafting.imports.prospects import Prospect
from drafting.models import Decision, NegotiatingText, Stance
from drafting.queries import documents, listings
from drafting.services import amendments, decisions, positions
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

WORDS = (
    "1. Each Party shall take all the necessary measures to protect the river and its banks.",
    "2. Parties report every two years on the measures that they have [duly] taken.",
    "3. The secretariat serves the meetings of the Parties [and their bodies].",
)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, *WORDS)


def edited(cast: Cast, text: NegotiatingText, old: str, new: str) -> bytes:
    """Return our own file of the floor as it stands, with words edited in it; its time tells more than seconds."""
    document = documents.bracketed(cast.secretary, text)
    exact = replace(document, masthead=replace(document.masthead, moment=datetime.now(UTC).isoformat()))
    return FORMATS["json"].write(exact).replace(old.encode(), new.encode())


def reword(cast: Cast, text: NegotiatingText, address: str, old: str, new: str) -> None:
    """Change words on the floor by a decision."""
    provision = factories.provision(text, address)
    made = amendments.submit(cast.norway, text, [Proposed(provision, provision.words.content.replace(old, new))])
    hunks = list(made.versions.get().hunks.values_list("pk", flat=True))
    decisions.decide(cast.chair, text, Decision.Act.ACCEPT, Decision.Authority.ROOM, hunks=hunks)


def seen(text: NegotiatingText, data: bytes) -> Prospect:
    return prospects.make(text, reading.open(data))


def test_what_the_floor_changed_since_the_file_was_taken_stays(cast: Cast, text: NegotiatingText) -> None:
    file = edited(cast, text, "every two years", "every year")
    reword(cast, text, "1", "shall", "should")
    found = seen(text, file)
    assert (found.is_own, found.later, found.conflicts) == (True, 1, ())
    assert [(row.act, row.pieces[0].address) for row in found.rows] == [("words changed", "2")]


def test_what_both_changed_apart_is_carried_and_at_one_place_left_to_a_person(
    cast: Cast, text: NegotiatingText
) -> None:
    apart, together = edited(cast, text, "banks", "shores"), edited(cast, text, "shall take", "must take")
    reword(cast, text, "1", "shall", "should")
    (row,) = seen(text, apart).rows
    assert row.pieces[0].after == WORDS[0].replace("shall", "should").replace("banks", "shores")
    found = seen(text, together)
    assert found.rows == ()
    assert [(one.address, one.floor) for one in found.conflicts] == [("1", WORDS[0].replace("shall", "should"))]


def test_it_is_said_which_proposals_brackets_and_stances_a_difference_touches(
    cast: Cast, text: NegotiatingText
) -> None:
    provision = factories.provision(text, "2")
    amendments.submit(cast.norway, text, [Proposed(provision, WORDS[1].replace("two years", "three years"))])
    positions.take(cast.kenya, factories.bracket(text, 1), Stance.RETAIN)
    positions.take(cast.norway, factories.bracket(text, 2), Stance.RETAIN)
    file = "\n\n".join((WORDS[0], WORDS[1].replace("two years", "year").replace("[duly]", "[fully]")))
    rows = {row.pieces[0].address + row.act: row for row in seen(text, file.encode()).rows}
    assert rows["3taken out"].closed == (("bracket 2", ("NOR",)),)
    changed = [row for row in rows.values() if row.act == "words changed"]
    touched = [row for row in seen(text, file.encode()).rows if row.pieces[0].address == "2"]
    assert changed
    assert {number for row in touched for number in row.flagged} == {1}
    assert {code for row in touched for code in row.doubted} == {"KEN"}


RICH = (
    "Article 9\nUse of [the] river_s_",
    "1. Each Party [shall] take *all* measures [as <appropriate>](see 2)[^1].",
    "[^1]: As defined in [article] 1.",
    "2. Parties &amp; others:\n\n# no heading\n---",
    "(a) a {+sign+} that {-is-} no mark {1}  <and no status>",
    "— (nothing was taken out) —",
    "> not quoted\n│ and not beside",
)


@pytest.mark.parametrize("form", ["docx", "xml", "json", "md", "txt"])
def test_a_file_of_ours_that_comes_back_as_it_was_differs_in_nothing(cast: Cast, form: str) -> None:
    text = factories.text(cast, *RICH, *WORDS)
    positions.take(cast.norway, factories.bracket(text, 1), Stance.RETAIN)
    provision = factories.provision(text, "2")
    amendments.submit(cast.norway, text, [Proposed(provision, provision.words.content.replace("all", "some"))])
    for kind in ("bracketed", "unattributed", "compilation"):
        found = seen(text, FORMATS[form].write(listings.make(cast.secretary, text, kind)))
        whole = len(RICH) + len(WORDS)
        assert (kind, [row.pieces for row in found.rows], found.conflicts, found.unchanged) == (kind, [], (), whole)
