"""Reading JSON lines and answering each: the one place that says what a bad line is.

A bad line (not JSON, a key that is missing or stands twice, a value of the wrong type, a text that cannot be read) is
named on standard error by its number, the good ones are answered in order, and the exit code is 2. No input at all is
exit 0.
"""

import json
from collections.abc import Callable, Iterator
from typing import BinaryIO, TextIO

from .. import tokens
from ..errors import TextError

Record = dict[str, object]
_NAMES: dict[type, str] = {
    bool: "true or false", dict: "an object", float: "a number with a point", int: "a number", list: "a list",
    str: "text", type(None): "null",
}  # fmt: skip


class BadLine(TextError):
    """A line of input that is not what the command reads."""

    code = "bad-line"


def answer(solve: Callable[[Record], object], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Write one line of JSON for each good line of `stdin`, in order; return 2 when any line was bad, else 0.

    `solve` raises `TextError` to refuse its record. Lines of white space are passed over, and still counted.
    """
    code = 0
    for number, line in enumerate(stdin, start=1):
        try:
            text = _decode(line)
            if not text.strip():
                continue
            result = solve(_read(text))
        except TextError as refusal:
            stderr.write(f"line {number}: {refusal.message}\n")
            code = 2
        else:
            for piece in write(result):
                stdout.write(piece)
            stdout.write("\n")
    return code


def write(value: object) -> Iterator[str]:
    """Yield `value` as one line of JSON, in pieces: an object under an iterator's key an entry at a time.

    The iterator yields names, each with pieces of JSON that make what stands under it, so that an answer of gigabytes
    never stands in memory, nor goes to a system call that takes less.
    """
    if not isinstance(value, dict) or not any(isinstance(part, Iterator) for part in value.values()):
        yield dump(value)
        return
    opening = "{"
    for key, part in value.items():
        yield f"{opening}{dump(key)}: "
        opening = ", "
        if isinstance(part, Iterator):
            inner = "{"
            for name, pieces in part:
                yield f"{inner}{dump(name)}: "
                yield from pieces
                inner = ", "
            yield "}" if inner == ", " else "{}"
        else:
            yield dump(part)
    yield "}"


def dump(value: object) -> str:
    """Return `value` as one line of JSON, letters of every script as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def get_text(record: Record, key: str) -> str:
    """Return the text under `key`, normalised."""
    return as_text(_get(record, key), f"“{key}”")


def get_texts(record: Record, key: str) -> list[str]:
    """Return the list of texts under `key`, each normalised."""
    return [as_text(item, f"every item of “{key}”") for item in get_list(record, key)]


def get_list(record: Record, key: str) -> list[object]:
    """Return the list under `key`."""
    found = _get(record, key)
    if not isinstance(found, list):
        raise _mismatch(f"“{key}”", "a list", found)
    return found


def as_text(item: object, what: str) -> str:
    """Return `item`, which the sentence of a refusal calls `what`, as normalised text."""
    if not isinstance(item, str):
        raise _mismatch(what, "text", item)
    return tokens.normalise(item)


def as_record(item: object, what: str) -> Record:
    """Return `item` as an object with keys."""
    if not isinstance(item, dict):
        raise _mismatch(what, "an object", item)
    return item


def as_count(item: object, what: str) -> int:
    """Return `item` as a whole number; true and false are none."""
    if type(item) is not int:
        raise _mismatch(what, "a whole number", item)
    return item


def _get(record: Record, key: str) -> object:
    if key not in record:
        raise BadLine(f"The key “{key}” is missing.")
    return record[key]


def _mismatch(what: str, wanted: str, found: object) -> BadLine:
    return BadLine(f"{what[:1].upper()}{what[1:]} must be {wanted}, not {_NAMES.get(type(found), 'something else')}.")


def _decode(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadLine("This is not UTF-8.") from error


def _read(line: str) -> Record:
    try:
        found = json.loads(line, object_pairs_hook=_collect, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadLine("This is not JSON, or nested too deeply.") from error
    return as_record(found, "the line")


def _collect(pairs: list[tuple[str, object]]) -> Record:
    """Return the keys and values of one object; of a key that stands twice neither value may be lost in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadLine(f"The key “{twice}” stands twice in one object.")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")
