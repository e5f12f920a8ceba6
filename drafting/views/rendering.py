"""The words of a provision as HTML: labels, nested brackets, rails, all built from strings.

A text of a thousand provisions and five thousand brackets is drawn on every visit, and templates would take seconds.
Nothing personal stands in what is drawn here, so that one fragment serves every reader: a bracket names its holders
(`data-h`) where the conference shows them, and the reader's own colours are a style of the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

#: What comes after a number that was inserted: bis, ter, … vicies, alt; set in italics, as in print.
_ORDINAL = re.compile(r"\b(?:alt|supra|ante|[a-z]*(?:bis|ter|quater|ies))\b", re.IGNORECASE)
#: The heights the style sheet knows, in lines; a browser reserves them for provisions it has not drawn yet.
LINES = (1, 2, 3, 4, 6, 8, 12, 20, 40)
#: Characters in a line of the reading column.
MEASURE = 62
#: Rails side by side; deeper ones share the last lane.
LANES = 3


class Drawn(NamedTuple):
    """A bracket as it is drawn: `who` and `said` name its holders shortly and in full, both empty where not shown.

    One that is on no floor yet has the number 0, which is not printed.
    """

    id: int
    number: int = 0
    article: str = ""
    is_note: bool = False
    group: int | None = None
    holders: tuple[str, ...] = ()
    who: str = ""
    said: str = ""


class Mark(NamedTuple):
    """One of a bracket's two characters in a provision, at its offset in code points."""

    offset: int
    opens: bool
    bracket: Drawn


class Rail(NamedTuple):
    """The stretch of a crossing bracket beside one provision: `end` is from, through or to; lanes count from 0."""

    end: str
    lane: int
    bracket: int


class Span(NamedTuple):
    """A run of agreed words, in code points, with the style and the name of the rung it stands on."""

    start: int
    end: int
    style: str = "agreed"
    name: str = ""


class Stood(NamedTuple):
    """The label of an option in code points; `who` and `said` name those behind it shortly and in full."""

    start: int
    end: int
    name: str
    who: str
    said: str


def agreed(style: str, name: str) -> str:
    """Return the tag that begins words agreed on a rung, drawn in its style and called by its name."""
    said = f' title="{escape(name)}"' if name else ""
    classes = "agreed-run" if style == "agreed" else f"agreed-run {style}"
    return f'<span class="{classes}"{said}>'


def words(
    text: str,
    marks: Sequence[Mark],
    around: Sequence[Drawn] = (),
    *,
    label: int = 0,
    href: str = "",
    lone: frozenset[int] = frozenset(),
    agreed: Sequence[Span] = (),
    stood: Sequence[Stood] = (),
) -> str:
    """Return `text` as HTML: `marks` in the order of their offsets, `around` the brackets open at its start.

    `label` is the length of the printed label at its head, which becomes a link to `href`; `lone` are the offsets of
    brackets without a partner; `stood` the options delegations are behind. Taking the tags away gives `text` back.
    """
    stacks = _alternatives(text, marks)
    start, end = _label_span(text, marks, label)
    stretches = _stretches((start, end, href), lone, agreed, stood)
    parts = [_open(bracket, stacked=False, glyph=False) for bracket in around]
    depth = len(around)
    at = 0
    for mark in marks:
        parts.append(_plain(text, at, mark.offset, stretches))
        at = mark.offset + 1
        if mark.opens:
            parts.append(_open(mark.bracket, stacked=mark.offset in stacks, glyph=True))
            depth += 1
        else:
            parts.append("<b>]</b></span></span>" if mark.offset in stacks else "<b>]</b></span>")
            depth -= 1
    parts.append(_plain(text, at, len(text), stretches))
    parts.append("</span>" * depth)
    return "".join(parts)


def rails(found: Iterable[Rail], numbers: Mapping[int, int]) -> str:
    """Return the rails beside one provision; `numbers` are the brackets' printed ones, by id."""
    return "".join(
        f'<i class="rail {rail.end}" data-lane="{min(rail.lane, LANES - 1)}" data-n="{numbers[rail.bracket]}"></i>'
        for rail in found
    )


def lines(text: str) -> int:
    """Return the height to reserve for `text`: the number of lines the style sheet knows that comes next."""
    wanted = sum(-(-max(len(line), 1) // MEASURE) for line in text.split("\n"))
    return next((known for known in LINES if known >= wanted), LINES[-1])


def place(
    order: Sequence[int], ends: Mapping[int, tuple[int, int, int, int]]
) -> tuple[dict[int, list[tuple[int, bool, int]]], dict[int, list[int]], dict[int, list[Rail]]]:
    """Return marks, brackets open at the start, and rails, each by provision, for a document read in `order`.

    `ends` gives by bracket the provisions and offsets of its two characters: (from, offset, to, offset). Marks are
    (offset, opens, bracket) in order; brackets open at a start come outermost first.
    """
    marks: dict[int, list[tuple[int, bool, int]]] = {}
    crossing: list[int] = []
    index = {provision: position for position, provision in enumerate(order)}
    for bracket, (start, start_offset, end, end_offset) in ends.items():
        if start not in index or end not in index:
            continue
        marks.setdefault(start, []).append((start_offset, True, bracket))
        marks.setdefault(end, []).append((end_offset, False, bracket))
        if start != end:
            crossing.append(bracket)
    for found in marks.values():
        found.sort()
    crossing.sort(key=lambda bracket: (index[ends[bracket][0]], ends[bracket][1]))
    return marks, *_cross(order, index, ends, crossing)


def _cross(
    order: Sequence[int],
    index: Mapping[int, int],
    ends: Mapping[int, tuple[int, int, int, int]],
    crossing: Sequence[int],
) -> tuple[dict[int, list[int]], dict[int, list[Rail]]]:
    around: dict[int, list[int]] = {}
    found: dict[int, list[Rail]] = {}
    for bracket in crossing:
        first, last = index[ends[bracket][0]], index[ends[bracket][2]]
        lane = len(around.get(order[first], ()))
        for position in range(first, last + 1):
            provision = order[position]
            end = "from" if position == first else "to" if position == last else "through"
            found.setdefault(provision, []).append(Rail(end, lane, bracket))
            if position > first:
                around.setdefault(provision, []).append(bracket)
    return around, found


def _alternatives(text: str, marks: Sequence[Mark]) -> frozenset[int]:
    """Return the offsets at which a run of alternatives begins (its first `[`) and ends (its last `]`)."""
    if all(mark.bracket.group is None for mark in marks):
        return frozenset()
    starts = {mark.offset: mark.bracket for mark in marks if mark.opens}
    closes = {mark.bracket.id: mark.offset for mark in marks if not mark.opens}
    found: set[int] = set()
    taken: set[int] = set()
    for offset, bracket in starts.items():
        if bracket.group is None or bracket.id in taken or bracket.id not in closes:
            continue
        end, count = closes[bracket.id], 1
        while (rival := starts.get(end + 1) or (starts.get(end + 2) if text[end + 1 : end + 2] == " " else None)) and (
            rival.group == bracket.group and rival.id in closes
        ):
            taken.add(rival.id)
            end, count = closes[rival.id], count + 1
        if count > 1:
            found |= {offset, end}
    return frozenset(found)


def _open(bracket: Drawn, stacked: bool, glyph: bool) -> str:
    held = f' data-h="{escape(" ".join(bracket.holders))}" data-who="{escape(bracket.who)}"' if bracket.holders else ""
    kind = "bk note" if bracket.is_note else "bk"
    named = f"bracket {bracket.number}" if bracket.number else "bracket"
    said = f"{named}{', held by ' + escape(bracket.said) if bracket.said else ''}"
    stack = '<span class="alts" role="group" aria-label="alternatives">' if stacked else ""
    anchor = f' id="{escape(bracket.article)}-b{bracket.number}"' if glyph and bracket.number else ""
    number = f' data-n="{bracket.number}"' if bracket.number else ""
    opener = f"<b{number}>[</b>" if glyph else ""
    return f'{stack}<span class="{kind}"{anchor} data-b="{bracket.id}"{held} role="group" aria-label="{said}">{opener}'


def _label_span(text: str, marks: Sequence[Mark], label: int) -> tuple[int, int]:
    """Return where the label hangs, its space with it: after the brackets it may stand in; nowhere if one is inside."""
    start = 0
    for mark in marks:
        if mark.offset > start:
            break
        start += 1
    if any(start <= mark.offset < label for mark in marks) or not text[start:label].strip():
        return 0, 0
    end = label + 1 if text[label : label + 1] == " " else label
    return start, end


class _Stretch(NamedTuple):
    """Plain words that stand out, with the tags around them; in a label the Latin ordinals stand out again."""

    start: int
    end: int
    before: str
    after: str
    is_label: bool = False

    def draw(self, words: str) -> str:
        said = escape(words, quote=False)
        if self.is_label:
            said = _ORDINAL.sub(r"<i>\g<0></i>", said)
        return f"{self.before}{said}{self.after}"


def _stretches(
    label: tuple[int, int, str], lone: frozenset[int], spans: Sequence[Span], stood: Sequence[Stood]
) -> list[_Stretch]:
    """Return the stretches in order, none overlapping another; an option that labels its provision is in its label."""
    start, end, href = label
    found = [_Stretch(offset, offset + 1, '<span class="anomaly">', "</span>") for offset in lone]
    found += [_Stretch(max(one.start, end), one.end, agreed(one.style, one.name), "</span>") for one in spans]
    found += [_Stretch(one.start, one.end, _stood(one), "</span>") for one in stood if one.start >= end]
    if start < end:
        before, after = (f'<a class="lb" href="{escape(href)}">', "</a>") if href else ('<span class="lb">', "</span>")
        for one in stood:
            if one.start < end:
                before, after = _stood(one) + before, f"{after}</span>"
        found.append(_Stretch(start, end, before, after, is_label=True))
    return sorted(found)


def _stood(one: Stood) -> str:
    said = escape(f"{one.name}, behind it: {one.said}")
    return f'<span class="opt" data-who="{escape(one.who)}" role="group" aria-label="{said}" title="{said}">'


def _plain(text: str, start: int, end: int, stretches: Sequence[_Stretch]) -> str:
    if not stretches:
        return escape(text[start:end], quote=False)
    parts: list[str] = []
    for stretch in stretches:
        lo, hi = max(stretch.start, start), min(stretch.end, end)
        if lo < hi:
            parts += (escape(text[start:lo], quote=False), stretch.draw(text[lo:hi]))
            start = hi
    parts.append(escape(text[start:end], quote=False))
    return "".join(parts)
