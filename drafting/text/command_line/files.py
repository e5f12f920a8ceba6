"""Reading a text file into provisions: the one place that says what a provision of a plain file is."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from .. import tokens
from ..errors import TextError
from . import lines


def answer(
    name: str, describe: Callable[[Sequence[str]], object], arguments: list[str], stdout: TextIO, stderr: TextIO
) -> int:
    """Write what `describe` says of the provisions of the one file named, as JSON; return 2 when there is no such text.

    `name` is the command's, for its usage.
    """
    if len(arguments) != 1:
        stderr.write(f"usage: python -m drafting.text {name} FILE\n")
        return 2
    try:
        texts = split(read(arguments[0]))
    except TextError as refusal:
        stderr.write(f"{refusal.message}\n")
        return 2
    stdout.write(lines.dump(describe(texts)) + "\n")
    return 0


def read(path: str) -> str:
    """Return the text of the file in NFC with line feeds; raises `TextError` with one sentence when that cannot be."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextError(f"“{path}” is not UTF-8: byte {error.start + 1} is no part of a character.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise TextError(f"“{path}” cannot be read: {reason}.") from error
    if "\0" in text:
        raise TextError(f"“{path}” is not a text: it holds NUL characters.")
    return tokens.canonical(text)


def split(text: str) -> list[str]:
    """Return the provisions of a text: its runs of lines that are not blank, where white space alone is blank.

    Only line feeds end a line (`read` has made CRLF and CR into them); leading white space is kept.
    """
    return list(_runs(text.split("\n")))


def _runs(lines: list[str]) -> Iterator[str]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line and not line.isspace():
            run.append(line)
        elif run:
            yield "\n".join(run)
            run = []
