"""Which way words run, and how what runs the other way is kept from turning what stands around it.

Source: Unicode Standard Annex #9. Only whole strings are looked at; laying lines out is the reader's program's.
"""

import unicodedata

#: First strong isolate, and its end: what stands between does not touch the order of what stands around it.
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT_MARK = "\u200f"


def runs_left_to_right(words: str) -> bool:
    """Tell whether words have a strong direction and all of it is from left to right: codes, symbols, English."""
    found = {unicodedata.bidirectional(char) for char in words}
    return "L" in found and not found & {"R", "AL"}


def isolated(words: str) -> str:
    """Return words to stand among others of another direction."""
    return f"{_ISOLATE}{words}{_END}" if words else ""


def begun(line: str) -> str:
    """Return a line of a text written from right to left so that programs begin it at the right.

    They go by its first letter: a line that begins with a code or a Latin word gets a mark before it, which is no word.
    """
    first = next((kind for char in line if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")), "")
    return line if first != "L" or runs_left_to_right(line) else _RIGHT_TO_LEFT_MARK + line
