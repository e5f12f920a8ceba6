"""Which bracket of a provision's translation is which bracket of the original: they are the same brackets.

Languages order words differently, and what is bracketed in one (`threshold[s]`) may have no counterpart in another. So
a translation says which pairs of the original stand in it, in its own order. Pure arithmetic on two texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import pairing
from .errors import TextError
from .pairing import Matched


class UnlikeBrackets(TextError):
    """A translation whose brackets cannot be those of the original."""

    code = "unlike-brackets"
    status = 422


@dataclass(frozen=True, slots=True)
class _Shape:
    """The brackets of one text: its own pairs by their `[`, and the ends whose partner stands in another provision."""

    pairs: tuple[Matched, ...]
    closers: tuple[int, ...]
    openers: tuple[int, ...]

    @staticmethod
    def of(text: str) -> _Shape:
        found = pairing.match([text])
        return _Shape(found.pairs, tuple(at.offset for at in found.stray), tuple(at.offset for at in found.unclosed))

    def around(self, pair: Matched) -> tuple[int, int]:
        """Return how many of those ends stand before a pair: what encloses it from other provisions."""
        at = pair.start.offset
        return sum(end < at for end in self.closers), sum(end < at for end in self.openers)


def pairs(text: str) -> list[int]:
    """Return the offset of the `[` of every pair that both begins and ends in `text`, in order."""
    return [pair.start.offset for pair in _Shape.of(text).pairs]


def order(original: str, translated: str, asked: Sequence[int] | None = None) -> tuple[int, ...]:
    """Return which pairs of `original` stand in `translated`, counted from 1 in the original, in their order there.

    `asked` says it; without it they are all there in the original's order. Raises `UnlikeBrackets` where they are not
    as many, one is named twice or is not in the original, a pair lies in other pairs than in the original, or the ends
    of pairs that go on in other provisions differ.
    """
    own, old = _Shape.of(translated), _Shape.of(original)
    if (len(own.closers), len(own.openers)) != (len(old.closers), len(old.openers)):
        raise UnlikeBrackets(
            f"Of brackets that go on in other provisions the original has {_ends(old)}, the translation {_ends(own)}."
        )
    found = tuple(range(1, len(old.pairs) + 1)) if asked is None else tuple(asked)
    if len(found) != len(own.pairs):
        said = "the original has" if asked is None else "you name"
        raise UnlikeBrackets(f"The translation has {len(own.pairs)} pairs of brackets, {said} {len(found)}.")
    if len({*found}) < len(found) or not all(0 < number <= len(old.pairs) for number in found):
        raise UnlikeBrackets("Name each bracket of the original once, in the order of the translation.")
    _refuse_other_nesting(old, own, found)
    return found


def places(original: str, translated: str, found: Sequence[int]) -> dict[int, int]:
    """Return, for each bracket of `original` that stands in `translated`, its offset there by its offset here.

    `found` is what `order` returned. Law: every bracket of the translation is the place of exactly one.
    """
    own, old = _Shape.of(translated), _Shape.of(original)
    there = dict(zip((*old.closers, *old.openers), (*own.closers, *own.openers), strict=True))
    for pair, number in zip(own.pairs, found, strict=True):
        same = old.pairs[number - 1]
        there |= {same.start.offset: pair.start.offset, same.end.offset: pair.end.offset}
    return there


def needs_words(text: str) -> bool:
    """Tell whether there is anything to translate: a text without a letter reads the same in every language."""
    return any(char.isalpha() for char in text)


def _refuse_other_nesting(old: _Shape, own: _Shape, found: Sequence[int]) -> None:
    present = {*found}
    for pair, number in zip(own.pairs, found, strict=True):
        parent = found[pair.parent - 1] if pair.parent else None
        same = old.pairs[number - 1]
        if _enclosing(old, same, present) != parent or old.around(same) != own.around(pair):
            raise UnlikeBrackets(f"The bracket {number} stands in another bracket than in the original.")


def _enclosing(shape: _Shape, pair: Matched, present: set[int]) -> int | None:
    """Return the nearest pair around `pair` that the translation has too."""
    above = pair.parent
    while above is not None and above not in present:
        above = shape.pairs[above - 1].parent
    return above


def _ends(shape: _Shape) -> str:
    return f"{len(shape.closers)} closing and {len(shape.openers)} opening"
