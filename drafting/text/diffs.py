"""Differences between two lists of tokens: the one door to diff-match-patch.

Tokens are numbered and written as characters, so that the Myers diff and the semantic cleanup weigh words, not
letters. Which brackets go together is `edits`; where an ambiguous change is put is `slides`.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, compress, count
from operator import ne
from typing import Literal, NamedTuple

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Postfix, Prefix

try:
    import fast_diff_match_patch
except ImportError:  # the accelerator has no wheel for this platform; the edits are the same without it
    fast_diff_match_patch = None

Cleanup = Literal["No", "Semantic"]
Run = tuple[str, int]
"""(`=`, `-` or `+`, how many tokens)."""
Block = tuple[int, int, int, int]
"""`low`, `high`, `new_low`, `new_high`: these tokens of the base give way to those of the new text.

A plain tuple: thousands are made of every text, and one with names takes five times as long to make.
"""
Alphabet = defaultdict[str, str]
"""The character each token is written as; one alphabet may serve all texts that one text is compared with."""

_FIRST = 0x4E00  # ideographs: one class of character in every scorer, so that no boundary is preferred
_CODES = range(_FIRST, 0xD800), range(0xE000, 0x110000)  # no surrogates
_MANY = sum(map(len, _CODES))

_slow = diff_match_patch()
_slow.Diff_Timeout = 0  # no deadline: equal texts give equal edits on every machine


class Edit(NamedTuple):
    """Tokens `start` to `end` of the base give way to `new`."""

    start: int
    end: int
    new: tuple[str, ...]


def edits(base: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """Return what turns `base` into `new`, in order, after semantic cleanup; equal input gives equal edits."""
    return [Edit(low, high, tuple(new[start:end])) for low, high, start, end in blocks(base, new)]


def blocks(
    base: Sequence[str], new: Sequence[str], cleanup: Cleanup = "Semantic", alphabet: Alphabet | None = None
) -> list[Block]:
    """Return the blocks in which `base` and `new` differ, in order; two blocks never touch.

    A block that only takes tokens out, or only puts some in, is never widened over tokens that both sides hold; with
    `cleanup` "No", or where one list is all that is left of the other, none is widened. With an `alphabet` kept from
    one comparison to the next most tokens are numbered already.
    """
    head, tail = count_ends(base, new)
    high, new_high = len(base) - tail, len(new) - tail
    # With nothing between on one side, or more distinct tokens than characters, one coarse block keeps every law.
    if head in (high, new_high) or high - head + new_high - head > _MANY:
        return [(head, high, head, new_high)] if head < max(high, new_high) else []
    return _find(*encode(base[head:high], new[head:new_high], alphabet), cleanup, head)


def shortest(base: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the blocks of a shortest edit script, without semantic cleanup: what a plain differ would say."""
    return blocks(base, new, "No")


def diff(base: str, new: str, cleanup: Cleanup, fast: bool = True) -> list[Run]:
    """Return the runs that turn one string into another; `fast` uses the accelerator where it is installed."""
    if fast and fast_diff_match_patch is not None:
        return [
            (run[0], run[1])
            for run in fast_diff_match_patch.diff(base, new, timelimit=0, checklines=False, cleanup=cleanup)
        ]
    found = _slow.diff_main(base, new, False)
    if cleanup == "Semantic":
        _slow.diff_cleanupSemantic(found)
    return [("-=+"[kind + 1], len(text)) for kind, text in found]


def make_alphabet() -> Alphabet:
    """Return an alphabet without letters yet, which gives each new token the next character, no surrogates."""
    return defaultdict(map(chr, chain(*_CODES)).__next__)


def encode(base: Sequence[str], new: Sequence[str], alphabet: Alphabet | None = None) -> tuple[str, str]:
    """Return both lists as strings of one character a token, equal tokens as equal characters, no surrogates."""
    if alphabet is None or len(alphabet) + len(base) + len(new) > _MANY:
        alphabet = make_alphabet()
    write = alphabet.__getitem__
    return "".join(map(write, base)), "".join(map(write, new))


def is_subsequence(few: Sequence[str], many: Sequence[str]) -> bool:
    """Tell whether `few` is left when some tokens of `many` are taken out."""
    rest = iter(many)
    return len(few) <= len(many) and all(token in rest for token in few)


def _is_one_sided(base: str, new: str) -> bool:
    """Tell whether either of two encoded lists is a subsequence of the other."""
    few, many = (base, new) if len(base) < len(new) else (new, base)
    at = 0
    for sign in few:
        at = many.find(sign, at) + 1
        if not at:
            return False
    return True


def _find(base: str, new: str, cleanup: Cleanup, at: int) -> list[Block]:
    """Return the blocks of two lists that begin at token `at`, encoded."""
    if cleanup == "No" or _is_one_sided(base, new):
        return _gather(diff(base, new, "No"), at, at)
    found: list[Block] = []
    for block in _gather(diff(base, new, "Semantic"), at, at):
        low, high, start, end = block
        if low < high and start < end:
            out, words = base[low - at : high - at], new[start - at : end - at]
            if _is_one_sided(out, words):
                found += _gather(diff(out, words, "No"), low, start)
                continue
        found.append(block)
    return found


def count_ends(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how many tokens of lists, or code points of texts, begin both, and how many of the rest end both."""
    shorter = min(len(one), len(other))
    if isinstance(one, str) and isinstance(other, str):
        head = Prefix.similarity(one, other)
        return head, min(Postfix.similarity(one, other), shorter - head)
    # No loop of Python's own is as fast over hundreds of tokens, and most lists differ within a few.
    head = next(compress(count(), map(ne, one, other)), shorter)
    tail = next(compress(count(), map(ne, reversed(one), reversed(other))), shorter)
    return head, min(tail, shorter - head)


def _gather(runs: list[Run], low: int, start: int) -> list[Block]:
    """Join the deletions and insertions between two equal runs to one block."""
    found: list[Block] = []
    high, end = low, start
    for kind, size in [*runs, ("=", 1)]:
        if kind == "-":
            high += size
        elif kind == "+":
            end += size
        elif size:
            if (low, start) != (high, end):
                found.append((low, high, start, end))
            low, start = high + size, end + size
            high, end = low, start
    return found


class Likeness(NamedTuple):
    """A stretch of a text most like one looked for: tokens `low` to `high`, and how like it is, 0 to 1."""

    low: int
    high: int
    score: float


def locate(text: Sequence[str], wanted: Sequence[str], near: int) -> Likeness | None:
    """Return the stretch of `text` most like `wanted`, the nearer to token `near` the better, or None.

    diff-match-patch's fuzzy match, of tokens: a suggestion for a person to confirm, never a place to change a text at.
    """
    if not text or not wanted or len(text) + len(wanted) > _MANY:
        return None
    matcher = diff_match_patch()
    matcher.Match_MaxBits = 0  # Python's integers have no last bit
    matcher.Match_Distance = max(len(text), 1000)
    here, looked_for = encode(text, wanted)
    low = matcher.match_main(here, looked_for, min(near, len(text)))
    if low < 0:
        return None
    found = here[low : low + len(wanted)]
    apart = _slow.diff_levenshtein(_slow.diff_main(looked_for, found, False))
    return Likeness(low, low + len(found), round(max(0.0, 1 - apart / len(wanted)), 3))
