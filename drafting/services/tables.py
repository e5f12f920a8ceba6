"""The text with its proposals as the engine decides on it, read from the rows at one moment.

Deciding is the engine's (`drafting.text.deciding`, `acts`); what a wish comes to is worked out in `planning`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from drafting.errors import StaleDecision
from drafting.models import Decision, Hunk, NegotiatingText, Stream
from drafting.queries import amendments, focuses, snapshots
from drafting.text import deciding, hunks
from drafting.text.fates import Outcome
from drafting.text.standing import Bracketed
from drafting.text.steps import Create, Edit, Key, Place, Retire, Revive, Step


@dataclass(frozen=True)
class Laid:
    """The table as of the floor's `seq`: the engine's document, in words where it matters, and the hunks that matter.

    Provisions are keyed by id, but one that a hunk brought in before is keyed `{after}+{n}`, as the engine names it, so
    that the next at the same place goes behind it.
    """

    seq: int
    document: Bracketed
    hunks: tuple[Hunk, ...]
    keys: dict[int, Key]

    def table(self, chosen: Iterable[Hunk] | None = None) -> deciding.Table:
        """Return the engine's table with all hunks, or with the chosen alone."""
        return deciding.Table(self.document, tuple(map(self.item, self.hunks if chosen is None else chosen)))

    def undecided(self) -> list[Hunk]:
        """Return the hunks that wait for somebody."""
        return [hunk for hunk in self.hunks if hunk.outcome in amendments.UNDECIDED]

    def words(self, provision: int) -> str:
        """Return the words of a provision in focus."""
        return self.document.texts[self.document.keys.index(self.keys.get(provision, provision))]

    def whole_atoms(self, chosen: Collection[int]) -> list[Hunk]:
        """Return the chosen hunks with the undecided rest of their atoms, by amendment and index."""
        atoms = {_atom(hunk) for hunk in self.hunks if hunk.pk in chosen and hunk.atom}
        mates = {hunk.pk for hunk in self.undecided() if _atom(hunk) in atoms}
        return [hunk for hunk in self.hunks if hunk.pk in chosen or hunk.pk in mates]

    def with_twins(self, chosen: Sequence[Hunk]) -> list[Hunk]:
        """Return the chosen hunks and the undecided ones that would do exactly the same, of whole atoms only.

        A wording several delegations propose is one alternative with all their names, so it is bracketed once.
        """
        wanted = {_edit(hunk) for hunk in chosen}
        twins = [hunk for hunk in self.undecided() if _edit(hunk) in wanted and hunk.outcome != Hunk.Outcome.FLAGGED]
        same = {hunk.pk for hunk in twins}
        parted = {_atom(hunk) for hunk in self.undecided() if hunk.atom and hunk.pk not in same}
        whole = {hunk.pk for hunk in twins if _atom(hunk) not in parted}
        whole |= {hunk.pk for hunk in chosen}
        return [hunk for hunk in self.hunks if hunk.pk in whole]

    def refuse_flagged(self, chosen: Iterable[Hunk]) -> None:
        """Raise `StaleDecision`, with both texts, for a hunk that waits for its sponsor."""
        for hunk in chosen:
            if hunk.outcome == Hunk.Outcome.FLAGGED:
                now = self.words(hunk.provision_id)
                raise StaleDecision(hunk.reason, seen=hunk.struck, now=now, proposed=hunk.words, hunk=hunk.pk)

    def id(self, key: Key) -> Key:
        """Return the id of a provision that is there, any other key as it is."""
        return next((pk for pk, name in self.keys.items() if name == key), key)

    def by_ids(self, steps: Iterable[Step]) -> list[Step]:
        """Return the steps with every provision that is there called by its id."""
        return [self._renamed(step) for step in steps]

    def _renamed(self, step: Step) -> Step:
        match step:
            case Edit(key):
                return replace(step, text=self.id(key))
            case Create(key, parent) | Place(key, parent):
                return replace(step, provision=self.id(key), parent=None if parent is None else self.id(parent))
            case Retire(key) | Revive(key):
                return replace(step, provision=self.id(key))
        return step

    def item(self, row: Hunk) -> deciding.Item:
        """Return a hunk as the engine knows it."""
        hunk = hunks.Hunk(
            by=str(row.version_id),
            provision=self.keys.get(row.provision_id, row.provision_id),
            lo=row.lo,
            hi=row.hi,
            words=row.words,
            index=row.index,
            atom=row.atom,
            inserts_after=row.inserts_after,
            verdict=row.verdict,
        )
        return deciding.Item(hunk, Outcome(row.outcome))


def lay(negotiated: NegotiatingText, chosen: Collection[int], brackets: Collection[int]) -> Laid:
    """Return the table with the hunks `chosen`, and all undecided ones in the provisions of these and of `brackets`."""
    with snapshots.reading():
        seq = Stream.objects.values_list("head", flat=True).get(pk=negotiated.floor_id)
        own = Hunk.objects.filter(version__amendment__text=negotiated, pk__in=chosen)
        whole = Hunk.objects.filter(version__in=own.values("version"))
        focus = set(whole.values_list("provision", flat=True)) | focuses.reach(negotiated, brackets)
        focus |= focuses.neighbours(negotiated, own.filter(inserts_after=True).values("provision"))
        rows = _hunks(negotiated, own, focus)
        # An act that drops a rival drops the rest of its atom: the words of all these are wanted too.
        document = focuses.read(negotiated, focus.union(hunk.provision_id for hunk in rows))
        keys = _stacked([hunk for hunk in rows if hunk.pk in chosen and hunk.inserts_after])
    named = tuple(keys.get(int(key), key) for key in document.keys)
    return Laid(seq, replace(document, keys=named), tuple(rows), keys)


def _hunks(negotiated: NegotiatingText, own: QuerySet[Hunk], places: Collection[int]) -> list[Hunk]:
    """Return every hunk of the versions concerned, so that the engine can count them."""
    rivals = amendments.open_hunks(negotiated).filter(provision__in=places).values("version")
    found = Hunk.objects.filter(Q(version__in=rivals) | Q(version__in=own.values("version")))
    return list(found.select_related("version__amendment").order_by("version__amendment__number", "index"))


def _stacked(chosen: Sequence[Hunk]) -> dict[int, Key]:
    """Return the keys of the provisions that earlier decisions brought in where the chosen new ones go."""
    places = {hunk.provision_id for hunk in chosen}
    if not places:
        return {}
    earlier = Decision.objects.filter(hunks__provision__in=places, hunks__inserts_after=True, undone=False)
    found: dict[int, Key] = {}
    counted: dict[int, int] = defaultdict(int)
    for decision in earlier.order_by("seq").distinct():
        for after, created in decision.undo["stacked"]:
            counted[after] += 1
            found[created] = f"{after}+{counted[after]}"
    return found


def _atom(hunk: Hunk) -> tuple[object, int]:
    """Return what hunks of one atom have in common; 0 is none."""
    return hunk.version_id, hunk.atom


def _edit(hunk: Hunk) -> tuple[int, bool, int, int, str]:
    """Return what a hunk does, whoever proposes it."""
    return hunk.provision_id, hunk.inserts_after, hunk.lo, hunk.hi, hunk.words
