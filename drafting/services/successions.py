"""Taking over a file as the next state of a text, on a named authority: one decision, or one for each difference.

What a file holds is read in `drafting.imports`, which provision became which found there too; what the differences are
is the engine's (`text.successions`). Here they are foreseen, refused where words are agreed, and made: provisions,
pairs, proposals and positions are carried, or flagged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import EmptyChange, StaleVersion
from drafting.models import Agreement, Decision, NegotiatingText, Provision, Stream
from drafting.queries import access, snapshots
from drafting.services import anchors, audiences, boxes, instalments, kinds
from drafting.services.instalments import Planned, Report
from drafting.services.makings import Hand
from drafting.text import bodies, sequences, successions
from drafting.text.bodies import Body
from drafting.text.changes import ChangeSet
from drafting.text.steps import Key
from drafting.text.successions import Difference, Target


@dataclass(frozen=True)
class Standing:
    """The text as it stands at the floor's `seq`; `pairs` are the open ones of each provision by the place of `[`."""

    seq: int
    rows: Sequence[Provision]
    body: Body
    pairs: Mapping[Key, Mapping[int, int]]

    @property
    def live(self) -> list[Provision]:
        """The provisions that are no tombstones, in order."""
        return [row for row in self.rows if not row.retired]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was done: decisions that share `batch`, and the differences left out, each with its `why`.

    `provisions` are the ids, by their index in the file, of all that stand now.
    """

    batch: UUID
    made: int
    left: tuple[Difference, ...]
    provisions: Mapping[int, int]


def standing(negotiated: NegotiatingText) -> Standing:
    """Return the text as it stands, whole, in one consistent read."""
    with snapshots.reading():
        seq = Stream.objects.values_list("head", flat=True).get(pk=negotiated.floor_id)
        rows = list(negotiated.provisions.select_related("words").order_by("order", "pk"))
        pairs: dict[Key, dict[int, int]] = {}
        found = negotiated.brackets.filter(closed=False)
        for pk, provision, offset in found.values_list("pk", "start_text__provision", "start_offset"):
            pairs.setdefault(provision, {})[offset] = pk
    body = Body(tuple(bodies.Provision(row.pk, row.parent_id, row.words.content, row.retired) for row in rows))
    return Standing(seq, rows, body, pairs)


def differences(negotiated: NegotiatingText, stood: Standing, target: Target) -> tuple[Difference, ...]:
    """Return what turns the text into the target; what agreed words forbid is among it, with the reason."""
    return successions.compare(stood.body, target, stood.pairs, _refusal(negotiated))


def digest(found: Sequence[Difference]) -> str:
    """Return what tells one list of differences from another: only what was shown is done."""
    told = [(str(one.fate), one.old, one.new, one.act.spans, one.act.creates, bool(one.steps)) for one in found]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def require(by: Seat, negotiated: NegotiatingText, authority: str) -> None:
    """Refuse who may not bring a file on that authority: the chair's is for who decides, others for who imports."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE if authority == Decision.Authority.CHAIR else Right.IMPORT)
    access.whole(by)


def take_over(
    by: Seat,
    negotiated: NegotiatingText,
    find: Callable[[Standing], Target],
    *,
    shown: str,
    authority: str,
    reason: str,
    forum: str = "",
    batch: UUID | None = None,
    report: Report = lambda done, total: None,
    planned: Planned | None = None,
    keep: Callable[[Planned], None] = lambda planned: None,
) -> TakenOver:
    """Make the text read as the target and return what was done.

    `find` says what the file comes to on the text as it stands; `shown` is the digest of what the person saw; the
    decisions share `batch`. On any authority but the chair's a file is one decision, taken back as one. On the chair's
    each difference is one, made in `instalments`: `keep` is given what is planned before the first of them, and
    `planned` is that again where a worker died; where no kind of revision is chosen a chair's text is being prepared.
    Raises `StaleVersion` where the text moved since in what the file changes, `NotOfThisKind` where the revision being
    prepared allows no such act on that authority, `EmptyChange` where nothing differs.
    """
    require(by, negotiated, authority)
    said = (Decision.Authority(authority), reason.strip()[:400], forum.strip()[:120], batch or uuid4())
    if authority == Decision.Authority.CHAIR:
        kinds.refuse(negotiated, Decision.Act.TAKE_OVER, authority)
        if planned is None:
            planned = _planned(negotiated, find, shown)
            keep(planned)
        count, left, ids = instalments.make(by, negotiated, planned, said, report)
        return TakenOver(said[-1], count, tuple(left), _standing_now(planned, ids))
    planned = _planned(negotiated, find, shown)
    with audiences.of_floor(negotiated, by) as audience:
        kinds.refuse(negotiated, Decision.Act.TAKE_OVER, authority)
        if audience.floor.seq != planned.seq:
            planned = _planned(negotiated, find, shown)
        hand = Hand(audience, by, negotiated, said, {})
        hand.make(planned.wanted)
        boxes.note(audience.floor, by, hand.created())
    refused = tuple(one for one in planned.found if not one.steps)
    return TakenOver(said[-1], len(planned.wanted), refused, _standing_now(planned, hand.ids))


def _planned(negotiated: NegotiatingText, find: Callable[[Standing], Target], shown: str) -> Planned:
    """Return what differs on the text as it stands, refused where it is not what the person saw, or nothing."""
    stood = standing(negotiated)
    target = find(stood)
    found = differences(negotiated, stood, target)
    if digest(found) != shown:
        raise StaleVersion("The text moved since you looked, in what the file changes: look at the report again.")
    planned = Planned(stood.seq, tuple(row.pk for row in stood.live), target, found)
    if not planned.wanted:
        raise EmptyChange("The file changes nothing that may be changed now.")
    return planned


def _standing_now(planned: Planned, made: Mapping[Key, Key]) -> dict[int, int]:
    live, target = planned.live, planned.target
    goes_on = {match.new[0]: live[match.old[0]] for match in target.matches if match.old and match.new}
    new = {index: int(made[key]) for index in range(len(target.texts)) if (key := sequences.named(index)) in made}
    return goes_on | new


def _refusal(negotiated: NegotiatingText) -> Callable[[Difference], str]:
    """Return what says of a difference why agreed words forbid it."""
    rows = Agreement.objects.filter(provision__text=negotiated, ended=False, locks=True)
    agreed: dict[Key, list[Agreement]] = {}
    for row in rows.select_related("provision__words"):
        agreed.setdefault(row.provision_id, []).append(row)

    def refuse(one: Difference) -> str:
        whole = {*one.act.retires, *(key for key, _ in one.act.moves)}
        for key in (*one.act.spans, *whole):
            for row in agreed.get(key, ()):
                if key in whole or _is_touched(row, one):
                    return f"{row.provision} is agreed ({row.name}): it is reopened before it changes."
        return ""

    return refuse


def _is_touched(row: Agreement, one: Difference) -> bool:
    if row.start is None or row.end is None:
        return True
    length = len(row.provision.words.content)
    changes = ChangeSet.of([span[:3] for span in one.act.spans[row.provision_id]], length)
    return anchors.overlaps(row.start, row.end, changes)
