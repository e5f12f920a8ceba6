"""The frozen model of a document as it is handed out: what every export writes and no export decides.

A document is a masthead, notes for its reader, and blocks of marked runs or tables; beside them the pairs, groups and
footnotes its runs refer to. Building one from rows is in `drafting.queries.documents`; writing one to a format in
`drafting.exports`, reading one from a file in `drafting.imports`. Nothing here knows any of these.
"""

from dataclasses import dataclass
from enum import StrEnum

from . import sayings


class Mark(StrEnum):
    """What a run is: words, one of a pair's two marks, words in or out since the base, a gap, a footnote's sign."""

    PLAIN = "plain"
    OPEN = "open"
    CLOSE = "close"
    INSERTED = "inserted"
    DELETED = "deleted"
    GAP = "gap"
    FOOTNOTE = "footnote"


#: The marks of words that differ from a base.
CHANGED = frozenset({Mark.INSERTED, Mark.DELETED})


@dataclass(frozen=True, slots=True)
class Run:
    """Words under one mark.

    `number` is the bracket's or the gap's; `by` the codes of whoever holds or proposes it; `when` the time of a change
    (ISO 8601), "" where the document's own time is all that is known; `pair` the id of the bracket; `status` the
    agreement over these very words. The words of a footnote's sign are the footnote's name. `moved` marks a change
    that is half of a move, `within` (author, time) the insertion that a deletion stands in.
    """

    text: str
    mark: Mark = Mark.PLAIN
    number: int | None = None
    by: tuple[str, ...] = ()
    when: str = ""
    pair: int | None = None
    status: str = ""
    moved: bool = False
    within: tuple[str, str] | None = None


class Form(StrEnum):
    """How a block is set."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NOTE = "note"
    TOMBSTONE = "tombstone"


@dataclass(frozen=True, slots=True)
class Block:
    """One provision or heading: `anchor` is its stable address, `depth` its indentation, `status` a word beside it.

    `provision` is its permanent id; `kind`, `part` and `article` are those of `structures.Entry`.
    `ends` says that the paragraph's end itself came or went, where its runs do not all tell the same. `language` is
    that of its words where the document is in another; `proposal` the number of the amendment it is a part of, where
    the document sets amendments behind the provisions they are on.
    """

    runs: tuple[Run, ...]
    form: Form = Form.PARAGRAPH
    anchor: str = ""
    depth: int = 0
    status: str = ""
    provision: int | None = None
    kind: str = ""
    part: str = ""
    article: str = ""
    ends: Run | None = None
    language: str = ""
    proposal: int | None = None

    @property
    def text(self) -> str:
        """The words as printed, deleted ones left out and a gap as its number in braces."""
        return "".join(printed(run) for run in self.runs if run.mark is not Mark.DELETED)

    @property
    def change(self) -> Run | None:
        """How the whole paragraph changed, its end included: `ends`, or its first run where all tell the same."""
        if self.ends is not None or not self.runs:
            return self.ends
        marks = {run.mark for run in self.runs}
        return self.runs[0] if len(marks) == 1 and marks <= CHANGED else None


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
class Pair:
    """A bracket the runs refer to: `kind` is the engine's, `group` the group of alternatives it is one of."""

    id: int
    article: str = ""
    number: int | None = None
    kind: str = "disputed"
    group: int | None = None
    holders: tuple[str, ...] = ()
    holders_known: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives of which one survives; `baseline` is (provision id, start, end) in code points."""

    id: int
    confirmed: bool = False
    baseline: tuple[int, int, int] | None = None
    no_text: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """The words of a footnote by the name its sign carries; `provision` is the permanent id of the note they are."""

    name: str
    runs: tuple[Run, ...]
    provision: int | None = None
    anchor: str = ""

    @property
    def text(self) -> str:
        """The words as printed."""
        return "".join(printed(run) for run in self.runs if run.mark is not Mark.DELETED)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside the text of a file: who, when, and the words it stands at.

    `part` is the index in the body of what it stands at, null where it stands at none.
    """

    by: str
    when: str
    text: str
    anchor: str = ""
    words: str = ""
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An amendment printed in the document: its number, who proposes it (empty where not shown), what became of it.

    `provision` is the permanent id of the provision it stands behind, `lodged` its time (ISO 8601).
    """

    number: int
    by: tuple[str, ...] = ()
    fate: str = ""
    provision: int | None = None
    lodged: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step the text or one provision of it has taken: when (ISO 8601), by whom, to what."""

    when: str
    by: str
    outcome: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The first page's head; `date` is as printed, `moment` the same in ISO 8601 (UTC), `symbol` is on every page.

    The moment of a text that is not issued is that of the last act on it, as exactly as the journal has it.

    `original` is the language the text is negotiated in, `agenda` the agenda item it stands under.
    """

    organ: str
    symbol: str
    title: str
    kind: str
    date: str
    moment: str
    session: str = ""
    language: str = "en"
    distribution: str = ""
    original: str = ""
    agenda: str = ""

    @property
    def second(self) -> str:
        """The moment to the second, for formats that tell no more."""
        return f"{self.moment[:19]}Z" if self.moment else ""

    @property
    def distributed(self) -> str:
        """How it is distributed, as printed; "" where nothing is said of it."""
        return sayings.say(self.language, "Distr.: {}", self._said(self.distribution)) if self.distribution else ""

    @property
    def written_in(self) -> str:
        """The language of the original, as printed; "" where nothing is said of it."""
        return sayings.say(self.language, "Original: {}", self._said(self.original)) if self.original else ""

    def _said(self, words: str) -> str:
        return sayings.say(self.language, words)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: masthead, notes (conventions, standing sentences, counts), body, and what its runs refer to."""

    masthead: Masthead
    notes: tuple[str, ...]
    body: tuple[Block | Table, ...]
    pairs: tuple[Pair, ...] = ()
    groups: tuple[Group, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    comments: tuple[Comment, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body without its tables."""
        return tuple(part for part in self.body if isinstance(part, Block))

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.masthead.language in RIGHT_TO_LEFT

    @property
    def texts(self) -> tuple["Block | Footnote", ...]:
        """All that has runs: the blocks, then the footnotes."""
        return (*self.blocks, *self.footnotes)

    def words(self) -> list[str]:
        """Return the words of every block as printed, then those of every footnote: what all formats agree on."""
        return [part.text for part in self.texts]


#: The `kind` of a block that is no part of the text: what an officer says beside it, by its form.
OFFICERS = {"note": "officers-note", "box": "officers-box"}
#: Languages of the United Nations that are written from right to left.
RIGHT_TO_LEFT = frozenset({"ar"})
#: What languages are called in English, where a masthead says what the original is.
LANGUAGES = {
    "ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian", "es": "Spanish",
}  # fmt: skip


def runs_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return language in RIGHT_TO_LEFT


def printed(run: Run) -> str:
    """Return the run as plain print shows it: a gap is its number in braces, a footnote's sign no word of the text."""
    if run.mark is Mark.GAP:
        return f"{{{run.number}}}"
    return "" if run.mark is Mark.FOOTNOTE else run.text
