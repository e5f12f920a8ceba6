"""What every reader makes of a file before its structure is found: runs of words, each one provision to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: How the first line of a collected text names where it was found; it is kept, and is no heading.
SOURCE = "# SOURCE"

#: The words that begin a preamble: its heading, or the first line of what the parties say.
PREAMBLE = re.compile(r"[\W_]*preamble\d*[\W_]*", re.IGNORECASE)
OPENING = re.compile(
    r"[\W_]*the (?:(?:states )?parties (?:to th|of th|here)|general assembly,|conference of the parties,)",
    re.IGNORECASE,
)


class Form(StrEnum):
    """What a run of words is by its looks alone."""

    PROSE = "prose"
    HEADING = "heading"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of words without white space at its edges; `depth` is its indentation, `level` a heading's, from 1."""

    words: str
    form: Form = Form.PROSE
    depth: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader met that is no words of the text, in a sentence, with the words it says it of."""

    what: str
    words: str = ""


def join(lines: Iterable[str], *, keeping_lines: bool = False) -> str:
    """Return the words of `lines` as one run: lines of prose are joined by a space, after a hyphen by nothing.

    Only white space is lost.
    """
    parts = [line.strip() for line in lines]
    if keeping_lines:
        return "\n".join(parts)
    words = parts[0]
    for part in parts[1:]:
        is_broken_word = words[-1:] in "-‐‑" and words[-2:-1].isalpha() and part[:1].islower()
        words += part if is_broken_word else f" {part}"
    return words
