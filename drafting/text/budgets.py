"""Budgets: when brackets are too many to read, the paragraph is printed whole, as `Option 1 … n`.

Display alone: trees and readings stay as they are. Printing brackets is `rendering`; option sets found in a text are
`options`.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from . import meetings, merging, rendering, runs, trees
from .edges import Piece
from .merging import Entry
from .overlays import End
from .styles import Holders, Style, anonymous
from .trees import Tree

LENGTH = 4
"""Times as long as the base may the print be."""

DEPTH = 4
"""Levels of brackets that consolidation may add."""

RIVALS = 8
"""Wordings that may stand in one slot beside the base."""

_LINE = 80  # code points: a shorter base counts as one line, for options would be longer than its brackets
_ALIKE = 0.6  # share of characters in order: texts less alike read better as options of their own

Member = tuple[str, tuple[str, ...]]
"""A text, and who proposes it."""


def bracketed(entries: Sequence[Entry], style: Style = anonymous) -> list[str]:
    """Return what provisions print: each in brackets while that can be read, else its base and rivals as Options.

    Option 1 is the base. Proposals much like the base, or like one another, share an option and are bracketed in it.
    A bracket whose partner is in another provision stands in option 1 alone, or the document would not balance. Where
    ends of new pairs reach into other provisions, brackets stay, and no two of them meet with nothing between.
    """
    printed = (_pieces(entry.tree, style, entry.ends) for entry in entries)
    if any(entry.ends for entry in entries):
        return meetings.part(printed)
    return ["".join(piece.text for piece in pieces) for pieces in printed]


def _pieces(tree: Tree, style: Style, ends: Sequence[End]) -> list[Piece]:
    printed = rendering.pieces(tree, ends=ends)
    if not ends and is_over(tree, printed):
        base = trees.read(tree)
        options = [base, *map(runs.without_strays, _options(tree, base, style))]
        return [Piece("\n".join(_label(number, text) for number, text in enumerate(options, start=1)), False)]
    return printed if style is anonymous else rendering.pieces(tree, style, ends)


def is_over(tree: Tree, printed: Sequence[Piece]) -> bool:
    """Tell whether what a tree prints, without names, asks too much of its reader."""
    base = sum(len(piece.text) for piece in printed if piece.is_base)
    if sum(len(piece.text) for piece in printed) > LENGTH * max(base, _LINE):
        return True
    if any(sum(rival.is_shown for rival in slot.alternatives) > RIVALS for slot in trees.slots(tree)):
        return True
    return rendering.depth(printed) > DEPTH


def _label(number: int, text: str) -> str:
    return f"[Option {number}: {text}]" if runs.is_balanced(text) else f"Option {number}: {text}"


def _options(tree: Tree, base: str, style: Style) -> Iterator[str]:
    """Yield the options beside the base, in the order of their first names."""
    light: list[Member] = []
    heavy: list[list[Member]] = []
    for text, by in _members(tree):
        if _are_alike(base, text):
            light.append((text, by))
            continue
        home = next((cluster for cluster in heavy if _are_alike(cluster[0][0], text)), None)
        if home is None:
            heavy.append([(text, by)])
        else:
            home.append((text, by))
    found = list(_print(tree, light, style))
    for cluster in heavy:
        found += _print(_grow(cluster), cluster, style, ((trees.Stance.PROPOSE, cluster[0][1]),))
    return (text for _, text in sorted(found))


def _members(tree: Tree) -> list[Member]:
    """Return the texts proposed, each once, in the order of their first names."""
    texts: dict[str, list[str]] = {}
    for name in sorted(trees.names(tree)):
        texts.setdefault(trees.read(tree, name), []).append(name)
    return [(text, tuple(by)) for text, by in texts.items()]


def _are_alike(one: str, other: str) -> bool:
    return Indel.normalized_similarity(one, other, score_cutoff=_ALIKE) >= _ALIKE


def _print(
    tree: Tree, members: Sequence[Member], style: Style, owners: Holders = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield a cluster as options, each under its first names, halved until each can be read.

    `owners` are those whose words stand outside the brackets, none where these are the base's.
    """
    if len(members) < 2:
        for text, by in members:
            before, after = style(((trees.Stance.PROPOSE, by),))
            yield by, f"{before}{text}{after}"
        return
    part = trees.restrict(tree, frozenset(name for _, by in members for name in by))
    if is_over(part, rendering.pieces(part)):
        half = len(members) // 2
        yield from _print(part, members[:half], style, owners)
        yield from _print(part, members[half:], style, owners)
    else:
        before, after = style(owners)
        yield members[0][1], f"{before}{rendering.bracketed(part, style)}{after}"


def _grow(members: Sequence[Member]) -> Tree:
    """Return the tree of texts much alike, on the first of them."""
    return merging.consolidate_one(members[0][0], {name: text for text, by in members for name in by})
