"""clean: read documents as they stand after some choices, one JSON line each, with a gap for all that is undecided."""

from typing import BinaryIO, TextIO, cast, get_args

from .. import acts, following, readings
from ..standing import Bracketed
from . import lines


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer each document with `{"text", "gaps"}`; return 0, or 2 for bad input or a choice that is refused.

    A line is `{"provisions": [str], "groups": [[pair]], "notes": [pair], "choices": [{"act", "pair"}]}`, every key
    given, the act "lift", "drop" or "pick", pairs counted from 1 by their `[`.
    """
    if arguments:
        stderr.write("usage: python -m drafting.text clean < lines.jsonl\n")
        return 2
    return lines.answer(_solve, stdin, stdout, stderr)


def _solve(record: lines.Record) -> object:
    document = _read(record)
    for choice in lines.get_list(record, "choices"):
        act, number = _read_choice(choice)
        document = following.follow(document, acts.settle(document, act, [number]))
    read = readings.clean(document)
    gaps = [
        {"provision": gap.provision, "offset": gap.offset, "pairs": list(gap.pairs), "words": gap.words}
        for gap in read.gaps
    ]
    return {"text": list(read.texts), "gaps": gaps}


def _read(record: lines.Record) -> Bracketed:
    """Return the document; groups and notes that cannot stand in it are bad input."""
    texts = lines.get_texts(record, "provisions")
    groups = [
        tuple(lines.as_count(pair, "every pair of a group") for pair in _as_list(group))
        for group in lines.get_list(record, "groups")
    ]
    notes = [lines.as_count(pair, "every item of “notes”") for pair in lines.get_list(record, "notes")]
    return Bracketed.read(texts, groups, notes)


def _read_choice(item: object) -> tuple[acts.Act, int]:
    choice = lines.as_record(item, "every item of “choices”")
    act = lines.get_text(choice, "act")
    if act not in get_args(acts.Act):
        raise lines.BadLine(f"“{act}” is no act: lift, drop and pick are.")
    return cast(acts.Act, act), lines.as_count(choice.get("pair"), "“pair”")


def _as_list(item: object) -> list[object]:
    if not isinstance(item, list):
        raise lines.BadLine("Every item of “groups” must be a list of pairs.")
    return item
