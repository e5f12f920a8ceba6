"""outline FILE: call every provision of a text by its address, and name labels and cross-references to look at."""

from collections.abc import Sequence
from typing import BinaryIO, TextIO

from .. import numbering, outlines, references
from ..outlines import Entry
from . import files


def run(arguments: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Write one JSON object about the file named; return 0, or 2 when there is no such text."""
    return files.answer("outline", describe, arguments, stdout, stderr)


def describe(runs: Sequence[str]) -> dict[str, object]:
    """Return what the command prints; a run of lines is split where a label begins one."""
    texts = [text for run in runs for text in outlines.split(run)]
    entries = outlines.read(texts)
    return {
        "provisions": [_describe_entry(entry, entries, text) for entry, text in zip(entries, texts, strict=True)],
        "irregular": [
            {"address": entries[each.provision].address, "fault": each.fault, "sentence": each.sentence}
            for each in numbering.check(entries)
        ],
        "dangling": [
            {
                "address": entries[each.mention.provision].address,
                "offset": each.mention.start,
                "sentence": each.sentence,
            }
            for each in references.check(texts, entries)
        ],
    }


def _describe_entry(entry: Entry, entries: Sequence[Entry], text: str) -> dict[str, object]:
    return {
        "address": entry.address,
        "label": entry.label.printed if entry.label else "",
        "under": entries[entry.parent].address if entry.parent is not None else "",
        "part": entry.part,
        "instrument": entry.instrument,
        "depth": entry.depth,
        "text": text,
    }
