"""The picture of an alignment as SVG: the text on the left, the file on the right, a line for what became which.

The table behind it is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from drafting.imports.prospects import Link, Prospect
from drafting.text import addresses

_WIDTH, _LEFT, _RIGHT, _BAR, _HEAD = 470, 110, 290, 8, 22
#: Height of a provision in units of the picture, and of the whole picture at most.
_TALLEST, _MOST = 14.0, 2_400.0


def draw(found: Prospect) -> SafeString:
    """Return the picture; in a text that is long its provisions are thin, and only some are called by their address."""
    rows = max(len(found.old), len(found.new), 1)
    step = min(_TALLEST, _MOST / rows)
    every = max(1, round(12 / step))
    called = [addresses.say(address) for address in found.old]
    parts = [
        f'<text class="head" x="{_LEFT}" y="12" text-anchor="end">the text</text>',
        f'<text class="head" x="{_RIGHT}" y="12">the file</text>',
        *(_lines(link, step) for link in sorted(found.links, key=_weight)),
        *_names(called, _fates(found.links, len(called), is_old=True), step, every, _LEFT - _BAR - 6, "end"),
        *_names(found.new, _fates(found.links, len(found.new), is_old=False), step, every, _RIGHT + _BAR + 6, "start"),
    ]
    height = _HEAD + rows * step + 6
    title = escape(", ".join(f"{count} {act}" for act, count in found.counts.items()) or "nothing differs")
    return mark_safe(
        f'<svg class="alignment" role="img" aria-label="{title}" viewBox="0 0 {_WIDTH} {height:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _weight(link: Link) -> int:
    """Put what is rare above what is usual."""
    return {"matched": 1 if link.is_changed else 0, "moved": 3}.get(link.fate, 2)


def _kind(link: Link) -> str:
    return "changed" if link.fate == "matched" and link.is_changed else link.fate


def _lines(link: Link, step: float) -> str:
    kind = _kind(link)
    found = []
    for here in link.old:
        for there in link.new:
            y, z = _middle(here, step), _middle(there, step)
            path = f"M{_LEFT} {y:.1f}C{_LEFT + 90} {y:.1f} {_RIGHT - 90} {z:.1f} {_RIGHT} {z:.1f}"
            found.append(f'<path class="{kind}" d="{path}"/>')
    return "".join(found)


def _fates(links: Sequence[Link], size: int, *, is_old: bool) -> list[str]:
    kinds = [""] * size
    for link in links:
        for at in link.old if is_old else link.new:
            kinds[at] = _kind(link)
    return kinds


def _names(names: Sequence[str], kinds: Sequence[str], step: float, every: int, x: int, anchor: str) -> list[str]:
    """Return a bar for each provision and the name of every so many, always those that come or go."""
    bar = _LEFT - _BAR if anchor == "end" else _RIGHT
    parts: list[str] = []
    last = -every
    for at, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        top = _HEAD + at * step
        parts.append(
            f'<rect class="{kind}" x="{bar}" y="{top:.1f}" width="{_BAR}" height="{max(step - 0.6, 0.6):.1f}"/>'
        )
        if at - last >= every:
            last = at
            short = escape(name if len(name) <= 26 else f"{name[:25]}…")
            parts.append(f'<text x="{x}" y="{_middle(at, step) + 3:.1f}" text-anchor="{anchor}">{short}</text>')
    return parts


def _middle(at: int, step: float) -> float:
    return _HEAD + at * step + step / 2
