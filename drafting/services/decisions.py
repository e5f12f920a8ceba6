"""Decisions: what becomes of hunks and brackets, on whose authority, and taken back exactly.

The engine says what an act does (`drafting.text.deciding`, `acts`), `texts` changes the words, `outcomes` the other
rows. A decision names hunks or pairs, never places, so that a proposal that comes late reopens nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import CannotUndo, ReasonNeeded
from drafting.models import Decision, NegotiatingText
from drafting.queries import access
from drafting.services import (
    audiences,
    holdings,
    kinds,
    mandates,
    outcomes,
    planning,
    reversals,
    splits,
    staleness,
    texts,
)
from drafting.services.audiences import Audience
from drafting.services.planning import Plan, Wish

Act = Decision.Act
Authority = Decision.Authority

#: Acts that take away or replace somebody's words: they say why.
REASONED = frozenset({Act.DROP_HUNK, Act.DROP, Act.BRIDGE})


def decide(
    by: Seat,
    negotiated: NegotiatingText,
    act: str,
    authority: str,
    *,
    hunks: Collection[int] = (),
    brackets: Collection[int] = (),
    words: str = "",
    into: int = 0,
    reason: str = "",
    seen: int | None = None,
    forum: str = "",
    batch: UUID | None = None,
) -> Decision:
    """Decide on hunks or brackets, by id, and return the decision; hunks of one atom go together.

    `words` are the chair's, for bridging, or how a hunk to split reads with its first part alone; `into` is a hunk of
    the proposal that others are merged into; `seen` is the floor's seq that was looked at; `forum` says which room
    agreed and when; `batch` is shared by decisions of one act. Raises `ReasonNeeded`, `NotOfThisKind` where the
    revision being prepared does not allow it, `StaleDecision` with both texts where the words moved since, `Locked`
    where they are agreed, `ActRefused` where the act is not for them.
    """
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    wish = Wish(Act(act), frozenset(hunks), frozenset(brackets), words.strip(), into)
    if wish.act in REASONED and not reason.strip():
        raise ReasonNeeded("Say why: whoever proposed or holds these words will read it.")
    kinds.refuse(negotiated, act, authority)
    plan = planning.plan(negotiated, wish)
    mandates.refuse(by, negotiated, plan)
    with audiences.of_floor(negotiated, by) as audience:
        staleness.refuse(negotiated, plan, seen)
        if plan.seq != audience.floor.seq:
            plan = planning.plan(negotiated, wish)
            mandates.refuse(by, negotiated, plan)
        made = carry_out(
            audience, by, negotiated, plan, Authority(authority), reason.strip()[:400], forum.strip()[:120], batch
        )
        # What was wished, so that it can be done again after it was taken back.
        made.undo["wish"] = [sorted(wish.hunks), sorted(wish.brackets), wish.words, wish.into]
        made.save(update_fields=["undo"])
        return made


def redo(by: Seat, decision: Decision) -> Decision:
    """Decide again, as a new decision, what was decided and taken back; it may be refused like any other."""
    row = access.decision(by, decision.pk)
    if not row.undone or "wish" not in row.undo:
        raise CannotUndo("Only what was decided at the desk and taken back can be decided again.", dependents=[])
    hunks, brackets, words, *rest = row.undo["wish"]
    return decide(
        by,
        row.text,
        row.act,
        row.authority,
        hunks=hunks,
        brackets=brackets,
        words=words,
        into=rest[0] if rest else 0,
        reason=row.reason,
        forum=row.forum,
    )


def undo(by: Seat, decision: Decision) -> None:
    """Take a decision back: words, brackets, groups, hunks and stances are as they were.

    Raises `CannotUndo`, with what hangs on it in `dependents`, where a later act touched what it did.
    """
    access.require(by, Right.DECIDE)
    negotiated = access.decision(by, decision.pk).text
    with audiences.of_floor(negotiated, by) as audience:
        row = Decision.objects.get(pk=decision.pk)
        if row.undone:
            raise CannotUndo("This decision has been taken back already.", dependents=[])
        mandates.refuse_undoing(by, row)
        noted = row.undo
        holdings.refuse_stood_on(noted["opened"], noted["stood"])
        if split := noted.get("split"):
            splits.join(audience, split)
        reopened = outcomes.reopen(row.seq, noted)
        holdings.unstand(audience, noted["stood"])
        applied = reversals.revert(audience.floor, negotiated, noted["act"]) if noted["act"] else None
        holdings.ungroup(audience, noted["grouped"])
        hunks = outcomes.settle_reopened(reopened)
        outcomes.settle_amendments(negotiated, [hunk.pk for hunk in hunks])
        row.undone = decision.undone = True
        row.save(update_fields=["undone"])
        touched = {edited.provision for edited in applied.edited} if applied else set()
        audience.floor.append(
            events.DecisionUndone(
                decision=row.pk,
                provisions=sorted(touched | {hunk.provision_id for hunk in hunks}),
                hunks=[(hunk.pk, hunk.lo, hunk.hi, str(hunk.outcome), hunk.reason) for hunk in hunks],
            )
        )


def carry_out(
    audience: Audience,
    by: Seat,
    negotiated: NegotiatingText,
    plan: Plan,
    authority: Authority,
    reason: str,
    forum: str = "",
    batch: UUID | None = None,
) -> Decision:
    """Carry out, inside an open act, a plan that holds for the floor as it stands, and return the decision."""
    applied = texts.apply_steps(audience.floor, negotiated, plan.steps, sparing=plan.sparing) if plan.steps else None
    created = applied.created if applied else {}
    keys = [int(created.get(key, key)) for key in plan.keys]
    undo: dict[str, Any] = {
        "act": reversals.note(applied) if applied else None,
        "opened": sorted(row.pk for row in applied.opened.values()) if applied else [],
        "stacked": [[after, created[key]] for after, key in plan.stacked],
        "landed": {str(hunk): created[key] for hunk, key in plan.landed.items()},
        "spoken": holdings.spoken(plan, applied, keys),
        "hunks": outcomes.settle_hunks(plan.outcomes, reason, plan.reasons),
        "stood": holdings.stand(audience, by, holdings.find(plan, applied, keys)),
        "grouped": holdings.group(audience, negotiated, plan, keys),
        "rivals": [list(rival) for rival in plan.rivals],
        "split": splits.carry_out(audience, by, plan.split) if plan.split else None,
    }
    outcomes.settle_amendments(negotiated, plan.outcomes)
    touched = {edited.provision for edited in applied.edited} if applied else set()
    decided = {"authority": authority, "reason": reason, "by": by, "forum": forum, "batch": batch, "undo": undo}
    return _record(audience, negotiated, plan, decided, sorted(touched | plan.provisions))


def _record(
    audience: Audience, negotiated: NegotiatingText, plan: Plan, decided: Mapping[str, Any], provisions: list[int]
) -> Decision:
    decision = Decision.objects.create(
        text=negotiated, act=plan.act, at=timezone.now(), seq=audience.floor.seq + 1, **decided
    )
    decision.hunks.add(*{*plan.outcomes, *(hunk.pk for hunk in plan.hunks)})
    decision.brackets.add(*{*plan.brackets, *(bracket for bracket, *_ in decision.undo["spoken"])})
    audience.floor.append(
        events.Decided(
            decision=decision.pk,
            act=str(plan.act),
            authority=str(decision.authority),
            reason=decision.reason,
            hunks=sorted((pk, str(outcome)) for pk, outcome in plan.outcomes.items()),
            brackets=sorted(plan.brackets),
            provisions=provisions,
            forum=decision.forum,
            batch=str(decision.batch) if decision.batch else None,
            into=plan.into,
        )
    )
    return decision
