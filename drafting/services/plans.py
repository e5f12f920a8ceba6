"""What is wished and what a wish comes to, as values: worked out in `planning`, carried out in `decisions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from drafting.models import Amendment, Decision, Hunk
from drafting.services.proposals import Proposed
from drafting.text.standing import Row
from drafting.text.steps import Key, Step


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done to which hunks or brackets, by id.

    `words` are bridging words or, of one hunk to split, how its words read with the first part alone; `into` is a hunk
    of the proposal that others are merged into.
    """

    act: Decision.Act
    hunks: frozenset[int]
    brackets: frozenset[int]
    words: str = ""
    into: int = 0


@dataclass(frozen=True)
class Split:
    """A proposal parted in two: what goes `apart`, and the `rest`, empty where a part is decided and its version stays.

    `is_one` and `rest_is_one` tell whether the edits of each part are still decided together.
    """

    amendment: Amendment
    apart: tuple[Proposed, ...]
    rest: tuple[Proposed, ...]
    is_one: bool
    rest_is_one: bool


@dataclass(frozen=True)
class Plan:
    """All that a wish does, as of the floor's `seq`: steps with ids for keys, rows, outcomes of hunks by id.

    `verdicts` are stances of versions on brackets that stand, `keys` the provisions once the steps are done, `stacked`
    (after, key) of each new one, `landed` the keys of those that accepted hunks, by id, became. Hunks in `sparing` were
    written against the same words as what is decided; `rivals` are those that stay beside what is bracketed; `reasons`,
    by id, are of hunks that have one of their own; `into` is a hunk of the proposal that others are merged into.
    """

    seq: int
    act: Decision.Act
    hunks: tuple[Hunk, ...]
    brackets: frozenset[int]
    provisions: frozenset[int]
    steps: Sequence[Step] = ()
    rows: Sequence[Row] = ()
    keys: Sequence[Key] = ()
    outcomes: Mapping[int, str] = field(default_factory=dict)
    verdicts: Mapping[int, Sequence[tuple[str, Sequence[str]]]] = field(default_factory=dict)
    stacked: Sequence[tuple[int, Key]] = ()
    landed: Mapping[int, Key] = field(default_factory=dict)
    sparing: frozenset[int] = frozenset()
    rivals: Sequence[tuple[int, list[int]]] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    into: int = 0
    split: Split | None = None
