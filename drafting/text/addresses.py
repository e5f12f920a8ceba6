"""The address of a provision, given once and kept whatever is renumbered around it, and how people say it.

An address ends in `~n` where a provision has no label, the n-th there, and in `_n` where it is the n-th with its label.
The addresses of a whole document are given in `outlines`; labels are read in `labels`.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from . import labels, numerals
from .labels import Label, LabelKind

LONGEST = 80
"""The most characters of an address."""

_HEADS = frozenset(
    {LabelKind.ANNEX, LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.HEADING, LabelKind.TITLE}
)
_OPTIONS = frozenset({LabelKind.OPTION, LabelKind.SUB_OPTION, LabelKind.ALTERNATIVE})
_BELOW = frozenset({LabelKind.SUBPARAGRAPH, LabelKind.ITEM})

_SUFFIX = rf"(?:{'|'.join(sorted(numerals.LATIN, key=len, reverse=True))}|alt|ante|supra)"
_SPOKEN = {"i": "instrument", "suboption": "sub-option", "page": "page header or footer", "p": ""}
_UNLABELLED = {"preamble": "paragraph ", "page": ""}
_STEP = re.compile(
    r"(?P<word>annex|part|chapter|section|heading|suboption|option|title|preamble|page|i(?=\d)|p(?=~))?"
    rf"(?P<figure>(?:PP|OP)?(?:\d+|[A-Z]+|[^\W\d_]+?)??)(?P<suffix>(?:{_SUFFIX}\d*)*)"
    r"(?P<below>(?:\([^()]*\))*)(?P<same>(?:_\d+)?)(?P<unlabelled>(?:~\d+)*)"
)
_SUFFIXES = re.compile(rf"{_SUFFIX}|\d+")
_LETTERED = re.compile(rf"\((\w{{1,6}}?)({_SUFFIX}\d*)\)")


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
    return Named(tell_apart(above + call(label), taken), label.name, kind(label), depth(label))


def say(address: str) -> str:
    """Return how people say an address: `16.3.option3~1` as "16.3, option 3, unnumbered paragraph 1".

    The one name of a provision wherever it is read: pages, documents, mail and refusals. `finds` reads it back.
    """
    said, may_join = "", False
    for step in address.split("."):
        found = _STEP.fullmatch(step)
        is_figure = bool(found and found["figure"] and not found["word"] and found["figure"][:2] not in ("PP", "OP"))
        joint = "" if not said else "." if may_join and is_figure else " " if step.startswith("alt") else ", "
        said += joint + (_say_step(found) if found else step)
        may_join = is_figure and not said.endswith(")")
    return said[:1].upper() + said[1:]


def say_all(several: Iterable[str]) -> str:
    """Return several addresses as people say them, with semicolons between where a name has a comma itself."""
    said = [say(address) for address in several]
    return ("; " if any(", " in one for one in said) else ", ").join(said)


def say_article(article: str) -> str:
    """Return where bracket numbers restart, as people say it: "Article 9", "Preamble", "Annex I"."""
    return f"Article {say(article)}" if article[:1].isdecimal() else say(article)


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


def tell_apart(address: str, taken: Container[str]) -> str:
    """Return `address` where it is not taken, else the first of address_2, address_3 … that is not."""
    found, number = address, 1
    while found in taken:
        number += 1
        found = f"{address[: LONGEST - 6]}_{number}"
    return found


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


def _say_step(found: re.Match[str]) -> str:
    """Return one step of an address as people say it: `annexB_2` as "annex B (2nd)", `3bis(a)` as "3 bis (a)"."""
    word, suffixes = found["word"] or "", _SUFFIXES.findall(found["suffix"])
    spoken = " ".join(part for part in (_SPOKEN.get(word, word), found["figure"], *suffixes) if part)
    below = _LETTERED.sub(r"(\1) \2", found["below"])
    spoken += f" {below}" if suffixes and below else below
    spoken += f" ({_order(int(found['same'][1:]))})" if found["same"] else ""
    if not found["unlabelled"]:
        return spoken
    count = found["unlabelled"][1:].replace("~", ".")
    joint = " " if word == "page" else ", " if spoken else ""
    return f"{spoken}{joint}{_UNLABELLED.get(word, 'unnumbered paragraph ')}{count}"


def _order(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
