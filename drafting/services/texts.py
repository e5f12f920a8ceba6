"""The words of the floor: a text is opened, and an act's steps change it. Nothing else changes floor words.

`apply_steps` carries every row anchored in the words in the same transaction, so that the parse finds exactly the
rows' pairs (`pairs`) and hunks, agreements and baselines stand where they stood (`anchors`). Opening a text from a
structure an import read is in `openings`; taking an act back is in `reversals`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from drafting import events
from drafting.models import Bracket, NegotiatingText, Provision
from drafting.services import anchors, columns, outlines, pairs, provisions, stances
from drafting.services.anchors import Carried
from drafting.services.journal import Writer
from drafting.services.nesting import Place
from drafting.services.pairs import Reconciled, Restoring, Turn
from drafting.text import bodies, labels, pair_rule, pairing, tokens
from drafting.text.bodies import Body
from drafting.text.changes import ChangeSet
from drafting.text.errors import ActRefused, TextError
from drafting.text.steps import Create, Edit, Key, Retire, Revive, Step
from drafting.text.steps import Place as Placing


@dataclass(frozen=True, slots=True)
class EditedText:
    """One text as an act left it: the revisions it made, and `back`, from the words `after` it to those before."""

    provision: int
    revs: tuple[int, ...]
    after: str
    back: ChangeSet


@dataclass(frozen=True, slots=True)
class Applied:
    """What an act did; `opened` are the new pairs by the place of their `[`, `created` the new provisions by key.

    The rest is what `reversals.note` keeps for taking the act back.
    """

    opened: Mapping[Place, Bracket]
    created: Mapping[Key, int]
    edited: tuple[EditedText, ...]
    back: tuple[Step, ...]
    reconciled: Reconciled
    carried: Carried
    stale: tuple[int, ...]


def apply_steps(
    floor: Writer,
    negotiated: NegotiatingText,
    act: Sequence[Step],
    *,
    sparing: Collection[int] = (),
    restoring: Restoring | None = None,
    pen: str | None = None,
    speakers: Collection[int] = (),
    over_agreed: bool = False,
) -> Applied:
    """Change the words of the floor by an act's steps, whose keys are provisions' ids; a new provision has any other.

    One `Edited` row per text and edit, or a `Typed` row where a pen wrote it; the act's own row is the caller's and
    follows. Hunks in `sparing` are carried but never flagged; stances of `speakers` are not put in doubt. Raises
    `Locked` for agreed words, unless the change is `over_agreed` (an editorial one that nobody objected to),
    `UnpairedBrackets` where the pair rule would break, `ChangeMismatch` where a step does not fit; then nothing was
    written.
    """
    _refuse_unclean(act)
    if not over_agreed:
        anchors.refuse_agreed(negotiated, act)
    returning = restoring or Restoring()
    known = outlines.know(negotiated, act, returning)
    scribe = _Scribe(floor, negotiated, act, known, pen, returning.undoes)
    body = outlines.body(negotiated, known)
    after = pair_rule.check(body, act, restores=restoring is not None)
    back = bodies.invert(body, act)
    for step in act:
        scribe.write(step)
    scribe.store()
    turn = Turn(
        negotiated,
        scribe.live(body),
        scribe.live(after),
        [scribe.rekeyed(step) for step in act],
        scribe.provisions,
        returning,
    )
    reconciled = pairs.reconcile(floor, turn)
    return Applied(
        opened=reconciled.opened,
        created=scribe.created,
        edited=tuple(scribe.edited.values()),
        back=tuple(scribe.rekeyed(step) for step in back),
        reconciled=reconciled,
        carried=anchors.carry(floor, negotiated, turn.steps, sparing),
        stale=stances.doubt(floor, turn, speakers),
    )


class _Scribe:
    """Writes an act's steps into the rows of the provisions it touches, one journal row a step."""

    def __init__(
        self,
        floor: Writer,
        negotiated: NegotiatingText,
        act: Sequence[Step],
        known: dict[int, Provision],
        pen: str | None,
        undoes: Mapping[int, list[int]],
    ) -> None:
        self.floor = floor
        self.negotiated = negotiated
        self.pen = pen
        self.undoes = undoes
        self.provisions = known
        self.created: dict[Key, int] = {}
        self.edited: dict[int, EditedText] = {}
        self._relabelled: set[int] = set()
        self._first_words = {step.text: step.changes.apply("") for step in act if _writes_first(step)}

    def key(self, key: Key) -> int:
        """Return the id of the provision a step calls `key`."""
        return self.created.get(key) or int(key)

    def write(self, step: Step) -> None:
        """Do one step; its fitness was checked before."""
        match step:
            case Create(key, parent, order):
                above = None if parent is None else self.key(parent)
                made = provisions.create(self.floor, self.negotiated, order, self._first_words.get(key, ""), above)
                self.created[key] = made.pk
                self.provisions[made.pk] = made
            case Edit(key, changes):
                self._edit(self.provisions[self.key(key)], changes)
            case Placing(key, parent, order):
                above = None if parent is None else self.key(parent)
                provisions.place(self.floor, self.provisions[self.key(key)], above, order)
            case Retire(key):
                provisions.retire(self.floor, self.provisions[self.key(key)])
            case Revive(key):
                provisions.revive(self.floor, self.provisions[self.key(key)])
            case _:
                raise ActRefused("Cutting and joining provisions is not an act on the floor.")

    def store(self) -> None:
        """Store the words that were changed: their revisions, their unmatched brackets, the spans of their labels."""
        changed = [self.provisions[pk] for pk in self.edited]
        columns.save([provision.words for provision in changed], ["content", "rev", "closers", "openers"])
        columns.save([provision for provision in changed if provision.pk in self._relabelled], ["label_length"])

    def rekeyed(self, step: Step) -> Step:
        """Return the step with every provision called by its id."""
        match step:
            case Edit(key):
                return replace(step, text=self.key(key))
            case Create(key, parent) | Placing(key, parent):
                return replace(step, provision=self.key(key), parent=None if parent is None else self.key(parent))
            case Retire(key) | Revive(key):
                return replace(step, provision=self.key(key))
        return step

    def live(self, body: Body) -> dict[int, str]:
        """Return the words of the live provisions of `body` by id, in order."""
        made = self.created
        return {made.get(provision.key) or int(provision.key): provision.words for provision in body.live()}

    def _edit(self, provision: Provision, changes: ChangeSet) -> None:
        if changes.is_empty:
            return
        words = provision.words
        before = words.content
        words.content = changes.apply(before)
        words.rev += 1
        words.closers, words.openers = pairing.residue(words.content)
        was, provision.label_length = provision.label_length, changes.map_pos(provision.label_length) or 0
        if not before and (label := labels.read(words.content)):
            provision.label_length = label.end
        self._relabelled |= {provision.pk} if provision.label_length != was else set()
        self.floor.append(self._event(provision, changes.to_json(before)))
        back = changes.invert(before)
        if earlier := self.edited.get(provision.pk):
            back = back.compose(earlier.back)
        revs = (*(earlier.revs if earlier else ()), words.rev)
        self.edited[provision.pk] = EditedText(provision.pk, revs, words.content, back)

    def _event(self, provision: Provision, changes: list[object]) -> events.Edited | events.Typed:
        key, text, rev = provision.pk, str(provision.words_id), provision.words.rev
        if self.pen is not None:
            return events.Typed(text=text, provision=key, rev=rev, changes=changes, pen=self.pen)
        return events.Edited(text=text, provision=key, rev=rev, changes=changes, undoes=self.undoes.get(key, []))


def _refuse_unclean(act: Sequence[Step]) -> None:
    """Raise `TextError` for inserted words with a control character or not in NFC: the server alters nothing."""
    for step in act:
        for _, _, words in step.changes.edits() if isinstance(step, Edit) else ():
            if tokens.normalise(words) != words:
                raise TextError("The words are not in the form texts are kept in (Unicode NFC, line feeds).")


def _writes_first(step: Step) -> TypeGuard[Edit]:
    return isinstance(step, Edit) and step.changes.length == 0
