"""Cross-references: which provisions the mentions of a document name, whether they exist, and how they are carried.

Mentions are read by `mentions`, the outline they are looked up in by `outlines`; mentions of other instruments
(`of the Convention`) are left alone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from . import mentions
from .changes import ChangeSet
from .labels import Label, LabelKind
from .mentions import Element, Mention
from .outlines import Entry


@dataclass(frozen=True, slots=True)
class Dangling:
    """A mention of a provision that is not there, or that is a tombstone."""

    mention: Mention
    sentence: str


def check(texts: Sequence[str], entries: Sequence[Entry], retired: Collection[int] = ()) -> list[Dangling]:
    """Return the mentions of provisions that are missing or tombstones (`retired`, by index), in document order."""
    index = Index(entries)
    found: list[Dangling] = []
    for mention in mentions.find(texts):
        if mention.is_external:
            continue
        words = texts[mention.provision][mention.start : mention.end]
        what = f"{mention.path[0].label.kind} {words}"
        target = index.resolve(mention)[-1]
        if target is None:
            found.append(Dangling(mention, f"The text names {what}, but there is no such provision in it."))
        elif target in retired:
            found.append(Dangling(mention, f"The text names {what}, but it has been taken out."))
    return found


@dataclass(frozen=True, slots=True)
class Carried:
    """One number of a mention, from `start` to `end` of `provision`, that `words` replace as `target` is renumbered."""

    provision: int
    start: int
    end: int
    words: str
    target: int


def carry(texts: Sequence[str], entries: Sequence[Entry], changed: Mapping[int, Label]) -> list[Carried]:
    """Return what becomes of the mentions of the provisions whose labels are `changed`, by index, in document order."""
    index = Index(entries)
    found: dict[tuple[int, int], Carried] = {}
    for mention in mentions.find(texts):
        for element, target in zip(mention.path, index.resolve(mention), strict=True):
            if target is not None and target in changed and not mention.is_external:
                words = _print_like(element, changed[target])
                place = (mention.provision, element.start)
                found[place] = Carried(mention.provision, element.start, element.end, words, target)
    return [found[place] for place in sorted(found)]


def renumber(texts: Sequence[str], entries: Sequence[Entry], changed: Mapping[int, Label]) -> dict[int, ChangeSet]:
    """Return, by index, the changes that print the `changed` labels and carry the mentions of them along."""
    edits: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
    for at, label in changed.items():
        old = entries[at].label
        if old:
            edits[at][old.start, old.end] = label.printed
    for one in carry(texts, entries, changed):
        edits[one.provision][one.start, one.end] = one.words
    return {
        at: ChangeSet.of([(start, end, new) for (start, end), new in own.items()], len(texts[at]))
        for at, own in edits.items()
    }


_ALIKE = (
    frozenset({LabelKind.PARAGRAPH, LabelKind.OPERATIVE, LabelKind.PREAMBULAR}),
    frozenset({LabelKind.SUBPARAGRAPH, LabelKind.ITEM}),
    frozenset({LabelKind.PART, LabelKind.SECTION, LabelKind.CHAPTER, LabelKind.HEADING}),
)


class Index:
    """The provisions of an outline by what they are called, found from where they are mentioned."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._named: dict[str, list[int]] = defaultdict(list)
        self._around: list[list[int]] = []  # each provision's ancestors, itself first
        for at, entry in enumerate(entries):
            above = self._around[entry.parent] if entry.parent is not None else []
            self._around.append([at, *above])
            if entry.label:
                self._named[_bare(entry.label)].append(at)

    def resolve(self, mention: Mention) -> list[int | None]:
        """Return the provision each element of a mention names, by index; None from the first that is not found on.

        Of several so called the one nearest to the mention is meant: under the same paragraph, option, article or
        instrument.
        """
        found: list[int | None] = []
        inside: int | None = None
        for element in mention.path:
            candidates = [
                at
                for at in self._named.get(_bare(element.label), ())
                if self._is_kind(at, element.label.kind) and (inside is None or inside in self._around[at][1:])
            ]
            inside = self._nearest(candidates, mention.provision)
            found.append(inside)
            if inside is None:
                break
        return found + [None] * (len(mention.path) - len(found))

    def _is_kind(self, at: int, kind: LabelKind) -> bool:
        label = self._entries[at].label
        return label is not None and (label.kind is kind or any({label.kind, kind} <= alike for alike in _ALIKE))

    def _nearest(self, candidates: Sequence[int], place: int) -> int | None:
        around = set(self._around[place])

        def closeness(at: int) -> tuple[int, bool, int]:
            shared = sum(above in around for above in self._around[at][1:])
            return -shared, self._entries[at].instrument != self._entries[place].instrument, abs(at - place)

        return min(candidates, key=closeness, default=None)


def _bare(label: Label) -> str:
    return replace(label, head="", close="").name.casefold()


def _print_like(element: Element, label: Label) -> str:
    """Return the number of a label as the mention prints its own: in parentheses or not."""
    head, close = element.label.head, element.label.close
    return replace(label, head=head, close=close, tail="").name
