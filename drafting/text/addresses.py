"""Addresses of provisions: how the floor calls them in a message or a link (9, 9.2, 9.2.a, pp3, annex-1.4).

An address is given once and stays, whatever is renumbered around it. Labels are read in `labels`; the structure of a
whole document in `drafting.imports`.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

from . import labels
from .labels import Label, LabelKind

LONGEST = 80
"""The most characters of an address; one that would be longer is cut before its number."""

_HEADS = frozenset(
    {LabelKind.ANNEX, LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.HEADING, LabelKind.TITLE}
)
_OPTIONS = frozenset({LabelKind.OPTION, LabelKind.SUB_OPTION, LabelKind.ALTERNATIVE})
_BELOW = frozenset({LabelKind.SUBPARAGRAPH, LabelKind.ITEM})
_UNFIT = re.compile(r"[^\w.]+")


@dataclass(frozen=True, slots=True)
class Named:
    """What a provision is called: its address, its printed label, and what kind and depth the label makes it."""

    address: str
    label: str = ""
    kind: str = ""
    depth: int = 0


def name(words: str, after: str, article: str, taken: Container[str]) -> Named:
    """Return what a new provision with these `words` is called in `article`, standing after the provision `after`."""
    label = labels.read(words)
    if label is None:
        return Named(free(after or article or "p", taken, counted=True))
    base = after if label.kind in _BELOW | _OPTIONS else article
    return Named(free(join(base, slug(label)), taken), label.name, kind(label), depth(label))


def slug(label: Label) -> str:
    """Return the part of an address a label gives: `3 bis` → 3bis, `(a)` → a, `Article 4` → 4, `Part II` → part-ii."""
    printed = label.name.casefold()
    if label.kind in (LabelKind.ARTICLE, LabelKind.PARAGRAPH) and (figure := re.search(r"\d.*", printed)):
        printed = figure.group()
    if label.kind in _HEADS | _OPTIONS:
        return _UNFIT.sub("-", printed).strip("-.")
    return _UNFIT.sub("", printed).strip(".")


def kind(label: Label) -> str:
    """Return the kind of provision a label makes, a value of `Provision.Kind`."""
    if label.kind is LabelKind.ARTICLE:
        return "article"
    if label.kind in _HEADS:
        return "heading"
    if label.kind in _OPTIONS:
        return "option"
    return "subparagraph" if label.kind in _BELOW else "paragraph"


def depth(label: Label) -> int:
    """Return how far a provision with the label is indented."""
    return {LabelKind.SUBPARAGRAPH: 1, LabelKind.ITEM: 2}.get(label.kind, 0)


def join(above: str, part: str) -> str:
    """Return the address of `part` inside `above`."""
    return f"{above}.{part}" if above else part


def free(address: str, taken: Container[str], *, counted: bool = False) -> str:
    """Return `address`, or with `counted` or where it is taken the first free of address-1, address-2 …"""
    address = address[: LONGEST - 7]
    if not counted and address not in taken:
        return address
    number = 1
    while f"{address}-{number}" in taken:
        number += 1
    return f"{address}-{number}"
