"""What a check of a text found: one place of it, why a reader should look, and the words that would mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """The checks there are."""

    REFERENCE = "reference"
    TERM = "term"
    SPELLING = "spelling"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Finding:
    """The words from `start` to `end` (code points) of a provision (by index); `remedy` is None where none is sure."""

    check: Check
    provision: int
    start: int
    end: int
    sentence: str
    remedy: str | None = None
