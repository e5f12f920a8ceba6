"""House styles: how the names behind a bracket are printed in it, if at all."""

from collections.abc import Callable, Sequence

from .trees import Stance

Holders = Sequence[tuple[Stance, tuple[str, ...]]]
Style = Callable[[Holders], tuple[str, str]]
"""Given who holds a bracket, what to print after its `[` and before its `]`."""

_VERBS = {Stance.PROPOSE: "", Stance.RETAIN: "", Stance.DELETE: " delete"}


def anonymous(holders: Holders) -> tuple[str, str]:
    """Print no names."""
    del holders
    return "", ""


def by_dash(holders: Holders) -> tuple[str, str]:
    """Print the names after the words: `[should - EU, NOR; G77 delete]`."""
    names = _list(holders)
    return "", f" - {names}" if names else ""


def by_colon(holders: Holders) -> tuple[str, str]:
    """Print the names before the words: `[EU, NOR; G77 delete: should]`."""
    names = _list(holders)
    return f"{names}: " if names else "", ""


STYLES: dict[str, Style] = {"none": anonymous, "dash": by_dash, "colon": by_colon}


def _list(holders: Holders) -> str:
    ordered = sorted((_VERBS[stance], by) for stance, by in holders if by)
    for_it = sorted({name for verb, by in ordered if not verb for name in by})
    against = [", ".join(by) + verb for verb, by in ordered if verb]
    return "; ".join(([", ".join(for_it)] if for_it else []) + against)
