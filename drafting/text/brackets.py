"""The brackets of a whole document: one parse over its provisions, and the way back.

A parse reads everything and refuses nothing; a text that does not balance is read on and each anomaly is named.
Pairing is in `pairing`, meaning in `kinds` and `groups`, proposed partners in `anomalies`, the rule that acts keep in
`pair_rule`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import anomalies, groups, kinds, pairing
from .anomalies import Anomaly
from .groups import Group
from .kinds import Kind
from .pairing import Position, fold, is_balanced, residue

__all__ = ["Anomaly", "Group", "Kind", "Pair", "Parse", "Position", "fold", "is_balanced", "parse", "residue", "write"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One `[` and its `]`, each at its own character; `number` and `parent` count from 1 by the `[`, `depth` from 1."""

    number: int
    start: Position
    end: Position
    parent: int | None
    depth: int
    kind: Kind

    @property
    def is_crossing(self) -> bool:
        """Whether the two ends stand in two provisions."""
        return self.start.provision != self.end.provision


@dataclass(frozen=True, slots=True)
class Parse:
    """Every bracket of a document, and its words without them (`bare`, one text per provision)."""

    pairs: tuple[Pair, ...]
    anomalies: tuple[Anomaly, ...]
    groups: tuple[Group, ...]
    bare: tuple[str, ...]


def parse(texts: Sequence[str]) -> Parse:
    """Return the brackets of the document whose provisions are `texts`; `write(parse(texts)) == list(texts)`.

    Linear in the text, whatever the nesting; nothing is refused.
    """
    matching = pairing.match(texts)
    notes = kinds.find_notes(texts, matching.pairs)
    found = groups.find(texts, matching.pairs, left_out=notes)
    alternatives = {index for group in found for index in group.pairs}
    pairs = tuple(
        Pair(
            index + 1,
            *matched,
            Kind.NOTE if index in notes else kinds.classify(texts, matched, is_alternative=index in alternatives),
        )
        for index, matched in enumerate(matching.pairs)
    )
    bare = tuple(text.replace("[", "").replace("]", "") for text in texts)
    return Parse(pairs, anomalies.name(texts, matching), found, bare)


def write(parsed: Parse) -> list[str]:
    """Return the provisions a parse was read from: its words with every bracket, paired or alone, put back."""
    marks: list[list[tuple[int, str]]] = [[] for _ in parsed.bare]
    for pair in parsed.pairs:
        marks[pair.start.provision].append((pair.start.offset, "["))
        marks[pair.end.provision].append((pair.end.offset, "]"))
    for anomaly in parsed.anomalies:
        marks[anomaly.provision].append((anomaly.offset, "[" if anomaly.kind == "unclosed" else "]"))
    return [_put_back(bare, sorted(own)) for bare, own in zip(parsed.bare, marks, strict=True)]


def _put_back(bare: str, marks: Iterable[tuple[int, str]]) -> str:
    """Insert each mark at its offset in the text being written."""
    parts: list[str] = []
    taken = 0
    for earlier, (offset, mark) in enumerate(marks):
        parts += (bare[taken : offset - earlier], mark)
        taken = offset - earlier
    return "".join((*parts, bare[taken:]))
