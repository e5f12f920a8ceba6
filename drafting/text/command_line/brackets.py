"""brackets FILE: count and locate the brackets of a text, its groups of alternatives and its anomalies."""

from collections.abc import Sequence
from typing import BinaryIO, TextIO

from .. import brackets
from . import files


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Write one JSON object about the file named; return 0, or 2 when there is no such text.

    A provision is a run of lines that are not blank, counted from 0; offsets are code points from its first character.
    """
    return files.answer("brackets", describe, arguments, stdout, stderr)


def describe(texts: Sequence[str]) -> dict[str, object]:
    """Return what the command prints: offsets in code points from a provision's first character, pairs from 0."""
    parsed = brackets.parse(texts)
    return {
        "provisions": len(texts),
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
