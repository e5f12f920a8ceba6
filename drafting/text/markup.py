"""Everything a reader sees in the markup of a text, in one call: what an import shows before anyone confirms it.

Each part is read by the module of its name; this one adds the labels that stand inside brackets. Nothing read here is
acted on: groups, attributions and options become rows only when a person confirms them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from . import annotations, attributions, brackets, labels, options, slashes
from .annotations import Annotation
from .attributions import Attributed
from .brackets import Pair, Parse
from .labels import Label, LabelKind
from .numerals import Style
from .options import Options
from .pairing import Position


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A label inside a bracket, as in `[12 ter. New …]`, `[3.] Technology` or `[4][3] Each Party`; pairs from 0."""

    pair: int
    label: Label


@dataclass(frozen=True, slots=True)
class Markup:
    """The markup of a document."""

    parse: Parse
    labels: tuple[Enclosed, ...]
    attributions: tuple[Attributed, ...]
    slashes: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    options: Options
    annotations: tuple[Annotation, ...]


def read(texts: Sequence[str], known: Collection[str] = ()) -> Markup:
    """Return the markup of the document whose provisions are `texts`; `known` are names of its delegations."""
    parsed = brackets.parse(texts)
    pairs = parsed.pairs
    return Markup(
        parsed,
        tuple(_find_enclosed(texts, parsed.pairs)),
        tuple(attributions.find(texts, pairs, known)),
        tuple(slashes.find(texts, pairs)),
        options.find(texts, pairs),
        annotations.find(texts),
    )


_REACH = 8  # code points between a bracket and its label: spaces and Markdown signs
_SIGNS = re.compile(r"\[[ *_#]*\Z")
_RIVAL_NUMBERS = re.compile(r"(?m)^[^\S\n]*\[?((?:\[\d{1,3}\.?\]){2,})")
_NUMBER = re.compile(r"\[(\d{1,3})(\.?)\]")


def _find_enclosed(texts: Sequence[str], pairs: Sequence[Pair]) -> Iterator[Enclosed]:
    starts = {pair.start: pair.number - 1 for pair in pairs}
    for provision, text in enumerate(texts):
        if "[" not in text:
            continue
        for label in sorted([*labels.find(text), *_find_rival_numbers(text)], key=lambda label: label.start):
            before = _SIGNS.search(text, max(0, label.start - _REACH), label.start)
            pair = starts.get(Position(provision, before.start())) if before else None
            if pair is not None:
                yield Enclosed(pair, label)


def _find_rival_numbers(text: str) -> Iterator[Label]:
    """Yield the numbers of `[4][3] Each Party`, each of which would be the label."""
    for run in _RIVAL_NUMBERS.finditer(text):
        for number in _NUMBER.finditer(text, run.start(1), run.end(1)):
            printed = number[1] + number[2]
            yield Label(LabelKind.PARAGRAPH, number.start(1), printed, (int(number[1]),), Style.DIGITS, tail=number[2])
