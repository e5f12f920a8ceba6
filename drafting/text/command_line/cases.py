"""cases: try acts in the one-line notation, `left | acts` in and `left | acts | result` out."""

from typing import BinaryIO, TextIO

from .. import trials
from ..errors import TextError


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Answer each case with its result; blank lines are passed over; return 0, or 2 for a line that is no case.

    `^n` lift, `-n` drop, `/n` pick (pairs by their `[`), `c` clean; `+A` accept (`+A1` its first hunk), `-A2` drop its
    second hunk, `#` bracket all, `f` fate, `<` rebase onto; ¶ boundary, ∅ empty provision, `!` refused or flagged,
    `g:1,2` group, `n:1` note, `‖ A: …` a proposal. For example `a [b] c | ^1`.
    """
    if arguments:
        stderr.write("usage: python -m drafting.text cases < lines\n")
        return 2
    code = 0
    for number, line in enumerate(stdin, start=1):
        try:
            case = line.decode("utf-8-sig").strip()
            answered = trials.answer(case) if case else None
        except UnicodeDecodeError:
            stderr.write(f"line {number}: This is not UTF-8.\n")
            code = 2
        except TextError as refusal:
            stderr.write(f"line {number}: {refusal.message}\n")
            code = 2
        else:
            if answered is not None:
                stdout.write(f"{answered}\n")
    return code
