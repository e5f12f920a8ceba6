"""Mentions: where the words of a text name other provisions, as in `article 4, paragraphs 3 and 3 bis (a)`.

Which provisions those are, and what becomes of a mention when they are renumbered, is in `references`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import labels, numerals
from .labels import Label, LabelKind
from .numerals import Style

#: The languages whose words for provisions are known.
LANGUAGES = frozenset({"en", "fr", "es"})


@dataclass(frozen=True, slots=True)
class Element:
    """One number of a mention (`3 bis` of `paragraph 3 bis`) and its span in the text."""

    label: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One provision named in the text of `provision` (an index); `path` goes from the outermost number inwards.

    `opens_range` where the next mention is the other end of a range (`3–3 quater`); `is_external` where it is a
    provision of another instrument (`of the Convention`).
    """

    provision: int
    path: tuple[Element, ...]
    opens_range: bool = False
    is_external: bool = False

    @property
    def start(self) -> int:
        """Where its outermost number begins."""
        return min(element.start for element in self.path)

    @property
    def end(self) -> int:
        """Where its last number ends."""
        return max(element.end for element in self.path)


def find(texts: Sequence[str]) -> Iterator[Mention]:
    """Yield every mention of a provision, text by text; a provision's own label is none."""
    for provision, text in enumerate(texts):
        own = {label.start for label in labels.find(text)}
        segments = [match for match in _SEGMENT.finditer(text) if match.start() not in own and not _heads(text, match)]
        for chain in _link(text, segments):
            yield from _read_chain(provision, text, chain)


_WORDS: dict[LabelKind, str] = {
    LabelKind.ARTICLE: r"art(?:icles?|\.)|artículos?",
    LabelKind.SUBPARAGRAPH: r"sub-?paragraphs?|alinéas?|apartados?",
    LabelKind.PARAGRAPH: r"para(?:graph(?:e?s?)?|s?\.)|párrafos?",
    LabelKind.ANNEX: r"annex(?:es|e)?|anexos?",
    LabelKind.PART: r"parts?|parties?",
    LabelKind.CHAPTER: r"chapters?|chapitres?|capítulos?",
    LabelKind.SECTION: r"sections?|secci(?:ón|ones)",
    LabelKind.SUB_OPTION: r"sub-?options?",
    LabelKind.OPTION: r"options?",
    LabelKind.HEADING: r"provisions?",
}
_CODES = {LabelKind.OPERATIVE: "OP", LabelKind.PREAMBULAR: "PP"}
_DEPTH = {kind: depth for depth, kind in enumerate(LabelKind)}
_NUMBERED = (LabelKind.ARTICLE, LabelKind.PARAGRAPH, LabelKind.OPERATIVE, LabelKind.PREAMBULAR)
_CAPITAL = (LabelKind.ANNEX, LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.HEADING)

_LATIN = "|".join(sorted(numerals.LATIN, key=len, reverse=True))
_SUFFIX = rf"(?:\s?(?:{_LATIN})(?!\w))?"
_FIGURE = r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}(?:\.\d{1,3})?(?!\w)|[A-Za-z](?![\w.]))"
_ENCLOSED = r"\((?:[a-z]{1,4}|\d{1,2})\)"
_ITEM = rf"(?:{_FIGURE}{_SUFFIX}|{_ENCLOSED}{_SUFFIX})(?:\s?{_ENCLOSED}{_SUFFIX})*"
_SEPARATOR = r"(?:\s?[–-]\s?|,?\s(?:and|or|to|through|et|ou|y)\s|,\s)"
_SEGMENT = re.compile(
    r"(?<![\w-])(?:(?i:"
    + "|".join(f"(?P<{kind.name}>{words})" for kind, words in _WORDS.items())
    + r")\s+|(?:"
    + "|".join(f"(?P<{kind.name}>{code})" for kind, code in _CODES.items())
    + rf")\s?(?=\d))(?P<items>{_ITEM}(?:{_SEPARATOR}{_ITEM})*)(?![\w/])"
)
_NEXT_ITEM = re.compile(rf"(?P<separator>{_SEPARATOR})?(?P<item>{_ITEM})")
_PIECE = re.compile(rf"(?P<figure>{_ENCLOSED}|{_FIGURE})(?:\s?(?P<suffix>{_LATIN})(?!\w))?")
_RANGE = ("–", "-", "to", "through")
_OUTWARDS = re.compile(r",?\s+(?:of|to|in|under)\s+(?:the\s+)?")
_ELSEWHERE = re.compile(
    r",?[\s\[\]]+(?:of|to|in|under)[\s\[\]]+(?:(?:the|that|its)\s+(?!present\b)(?:[\w-]+\s+){0,6}?"
    r"(?:Convention|Protocol|Charter|Statute|Covenant|Treaty|Declaration|Rules|decision|resolution)\b"
    r"|(?:decision|resolution)\s)"
)
_OTHERS = re.compile(r"(?:(?:decision|resolution)\s\S{3,30},?|(?:Convention|Protocol|Charter|Statute)[’']s)\s$")

_REACH = 60  # code points before a mention that may name another instrument

_Segment = re.Match[str]
_Path = tuple[Element, ...]


def _heads(text: str, segment: _Segment) -> bool:
    """Tell whether a segment heads an option in the middle of a provision, `2. [Option 1: …`, and mentions none."""
    return _kind(segment) in (LabelKind.OPTION, LabelKind.SUB_OPTION) and text.startswith(":", segment.end())


def _kind(segment: _Segment) -> LabelKind:
    return next(kind for kind in (*_WORDS, *_CODES) if segment[kind.name])


def _link(text: str, segments: Sequence[_Segment]) -> Iterator[list[_Segment]]:
    """Yield segments that belong together: `article 4, paragraph 3` and `paragraph 3 of article 4`."""
    chain: list[_Segment] = []
    for segment in segments:
        if chain and not _belongs(text, chain[-1], segment):
            yield chain
            chain = []
        chain.append(segment)
    if chain:
        yield chain


def _belongs(text: str, before: _Segment, segment: _Segment) -> bool:
    between = text[before.end() : segment.start()]
    if _DEPTH[_kind(segment)] > _DEPTH[_kind(before)]:
        return between in (", ", " ", ",\n")
    return _kind(segment) is not _kind(before) and bool(_OUTWARDS.fullmatch(between))


def _read_chain(provision: int, text: str, chain: Sequence[_Segment]) -> Iterator[Mention]:
    """Yield the provisions a chain names: each of its innermost list, under the last of every outer one."""
    is_external = bool(
        _ELSEWHERE.match(text, chain[-1].end())
        or _OTHERS.search(text, max(0, chain[0].start() - _REACH), chain[0].start())
    )
    outer: _Path = ()
    *outwards, innermost = sorted(chain, key=lambda segment: _DEPTH[_kind(segment)])
    for segment in outwards:
        items = list(_read_items(text, segment))
        for path, opens_range in items[:-1]:
            yield Mention(provision, outer + path, opens_range, is_external)
        outer += items[-1][0] if items else ()
    for path, opens_range in _read_items(text, innermost):
        yield Mention(provision, outer + path, opens_range, is_external)


def _read_items(text: str, segment: _Segment) -> Iterator[tuple[_Path, bool]]:
    """Yield the path of each item of a list and whether a range begins with it."""
    items = list(_NEXT_ITEM.finditer(text, segment.start("items"), segment.end("items")))
    separators = [item["separator"] or "" for item in items[1:]]
    for item, separator in zip(items, [*separators, ""], strict=True):
        path = tuple(_read_item(text, item, _kind(segment)))
        if path:
            yield path, separator.strip() in _RANGE


def _read_item(text: str, item: _Segment, kind: LabelKind) -> Iterator[Element]:
    figure = item["item"]
    if (kind in _NUMBERED and not figure[0].isdecimal()) or (kind in _CAPITAL and figure[0].islower()):
        return  # "paragraph a", "part of": words, not numbers
    for piece in _PIECE.finditer(text, item.start("item"), item.end("item")):
        start = piece.start()
        outer, _, inner = piece["figure"].partition(".")
        if inner and not outer.isdecimal():  # II.9 is paragraph 9 of part II
            yield Element(_label(LabelKind.PART, outer), start, start + len(outer))
            yield Element(_label(LabelKind.PARAGRAPH, inner), start + len(outer) + 1, piece.end())
        else:
            yield Element(_label(kind, piece["figure"], piece["suffix"]), start, piece.end())
        kind = LabelKind.SUBPARAGRAPH if kind is not LabelKind.SUBPARAGRAPH else LabelKind.ITEM


def _label(kind: LabelKind, figure: str, suffix: str | None = None) -> Label:
    *outer, last = figure.strip("()").split(".")
    style = numerals.guess_style(last) or Style.LETTERS
    number = (*map(int, outer), numerals.read(last, style) or 0)
    head, close = ("(", ")") if figure.startswith("(") else ("", "")
    return Label(kind, 0, figure, number, style, head, close, suffix=numerals.read_ordinal(suffix or "") or 0)
