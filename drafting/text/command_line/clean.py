"""clean: read documents as they stand after some choices, one JSON line each, with a gap for all that is undecided."""

from typing import BinaryIO, TextIO, cast, get_args

from .. import acts, following, readings
from ..standing import Bracketed
from . import lines


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer each document with `{"text", "gaps"}`; return 0, or 2 for bad input or a choice that is refused."""
    if arguments:
        stderr.write("usage: python -m drafting.text clean < lines.jsonl\n")
        return 2
    return lines.answer(_solve, stdin, stdout, stderr)


def _solve(record: lines.Record) -> object:
    document = _read(record)
    for choice in _get_optional(record, "choices"):
        act, number = _read_choice(choice)
        document = following.follow(document, acts.settle(document, act, [number]))
    read = readings.clean(document)
    gaps = [
        {"provision": gap.provision, "offset": gap.offset, "pairs": list(gap.pairs), "words": gap.words}
        for gap in read.gaps
    ]
    return {"text": list(read.texts), "gaps": gaps}


def _read(record: lines.Record) -> Bracketed:
    """Return the document; a group or note that names no pair of it, or a pair in two groups, is bad input."""
    texts = lines.get_texts(record, "provisions")
    groups = [
        tuple(lines.as_count(pair, "every pair of a group") for pair in _as_list(group))
        for group in _get_optional(record, "groups")
    ]
    notes = [lines.as_count(pair, "every item of “notes”") for pair in _get_optional(record, "notes")]
    document = Bracketed.read(texts, groups, notes)
    grouped = [number for group in groups for number in group]
    for number in (*grouped, *notes):
        document.pair(number)
        if grouped.count(number) > 1:
            raise lines.BadLine(f"Bracket {number} is named twice in “groups”.")
        if number in grouped and number in notes:
            raise lines.BadLine(f"Bracket {number} cannot be a note and an alternative.")
    return document


def _read_choice(item: object) -> tuple[acts.Act, int]:
    choice = lines.as_record(item, "every item of “choices”")
    act = lines.get_text(choice, "act")
    if act not in get_args(acts.Act):
        raise lines.BadLine(f"“{act}” is no act: lift, drop and pick are.")
    return cast(acts.Act, act), lines.as_count(choice.get("pair"), "“pair”")


def _get_optional(record: lines.Record, key: str) -> list[object]:
    return lines.get_list(record, key) if key in record else []


def _as_list(item: object) -> list[object]:
    if not isinstance(item, list):
        raise lines.BadLine("Every item of “groups” must be a list of pairs.")
    return item
