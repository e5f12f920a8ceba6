"""A list of sponsors as documents print it: groups, then States in English alphabetical order, then organisations."""

from __future__ import annotations

from collections.abc import Iterable

from drafting.views.directories import Directory


def printed(codes: Iterable[str], directory: Directory) -> str:
    """Return "Kenya, Norway and the Group of 77", each sponsor once and in the fixed order; empty for nobody."""
    names = [directory.names.get(code, code) for code in directory.sort(dict.fromkeys(codes))]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
