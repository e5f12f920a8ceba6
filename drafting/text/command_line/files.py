"""Reading a text file into provisions: the one place that says what a provision of a plain file is."""

from collections.abc import Iterator
from pathlib import Path

from .. import tokens
from ..errors import TextError


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
