"""How a new provision is called on the floor: an address is given once and stays, whatever is renumbered around it.

The addresses of a whole document are given in `outlines`; labels are read in `labels`.
"""

from collections.abc import Container
from dataclasses import dataclass, replace

from . import labels
from .labels import Label, LabelKind

LONGEST = 80
"""The most characters of an address."""

_HEADS = frozenset(
    {LabelKind.ANNEX, LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.HEADING, LabelKind.TITLE}
)
_OPTIONS = frozenset({LabelKind.OPTION, LabelKind.SUB_OPTION, LabelKind.ALTERNATIVE})
_BELOW = frozenset({LabelKind.SUBPARAGRAPH, LabelKind.ITEM})


@dataclass(frozen=True, slots=True)
class Named:
    """What a provision is called: its address, its printed label, and what kind and depth the label makes it."""

    address: str
    label: str = ""
    kind: str = "paragraph"
    depth: int = 0


def name(words: str, after: str, article: str, taken: Container[str]) -> Named:
    """Return what a new provision with these `words` is called in `article`, behind the provision at `after`."""
    label = labels.read(words)
    if label is None:
        return Named(free(f"{after or article or 'p'}~1", taken))
    if label.kind in _BELOW:
        above = _above(after) if after.endswith(")") else after
    else:
        above = f"{article}." if article and label.kind is not LabelKind.ARTICLE else ""
    return Named(free(above + call(label), taken), label.name, kind(label), depth(label))


def call(label: Label) -> str:
    """Return how the floor calls a label within what it stands under: `10bis`, `(a)`, `optionA`."""
    figure = replace(label, head="", close="").name.replace(" ", "")
    if label.kind in _BELOW:
        return f"({figure})"
    named = {LabelKind.PREAMBULAR: "PP", LabelKind.OPERATIVE: "OP", LabelKind.PARAGRAPH: "", LabelKind.ARTICLE: ""}
    return named.get(label.kind, str(label.kind).replace("-", "")) + figure


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


def free(address: str, taken: Container[str]) -> str:
    """Return `address` where it is not taken, else the first of address~2, address~3 … that is not."""
    stem, sign, counted = address.rpartition("~")
    if not sign or not counted.isdecimal():
        stem, counted = address, ""
    stem, number = stem[: LONGEST - 6], int(counted or 1)
    found = f"{stem}~{number}" if counted else stem
    while found in taken:
        number += 1
        found = f"{stem}~{number}"
    return found


def _above(address: str) -> str:
    """Return the address a subparagraph stands under."""
    return address[: address.rindex("(")]
