"""compare A B: print what changed from one text to another, provision by provision, as a redline."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO, TextIO

from .. import alignment, readings
from ..alignment import Fate, Match
from ..errors import TextError
from . import files

_PLAIN = {"same": ("", ""), "deleted": ("{-", "-}"), "inserted": ("{+", "+}")}
_COLOURED = {"same": ("", ""), "deleted": ("\x1b[31;9m", "\x1b[0m"), "inserted": ("\x1b[32;4m", "\x1b[0m")}


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Write each provision that changed, was moved, split, merged, added or dropped, and a count; return 0, 2 on error.

    Deleted words stand in {-…-} and inserted ones in {+…+}, struck and underlined in colour on a terminal. Provisions
    are counted from 1.
    """
    if len(arguments) != 2:
        stderr.write("usage: python -m drafting.text compare A B\n")
        return 2
    try:
        old, new = (files.split(files.read(path)) for path in arguments)
    except TextError as refusal:
        stderr.write(f"{refusal.message}\n")
        return 2
    marks = _COLOURED if stdout.isatty() else _PLAIN
    found = alignment.align(old, new)
    for match in found:
        if _is_news(match, old, new):
            stdout.write(f"{_heading(match)}\n{_redline(match, old, new, marks)}\n\n")
    stdout.write(_count(found, old, new) + "\n")
    return 0


def _is_news(match: Match, old: Sequence[str], new: Sequence[str]) -> bool:
    return match.fate is not Fate.MATCHED or old[match.old[0]] != new[match.new[0]]


def _heading(match: Match) -> str:
    here, there = (", ".join(str(at + 1) for at in side) for side in (match.old, match.new))
    match match.fate:
        case Fate.ADDED:
            return f"¶ {there}, added"
        case Fate.DROPPED:
            return f"¶ {here}, dropped"
        case Fate.MATCHED:
            return f"¶ {there}" if here == there else f"¶ {there} (was {here})"
        case _:
            return f"¶ {there} (was {here}), {match.fate}"


def _redline(match: Match, old: Sequence[str], new: Sequence[str], marks: dict[str, tuple[str, str]]) -> str:
    before, after = ("\n".join(texts[at] for at in side) for texts, side in ((old, match.old), (new, match.new)))
    runs = ((marks[run.kind], run.text) for run in readings.comparison(before, after))
    return "".join(f"{start}{text}{end}" for (start, end), text in runs)


def _count(found: Sequence[Match], old: Sequence[str], new: Sequence[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(Counter(_names(found, old, new)).items())) or "empty"


def _names(found: Sequence[Match], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for match in found:
        is_changed = _is_news(match, old, new)
        yield "changed" if match.fate is Fate.MATCHED and is_changed else str(match.fate) if is_changed else "the same"
