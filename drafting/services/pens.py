"""What a pen-holder writes into the floor text in one act: a proposal heard in the room, or words of the chair's.

Typed for a delegation or a group, no word outside brackets changes: what it puts in stands in a pair it holds, what it
takes out in a pair with *delete*, and one amendment is recorded as bracketed. Typed for the chair, the room or
editorially, the words themselves change, by a decision that can be taken back. Typing live is in `pen_sessions`.
"""

from __future__ import annotations

from collections.abc import Sequence

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting.errors import Forbidden, NotFound, ReasonNeeded
from drafting.models import Amendment, Decision, Hunk, NegotiatingText, Pen, Stance
from drafting.queries import access
from drafting.services import amendments, audiences, decisions, pen_sessions, planning, positions, proposals
from drafting.services.amendments import Lodging
from drafting.services.audiences import Audience
from drafting.services.planning import Plan, Wish
from drafting.services.positions import Stand
from drafting.services.proposals import Proposed
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit

Act = Decision.Act

#: On whose authority words themselves change, and what the decision calls it.
AUTHORITIES = {
    Pen.For.CHAIR: Decision.Authority.CHAIR,
    Pen.For.ROOM: Decision.Authority.ROOM,
    Pen.For.EDITORIAL: Decision.Authority.EDITORIAL,
}


def record(
    by: Seat,
    proposed: Proposed,
    speakers: Sequence[Delegation],
    *,
    supporters: Sequence[Delegation] = (),
    rationale: str = "",
) -> Pen:
    """Record what `speakers` proposed in the room, with those who supported it, and return the pen.

    Where the conference records only (`additions_bracketed` is off) the amendment stays open and no word enters the
    text. Raises what `proposals.prepare` raises, and `Locked` for agreed words.
    """
    return record_all(by, [proposed], speakers, supporters=supporters, rationale=rationale)[0]


def record_all(
    by: Seat,
    proposed: Sequence[Proposed],
    speakers: Sequence[Delegation],
    *,
    supporters: Sequence[Delegation] = (),
    rationale: str = "",
) -> list[Pen]:
    """Record one proposal on several provisions, "… throughout": one amendment, a pen for each provision."""
    negotiated = _door(by, proposed)
    if not speakers:
        raise Forbidden("Say who spoke: what is typed in the room is always for someone.")
    for delegation in (*speakers, *supporters):
        if delegation.conference_id != negotiated.conference_id:
            raise Forbidden(f"{delegation.code} does not take part in this conference.")
    lodging = Lodging(tuple(speakers), tuple(proposed), rationale, from_the_floor=True)
    where = [one.provision for one in proposed]
    with audiences.of_floor(negotiated, by, speakers) as audience:
        held = pen_sessions.open_all(audience, by, where, Pen.For.DELEGATION, speakers)
        (amendment,) = amendments.lodge(audience, by, negotiated, [lodging])
        _support(audience, by, amendment, supporters)
        if negotiated.conference.additions_bracketed:
            _bracket(audience, by, negotiated, amendment)
        for pen in held:
            pen.amendment = amendment
        pen_sessions.close_all(audience, held)
    return held


def write(by: Seat, proposed: Proposed, authority: str, reason: str = "") -> Pen:
    """Write words for the chair, for the room or editorially; they change as typed, and the pen is returned.

    Chair's words and words of an editorial mandate need a `reason`. Open proposals that changed the same words are
    flagged for their sponsors.
    """
    return write_all(by, [proposed], authority, reason)[0]


def write_all(by: Seat, proposed: Sequence[Proposed], authority: str, reason: str = "") -> list[Pen]:
    """Write words on several provisions by one decision; otherwise as `write`."""
    negotiated = _door(by, proposed)
    if authority not in AUTHORITIES:
        raise Forbidden("Words themselves change for the chair, for the room or editorially; others propose.")
    if authority != Pen.For.ROOM and not reason.strip():
        raise ReasonNeeded("Say why: everybody whose words these were will read it.")
    if any(one.inserts_after for one in proposed):
        raise Forbidden("A new provision is proposed by somebody first, and then accepted.")
    with audiences.of_floor(negotiated, by) as audience:
        plan = _rewrite(audience, negotiated, proposed)
        held = pen_sessions.open_all(audience, by, [one.provision for one in proposed], Pen.For(authority), ())
        decisions.carry_out(audience, by, negotiated, plan, AUTHORITIES[Pen.For(authority)], reason.strip()[:400])
        pen_sessions.close_all(audience, held)
    return held


def _door(by: Seat, proposed: Sequence[Proposed]) -> NegotiatingText:
    negotiated = proposed[0].provision.text
    if any(one.provision.text_id != negotiated.pk for one in proposed):
        raise NotFound("What is said in one breath is of one text.")
    access.floor(by, negotiated)
    access.require(by, Right.RECORD)
    access.within(by, negotiated, [one.provision.pk for one in proposed])
    return negotiated


def _support(audience: Audience, by: Seat, amendment: Amendment, supporters: Sequence[Delegation]) -> None:
    version = amendment.versions.get(current=True)
    stands = [Stand(delegation, version, Stance.SUPPORT) for delegation in supporters]
    positions.store(audience, by, stands, from_the_floor=True)


def _bracket(audience: Audience, by: Seat, negotiated: NegotiatingText, amendment: Amendment) -> None:
    """Put all the amendment changes into the text as brackets; a decision by the conference's policy."""
    hunks = Hunk.objects.filter(version__amendment=amendment).values_list("pk", flat=True)
    plan = planning.plan(negotiated, Wish(Act.BRACKET, frozenset(hunks), frozenset()))
    decisions.carry_out(audience, by, negotiated, plan, Decision.Authority.POLICY, "Recorded from the floor.")


def _rewrite(audience: Audience, negotiated: NegotiatingText, proposed: Sequence[Proposed]) -> Plan:
    """Return the plan that makes each provision say the words for it, carried to the words as they stand."""
    now = proposals.present_words([one.provision.pk for one in proposed])
    for one in proposed:
        one.provision.retired = one.provision.pk not in now
        proposals.refuse_retired(one.provision)
    ready = proposals.prepare(negotiated, proposed, now)
    edits = [
        Edit(
            pk,
            ChangeSet.of([(hunk.lo, hunk.hi, hunk.words) for hunk in ready.hunks if hunk.provision == pk], len(words)),
        )
        for pk, words in now.items()
    ]
    return Plan(
        seq=audience.floor.seq,
        act=Act.BRIDGE,
        hunks=(),
        brackets=frozenset(),
        provisions=frozenset(now),
        steps=list(edits),
    )
