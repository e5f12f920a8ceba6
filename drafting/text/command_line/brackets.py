"""brackets FILE: count and locate the brackets of a text, its groups of alternatives and its anomalies."""

from typing import BinaryIO, TextIO

from .. import brackets
from ..errors import TextError
from . import files, lines


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Write one JSON object about the file named; return 0, or 2 when there is no such text."""
    if len(arguments) != 1:
        stderr.write("usage: python -m drafting.text brackets FILE\n")
        return 2
    try:
        texts = files.split(files.read(arguments[0]))
    except TextError as refusal:
        stderr.write(f"{refusal.message}\n")
        return 2
    stdout.write(lines.dump(describe(brackets.parse(texts), len(texts))) + "\n")
    return 0


def describe(parsed: brackets.Parse, provisions: int) -> dict[str, object]:
    """Return what the command prints: offsets in code points from a provision's first character, pairs from 0."""
    return {
        "provisions": provisions,
        "pairs": len(parsed.pairs),
        "crossing": sum(pair.is_crossing for pair in parsed.pairs),
        "max_depth": max((pair.depth for pair in parsed.pairs), default=0),
        "groups": [{"pairs": list(group.pairs), "sure": group.sure} for group in parsed.groups],
        "anomalies": [
            {
                "kind": anomaly.kind,
                "provision": anomaly.provision,
                "offset": anomaly.offset,
                "suggestion": anomaly.suggestion,
            }
            for anomaly in parsed.anomalies
        ],
    }
