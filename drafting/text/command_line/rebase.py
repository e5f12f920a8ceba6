"""rebase: carry amendments onto a text that moved on, one JSON line each, or flag them with the reason."""

from typing import BinaryIO, TextIO

from .. import rebasing
from . import lines


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer `{"base", "amended", "current"}` with `{"status", "text", "reason"}`; return 0, or 2 for bad input."""
    if arguments:
        stderr.write("usage: python -m drafting.text rebase < lines.jsonl\n")
        return 2
    return lines.answer(_solve, stdin, stdout, stderr)


def _solve(record: lines.Record) -> object:
    base, amended, current = (lines.get_text(record, key) for key in ("base", "amended", "current"))
    outcome = rebasing.rebase(base, amended, current)
    return {"status": outcome.status, "text": outcome.text, "reason": outcome.reason}
