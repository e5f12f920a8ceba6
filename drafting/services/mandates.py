"""Naming facilitators and co-chairs over parts of a text, ending that, and keeping what they decide inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right, Role
from drafting import events
from drafting.errors import Closed, EmptyChange, Forbidden, NotFound
from drafting.models import Bracket, Decision, Hunk, Mandate, NegotiatingText, Provision
from drafting.queries import access
from drafting.services import journal
from drafting.services.plans import Plan
from drafting.text.steps import Edit, Retire, Revive


def give(
    by: Seat,
    negotiated: NegotiatingText,
    seat: Seat,
    places: Sequence[Provision],
    title: str = Mandate.Title.FACILITATOR,
) -> Mandate:
    """Name a facilitator's seat over provisions and all that stands under them; everybody sees it.

    What such a seat types, sorts out and decides is inside its mandates alone.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    if seat.conference_id != by.conference_id or not seat.active or seat.role != Role.FACILITATOR:
        raise Forbidden("A facilitator's seat of this conference is named; the secretariat gives such seats.")
    if not places:
        raise EmptyChange("Say over which article, chapter or provisions.")
    if any(place.text_id != negotiated.pk for place in places) or title not in Mandate.Title.values:
        raise NotFound("There is no such place in this text.")
    with journal.writing(negotiated.floor, by=by) as floor:
        row = Mandate.objects.create(text=negotiated, seat=seat, title=title, by=by, given=timezone.now())
        row.places.set(places)
        named = sorted(place.pk for place in places)
        floor.append(events.MandateGiven(mandate=row.pk, seat=seat.pk, title=title, provisions=named))
    return row


def end(by: Seat, mandate: Mandate) -> None:
    """End a mandate: by the chair, or laid down by whoever has it."""
    access.floor(by, mandate.text)
    if by.pk != mandate.seat_id:
        access.require(by, Right.DECIDE)
        access.whole(by)
    with journal.writing(mandate.text.floor, by=by) as floor:
        if not Mandate.objects.filter(pk=mandate.pk, ended=None).update(ended=timezone.now()):
            raise Closed("This mandate has ended already.")
        floor.append(events.MandateEnded(mandate=mandate.pk))


def refuse(by: Seat, negotiated: NegotiatingText, plan: Plan) -> None:
    """Raise `Forbidden` where a plan of `by` would do something outside its mandates."""
    changed = {
        int(key)
        for step in plan.steps
        if isinstance(step, Edit | Retire | Revive)
        for key in [step.text if isinstance(step, Edit) else step.provision]
        if isinstance(key, int)
    }
    settled = Hunk.objects.filter(pk__in=plan.outcomes).values_list("provision", flat=True)
    access.within(by, negotiated, {*plan.provisions, *changed, *settled, *_of_brackets(plan.brackets)})


def refuse_undoing(by: Seat, decision: Decision) -> None:
    """Raise `Forbidden` where a decision did something outside the mandates of `by`, who would take it back."""
    places = set(decision.hunks.values_list("provision", flat=True))
    brackets = decision.brackets.values_list("pk", flat=True)
    acted = {text["provision"] for text in (decision.undo["act"] or {"texts": ()})["texts"]}
    access.within(by, decision.text, places | acted | _of_brackets(brackets))


def _of_brackets(brackets: Iterable[int]) -> set[int]:
    ends = Bracket.objects.filter(pk__in=brackets).values_list("start_text__provision", "end_text__provision")
    return {pk for pair in ends for pk in pair}
