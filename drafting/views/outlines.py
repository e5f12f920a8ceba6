"""The outline beside a text: parts and articles with what is open in each, and agreed on which rung."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from drafting.queries import ladders
from drafting.queries.ladders import DEFAULT, Mix, Rung
from drafting.queries.pages import Page, ProvisionShown

_LONGEST_TITLE = 80


@dataclass(slots=True)
class Row:
    """One line of the outline: a part (`is_part`) or an article; shares are percent of its provisions."""

    address: str
    label: str
    title: str
    is_part: bool = False
    brackets: int = 0
    provisions: int = 0
    counts: Counter[str] = field(default_factory=Counter)  # by the name of the rung, empty for open

    rungs: tuple[Rung, ...] = DEFAULT

    @property
    def mix(self) -> Mix:
        """What of it is agreed, on which rung."""
        return ladders.mix(self.rungs, self.counts, self.provisions)


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines in the order of the text, and the text as a whole."""

    rows: tuple[Row, ...]
    whole: Row


def of(page: Page, rungs: tuple[Rung, ...]) -> Outline:
    """Return the outline of a page: a line for every heading and article, and for what stands before the first.

    `rungs` are those of the conference's ladder.
    """
    counts = Counter(bracket.start[0] for bracket in page.brackets.values() if bracket.kind != "note")
    whole = Row("", "", "", rungs=rungs)
    rows: list[Row] = []
    article: Row | None = None
    for provision in page.provisions:
        if provision.retired:
            continue
        if provision.kind in ("heading", "article"):
            article = _row(provision)
            rows.append(article)
        elif article is None or (article.is_part and provision.article != article.address and provision.article):
            article = Row(provision.address, "", _opening(provision))
            rows.append(article)
        for row in (article, whole):
            row.rungs = rungs
            _count(row, provision, counts[provision.id])
    return Outline(tuple(rows), whole)


def _row(provision: ProvisionShown) -> Row:
    words = " ".join(provision.content[provision.label_length :].split()).strip(" –—-.:")
    label = provision.label.removeprefix("Article").removeprefix("ARTICLE").strip() or provision.label
    is_part = provision.kind == "heading"
    title = f"{provision.label} · {words}" if is_part and provision.label and words else words or provision.label
    return Row(provision.address, "" if is_part else label, title[:_LONGEST_TITLE], is_part)


def _opening(provision: ProvisionShown) -> str:
    return "Preamble" if provision.part == "preamble" else " ".join(provision.content.split()[:6])[:_LONGEST_TITLE]


def _count(row: Row, provision: ProvisionShown, brackets: int) -> None:
    row.brackets += brackets
    if provision.kind not in ("heading", "article", "furniture"):
        row.provisions += 1
        row.counts[provision.said] += 1
