"""Words looked for as somebody says them: where they stand, what goes with them, and the spaces that belong between.

Pure string work on one text, in code points.
"""

import re
import unicodedata

from .joins import Range


def find(text: str, words: str, start: int = 0) -> list[Range]:
    """Return where `words` stand from `start` on, as whole words; capitals count only where some were typed.

    White space matches any white space. Scripts that set no spaces have no word edges to keep.
    """
    parts = unicodedata.normalize("NFC", words).split()
    if not parts:
        return []
    spaced = not any(map(_is_wide, words))
    before = r"(?<!\w)" if spaced and parts[0][0].isalnum() else ""
    after = r"(?!\w)" if spaced and parts[-1][-1].isalnum() else ""
    flags = re.NOFLAG if words != words.lower() else re.IGNORECASE
    pattern = re.compile(before + r"\s+".join(map(re.escape, parts)) + after, flags)
    return [match.span() for match in pattern.finditer(text, start)]


def widen(text: str, place: Range) -> Range:
    """Return a place with what goes when its words go: brackets that hold nothing else, one of the commas round it."""
    start, end = place
    if text[max(0, start - 1) : start] == "[" and text[end : end + 1] == "]":
        return start - 1, end + 1
    if text[max(0, start - 2) : start] == ", " and text[end : end + 1] in (",", ".", ";"):
        return start - 2, end
    return start, end


def space(before: str, after: str) -> str:
    """Return the space that belongs between two pieces of text: one, or none."""
    if not before or not after or after[0] in " ,.;:)]،؛" or before[-1] in " ([":
        return ""
    return "" if _is_wide(before[-1]) or _is_wide(after[0]) else " "


def _is_wide(char: str) -> bool:
    """Tell whether a character is of a script that sets no spaces."""
    return unicodedata.east_asian_width(char) in "WF"
