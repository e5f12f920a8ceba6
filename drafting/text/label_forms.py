"""What a label says and how it is printed in regular form; reading one from a text is in `labels`."""

from dataclasses import dataclass, replace
from enum import StrEnum

from . import numerals
from .numerals import Style


class LabelKind(StrEnum):
    """What a label numbers, outermost first."""

    ANNEX = "annex"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    HEADING = "heading"
    ARTICLE = "article"
    TITLE = "title"
    OPTION = "option"
    SUB_OPTION = "sub-option"
    PREAMBULAR = "preambular paragraph"
    OPERATIVE = "operative paragraph"
    PARAGRAPH = "paragraph"
    ALTERNATIVE = "alternative"
    SUBPARAGRAPH = "subparagraph"
    ITEM = "item"


_SIGNS = {"ante": -2, "supra": -1}


@dataclass(frozen=True, slots=True)
class Label:
    """One label as it stands `printed` at `start` of its text, and the provision it names.

    `number` has one entry for each dotted part. `suffix` is 2 for *bis* … 26 for *sexvicies*, 0 for none, and `sub`
    counts within it (*bis 1*). `alt` counts rival wordings from 1, `alt_suffix` those of a rival (*alt bis*).
    `before` is *ante* or *supra* for a provision that stands before its number. `head`, `close` and `tail` are what is
    printed before the figure, right behind it, and at the end.
    """

    kind: LabelKind
    start: int
    printed: str
    number: tuple[int, ...] = ()
    style: Style = Style.DIGITS
    head: str = ""
    close: str = ""
    tail: str = ""
    suffix: int = 0
    sub: int = 0
    alt: int = 0
    alt_is_counted: bool = False
    alt_suffix: int = 0
    before: str = ""

    @property
    def end(self) -> int:
        """Where the label ends in its text."""
        return self.start + len(self.printed)

    @property
    def order(self) -> tuple[tuple[int, ...], int, int, int, int, int]:
        """Its place among its kind: *ante* and *supra* before their number, rivals beside it, *bis* … behind."""
        return self.number, _SIGNS.get(self.before, 0), self.suffix, self.sub, self.alt, self.alt_suffix

    @property
    def name(self) -> str:
        """The label without its punctuation, as a reader calls it: `3 bis`, `(a)`, `OP1 alt 2`, `Article 4`."""
        is_chinese = self.head == "第"
        before = f"{self.before} " if self.before == "ante" else ""
        parts = [self.head + before + self._figure + self.close]
        if self.suffix:
            parts.append(_write_chinese_suffix(self.suffix) if is_chinese else numerals.write_ordinal(self.suffix))
        if self.sub:
            parts.append(str(self.sub))
        if self.alt and self.number:
            parts.append("alt")
        if self.alt and self.alt_is_counted:
            parts.append(str(self.alt))
        if self.alt_suffix:
            parts.append(numerals.write_ordinal(self.alt_suffix))
        if self.before == "supra":
            parts.append(self.before)
        return ("" if is_chinese else " ").join(part for part in parts if part).strip()

    @property
    def is_regular(self) -> bool:
        """Whether it stands as `write` prints it, capitals aside; *3bis*, *2.bis* and *e quarter* do not."""
        return " ".join(self.printed.split()).casefold() == " ".join(write(self).split()).casefold()

    @property
    def _figure(self) -> str:
        if not self.number:
            return ""
        *outer, last = self.number
        return ".".join([*map(str, outer), numerals.write(last, self.style) if last else "0"])


def write(label: Label) -> str:
    """Return the label in its regular form: *2.bis* as *2 bis.*, *8 sextiens* as *8 sexies*."""
    return label.name + label.tail


def renumber(label: Label, number: int | None = None, suffix: int | None = None) -> Label:
    """Return the label with another last number or another suffix, printed in its regular form."""
    if number is not None:
        label = replace(label, number=(*label.number[:-1], number), before="")
    if suffix is not None:
        label = replace(label, suffix=suffix)
    return replace(label, printed=write(label))


def _write_chinese_suffix(suffix: int) -> str:
    return "之" + numerals.write(suffix, Style.CHINESE)
