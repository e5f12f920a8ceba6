"""Alternatives written with slashes inside one bracket: `[a fund / a facility]`.

A slash between words outside brackets stays text; these are offered for conversion into a group, never converted
unasked.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .changes import ChangeSet, Edit
from .pairing import Ends

_SLASH = re.compile(r"\s/\s")
_LONGEST = 300  # code points of a bracket that is read as a choice between its parts


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans that slashes part in text[start:end]; a long run, or one with brackets in it, is one span."""
    if end - start <= _LONGEST and "[" not in text[start:end]:
        for slash in _SLASH.finditer(text, start, end):
            yield start, slash.start()
            start = slash.end()
    yield start, end


def find(texts: Sequence[str], pairs: Sequence[Ends]) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Yield (pair, spans) for each bracket whose words slashes part: the index from 0 and the spans in its text."""
    for index, pair in enumerate(pairs):
        if pair.start.provision == pair.end.provision and pair.end.offset - pair.start.offset <= _LONGEST:
            spans = tuple(split(texts[pair.start.provision], pair.start.offset + 1, pair.end.offset))
            if len(spans) > 1:
                yield index, spans


def convert(text: str, spans: Sequence[tuple[int, int]]) -> ChangeSet:
    """Return the change that makes `[a / b]` into `[a][b]`, given the spans of one bracket."""
    edits: list[Edit] = [(end, start, "][") for (_, end), (start, _) in pairwise(spans)]
    return ChangeSet.of(edits, len(text))
