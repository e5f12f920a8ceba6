"""The body of a document as steps see it: provisions in order, tombstones among them, each with its words.

Steps are defined in `steps`; whether they may be applied is decided in `pair_rule`. The model exports are written from
is another: `document`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .errors import ChangeMismatch
from .steps import Create, Cut, Edit, Join, Key, Place, Retire, Revive, Step


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: its permanent key, what it stands under, its words, and whether it is a tombstone."""

    key: Key
    parent: Key | None
    words: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """All provisions of a document in order."""

    provisions: tuple[Provision, ...]

    @staticmethod
    def of(texts: Iterable[str]) -> "Body":
        """Return the body whose provisions hold `texts` and are named 0, 1, 2 …"""
        return Body(tuple(Provision(key, None, words) for key, words in enumerate(texts)))

    def live(self) -> Iterator[Provision]:
        """Yield the provisions that are no tombstones, in order."""
        return (provision for provision in self.provisions if not provision.is_retired)

    def texts(self) -> list[str]:
        """Return the words of the provisions that are no tombstones, in order."""
        return [provision.words for provision in self.live()]

    def words(self, key: Key) -> str:
        """Return the words of one provision; raises `ChangeMismatch` when there is none of that name."""
        return self.provisions[_Draft(self).index(key)].words


def apply(body: Body, steps: Iterable[Step]) -> Body:
    """Return the body after `steps`; raises `ChangeMismatch` for one that does not fit, and then nothing is done."""
    draft = _Draft(body)
    for step in steps:
        draft.apply(step)
    return Body(tuple(draft.provisions))


def invert(body: Body, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps back: applied after `steps` they leave the live provisions of `body` as they were.

    A provision that `steps` created stays as a tombstone, for keys are permanent: at the end, where it moves no other.
    """
    draft = _Draft(body)
    back: list[Step] = []
    for step in steps:
        back = draft.invert(step) + back
        draft.apply(step)
    return tuple(back)


def join(body: Body, text: Key, other: Key, glue: str = "") -> Join:
    """Return the step that joins `other` to the end of `text` as both now stand."""
    return Join(text, other, glue, len(body.words(text)), len(body.words(other)))


class _Draft:
    """A body while steps are applied to it."""

    def __init__(self, body: Body) -> None:
        self.provisions = list(body.provisions)
        self._places = self._find_places()

    def index(self, key: Key) -> int:
        if key not in self._places:
            raise ChangeMismatch(f"There is no provision {key!r} in this document.")
        return self._places[key]

    def apply(self, step: Step) -> None:
        match step:
            case Create(key, parent, order):
                self._insert(Provision(key, parent, ""), order)
            case Edit(key, changes):
                self._write(key, changes.apply(self._live(key).words))
            case Cut():
                self._cut(step)
            case Join():
                self._join(step)
            case Place(key, parent, order):
                moved = self.provisions.pop(self.index(key))
                del self._places[key]
                self._insert(replace(moved, parent=parent), order)
            case Retire(key):
                self._put(replace(self._live(key), is_retired=True))
            case Revive(key):
                self._put(replace(self._tombstone(key), is_retired=False))

    def invert(self, step: Step) -> list[Step]:
        last = len(self.provisions)
        match step:
            case Create(key, parent):
                return [Place(key, parent, last), Retire(key)]
            case Edit(key, changes):
                return [Edit(key, changes.invert(self._live(key).words))]
            case Cut(key, at, new, glue):
                back = Join(key, new, glue, at, len(self._live(key).words) - at - len(glue))
                return [back] if new in self._places else [back, Place(new, self._live(key).parent, last)]
            case Join(key, other, glue, at):
                return [Cut(key, at, other, glue)]
            case Place(key):
                index = self.index(key)
                return [Place(key, self.provisions[index].parent, index)]
            case Retire(key):
                return [Revive(key)]
            case Revive(key):
                return [Retire(key)]

    def _insert(self, provision: Provision, order: int) -> None:
        if not 0 <= order <= len(self.provisions):
            raise ChangeMismatch(f"There is no place {order} in a document of {len(self.provisions)} provisions.")
        if provision.key in self._places:
            raise ChangeMismatch(f"There is a provision {provision.key!r} already.")
        self.provisions.insert(order, provision)
        self._places = self._find_places()

    def _cut(self, cut: Cut) -> None:
        source = self._live(cut.text)
        if not 0 <= cut.at <= len(source.words) or not source.words.startswith(cut.glue, cut.at):
            raise ChangeMismatch(f"The provision cannot be cut at {cut.at}: its words are others now.")
        kept, moved = source.words[: cut.at], source.words[cut.at + len(cut.glue) :]
        self._write(cut.text, kept)
        if cut.new in self._places:
            target = self._tombstone(cut.new)
            if target.words:
                raise ChangeMismatch(f"Provision {cut.new!r} has words of its own.")
            self._put(replace(target, words=moved, is_retired=False))
        else:
            self._insert(Provision(cut.new, source.parent, moved), self.index(cut.text) + 1)

    def _join(self, join: Join) -> None:
        target, source = self._live(join.text), self._live(join.other)
        if join.text == join.other:
            raise ChangeMismatch("A provision cannot be joined to itself.")
        if (len(target.words), len(source.words)) != (join.at, join.length):
            raise ChangeMismatch("The provisions cannot be joined: their words are others now.")
        self._write(join.text, target.words + join.glue + source.words)
        self._put(replace(source, words="", is_retired=True))

    def _find_places(self) -> dict[Key, int]:
        return {provision.key: place for place, provision in enumerate(self.provisions)}

    def _live(self, key: Key) -> Provision:
        found = self.provisions[self.index(key)]
        if found.is_retired:
            raise ChangeMismatch(f"Provision {key!r} has been taken out.")
        return found

    def _tombstone(self, key: Key) -> Provision:
        found = self.provisions[self.index(key)]
        if not found.is_retired:
            raise ChangeMismatch(f"Provision {key!r} has not been taken out.")
        return found

    def _write(self, key: Key, words: str) -> None:
        self._put(replace(self._live(key), words=words))

    def _put(self, provision: Provision) -> None:
        self.provisions[self.index(provision.key)] = provision
