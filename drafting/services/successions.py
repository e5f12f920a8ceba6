"""Taking over a file as the next state of a text, on a named authority: one decision, or one for each difference.

What a file holds is read in `drafting.imports`, which provision became which found there too; what the differences are
is the engine's (`text.successions`). Here they are foreseen, refused where words are agreed, and made: provisions,
pairs, proposals and positions are carried, or flagged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID, uuid4

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import EmptyChange, StaleVersion
from drafting.models import Agreement, Bracket, Decision, Hunk, NegotiatingText, Provision, Revision, Stream
from drafting.queries import access, amendments, snapshots
from drafting.services import anchors, audiences, boxes, decisions, kinds
from drafting.services.audiences import Audience
from drafting.services.planning import Plan
from drafting.text import bodies, sequences, successions
from drafting.text.bodies import Body
from drafting.text.changes import ChangeSet
from drafting.text.steps import Create, Edit, Key, Place, Retire, Revive, Step
from drafting.text.successions import Difference, Target

Report = Callable[[int, int], None]
"""Told how many differences are made, of how many."""


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
) -> TakenOver:
    """Make the text read as the target, all of it or nothing, and return what was done.

    `find` says what the file comes to on the text as it stands; `shown` is the digest of what the person saw; the
    decisions share `batch`. A file on the chair's authority is a decision for each difference, and where no kind of
    revision is chosen a chair's text is being prepared from then on; any other file is one decision, taken back as one.
    Raises `StaleVersion` where the text moved since in what the file changes, `NotOfThisKind` where the revision being
    prepared allows no such act on that authority, `EmptyChange` where nothing differs.
    """
    require(by, negotiated, authority)
    is_chairs = authority == Decision.Authority.CHAIR
    stood, target, found = _compare(negotiated, find)
    with audiences.of_floor(negotiated, by) as audience:
        kinds.refuse(negotiated, Decision.Act.TAKE_OVER, authority)
        if audience.floor.seq != stood.seq:
            stood, target, found = _compare(negotiated, find)
        if digest(found) != shown:
            raise StaleVersion("The text moved since you looked, in what the file changes: look at the report again.")
        wanted = [one for one in found if one.steps]
        if not wanted:
            raise EmptyChange("The file changes nothing that may be changed now.")
        if is_chairs and not kinds.prepared(negotiated):
            kinds.choose(audience.floor, by, negotiated, Revision.Kind.CHAIRS_TEXT)
        said = (Decision.Authority(authority), reason.strip()[:400], forum.strip()[:120], batch or uuid4())
        hand = _Hand(audience, by, negotiated, said)
        for done, some in enumerate([[one] for one in wanted] if is_chairs else [wanted], 1):
            hand.make(some)
            report(done, len(wanted))
        rows = negotiated.provisions.filter(pk__in=hand.ids.values()).select_related("words").order_by("order")
        boxes.note(audience.floor, by, rows)
    left = tuple(one for one in found if not one.steps)
    return TakenOver(said[-1], len(wanted), left, _standing_now(stood, target, hand.ids))


def _compare(
    negotiated: NegotiatingText, find: Callable[[Standing], Target]
) -> tuple[Standing, Target, tuple[Difference, ...]]:
    """Return the text as it stands, what the file comes to on it, and what differs."""
    stood = standing(negotiated)
    target = find(stood)
    return stood, target, differences(negotiated, stood, target)


def _standing_now(stood: Standing, target: Target, made: Mapping[Key, Key]) -> dict[int, int]:
    live = stood.live
    goes_on = {match.new[0]: live[match.old[0]].pk for match in target.matches if match.old and match.new}
    new = {index: int(made[key]) for index in range(len(target.texts)) if (key := sequences.named(index)) in made}
    return goes_on | new


class _Hand:
    """Makes differences, some at a time; provisions made before are called by their ids from then on."""

    def __init__(
        self, audience: Audience, by: Seat, negotiated: NegotiatingText, said: tuple[Decision.Authority, str, str, UUID]
    ) -> None:
        self._audience, self._by, self._negotiated, self._said = audience, by, negotiated, said
        self.ids: dict[Key, Key] = {}
        self._known = set(negotiated.provisions.values_list("pk", flat=True))

    def make(self, some: Sequence[Difference]) -> None:
        """Make differences one decision."""
        steps = [_renamed(step, self.ids) for one in some for step in one.steps]
        done = _done(_edits(steps) if len(some) == 1 else _edits_at_once(some))
        plan = Plan(
            seq=self._audience.floor.seq,
            act=Decision.Act.TAKE_OVER,
            hunks=(),
            brackets=frozenset(),
            provisions=frozenset(int(key) for one in some for key in one.old),
            steps=steps,
            outcomes=dict.fromkeys(done, str(Hunk.Outcome.DONE)),
            sparing=frozenset(done),
        )
        undo = decisions.carry_out(self._audience, self._by, self._negotiated, plan, *self._said).undo
        made = [pk for text in undo["act"]["texts"] if (pk := text["provision"]) not in self._known]
        self.ids |= dict(zip((step.provision for step in steps if isinstance(step, Create)), made, strict=True))
        self._known.update(made)
        if undo["opened"]:
            Bracket.objects.filter(pk__in=undo["opened"]).update(holders_known=False)
            self._audience.floor.append(events.HoldersUnknown(brackets=undo["opened"]))


def _renamed(step: Step, ids: Mapping[Key, Key]) -> Step:
    def known(key: Key | None) -> Key | None:
        return None if key is None else ids.get(key, key)

    match step:
        case Create(key, parent, order):
            return Create(key, known(parent), order)
        case Place(key, parent, order):
            return Place(ids.get(key, key), known(parent), order)
        case Edit(key, changes):
            return Edit(ids.get(key, key), changes)
        case Retire(key):
            return Retire(ids.get(key, key))
        case Revive(key):
            return Revive(ids.get(key, key))
    return step


Made = tuple[int, int, int, str]
"""(provision, from, to, words instead), in the words as they stand before."""


def _edits(steps: Sequence[Step]) -> set[Made]:
    """Return the edits of one act, each of whose provisions it edits once."""
    edits = (step for step in steps if isinstance(step, Edit) and isinstance(step.text, int))
    return {(int(step.text), *edit) for step in edits for edit in step.changes.edits()}


def _edits_at_once(some: Sequence[Difference]) -> set[Made]:
    """Return the edits of several differences, which were all found in the words as they stand."""
    return {(int(key), *span[:3]) for one in some for key, spans in one.act.spans.items() for span in spans}


def _done(made: Set[Made]) -> list[int]:
    """Return the open hunks, by id, that are made to the letter, each with its whole atom."""
    if not made:
        return []
    rows = Hunk.objects.filter(
        provision__in={key for key, *_ in made}, outcome=Hunk.Outcome.OPEN, inserts_after=False, version__current=True
    ).exclude(version__amendment__state__in=amendments.GONE)
    done = {row.pk: row for row in rows if (row.provision_id, row.lo, row.hi, row.words) in made}
    whole = {(row.version_id, row.atom) for row in done.values() if row.atom}
    for version, atom in whole:
        mates = set(Hunk.objects.filter(version=version, atom=atom).values_list("pk", flat=True))
        if not mates <= done.keys():
            done = {pk: row for pk, row in done.items() if pk not in mates}
    return sorted(done)


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
