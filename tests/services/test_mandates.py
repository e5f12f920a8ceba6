"""A facilitator types, sorts out and decides inside its mandate, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from delegations.models import Delegation
from delegations.services import unseat
from drafting.errors import Closed, Forbidden
from drafting.imports import reading
from drafting.models import Hunk, Mandate, NegotiatingText
from drafting.queries import consolidation as desks
from drafting.queries import handovers as pen
from drafting.queries import mandates as standing
from drafting.queries import triage
from drafting.services import (
    agreements,
    amendments,
    brackets,
    consolidation,
    decisions,
    interventions,
    kinds,
    mandates,
    parkings,
    pens,
    positions,
    shifts,
)
from drafting.services.proposals import Proposed
from tests import factories, replay, rooms
from tests.cast import Cast

LINES = ("Article 1", "1. Each Party should act.", "Article 2", "1. Each Party [may] report.", "2. Parties meet.")


def convene(cast: Cast) -> NegotiatingText:
    """Two articles with a proposal on each; the facilitator works on article 2."""
    text = factories.opened(cast, reading.read("\n\n".join(LINES).encode()))
    rows = list(text.provisions.order_by("order").select_related("words", "text"))
    for row in (rows[1], rows[3]):
        amendments.submit(cast.norway, text, [Proposed(row, row.words.content.replace("Each", "Every"))])
    with replay.verified(text):
        mandates.give(cast.chair, text, cast.facilitator, [rows[2]], Mandate.Title.CO_CHAIR)
    return text


furnished, room, cast, text = rooms.shared(convene)


def hunks() -> list[int]:
    return list(Hunk.objects.order_by("pk").values_list("pk", flat=True))


def test_it_reaches_all_that_stands_under_an_article(cast: Cast, text: NegotiatingText) -> None:
    reach = standing.reach(cast.facilitator, text)
    assert [row.address in ("2", "2.1", "2.2") for row in text.provisions.order_by("order")] == [
        row.pk in reach for row in text.provisions.order_by("order")
    ]
    (shown,) = standing.standing(cast.norway, text, factories.provision(text, "2.1").pk)
    assert (shown.title, shown.addresses) == ("co-chair", ("2",))
    assert standing.standing(cast.norway, text, factories.provision(text, "1.1").pk) == []


def test_it_decides_inside_and_not_outside(cast: Cast, text: NegotiatingText) -> None:
    outside, inside = hunks()
    with pytest.raises(Forbidden, match=r"outside your mandate \(1.1\)"):
        decisions.decide(cast.facilitator, text, "accept", "room", hunks=[outside])
    made = decisions.decide(cast.facilitator, text, "accept", "room", hunks=[inside])
    decisions.undo(cast.facilitator, made)
    theirs = decisions.decide(cast.chair, text, "accept", "room", hunks=[outside])
    with pytest.raises(Forbidden):
        decisions.undo(cast.facilitator, theirs)


def test_it_sees_what_it_may_decide_on_its_desk_and_in_triage(cast: Cast, text: NegotiatingText) -> None:
    assert [row.address for row in desks.desk(cast.facilitator, text).provisions] == ["2.1"]
    assert [row.address for row in triage.sorted_out(cast.facilitator, text).clusters] == ["2.1"]
    assert len(desks.desk(cast.chair, text).provisions) == 2


def test_what_it_is_told_to_be_open_is_what_it_may_decide(cast: Cast, text: NegotiatingText) -> None:
    theirs, all_of_it = desks.desk(cast.facilitator, text), desks.desk(cast.chair, text)
    assert (theirs.open_hunks, theirs.open_brackets) == (1, 1)
    assert (all_of_it.open_hunks, all_of_it.open_brackets) == (2, 1)
    assert [triage.sorted_out(by, text).amendments for by in (cast.facilitator, cast.chair)] == [1, 2]


def kenya(cast: Cast) -> Delegation:
    assert cast.kenya.delegation is not None
    return cast.kenya.delegation


Act = Callable[[Cast, NegotiatingText, str], object]
ACTS: dict[str, Act] = {
    "types": lambda cast, text, at: pens.record(
        cast.facilitator, Proposed(factories.provision(text, at), "1. Nobody acts."), [kenya(cast)]
    ),
    "brackets": lambda cast, text, at: brackets.put(
        cast.facilitator, factories.provision(text, at), 3, factories.provision(text, at), 7, [kenya(cast)]
    ),
    "hears": lambda cast, text, at: interventions.record(
        cast.facilitator, factories.provision(text, at), "KEN brackets Each"
    ),
    "parks": lambda cast, text, at: parkings.park(
        cast.facilitator, factories.provision(text, at), "Friday", "Finance comes first."
    ),
    "agrees": lambda cast, text, at: agreements.gavel(
        cast.facilitator, factories.provision(text, at), "ad-ref", "Plenary", words=(3, 7)
    ),
    "records a stance": lambda cast, text, at: positions.take(
        cast.facilitator,
        text.amendments.get(number=1 if at == "1.1" else 2).versions.get(),
        "oppose",
        on_behalf_of=cast.kenya.delegation,
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_done_inside_and_refused_outside(cast: Cast, text: NegotiatingText, act: str) -> None:
    with pytest.raises(Forbidden, match="outside your mandate"):
        ACTS[act](cast, text, "1.1")
    ACTS[act](cast, text, "2.1")


def test_it_may_take_the_pen_inside_alone(cast: Cast, text: NegotiatingText) -> None:
    assert pen.may_type(cast.facilitator, factories.provision(text, "2.2"))
    assert not pen.may_type(cast.facilitator, factories.provision(text, "1.1").pk)
    assert pen.may_type(cast.chair, factories.provision(text, "1.1").pk)


def test_what_is_about_the_whole_text_is_for_the_chair(cast: Cast, text: NegotiatingText) -> None:
    for act in (
        lambda: kinds.prepare(cast.facilitator, text, "compilation"),
        lambda: consolidation.request(cast.facilitator, text),
        lambda: mandates.give(cast.facilitator, text, cast.facilitator, [factories.provision(text, "1")]),
    ):
        with pytest.raises(Forbidden, match="for the chair"):
            act()


def test_without_a_mandate_it_decides_nothing(cast: Cast, text: NegotiatingText) -> None:
    row = text.mandates.get()
    with replay.verified(text):
        mandates.end(cast.facilitator, row)
    with pytest.raises(Forbidden):
        decisions.decide(cast.facilitator, text, "accept", "room", hunks=[hunks()[1]])
    with pytest.raises(Closed):
        mandates.end(cast.chair, row)


def test_a_seat_that_is_no_facilitators_is_not_named(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden, match="facilitator's seat"):
        mandates.give(cast.chair, text, cast.norway, [factories.provision(text, "1")])


def test_a_facilitator_who_gave_the_seat_up_is_not_named(cast: Cast, text: NegotiatingText) -> None:
    unseat(cast.facilitator)
    with pytest.raises(Forbidden, match="A facilitator's seat"):
        mandates.give(cast.chair, text, cast.facilitator, [factories.provision(text, "1")])


def test_a_note_to_the_next_shift_is_about_a_part(cast: Cast, text: NegotiatingText) -> None:
    note = shifts.leave_note(cast.facilitator, text, "Norway comes back.", factories.provision(text, "2.1"))
    assert note.about == factories.provision(text, "2.1")
