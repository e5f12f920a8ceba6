"""What becomes of proposals that a new basis does not reflect: announced before, applied after, in the background.

They stay open, lapse with the basis (and are revived in one act), or are withdrawn. The job is cut into acts of a few
hundred proposals, each of which notes how far it came, so that a worker's death costs nothing and repeats nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, NotFound
from drafting.models import Amendment, Hunk, Lapse, NegotiatingText, Revision, Unreflected
from drafting.queries import access, amendments, unreflected
from drafting.queries.reports import LossEntry
from drafting.services import journal

#: Proposals that one act ends: the floor is locked for some hundredths of a second, and typing goes on.
BATCH = 200
_OPEN = (Amendment.State.OPEN, Amendment.State.FLAGGED)


def choose(by: Seat, negotiated: NegotiatingText, policy: str, forum: str = "") -> None:
    """Choose what becomes of proposals that the next basis does not reflect; their owners read it from now on."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    if policy not in Unreflected.Policy.values:
        raise NotFound(f"They {', '.join(str(label) for label in Unreflected.Policy.labels)}: choose one of these.")
    chosen = {"policy": policy, "forum": forum.strip()[:120], "by": by}
    with journal.writing(negotiated.floor, by=by) as floor:
        Unreflected.objects.update_or_create(text=negotiated, defaults=chosen)
        floor.append(events.UnreflectedChosen(policy=policy, forum=forum.strip()[:120]))


def announce(revision: Revision, losses: Sequence[LossEntry]) -> None:
    """Note, inside the act that issues a basis, what the policy is to end; a text without status ends no proposal."""
    row = Unreflected.objects.filter(text=revision.text).first()
    waiting = unreflected.of(losses)
    if row is not None and row.policy != Unreflected.Policy.STAY and revision.basis and waiting:
        Lapse.objects.create(revision=revision, policy=row.policy, waiting=waiting)


def left() -> list[int]:
    """Return the revisions, by id, whose policy is not applied to the end."""
    return list(Lapse.objects.exclude(waiting=[]).order_by("pk").values_list("revision", flat=True))


def settle(revision: int) -> int:
    """Apply the policy to the proposals a revision did not reflect, to the end, and return how many it ended.

    Safe to run twice, at once too: each act takes the next proposals under the floor's lock. One that was decided on,
    or withdrawn by its sponsors, since the revision was issued is left as it is.
    """
    issued = Revision.objects.select_related("text__floor", "by").get(pk=revision)
    ended = 0
    while True:
        with journal.writing(issued.text.floor, by=issued.by) as floor:
            row = Lapse.objects.filter(revision=issued).first()
            if row is None or not row.waiting:
                return ended
            some, row.waiting = row.waiting[:BATCH], row.waiting[BATCH:]
            gone = _end(some, row.policy)
            row.applied += gone
            row.save(update_fields=["waiting", "applied"])
            if gone:
                is_withdrawn = row.policy == Unreflected.Policy.WITHDRAW
                floor.append(events.AmendmentsLapsed(revision=issued.pk, amendments=gone, withdrawn=is_withdrawn))
            ended += len(gone)


def revive(by: Seat, revision: Revision) -> int:
    """Open again, in one act, all proposals that lapsed when a revision was issued, and return how many."""
    negotiated = revision.text
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    with journal.writing(negotiated.floor, by=by) as floor:
        row = Lapse.objects.filter(revision=revision, policy=Unreflected.Policy.LAPSE).first()
        if row is None:
            raise NotFound(f"No proposal lapsed when {revision.symbol} was issued.")
        if row.revived:
            raise Closed("They have been revived already.")
        return reopen(floor, row)


def reopen(floor: journal.Writer, row: Lapse) -> int:
    """Open again, inside an open act, what a policy ended, and end no more; return how many proposals."""
    wanted = Amendment.objects.filter(
        pk__in=[UUID(key) for key in row.applied], state__in=(Amendment.State.LAPSED, Amendment.State.WITHDRAWN)
    )
    keys = [str(pk) for pk in wanted.order_by("number").values_list("pk", flat=True)]
    wanted.update(state=Amendment.State.OPEN)
    row.waiting, row.revived = [], timezone.now()
    row.save(update_fields=["waiting", "revived"])
    if keys:
        floor.append(events.AmendmentsRevived(revision=row.revision_id, amendments=keys))
    return len(keys)


def _end(some: Sequence[str], policy: str) -> list[str]:
    """End those of some proposals of which nothing is decided, and return them by id."""
    named = [UUID(key) for key in some]
    decided = Hunk.objects.filter(version__amendment__in=named, version__current=True)
    decided = decided.exclude(outcome__in=amendments.UNDECIDED)
    wanted = Amendment.objects.filter(pk__in=named, state__in=_OPEN).exclude(
        pk__in=decided.values("version__amendment")
    )
    found = [str(pk) for pk in wanted.order_by("number").values_list("pk", flat=True)]
    ends = Amendment.State.WITHDRAWN if policy == Unreflected.Policy.WITHDRAW else Amendment.State.LAPSED
    Amendment.objects.filter(pk__in=[UUID(key) for key in found]).update(state=ends)
    return found
