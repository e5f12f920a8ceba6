"""Plots as SVG, made on the server: areas over time and bars. The table behind each is the page's."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_WIDTH, _HEIGHT, _HEAD, _FOOT, _LEFT, _RIGHT = 620, 270, 24, 24, 40, 170


def areas(days: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], unit: str, title: str) -> SafeString:
    """Return stacked areas, the first series at the bottom, each named at its right end with its last value.

    The `unit` of the values stands over their axis.
    """
    if len(days) == 1:  # a day has no width: it is drawn as lasting
        days, series = [*days, ""], [(name, [*values, *values]) for name, values in series]
    tops = [0] * len(days)
    most = max(1, max((sum(values[at] for _, values in series) for at in range(len(days))), default=1))
    parts: list[str] = [_scale(most), f'<text x="0" y="10" class="unit">{escape(unit)}</text>']
    ends: list[tuple[float, str]] = []
    for place, (name, values) in enumerate(series):
        below = list(tops)
        tops = [low + value for low, value in zip(below, values, strict=True)]
        upper = " ".join(f"{_x(at, len(days)):.1f},{_y(top, most):.1f}" for at, top in enumerate(tops))
        lower = " ".join(f"{_x(at, len(days)):.1f},{_y(low, most):.1f}" for at, low in reversed(list(enumerate(below))))
        parts.append(f'<polygon class="area s{place}" points="{upper} {lower}"/>')
        ends.append(((_y(tops[-1], most) + _y(below[-1], most)) / 2, f"{name}: {values[-1]}"))
    parts += (
        f'<text x="{_WIDTH - _RIGHT + 8}" y="{at:.1f}" dy=".35em">{escape(words)}</text>' for at, words in _apart(ends)
    )
    for at in dict.fromkeys((0, len(days) // 2, len(days) - 1)):
        parts.append(f'<text x="{_x(at, len(days)):.1f}" y="{_HEIGHT - 6}" class="tick">{escape(days[at])}</text>')
    return _svg(parts, title)


def bars(rows: Sequence[tuple[str, int]], title: str) -> SafeString:
    """Return horizontal bars, each with its name before it and its value behind."""
    most = max((value for _, value in rows), default=1) or 1
    parts = []
    for at, (name, value) in enumerate(rows):
        y = at * 26
        width = (_WIDTH - 260) * value / most
        parts.append(f'<text x="150" y="{y + 17}" class="name">{escape(name)}</text>')
        parts.append(f'<rect class="bar" x="160" y="{y + 5}" width="{width:.1f}" height="16" rx="2"/>')
        parts.append(f'<text x="{168 + width:.1f}" y="{y + 17}">{value:,}</text>')
    return _svg(parts, title, max(26, len(rows) * 26))


def _svg(parts: Sequence[str], title: str, height: int = _HEIGHT) -> SafeString:
    return format_html(
        '<svg class="plot" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
        title,
        _WIDTH,
        height,
        mark_safe("".join(parts)),
    )


def _scale(most: int) -> str:
    lines = []
    for share in (0, 0.5, 1):
        y = _y(most * share, most)
        lines.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y:.1f}" dy=".35em" class="name">{round(most * share)}</text>')
    return "".join(lines)


def _apart(ends: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Move names that would stand on each other apart, upwards, in the order of the areas."""
    found: list[tuple[float, str]] = []
    for at, words in ends:
        found.append((min(at, found[-1][0] - 15) if found else at, words))
    return found


def _x(at: int, count: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (at / max(1, count - 1))


def _y(value: float, most: int) -> float:
    return _HEAD + (_HEIGHT - _HEAD - _FOOT - 10) * (1 - value / most)
