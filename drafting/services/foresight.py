"""What a decision would do, said before it is taken: nothing here is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Decision, Hunk, NegotiatingText, Position, Provision, Sponsorship
from drafting.queries import access, amendments, quarrels, snapshots
from drafting.services import kinds, mandates, planning
from drafting.services.bulk import Left, Place
from drafting.services.planning import Plan, Wish
from drafting.text import addresses, strength
from drafting.text.errors import RollingTextError
from drafting.text.standing import PairClosed
from drafting.text.steps import Edit

#: From how many places on a delegation that held the opposite is named.
_OFTEN = 2
_AGAINST = frozenset({"delete", "oppose", "cannot-accept"})
_FOR = frozenset({"propose", "retain", "support"})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would happen: numbers of amendments `settled` and of those `dropped` (their owners are told).

    `closed` brackets here, `linked` other places of the same quarrel, `force` each change of force in words, `opposed`
    (code, places) who held the opposite twice or more; `note` says in words what the rest cannot; `left` are the places
    of an act on many where it would be refused.
    """

    settled: tuple[int, ...]
    dropped: tuple[int, ...]
    closed: int
    linked: int
    force: tuple[str, ...]
    opposed: tuple[tuple[str, int], ...] = ()
    note: str = ""
    left: tuple[Left, ...] = ()


def foresee(
    by: Seat,
    negotiated: NegotiatingText,
    act: str,
    authority: str,
    *,
    hunks: Collection[int] = (),
    brackets: Collection[int] = (),
    words: str = "",
    into: int = 0,
) -> Foreseen:
    """Return what a decision would do now; raises whatever deciding itself would raise, a missing reason apart."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    kinds.refuse(negotiated, act, authority)
    found, against = _look(
        by, negotiated, Wish(Decision.Act(act), frozenset(hunks), frozenset(brackets), words.strip(), into)
    )
    linked = _linked(negotiated, brackets) if brackets else []
    return replace(found, linked=len(linked), opposed=_often(against))


def foresee_each(by: Seat, negotiated: NegotiatingText, act: str, authority: str, places: Iterable[Place]) -> Foreseen:
    """Return what one act on many places would do, each reckoned as if it came first; what is refused is `left`."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    kinds.refuse(negotiated, act, authority)
    found: list[Foreseen] = []
    left: list[Left] = []
    against: Counter[str] = Counter()
    for place in places:
        into = place.hunks[0] if act == Decision.Act.MERGE and place.hunks else 0
        wish = Wish(Decision.Act(act), frozenset(place.hunks), frozenset(place.brackets), "", into)
        try:
            one, said = _look(by, negotiated, wish)
        except RollingTextError as refused:
            left.append(Left(place.name, refused.message))
            continue
        found.append(one)
        against.update(said)
    return Foreseen(
        settled=tuple(sorted({number for one in found for number in one.settled})),
        dropped=tuple(sorted({number for one in found for number in one.dropped})),
        closed=sum(one.closed for one in found),
        linked=0,
        force=tuple(shift for one in found for shift in one.force),
        opposed=_often(against),
        left=tuple(left),
    )


def _look(by: Seat, negotiated: NegotiatingText, wish: Wish) -> tuple[Foreseen, Counter[str]]:
    """Return what a wish would do, other places aside, and who held the opposite, with at how many places."""
    plan = planning.plan(negotiated, wish)
    mandates.refuse(by, negotiated, plan)
    if plan.split:
        said = f"No word changes: proposal {plan.split.amendment.number} becomes two."
        return Foreseen((), (), 0, 0, (), note=said), Counter()
    closed = {row.pair: row.by for row in plan.rows if isinstance(row, PairClosed)}
    dropped = {pk for pk, outcome in plan.outcomes.items() if outcome == Hunk.Outcome.DROPPED}
    gone = Hunk.objects.filter(pk__in=dropped).values_list("version__amendment__number", flat=True)
    found = Foreseen(
        settled=_settled(plan),
        dropped=tuple(sorted(set(gone))),
        closed=len(closed),
        linked=0,
        force=tuple(_force(negotiated, plan)),
        note=f"{len(plan.reasons)} closed as the same as the one that goes in." if plan.reasons else "",
    )
    return found, _against(plan, dropped, closed)


def _settled(plan: Plan) -> tuple[int, ...]:
    """Return the numbers of the amendments of which nothing would stay open."""
    decided = {pk for pk, outcome in plan.outcomes.items() if outcome not in amendments.UNDECIDED}
    rows = Hunk.objects.filter(version__hunks__in=decided, version__current=True, outcome__in=amendments.UNDECIDED)
    left: dict[int, bool] = {}
    for pk, number in rows.values_list("pk", "version__amendment__number").distinct():
        left[number] = left.get(number, False) or pk not in decided
    return tuple(sorted(number for number, stays_open in left.items() if not stays_open))


def _force(negotiated: NegotiatingText, plan: Plan) -> Iterator[str]:
    edits = [step for step in plan.steps if isinstance(step, Edit) and isinstance(step.text, int)]
    rows = Provision.objects.filter(text=negotiated, pk__in=[step.text for step in edits])
    for pk, address, before in rows.order_by("order").values_list("pk", "address", "words__content"):
        after = before
        for step in edits:
            if step.text == pk:
                after = step.changes.apply(after)
        for shift in strength.shifts(before, after, negotiated.language):
            old, new = (term.words if term else "–" for term in (shift.old, shift.new))
            if shift.direction != "level":
                yield f"{addresses.say(address)}: {old} → {new} ({shift.direction})"


def _linked(negotiated: NegotiatingText, brackets: Collection[int]) -> list[tuple[int, ...]]:
    """Return the other places of the quarrel."""
    document = snapshots.bracketed(snapshots.taken(negotiated), negotiated.language)
    for places in quarrels.linked(document).values():
        if any(set(place) & set(brackets) for place in places):
            return [place for place in places if not set(place) & set(brackets)]
    return []


def _against(plan: Plan, dropped: Collection[int], closed: Mapping[int, str]) -> Counter[str]:
    """Return who proposed what would be dropped, held brackets whose words go, or was against what goes in."""
    against: Counter[str] = Counter()
    behind = Sponsorship.objects.filter(version__hunks__in=dropped, withdrawn=False)
    against.update(behind.values_list("delegation__code", flat=True))
    for bracket, code, stance in Position.objects.filter(bracket__in=closed).values_list(
        "bracket", "delegation__code", "stance"
    ):
        unwanted = _FOR if bracket is not None and closed[bracket] == "dropped" else _AGAINST
        against[code] += stance in unwanted
    taken = [pk for pk, outcome in plan.outcomes.items() if outcome == Hunk.Outcome.ACCEPTED]
    said = Position.objects.filter(version__hunks__in=taken, stance__in=_AGAINST)
    against.update(said.values_list("delegation__code", flat=True))
    return against


def _often(against: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return who held the opposite twice or more, the most often first."""
    often = [(code, times) for code, times in against.items() if times >= _OFTEN]
    return tuple(sorted(often, key=lambda row: (-row[1], row[0])))
