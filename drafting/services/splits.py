"""Splitting a proposal in two that are decided apart: neither says anything new, the sponsors stand behind both.

What each part says is worked out by the engine (`drafting.text.divisions`); the proposal gets a new version without
what goes apart, which is an amendment of its own. Taken back, the part is joined again with the one it was split from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from delegations.models import Seat
from drafting import events
from drafting.errors import CannotUndo
from drafting.models import Amendment, AmendmentVersion, Decision, Hunk, Position, Provision, Sponsorship
from drafting.queries import amendments
from drafting.services import anchors, lodging, proposals, versions
from drafting.services.audiences import Audience
from drafting.services.lodging import Lodged
from drafting.services.plans import Plan, Split
from drafting.services.proposals import Proposed
from drafting.services.tables import Laid
from drafting.text import divisions
from drafting.text.changes import Edit
from drafting.text.errors import ActRefused

#: Proposals whose edits their sponsor bound together by choice; every other bond is a move or the ends of a pair.
_BOUND = frozenset({Amendment.Op.DELETE, Amendment.Op.THROUGHOUT})
APART = "Split: this part is a proposal of its own."

#: Edits by provision and whether they are new provisions after it.
_Edits = dict[tuple[int, bool], list[Edit]]


def plan(laid: Laid, chosen: Sequence[Hunk], first: str = "") -> Plan:
    """Return the plan that sets `chosen` hunks of one proposal apart or, of a single hunk, all but the `first` part.

    Raises `ActRefused` where nothing would be left, where the edits only stand together, or where halves would compete.
    """
    amendment = chosen[0].version.amendment
    if any(hunk.version_id != chosen[0].version_id for hunk in chosen):
        raise ActRefused("One proposal is split at a time: choose changes of one of them.")
    own = [hunk for hunk in laid.hunks if hunk.version_id == chosen[0].version_id]
    waiting = [hunk for hunk in own if hunk.outcome in amendments.UNDECIDED]
    laid.refuse_flagged(waiting)
    left = [hunk for hunk in waiting if hunk not in chosen]
    _refuse_parting(amendment, chosen, left)
    is_whole = len(waiting) == len(own)
    halves = _halve(laid, chosen, first) if first or not left else None
    if halves and not is_whole:
        raise ActRefused("A part of this proposal is decided: only whole changes of it can be set apart.")
    apart, kept = halves or (_edits(chosen), {})
    split = Split(
        amendment,
        _proposed(laid, apart),
        _proposed(laid, _joined(_edits(left), kept)) if is_whole else (),
        is_one=_is_bound(chosen),
        rest_is_one=_is_bound(left),
    )
    closed = waiting if is_whole else chosen
    return Plan(
        seq=laid.seq,
        act=Decision.Act.SPLIT,
        hunks=tuple(chosen),
        brackets=frozenset(),
        provisions=frozenset(hunk.provision_id for hunk in chosen),
        outcomes={hunk.pk: str(Hunk.Outcome.DROPPED) for hunk in closed},
        reasons={hunk.pk: APART for hunk in closed},
        split=split,
    )


def carry_out(audience: Audience, by: Seat, split: Split) -> dict[str, Any]:
    """Lodge the parts inside an open act, for everybody who stands behind the whole; return what `join` needs."""
    row = Amendment.objects.select_related("text").get(pk=split.amendment.pk)
    old = row.versions.get(current=True)
    standing = list(old.sponsorships.filter(withdrawn=False).select_related("delegation").order_by("pk"))
    behind = tuple(one.delegation for one in standing if one.role == Sponsorship.Role.SPONSOR)
    apart = _prepare(split.apart, is_one=split.is_one, row=row)
    lodged = Lodged(behind, apart, row.rationale, row.from_the_floor, op=row.op, late=row.late, amends=row)
    (fresh,) = lodging.store(audience, by, row.text, [lodged])
    made = [fresh.versions.get()]
    if split.rest:
        old.current = False
        old.save(update_fields=["current"])
        rest = Lodged(behind, _prepare(split.rest, is_one=split.rest_is_one, row=row))
        made.append(lodging.renew(audience, row, rest, versions.next_ordinal(row)))
    for version in made:
        _join_sponsors(audience, version, standing)
    return {"fresh": str(fresh.pk), "old": str(old.pk), "made": [str(version.pk) for version in made]}


def join(audience: Audience, noted: Mapping[str, Any]) -> None:
    """Take a split back inside an open act: the part is joined again with the proposal it was split from.

    Raises `CannotUndo` where somebody decided on one of the parts since, reworded it or took a stance on it.
    """
    fresh = Amendment.objects.get(pk=noted["fresh"])
    old = AmendmentVersion.objects.select_related("amendment").get(pk=noted["old"])
    made = [UUID(key) for key in noted["made"]]
    _refuse_moved_on(fresh, old, made)
    closed = list(Hunk.objects.filter(version__in=made, outcome__in=amendments.UNDECIDED).order_by("pk"))
    for hunk in closed:
        hunk.outcome, hunk.reason = Hunk.Outcome.DROPPED, f"Joined again with proposal {old.amendment.number}."
    anchors.save_hunks(audience.floor, closed)
    fresh.state = Amendment.State.JOINED
    fresh.save(update_fields=["state"])
    old.amendment.versions.filter(current=True).update(current=False)
    AmendmentVersion.objects.filter(pk=old.pk).update(current=True)
    audience.floor.append(events.SplitJoined(amendment=str(fresh.pk), into=str(old.amendment_id), version=str(old.pk)))


def _refuse_parting(amendment: Amendment, chosen: Sequence[Hunk], left: Sequence[Hunk]) -> None:
    parted = {hunk.atom for hunk in chosen if hunk.atom} & {hunk.atom for hunk in left}
    if parted and amendment.op not in _BOUND:
        raise ActRefused(
            "These changes are the ends of one move or of one pair of brackets: they are decided together."
        )


def _halve(laid: Laid, chosen: Sequence[Hunk], first: str) -> tuple[_Edits, _Edits]:
    """Return the edits of the second half of the one hunk `chosen`, which goes apart, and of the first."""
    if len(chosen) > 1 or not first:
        raise ActRefused(
            "Nothing would be left of this proposal: choose some of its changes or, of a single one, write how the "
            "words read with its first part alone."
        )
    (hunk,) = chosen
    key = hunk.provision_id, hunk.inserts_after
    if hunk.inserts_after:
        words, head = hunk.words.strip(), first.strip()
        rest = words.removeprefix(head).strip()
        if not head or not rest or not words.startswith(head):
            raise ActRefused("Write out the first part of the new provision, as it begins.")
        return {key: [(hunk.lo, hunk.hi, rest)]}, {key: [(hunk.lo, hunk.hi, head)]}
    struck = laid.words(hunk.provision_id)[hunk.lo : hunk.hi]
    # Spaces at the ends are the hunk's, not what somebody typed.
    edges = struck.partition(struck.strip()) if struck.strip() else ("", "", "")
    own, rest_of_it = divisions.halve(struck, hunk.words, f"{edges[0]}{proposals.clean(first).strip()}{edges[2]}")
    moved = [[(hunk.lo + lo, hunk.lo + hi, words) for lo, hi, words in half] for half in (rest_of_it, own)]
    return {key: moved[0]}, {key: moved[1]}


def _is_bound(hunks: Sequence[Hunk]) -> bool:
    return len(hunks) > 1 and len({hunk.atom for hunk in hunks}) == 1 and hunks[0].atom > 0


def _edits(hunks: Sequence[Hunk]) -> _Edits:
    found: _Edits = defaultdict(list)
    for hunk in hunks:
        found[hunk.provision_id, hunk.inserts_after].append((hunk.lo, hunk.hi, hunk.words))
    return found


def _joined(one: _Edits, other: _Edits) -> _Edits:
    return {key: [*one.get(key, ()), *other.get(key, ())] for key in (*one, *other)}


def _proposed(laid: Laid, edits: _Edits) -> tuple[Proposed, ...]:
    """Return the words that edits give: of each provision changed, and of each new one."""
    rows = Provision.objects.select_related("words", "text").in_bulk([pk for pk, _ in edits])
    found: list[Proposed] = []
    for (pk, is_new), made in edits.items():
        if is_new:
            found += [Proposed(rows[pk], words.strip(), inserts_after=True) for _, _, words in made]
        else:
            base = laid.words(pk)
            words, _ = divisions.part(base, made, range(len(made)))
            found.append(Proposed(rows[pk], words, base))
    return tuple(found)


def _prepare(parts: Sequence[Proposed], *, is_one: bool, row: Amendment) -> proposals.Prepared:
    now = proposals.present_words([one.provision.pk for one in parts])
    for one in parts:
        if one.provision.pk not in now:
            proposals.refuse_retired(one.provision)
    return proposals.prepare(row.text, parts, now, is_one=is_one)


def _join_sponsors(audience: Audience, version: AmendmentVersion, standing: Sequence[Sponsorship]) -> None:
    """Let whoever joined the sponsors of the whole stand behind a part; names that were hidden stay hidden."""
    hidden = {one.delegation_id for one in standing if one.withheld}
    version.sponsorships.filter(delegation__in=hidden).update(withheld=True)
    for one in standing:
        if one.role == Sponsorship.Role.COSPONSOR:
            withheld = one.withheld or audience.bureau is not None
            Sponsorship.objects.create(version=version, delegation=one.delegation, role=one.role, withheld=withheld)
            audience.tell(
                events.CosponsorJoined(
                    version=str(version.pk), delegation=None if one.withheld else one.delegation.code
                ),
                events.CosponsorJoined(version=str(version.pk), delegation=None),
            )


def _refuse_moved_on(fresh: Amendment, old: AmendmentVersion, made: Sequence[UUID]) -> None:
    decided = Decision.objects.filter(hunks__version__in=made, undone=False).order_by("seq")
    dependents = list(decided.values_list("seq", flat=True).distinct())
    ours = AmendmentVersion.objects.filter(amendment__in=(fresh.pk, old.amendment_id))
    moved = {
        "decided on": bool(dependents),
        "reworded": ours.filter(current=True, ordinal__gt=1).exclude(pk__in=[*made, old.pk]).exists(),
        "withdrawn": fresh.state == Amendment.State.WITHDRAWN or old.amendment.state == Amendment.State.WITHDRAWN,
        "supported or opposed": Position.objects.filter(version__in=made).exists(),
    }
    if said := next((what for what, is_so in moved.items() if is_so), ""):
        numbers = f"{old.amendment.number} and {fresh.number}"
        raise CannotUndo(f"One of the proposals {numbers} was {said} since it was split.", dependents=dependents)
