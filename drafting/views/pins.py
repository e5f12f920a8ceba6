"""The reader's own delegation and the two they pinned, told apart by shape and ink wherever a code or a bracket stands.

Delegations own no colours: 195 hues cannot work. What one reader pins is a style of that page alone, so the text under
it is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

from delegations.models import Seat

#: Each shape as a picture in its ink.
_SHAPES = {
    "mine": "radial-gradient(circle closest-side,var(--mine) 94%,transparent)",
    "square": "linear-gradient(var(--square) 0 0)",
    "triangle": "conic-gradient(from 150deg at 50% 0,var(--triangle) 60deg,transparent 0)",
}


@dataclass(frozen=True, slots=True)
class Pins:
    """Codes by their shape; empty where nobody is pinned."""

    mine: str = ""
    square: str = ""
    triangle: str = ""

    def shape(self, code: str) -> str:
        """Return the class of a code: mine, square, triangle or nothing."""
        return next((shape for shape in _SHAPES if code and getattr(self, shape) == code), "")

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Return (shape, code) of every pin."""
        return [(shape, code) for shape in _SHAPES if (code := getattr(self, shape))]


def read(asked: str, seat: Seat, known: Collection[str]) -> Pins:
    """Return the pins an address asks for (`EU,G77`), of the delegations there are; the seat's own is always pinned."""
    mine = seat.delegation.code if seat.delegation else ""
    wanted = [code for code in dict.fromkeys(asked.upper().split(",")) if code in known and code != mine]
    return Pins(mine, *wanted[:2])


def style(pins: Pins, mine: Collection[int] = ()) -> str:
    """Return the style sheet that draws the pins on brackets (`data-h` names the holders).

    Where exactly one pinned delegation holds a bracket its glyph takes that ink; each holder's shape stands beside the
    number. `mine` are brackets the reader's own delegation holds, for where the page may not name holders.
    """
    return "\n".join((*_combinations(pins), *_own(mine)))


def _combinations(pins: Pins) -> Iterator[str]:
    chosen = pins.chosen
    for held in product((True, False), repeat=len(chosen)):
        if not any(held):
            continue
        told = "".join(
            f'[data-h~="{code}"]' if is_held else f':not([data-h~="{code}"])'
            for (_, code), is_held in zip(chosen, held, strict=True)
        )
        shapes = [shape for (shape, _), is_held in zip(chosen, held, strict=True) if is_held]
        yield from _rules(f".bk{told}", shapes)


def _own(mine: Collection[int]) -> Iterator[str]:
    if mine:
        listed = ",".join(f'[data-b="{pk}"]' for pk in sorted(mine))
        yield from _rules(f":is({listed}):not([data-h])", ["mine"])


def _rules(selector: str, shapes: list[str]) -> Iterator[str]:
    """Yield the rule that draws shapes after the number, each in its ink, and the glyph's ink where there is one."""
    images = ",".join(_SHAPES[shape] for shape in shapes)
    places = ",".join(f"var(--end) {at * 0.85:.2f}em center" for at in reversed(range(len(shapes))))
    room = len(shapes) * 0.85
    yield (
        f"{selector}>b[data-n]::after{{padding-inline-end:{room:.2f}em;background:{images};"
        f"background-position:{places};background-size:.72em .72em;background-repeat:no-repeat}}"
    )
    if len(shapes) == 1:
        yield f"{selector}>b{{color:var(--{shapes[0]});font-weight:700}}"
