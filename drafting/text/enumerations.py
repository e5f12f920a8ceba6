"""Lists inside the words of one provision, `(a) …; (b) …; (d) …`: whether their signs go on one by one.

The labels that stand at the head of provisions are checked in `numbering`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import labels, mentions, numerals
from .findings import Check, Finding
from .numerals import Style

_SIGN = re.compile(r"(?<![\w)])\(([a-z]{1,5}|\d{1,2})\)(?=\s)")
_STYLES = (Style.LETTERS, Style.ROMAN, Style.DIGITS)


@dataclass(slots=True)
class _Run:
    style: Style
    last: int


def check(texts: Sequence[str]) -> list[Finding]:
    """Return the signs that stand behind a gap, twice or out of order, with the sign that would go on."""
    named = _mentioned(texts)
    return [finding for at, text in enumerate(texts) for finding in _check(at, text, named.get(at, ()))]


def _mentioned(texts: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions.find(texts):
        found.setdefault(mention.provision, []).append((mention.start, mention.end))
    return found


def _check(at: int, text: str, named: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    own = labels.read(text)
    is_first = own is not None and own.head == "(" and own.number == (1,)
    runs = [_Run(own.style, 1)] if own and is_first else []
    for match in _SIGN.finditer(text, own.end if own else 0):
        if any(start < match.end() and match.start() < end for start, end in named):
            continue
        values = _values(match[1])
        run = _next(runs, values)
        if run is not None:
            del runs[runs.index(run) + 1 :]
            run.last += 1
        elif first := next((style for style, value in values.items() if value == 1), None):
            runs.append(_Run(first, 1))
        elif runs and (value := values.get(runs[-1].style)):
            yield _fault(at, match, runs[-1], value)
            runs[-1].last = max(runs[-1].last, value)


def _values(figure: str) -> dict[Style, int]:
    read = {style: numerals.read(figure, style) for style in _STYLES}
    return {style: value for style, value in read.items() if value}


def _next(runs: Sequence[_Run], values: dict[Style, int]) -> _Run | None:
    """Return the innermost list that goes on with one of the values the sign may have."""
    return next((run for run in reversed(runs) if values.get(run.style) == run.last + 1), None)


def _fault(at: int, match: re.Match[str], run: _Run, value: int) -> Finding:
    wanted = f"({numerals.write(run.last + 1, run.style)})"
    before = f"({numerals.write(run.last, run.style)})"
    if value > run.last + 1:
        said = f"“{match[0]}” comes after “{before}”: “{wanted}” is missing."
    else:
        said = f"“{match[0]}” comes after “{before}”, out of order or twice."
    return Finding(Check.LIST, at, match.start(), match.end(), said, wanted)
