"""What stands in a text and is not negotiated: notes and boxes by officers, remarks on placement, tombstones, status.

Found so that an import can show them apart; nothing is taken out. Brackets that are notes themselves (footnote
numbers) are a kind of pair, in `kinds`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from . import labels
from .pairing import Position, residue


class AnnotationKind(StrEnum):
    """What an annotation does."""

    NOTE = "note"
    BOX = "box"
    SUGGESTION = "structural suggestion"
    PLACEMENT = "placement"
    MERGE = "merge or move"
    PLACEHOLDER = "placeholder"
    STATUS = "status"
    TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation and its span; `by` is the officer a note names (`the co-facilitators`), "" for nobody."""

    kind: AnnotationKind
    start: Position
    end: Position
    by: str = ""


def find(texts: Sequence[str]) -> tuple[Annotation, ...]:
    """Return the annotations in document order; where one stands inside another, the outer one alone."""
    found: list[Annotation] = []
    for provision, text in enumerate(texts):
        end = 0
        for kind, start, stop, by in sorted(_find_in(text), key=lambda each: (each[1], -each[2])):
            if start >= end:
                found.append(Annotation(kind, Position(provision, start), Position(provision, stop), by))
                end = stop
    return tuple(found)


#: What officers say in a text: notes, boxes, and suggestions on its structure.
BY_OFFICERS = frozenset({AnnotationKind.NOTE, AnnotationKind.BOX, AnnotationKind.SUGGESTION})


def whole(text: str) -> Annotation | None:
    """Return the note or box that all words of a provision are, None where they are anything else besides."""
    found = find([text])
    if len(found) != 1 or found[0].kind not in BY_OFFICERS:
        return None
    return found[0] if not text[: found[0].start.offset].strip() and not text[found[0].end.offset :].strip() else None


def may_be_left_out(text: str) -> bool:
    """Tell whether a provision is a note and can be left unprinted: no bracket in it has its partner elsewhere."""
    return whole(text) is not None and residue(text) == (0, 0)


_LINES: dict[AnnotationKind, str] = {
    AnnotationKind.NOTE: (
        r"(?:\d{1,3}\s)?[\[(*_]*(?i:note|remark|comment)s?"
        r"(?:\sby\s(?P<by>[^:\n]{2,60}?)[*_]*\s?(?::|$)|[*_]*\s?:)"
    ),
    AnnotationKind.BOX: r">|[*_#\s]*Box\s\d+\b",
    AnnotationKind.SUGGESTION: r"[\[(*_]*(?i:structural (?:suggestion|proposal|comment)s?)\b[^\n]{0,120}:",
    AnnotationKind.PLACEMENT: r"[\[(*_]*(?i:placement(?: is| still)? to be (?:determined|decided|discussed))",
}
_LINE = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _LINES.items()))
_INLINE: dict[AnnotationKind, str] = {
    AnnotationKind.PLACEMENT: (
        r"\((?:proposed )?placement\b[^()]*\)|\{placement[^{}]*\}|\[(?:proposed )?placement\b[^\[\]]*\]"
    ),
    AnnotationKind.MERGE: (
        r"\[(?:merged?|moved?|swap) (?:with|to|into|and)\b[^\[\]]*\]|\((?:to be )?merged? (?:with|into)\b[^()]*\)"
    ),
    AnnotationKind.STATUS: (
        r"\[(?:agreed|closed|parked)(?: ad ref(?:erendum)?\.?)?(?:,? (?:in|pending) [^\[\]]{2,60})?\]|"
        r"\bagreed in informals(?:, pending [^.\n]{2,60})?"
    ),
    AnnotationKind.PLACEHOLDER: r"\{[^{}\n]{1,400}\}",
}
_WITHIN = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _INLINE.items()), re.IGNORECASE)
_GONE = r"(?:deleted|merged|moved|combined|replaced)"
_TOMBSTONE = re.compile(
    rf"[\s\[(*_]*(?:deleted|{_GONE}(?= (?:with|to|into|and|as) ))"
    rf"(?:,?(?: to be| and)? (?:(?:to be )?{_GONE}|to|into|with|as|under|by)\b[^\n]*)?[.\s\])*_]*",
    re.IGNORECASE,
)

_Found = tuple[AnnotationKind, int, int, str]


def _find_in(text: str) -> Iterator[_Found]:
    for match in _WITHIN.finditer(text) if any(sign in text for sign in "{([") or "greed in" in text else ():
        yield AnnotationKind[match.lastgroup or ""], match.start(), match.end(), ""
    at = number = 0
    lines = text.split("\n")
    while number < len(lines):
        line, length = lines[number], 1
        label = labels.read(line)
        begin = label.end + line[label.end :].startswith(" ") if label else 0
        head = _LINE.match(line) or _LINE.match(line, begin)
        if head:
            kind = next(kind for kind in _LINES if head[kind.name] is not None)
            length = _count_lines(lines, number)
            end = at + len("\n".join(lines[number : number + length]))
            yield kind, at + head.start(), end, head["by"] or ""
        elif _is_tombstone(line, begin):
            yield AnnotationKind.TOMBSTONE, at, at + len(line), ""
        at += sum(len(each) + 1 for each in lines[number : number + length])
        number += length


def _count_lines(lines: Sequence[str], first: int) -> int:
    """Return how many lines from `first` on go together: up to the next label or annotation; a box whole."""
    end = first + 1
    is_quoted = lines[first].startswith(">")
    while end < len(lines) and (
        lines[end].startswith(">") if is_quoted else not (labels.read(lines[end]) or _LINE.match(lines[end]))
    ):
        end += 1
    return end - first


def _is_tombstone(line: str, begin: int) -> bool:
    """Tell whether a line, its label aside, says only that its provision is deleted and where it went."""
    return len(line) - begin <= 200 and bool(_TOMBSTONE.fullmatch(line, begin))
