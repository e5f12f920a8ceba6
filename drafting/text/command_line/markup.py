"""markup FILE: list the attributions, option sets, notes and labels in brackets of a text."""

from collections.abc import Sequence
from typing import BinaryIO, TextIO

from .. import markup
from ..markup import Markup
from . import files


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Write one JSON object about the file named; return 0, or 2 when there is no such text."""
    return files.answer("markup", describe, arguments, stdout, stderr)


def describe(texts: Sequence[str]) -> dict[str, object]:
    """Return what the command prints: pairs from 0 by their `[`, places as [provision, offset]."""
    found = markup.read(texts)
    return {
        "kinds": [pair.kind for pair in found.parse.pairs],
        "labels": [{"pair": each.pair, "label": each.label.printed} for each in found.labels],
        "attributions": _describe_attributions(texts, found),
        "slashes": [
            {"pair": pair, "words": [texts[found.parse.pairs[pair].start.provision][start:end] for start, end in spans]}
            for pair, spans in found.slashes
        ],
        "options": _describe_options(found),
        "common": [{"start": each.start, "end": each.end, "options": each.options} for each in found.options.common],
        "annotations": [
            {"kind": each.kind, "start": each.start, "end": each.end, "by": each.by} for each in found.annotations
        ],
    }


def _describe_attributions(texts: Sequence[str], found: Markup) -> list[object]:
    return [
        {
            "pair": each.pair,
            "words": texts[found.parse.pairs[each.pair].start.provision][each.start : each.end],
            "by": [{"names": one.names, "stance": one.stance} for one in each.attributions],
        }
        for each in found.attributions
    ]


def _describe_options(found: Markup) -> list[object]:
    return [
        {
            "level": each.level,
            "inside": each.inside,
            "options": [
                {"label": option.label.name, "start": option.start, "end": option.end, "no_text": option.no_text}
                for option in each.options
            ],
        }
        for each in found.options.sets
    ]
