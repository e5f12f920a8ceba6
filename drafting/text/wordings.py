"""Wordings: a text as tokens, with what comparing it to others needs, worked out once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate, groupby, pairwise

import regex
from msgspec import Struct

from . import diffs, tokens
from .enclosures import mates
from .slides import Side

BRACKETS = ("[", "]")
_UNBRACKETED = str.maketrans("", "", "[]")
# An accent that leans on a bracket leans on the character before once the bracket is lifted, on a space even; so does
# a sign that is written ahead of what it joins (U+0600).
_AHEAD, _BEHIND = r"\p{GCB=Prepend}", r"[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]"
# A run begins where a character does, so that a long one is read once.
_LEANING = regex.compile(
    rf"(?<!{_AHEAD})(?:(?<![^\[\]])|(?!{_BEHIND}))(?:{_AHEAD}*(?:{_AHEAD}[\[\]]+)+[^\[\]](?:[\[\]]*{_BEHIND})*"
    rf"|{_AHEAD}*[^\[\]]{_BEHIND}*(?:[\[\]]+{_BEHIND}+)+)"
)
Splits = Mapping[str, tuple[str, ...]]
"""Words cut where brackets cut them: token → the tokens it is made of."""


class Wording(Struct, frozen=True, dict=True):
    """A text and its tokens, which may be cut finer than the tokenizer does."""

    text: str
    tokens: tuple[str, ...]
    kept: tuple[int, int] = (0, 0)
    """How many tokens at the head and at the tail are known to be those of the wording this one revises."""

    @staticmethod
    def of(text: str) -> "Wording":
        """Return the wording of a normalised text."""
        return Wording(text, tokens.cut(text))

    def revise(self, text: str) -> "Wording":
        """Return `Wording.of(text)`, quickly where `text` differs little from this one."""
        head, tail = diffs.count_ends(self.text, text)
        first, last = self._safe_before(head), self._safe_behind(len(self.text) - tail)
        if last < first:
            return Wording.of(text)
        start, end = self.offsets[first], self.offsets[last] + len(text) - len(self.text)
        found = self.tokens[:first] + tokens.cut(text[start:end]) + self.tokens[last:]
        return Wording(text, found, (first, len(self.tokens) - last))

    def _safe_before(self, head: int) -> int:
        """Return the last token that begins before `head` right after a space: what precedes it is tokenized alike."""
        at = max(0, bisect_right(self.offsets, head - 1) - 1)
        while at and (self.tokens[at - 1] != " " or at == len(self.tokens) or self.tokens[at][0].isspace()):
            at -= 1
        return at

    def _safe_behind(self, tail: int) -> int:
        """Return the first token that is a space and begins behind `tail`: what follows it is tokenized alike."""
        at = min(bisect_left(self.offsets, tail + 1), len(self.tokens))
        while at < len(self.tokens) and (self.tokens[at] != " " or self.tokens[at - 1][-1].isspace()):
            at += 1
        return at

    @cached_property
    def alphabet(self) -> diffs.Alphabet:
        """What the tokens of this text, and of others that are compared with it, are written as."""
        return diffs.make_alphabet()

    @cached_property
    def mates(self) -> Mapping[int, int | None]:
        """The partner of each bracket, None where it stands alone in this text."""
        return mates(self.tokens)

    @property
    def has_brackets(self) -> bool:
        """Whether any bracket stands in the text."""
        return "[" in self.text or "]" in self.text

    @cached_property
    def signs(self) -> Side:
        """Every token but spaces."""
        return Side(self.tokens, find_signs(self.tokens))

    def rank(self, at: int) -> int:
        """Return how many tokens before place `at` are no spaces."""
        return bisect_left(self.signs.places, at)

    @cached_property
    def words(self) -> Side:
        """Every token but spaces and brackets."""
        return Side(self.tokens, [at for at in self.signs.places if self.tokens[at] not in BRACKETS])

    @cached_property
    def offsets(self) -> list[int]:
        """The code points before each token, and before the end."""
        return list(accumulate(map(len, self.tokens), initial=0))

    @cached_property
    def splits(self) -> Splits:
        """The words that brackets cut in this text: `x[s]` cuts *xs* into *x* and *s*."""
        found: dict[str, tuple[str, ...]] = {}
        if self.has_brackets:
            for run in self._runs:
                found.update(_cut_words(run))
        return found

    @cached_property
    def glued(self) -> frozenset[str]:
        """The words that lean on a bracket of this text with more right beyond it: parts of one word, perhaps."""
        if not self.has_brackets:
            return frozenset()
        return frozenset(token for run in self._runs for token in tokens.tokenize(run) if token not in BRACKETS)

    @cached_property
    def _runs(self) -> tuple[str, ...]:
        """What stands together but for the brackets within it."""
        runs = [run.strip("[]") for run in self.text.split()]
        leaning = () if self.text.isascii() else _LEANING.findall(self.text)
        return (*(run for run in runs if "[" in run or "]" in run), *leaning)

    def split(self, splits: Splits) -> "Wording":
        """Return this wording with the tokens named in `splits` cut as it says."""
        if splits.keys().isdisjoint(self.tokens):
            return self
        parts = [part for token in self.tokens for part in splits.get(token, (token,))]
        return Wording(self.text, tuple(_join_spaces(parts)))

    def cuts(self) -> Iterator[int]:
        """Yield where each token that is no bracket ends, in the text without brackets."""
        return accumulate(len(token) for token in self.tokens if token not in BRACKETS)

    def cut(self, cuts: set[int]) -> "Wording":
        """Return this wording cut at more places too, which are given in the text without brackets."""
        parts: list[str] = []
        at = 0
        for token in self.tokens:
            if token in BRACKETS:
                parts.append(token)
                continue
            places = [0, *(size for size in range(1, len(token)) if at + size in cuts), len(token)]
            parts += (token[low:high] for low, high in pairwise(places))
            at += len(token)
        return Wording(self.text, tuple(_join_spaces(parts)))

    def part(self, low: int, high: int) -> "Wording":
        """Return tokens `low` to `high` as a wording of their own."""
        return Wording("".join(self.tokens[low:high]), self.tokens[low:high])


def split(one: Wording, other: Wording) -> tuple[Wording, Wording]:
    """Return both with every word cut that a bracket cuts in either, or that is made of words a bracket parts there.

    Where they differ in brackets alone both are cut alike, whatever leans on a bracket or on what stood beside it.
    """
    if not one.has_brackets and not other.has_brackets:
        return one, other
    if not one.text.isascii() and one.text.translate(_UNBRACKETED) == other.text.translate(_UNBRACKETED):
        cuts = {*one.cuts(), *other.cuts()}
        return one.cut(cuts), other.cut(cuts)
    splits = {**one.splits, **other.splits}
    for here, there in ((one, other), (other, one)):
        if there.glued:
            for token in set(here.tokens).difference(there.tokens, splits):
                parts = _compose(token, there.glued)
                if parts:
                    splits[token] = parts
    return (one.split(splits), other.split(splits)) if splits else (one, other)


def _compose(word: str, parts: frozenset[str]) -> tuple[str, ...]:
    """Return `word` as the fewest of `parts` one after the other, empty where it is not made of them."""
    sizes = sorted({len(part) for part in parts}, reverse=True)
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        ways = [
            (*before, word[end - size : end])
            for size in sizes
            if size <= end and (before := best[end - size]) is not None and word[end - size : end] in parts
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or ()


def is_space(token: str) -> bool:
    """Tell whether `token` is white space within a line; a line feed is a sign of its own."""
    return token.isspace() and "\n" not in token


def find_signs(tokens: Iterable[str], start: int = 0) -> list[int]:
    """Return the places of the tokens that are no spaces, the first token standing at `start`."""
    return [at for at, token in enumerate(tokens, start) if not token.isspace() or "\n" in token]


def is_balanced(tokens: tuple[str, ...]) -> bool:
    """Tell whether every bracket of `tokens` finds its partner among them."""
    depth = 0
    for token in tokens:
        if token == "[":
            depth += 1
        elif token == "]":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _join_spaces(tokens: Iterable[str]) -> Iterator[str]:
    """Yield the tokens with neighbouring spaces as one, as the tokenizer has them."""
    for is_blank, group in groupby(tokens, key=is_space):
        found = list(group)
        yield from ["".join(found)] if is_blank else found


def _cut_words(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each word of `run` that a bracket stands in, with the tokens it falls into there."""
    parts = [part for part in run.replace("]", "[").split("[") if part]
    cuts = set(accumulate(map(len, parts)))
    at = 0
    for word in tokens.tokenize("".join(parts)):
        inside = sorted(cut - at for cut in cuts if at < cut < at + len(word))
        if inside:
            pieces = (word[low:high] for low, high in zip((0, *inside), (*inside, None), strict=True))
            yield word, tuple(token for piece in pieces for token in tokens.tokenize(piece))
        at += len(word)
