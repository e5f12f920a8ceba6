"""The outline of a document: what each provision is called, what it stands under, and in which instrument.

Read from the printed labels alone; a person may correct it. Labels are in `labels`, their order and renumbering in
`numbering`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from . import labels
from .labels import Label, LabelKind
from .numerals import Style


class Part(StrEnum):
    """Where in an instrument a provision stands."""

    MASTHEAD = "masthead"
    PREAMBLE = "preamble"
    OPERATIVE = "operative"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Entry:
    """One provision of the outline.

    `parent` is the index of the provision it stands under; `address` is what the floor calls it (`9.2(a)`, `OP1bis`,
    `annexI.2`), unique in the document; `article` is the address of its article, preamble or annex; `depth` is 0 for a
    paragraph, 1 for (a), 2 for (i).
    """

    label: Label | None
    parent: int | None
    instrument: int
    part: Part
    address: str
    article: str
    depth: int


_RANKS = {
    LabelKind.ANNEX: 0,
    LabelKind.PART: 1,
    LabelKind.CHAPTER: 2,
    LabelKind.SECTION: 3,
    LabelKind.HEADING: 4,
    LabelKind.ARTICLE: 5,
    LabelKind.OPTION: 6,
    LabelKind.SUB_OPTION: 7,
    LabelKind.TITLE: 8,
    LabelKind.PREAMBULAR: 8,
    LabelKind.OPERATIVE: 8,
    LabelKind.PARAGRAPH: 8,
    LabelKind.ALTERNATIVE: 8,
    LabelKind.SUBPARAGRAPH: 9,
    LabelKind.ITEM: 10,
}
_HEADINGS = (LabelKind.PART, LabelKind.CHAPTER, LabelKind.SECTION, LabelKind.HEADING)
_SUBORDINATE = (LabelKind.SUBPARAGRAPH, LabelKind.ITEM)
_NUMBERED_APART = (LabelKind.ARTICLE, LabelKind.ANNEX)
_CALLED = {
    LabelKind.ANNEX: "annex",
    LabelKind.PART: "part",
    LabelKind.CHAPTER: "chapter",
    LabelKind.SECTION: "section",
    LabelKind.OPTION: "option",
    LabelKind.SUB_OPTION: "suboption",
    LabelKind.TITLE: "title",
    LabelKind.PREAMBULAR: "PP",
    LabelKind.OPERATIVE: "OP",
    LabelKind.ALTERNATIVE: "alt",
}
_AS_LETTERS = {Style.ROMAN: Style.LETTERS, Style.ROMAN_CAPITALS: Style.CAPITALS}
_LETTER_BEFORE = {1: 8, 5: 21, 10: 23}  # i follows h, v follows u, x follows w
_INSTRUMENT = re.compile(
    r"[\s#*\[]*(?:draft )?(?:agreement|decision|resolution|protocol|declaration)(?![-\w]).{0,60}(?<!\.)", re.IGNORECASE
)
_PREAMBLE = re.compile(
    r"[\s#*_\[]*(?:preamble|chapeau|the (?:states )?parties to|the general assembly|the conference of|having|recalling|"
    r"reaffirming|recognizing|noting|mindful|convinced|bearing in mind)\b",
    re.IGNORECASE,
)
_OPERATIVE = re.compile(r"[\s#*_\[]*(?:have agreed|hereby|decides?|agree as follows)\b", re.IGNORECASE)


def read(texts: Sequence[str], instruments: Collection[int] | None = None) -> tuple[Entry, ...]:
    """Return one entry for each provision, in order.

    `instruments` are the indices of the provisions that begin one; without them they are guessed from annexes, titles
    of agreements and decisions, and articles that begin again at 1. The instrument with the most articles is called by
    its numbers alone (`9.2`), the others by their own name before them (`annexI.2`, `i2.5`).
    """
    found = list(_settle_letters([labels.read(text) for text in texts]))
    numbers = _find_instruments(texts, found, instruments)
    articles = Counter(
        number for label, number in zip(found, numbers, strict=True) if label and label.kind is LabelKind.ARTICLE
    )
    reader = _Reader(main=articles.most_common(1)[0][0] if articles else 0)
    for text, label, number in zip(texts, found, numbers, strict=True):
        reader.take(text, label, number)
    return tuple(reader.entries)


def split(text: str) -> list[str]:
    """Return the provisions a run of lines holds: one from each line with a label on, joined by line feeds again.

    A figure at the head of a line in the middle of a sentence (`… under paragraph⏎2. of`) begins none: the line before
    must end a sentence, be short, or be a label itself.
    """
    starts = [label.start for label in labels.find(text) if _ends_sentence(text, label.start)]
    heads = sorted({0, *(text.rfind("\n", 0, start) + 1 for start in starts)})
    return [text[head:end].rstrip("\n") for head, end in zip(heads, [*heads[1:], len(text)], strict=True)]


def _ends_sentence(text: str, start: int) -> bool:
    """Tell whether the line before the one `start` stands in comes to an end."""
    line_start = text.rfind("\n", 0, start) + 1
    before = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : max(0, line_start - 1)].strip()
    if not before or len(before) < 60 or before[-1] in '.;:,])}”"*':
        return True
    return before.endswith((" and", " or"))


def _settle_letters(found: Sequence[Label | None]) -> Iterator[Label | None]:
    """Yield the labels with (i), (v) and (x) read as letters where they go on from (h), (u) and (w)."""
    last: Label | None = None
    known = [label for label in found if label]
    following = dict(zip(map(id, known), known[1:], strict=False))
    for label in found:
        if label and label.style in _AS_LETTERS and last and last.style is _AS_LETTERS[label.style]:
            after = following.get(id(label))
            goes_on = after and after.style is label.style and after.number == (label.number[0] + 1,)
            if last.number == (_LETTER_BEFORE.get(label.number[0], 0),) and not goes_on:
                number = (last.number[0] + 1,)
                label = replace(label, kind=last.kind, style=last.style, number=number)
        if label and label.style in _AS_LETTERS.values():
            last = label
        yield label


def _find_instruments(texts: Sequence[str], found: Sequence[Label | None], given: Collection[int] | None) -> list[int]:
    """Return the number of the instrument each provision belongs to, from 0."""
    numbers: list[int] = []
    last_article, is_numbered = 0, False
    for index, (text, label) in enumerate(zip(texts, found, strict=True)):
        kind = label.kind if label else None
        article = label.number[0] if label and kind is LabelKind.ARTICLE and not label.suffix else 0
        begins = (
            index in given
            if given is not None
            else kind is LabelKind.ANNEX or (article == 1 < last_article) or (is_numbered and _is_title(text))
        )
        if begins:
            last_article, is_numbered = 0, False
        last_article, is_numbered = article or last_article, is_numbered or label is not None
        numbers.append((numbers[-1] if numbers else 0) + (begins and index > 0))
    return numbers


def _is_title(text: str) -> bool:
    return bool(_INSTRUMENT.fullmatch(text))


class _Reader:
    """The outline while it is read."""

    def __init__(self, main: int) -> None:
        self.entries: list[Entry] = []
        self._main = main
        self._instrument = 0
        self._part = Part.MASTHEAD
        self._open: list[tuple[float, int]] = []  # (rank, index) of the provisions the next may stand under
        self._addresses: set[str] = set()
        self._repeats: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._indent = 0
        self._option: tuple[float, Label] | None = None  # the last option that began inside a numbered provision

    def take(self, text: str, label: Label | None, instrument: int) -> None:
        """Add the entry of the next provision."""
        if instrument != self._instrument:
            self._instrument, self._part, self._open, self._option = instrument, Part.MASTHEAD, [], None
        self._part = self._find_part(text, label)
        rank = self._rank(text, label) if label else None
        while rank is not None and self._open and self._open[-1][0] >= rank:
            self._open.pop()
        parent = self._open[-1][1] if self._open else None
        address = self._unique(self._address(parent, label))
        article = address if label and label.kind in _NUMBERED_APART else self._article(parent, address, label)
        depth = max(0, int(rank) - _RANKS[LabelKind.PARAGRAPH]) if rank else self.entries[parent].depth if parent else 0
        if rank is not None:
            self._open.append((rank, len(self.entries)))
        self.entries.append(Entry(label, parent, self._instrument, self._part, address, article, depth))

    def _find_part(self, text: str, label: Label | None) -> Part:
        if label and label.kind is LabelKind.ANNEX:
            return Part.ANNEX
        if self._part in (Part.ANNEX, Part.OPERATIVE):
            return self._part
        if label and label.kind is LabelKind.PREAMBULAR:
            return Part.PREAMBLE
        if label or _OPERATIVE.match(text):
            return Part.OPERATIVE
        return Part.PREAMBLE if _PREAMBLE.match(text) else self._part

    def _rank(self, text: str, label: Label) -> float:
        """Return how far inside the label stands.

        A Markdown list set in below a paragraph is one further in. Where a numbered provision itself begins with an
        option (`3. Option A: …`), the options that go on from it stand under that provision.
        """
        rank: float = _RANKS[label.kind]
        if label.kind is LabelKind.OPTION and self._option and self._goes_on(label, self._option[1]):
            self._option = (self._option[0], label)
            return self._option[0]
        inner = labels.read(text, label.end)
        if inner and inner.kind is LabelKind.OPTION:
            self._option = (rank + 0.5, inner)
        if label.kind is LabelKind.HEADING and label.style is Style.ROMAN_CAPITALS:
            return rank - 1
        if label.kind is LabelKind.PARAGRAPH:
            indent = len(text) - len(text.lstrip(" "))
            if self._open and self._open[-1][0] >= rank and indent > self._indent + 1:
                return rank + 1
            self._indent = indent
        return rank

    @staticmethod
    def _goes_on(label: Label, earlier: Label) -> bool:
        return label.style is earlier.style and label.number[0] == earlier.number[0] + 1

    def _address(self, parent: int | None, label: Label | None) -> str:
        above = self.entries[parent].address if parent is not None else self._prefix()
        if label is None:
            above = self._preamble() if self._part is Part.PREAMBLE and parent is None else above
            self._counts[above] = self._counts.get(above, 0) + 1
            return f"{above}~{self._counts[above]}"
        called = _call(label)
        if label.kind is LabelKind.ANNEX:
            return called
        above = self._prefix() if label.kind is LabelKind.ARTICLE else above
        joint = "." if above and label.kind not in _SUBORDINATE else ""
        return above + joint + called

    def _preamble(self) -> str:
        return f"{self._prefix()}.preamble".lstrip(".")

    def _prefix(self) -> str:
        """Return what an instrument other than the main one puts before its numbers."""
        if self._instrument == self._main:
            return ""
        annexes = [index for rank, index in self._open if rank == _RANKS[LabelKind.ANNEX]]
        return self.entries[annexes[0]].address if annexes else f"i{self._instrument + 1}"

    def _article(self, parent: int | None, address: str, label: Label | None) -> str:
        if self._part is Part.PREAMBLE:
            return self._preamble()
        if parent is not None:
            return self.entries[parent].article
        return address if label and label.kind in _HEADINGS else ""

    def _unique(self, address: str) -> str:
        found, count = address, self._repeats.get(address, 1)
        while found in self._addresses:
            count += 1
            found = f"{address}_{count}"
        self._repeats[address] = count
        self._addresses.add(found)
        return found


def _call(label: Label) -> str:
    """Return how the floor calls a label within what it stands under: `10bis`, `(a)`, `OP1alt2`, `annexI`."""
    figure = replace(label, head="", close="").name.replace(" ", "")
    return f"({figure})" if label.kind in _SUBORDINATE else _CALLED.get(label.kind, "") + figure
