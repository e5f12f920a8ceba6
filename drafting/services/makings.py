"""Makes the differences of a file that is taken over: steps carried out, proposals made to the letter done with them.

What the differences are, and who may take a file over, is in `successions`; in how many acts, in `instalments`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from uuid import UUID

from django.db.models import QuerySet

from delegations.models import Seat
from drafting import events
from drafting.models import Bracket, Decision, Hunk, NegotiatingText, Provision
from drafting.queries import amendments
from drafting.services import decisions
from drafting.services.audiences import Audience
from drafting.services.plans import Plan
from drafting.text.steps import Create, Edit, Key, Place, Retire, Revive, Step
from drafting.text.successions import Difference

Said = tuple[Decision.Authority, str, str, UUID]
"""(authority, reason, forum, batch) of every decision a file is made of."""


class Hand:
    """Makes differences, some at a time; provisions made before are called by their ids from then on."""

    def __init__(
        self, audience: Audience, by: Seat, negotiated: NegotiatingText, said: Said, ids: Mapping[Key, Key]
    ) -> None:
        self._audience, self.by, self._negotiated, self._said = audience, by, negotiated, said
        self.made: list[int] = []
        self.ids = dict(ids)

    def make(self, some: Sequence[Difference]) -> Decision:
        """Make differences one decision, and return it."""
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
        row = decisions.carry_out(self._audience, self.by, self._negotiated, plan, *self._said)
        undo = row.undo
        stood = {step.text for step in steps if isinstance(step, Edit) and isinstance(step.text, int)}
        made = [pk for text in undo["act"]["texts"] if (pk := text["provision"]) not in stood]
        self.ids |= dict(zip((step.provision for step in steps if isinstance(step, Create)), made, strict=True))
        self.made += made
        if undo["opened"]:
            Bracket.objects.filter(pk__in=undo["opened"]).update(holders_known=False)
            self._audience.floor.append(events.HoldersUnknown(brackets=undo["opened"]))
        return row

    def created(self) -> QuerySet[Provision]:
        """Return the provisions it made, with their words, in the order of the text."""
        return self._negotiated.provisions.filter(pk__in=self.made).select_related("words").order_by("order")


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
