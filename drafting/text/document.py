"""The frozen model of a document as it is handed out: what every export writes and no export decides.

A document is a masthead, notes for its reader, and blocks of marked runs or tables. Building one from rows is in
`drafting.queries.documents`; writing one to a format in `drafting.exports`. Nothing here knows either.
"""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a run is: words, one of a pair's two marks, words in or out since the base, or an undecided place."""

    PLAIN = "plain"
    OPEN = "open"
    CLOSE = "close"
    INSERTED = "inserted"
    DELETED = "deleted"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Run:
    """Words under one mark; `number` is the bracket's or the gap's, `by` the codes of whoever holds or proposes it."""

    text: str
    mark: Mark = Mark.PLAIN
    number: int | None = None
    by: tuple[str, ...] = ()


class Form(StrEnum):
    """How a block is set."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NOTE = "note"
    TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class Block:
    """One provision or heading: `anchor` is its stable address, `depth` its indentation, `status` a word beside it."""

    runs: tuple[Run, ...]
    form: Form = Form.PARAGRAPH
    anchor: str = ""
    depth: int = 0
    status: str = ""

    @property
    def text(self) -> str:
        """The words as printed, deleted ones left out and a gap as its number in braces."""
        return "".join(printed(run) for run in self.runs if run.mark is not Mark.DELETED)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain cells under headings; every row is as long as `columns`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"A row of the table “{self.title}” does not have {len(self.columns)} cells.")


@dataclass(frozen=True, slots=True)
class Masthead:
    """The first page's head; `date` is as printed, `moment` the same in ISO 8601 (UTC), `symbol` is on every page."""

    organ: str
    symbol: str
    title: str
    kind: str
    date: str
    moment: str
    session: str = ""
    language: str = "en"
    distribution: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: masthead, notes (conventions, standing sentences, counts), body."""

    masthead: Masthead
    notes: tuple[str, ...]
    body: tuple[Block | Table, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body without its tables."""
        return tuple(part for part in self.body if isinstance(part, Block))

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.masthead.language in RIGHT_TO_LEFT


#: Languages of the United Nations that are written from right to left.
RIGHT_TO_LEFT = frozenset({"ar"})


def printed(run: Run) -> str:
    """Return the run as plain print shows it: a gap is its number in braces, everything else its own text."""
    return f"{{{run.number}}}" if run.mark is Mark.GAP else run.text
