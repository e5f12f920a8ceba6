"""Rounds of negotiation for the laws of consolidation: a base and what delegations make of it."""

from dataclasses import dataclass
from functools import cache

import regex
from hypothesis import strategies as st

from drafting.text import pairing, tokens
from drafting.text.hunks import Proposal
from tests.text import strategies
from tests.text.strategies import integers

WORDS = [
    "shall",
    "should",
    "Parties",
    "a",
    "b",
    "c",
    ",",
    "保护",
    "和保全",
    "يجب",
    "é",
    "👩‍👩‍👧",
    "\u0301x",
    "as\u00a0may",
]

_SPACE = regex.compile(r" (?!\p{M})")

#: A strategy is checked when it is first drawn from, which takes longer than drawing: made once, it is checked once.
_EITHER = st.booleans()
_ACTS = st.sampled_from(["lift", "drop", "mark"])
_NAMES = st.lists(st.sampled_from("ABCD"), unique=True)
#: What `rewordings` puts in.
_NEW = st.sampled_from([[], [" "], ["b", " "], ["should"], ["c", " ", "[", "a", "]"]])


@dataclass(frozen=True)
class Round:
    """A base, and each delegation's text."""

    base: str
    texts: dict[str, str]


@cache
def spaced_texts(max_leaves: int = 12) -> st.SearchStrategy[str]:
    """Balanced texts of words and brackets with spaces between, mostly."""
    word = st.sampled_from(WORDS)
    glue = st.sampled_from([" ", " ", " ", ""])
    return st.recursive(
        word,
        lambda inner: st.one_of(
            inner.map("[{}]".format),
            st.tuples(inner, glue, inner).map("".join),
            st.tuples(inner, glue, inner).map(lambda parts: f"[{parts[0]}]{parts[1]}[{parts[2]}]"),
        ),
        max_leaves=max_leaves,
    ).map(tokens.normalise)


@st.composite
def rewordings(draw: st.DrawFn, base: str) -> str:
    """The base with a few runs of words taken out, put in or replaced; balanced where the base is."""
    found = tokens.tokenize(base)
    for _ in range(draw(integers(1, 3))):
        low = draw(integers(0, len(found)))
        high = draw(integers(low, min(len(found), low + 4)))
        if pairing.is_balanced("".join(found[low:high])):
            found[low:high] = draw(_NEW)
    return tokens.normalise("".join(found))


@st.composite
def acts(draw: st.DrawFn, base: str) -> str:
    """The base after acts on brackets alone: pairs lifted, dropped with their space, put round words."""
    text = base
    for _ in range(draw(integers(1, 3))):
        pairs = pairing.match([text]).pairs
        act = draw(_ACTS) if pairs else "mark"
        if act == "mark":
            text = draw(_marked(text))
        else:
            pair = draw(st.sampled_from(pairs))
            low, high = pair.start.offset, pair.end.offset
            words = text[low + 1 : high] if act == "lift" else ""
            before, behind = text[:low], text[high + 1 :]
            if not words and before.endswith(" ") and not behind.strip(" "):
                before = before[:-1]
            elif not words and (before.endswith(" ") or not before) and _SPACE.match(behind):
                behind = behind[1:]
            text = before + words + behind
    # Where marks went, letters may now melt: then it is no act on brackets alone.
    return text if tokens.normalise(text) == text else base


@st.composite
def _marked(draw: st.DrawFn, text: str) -> str:
    found = tokens.tokenize(text)
    low = draw(integers(0, len(found)))
    high = draw(integers(low, len(found)))
    inside = "".join(found[low:high])
    if not inside.strip() or inside != inside.strip() or not pairing.is_balanced(inside):
        return text
    return f"{''.join(found[:low])}[{inside}]{''.join(found[high:])}"


@st.composite
def rounds(
    draw: st.DrawFn, bases: st.SearchStrategy[str] | None = None, only_acts: bool = False, least: int = 0
) -> Round:
    """A base with `least` to five proposals: rewordings, acts on brackets, both, other texts; some of them equal."""
    base = draw(spaced_texts() if bases is None else bases)
    kinds = [acts(base)]
    if not only_acts:
        kinds += [rewordings(base), rewordings(base).flatmap(acts), spaced_texts()]
    texts = draw(st.lists(st.one_of(kinds), min_size=least, max_size=5))
    return Round(base, dict(zip("ABCDE", texts, strict=False)))


def broken_bases() -> st.SearchStrategy[str]:
    """Bases with brackets that need not balance."""
    return strategies.texts()


@dataclass(frozen=True)
class Session:
    """A document, and each delegation's proposal on it."""

    base: list[str]
    proposals: list[Proposal]


@st.composite
def sessions(draw: st.DrawFn, only_acts: bool = False, moves_ends: bool = True) -> Session:
    """Documents with pairs across provisions, reworded, with marks taken off, words dropped, provisions added.

    With `moves_ends` a bracket may leave its partner for another place, which no one may accept.
    """
    base = draw(_documents())
    names = draw(_NAMES)
    return Session(base, [draw(_proposals(by, base, only_acts, moves_ends)) for by in names])


@cache
def _parts() -> st.SearchStrategy[list[str]]:
    return st.lists(spaced_texts(4), min_size=1, max_size=4)


@cache
def _added(provisions: int) -> st.SearchStrategy[dict[int, list[str]]]:
    """New provisions, by the one they stand after."""
    return st.dictionaries(integers(-1, provisions - 1), st.lists(spaced_texts(3), max_size=2), max_size=1)


@cache
def _some(provisions: int) -> st.SearchStrategy[list[int]]:
    return st.lists(integers(0, provisions - 1), unique=True, max_size=2)


@st.composite
def _documents(draw: st.DrawFn) -> list[str]:
    parts = draw(_parts())
    if len(parts) > 1 and draw(_EITHER):
        first = draw(integers(0, len(parts) - 2))
        last = draw(integers(first + 1, len(parts) - 1))
        parts[first], parts[last] = (
            f"{draw(spaced_texts(2))} [{parts[first]}",
            f"{parts[last]}] {draw(spaced_texts(2))}",
        )
    return [tokens.normalise(part) for part in parts]


@st.composite
def _proposals(draw: st.DrawFn, by: str, base: list[str], only_acts: bool, moves_ends: bool) -> Proposal:
    texts = {}
    if draw(_EITHER):
        moved = [_moved_ends(base, "" if only_acts else "c ")] if moves_ends else []
        texts = draw(st.one_of(_acts_across(base), *moved))
    for at in draw(_some(len(base))):
        if at not in texts:
            texts[at] = draw(acts(base[at]) if only_acts else st.one_of(acts(base[at]), rewordings(base[at])))
    after = {} if only_acts else draw(_added(len(base)))
    return Proposal(by, {at: tokens.normalise(text) for at, text in texts.items()}, after)


@st.composite
def _acts_across(draw: st.DrawFn, base: list[str]) -> dict[int, str]:
    """A pair across provisions lifted, dropped, or put round whole provisions; nothing where there is none."""
    crossing = [pair for pair in pairing.match(base).pairs if pair.start.provision != pair.end.provision]
    if not crossing:
        if len(base) < 2:
            return {}
        first = draw(integers(0, len(base) - 2))
        last = draw(integers(first + 1, len(base) - 1))
        return {first: f"[{base[first]}", last: f"{base[last]}]"}
    (start, end, *_) = draw(st.sampled_from(crossing))
    before, behind = base[start.provision][: start.offset], base[end.provision][end.offset + 1 :]
    if draw(_EITHER):
        inside = base[start.provision][start.offset + 1 :], base[end.provision][: end.offset]
        return {start.provision: before + inside[0], end.provision: inside[1] + behind}
    behind = behind[1:] if _SPACE.match(behind) else behind
    between = dict.fromkeys(range(start.provision + 1, end.provision), "")
    return {start.provision: before.rstrip(" "), **between, end.provision: behind}


@st.composite
def _moved_ends(draw: st.DrawFn, base: list[str], words: str) -> dict[int, str]:
    """One bracket taken out and put in elsewhere, in another provision perhaps, where the document stays balanced."""
    places = [(at, offset) for at, text in enumerate(base) for offset, char in enumerate(text) if char in "[]"]
    if not places:
        return {}
    at, offset = draw(st.sampled_from(places))
    sign, texts = base[at][offset], [*base]
    texts[at] = texts[at][:offset] + texts[at][offset + 1 :]
    to = draw(integers(0, len(base) - 1))
    offset = draw(integers(0, len(texts[to])))
    texts[to] = texts[to][:offset] + sign + words + texts[to][offset:]
    return {at: texts[at], to: texts[to]} if pairing.is_balanced("".join(texts)) else {}
