"""The inks keep their contrast on every ground they stand on, and their distance for those who see fewer colours."""

import itertools
import math
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "static" / "src"
INKS = ("bracket", "agreed", "mine", "square", "triangle")
Colour = tuple[float, float, float]

#: Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHT: dict[str, tuple[Colour, Colour, Colour]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def tokens(theme: str) -> dict[str, str]:
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6}|\d+%)", (SOURCE / "styles" / "tokens.css").read_text()))
    if theme != "light":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6}|\d+%)", (SOURCE / f"{theme}.css").read_text()))
    return found


def rgb(value: str) -> Colour:
    digits = value.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return (int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255)


def linear(colour: Colour) -> Colour:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return (red, green, blue)


def contrast(one: Colour, other: Colour) -> float:
    light = sorted(sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def washed(ground: Colour, wash: Colour, share: float, layers: int) -> Colour:
    for _ in range(layers):
        red, green, blue = (w * share + g * (1 - share) for w, g in zip(wash, ground, strict=True))
        ground = (red, green, blue)
    return ground


def lab(colour: Colour) -> Colour:
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue
    z = (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return (116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz))


def seen(value: str, sight: str) -> Colour:
    parts = linear(rgb(value))
    red, green, blue = (sum(w * p for w, p in zip(row, parts, strict=True)) for row in SIGHT[sight])
    return lab((red, green, blue))


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_ink_is_read_on_the_deepest_wash_of_the_focus(theme: str) -> None:
    found = tokens(theme)
    share = int(found["wash-focus"].rstrip("%")) / 100
    ground = washed(rgb(found["lit"]), rgb(found["wash"]), share, 3)
    weak = {ink: round(contrast(rgb(found[ink]), ground), 2) for ink in (*INKS, "ink")}
    assert {ink: value for ink, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_what_explains_is_read_on_sheet_and_desk(theme: str) -> None:
    found = tokens(theme)
    inks = (*INKS, "ink", "ink2", "ink3", "warn", "bad")
    grounds = [rgb(found[ground]) for ground in ("sheet", "desk", "raised")]
    weak = {ink for ink in inks for ground in grounds if contrast(rgb(found[ink]), ground) < 4.5}
    assert weak == set()
    assert contrast(rgb(found["on-accent"]), rgb(found["accent"])) >= 4.5
    assert contrast(rgb(found["private-ink"]), rgb(found["private"])) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_no_two_inks_are_one_to_anybody(theme: str, sight: str) -> None:
    """ΔE (CIE 1976) of 13 and more; shapes and words say the same again."""
    found = tokens(theme)
    near = {
        (one, other): round(distance, 1)
        for one, other in itertools.combinations(INKS, 2)
        if (distance := math.dist(seen(found[one], sight), seen(found[other], sight))) < 13
    }
    assert near == {}
