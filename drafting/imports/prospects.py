"""What taking a file over would do, said before it is done: each difference, what it touches, what stays as it is.

Plain values, so that a worker can hand them to a page. The differences themselves are found in
`drafting.services.successions`; nothing here is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafting.imports import report, successions
from drafting.imports.blocks import Remark
from drafting.imports.reading import Read
from drafting.imports.report import FoundChanges
from drafting.imports.successions import Conflict, Found
from drafting.models import Bracket, Hunk, NegotiatingText, Position
from drafting.queries import amendments
from drafting.services import successions as acts
from drafting.services.successions import Standing
from drafting.text.alignment import Fate, Match
from drafting.text.changes import ChangeSet
from drafting.text.document import Comment
from drafting.text.sequences import Act
from drafting.text.successions import Difference

Edit = tuple[int, int, str]

#: What each fate is called where it is an act.
CALLED: Mapping[str, str] = {
    Fate.MATCHED: "words changed",
    Fate.MOVED: "moved",
    Fate.SPLIT: "divided",
    Fate.MERGED: "merged",
    Fate.ADDED: "new",
    Fate.DROPPED: "taken out",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one provision before and after: `address` is empty for a new one, `after` for one taken out."""

    address: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """One difference as a person reads it.

    `flagged` are numbers of amendments that would wait for their sponsors, `closed` brackets that go with who holds
    them, `doubted` who would be asked again. `entry` is the provision of the file that can be said to be another one,
    `why` says what keeps the difference out.
    """

    fate: str
    act: str
    pieces: tuple[Piece, ...]
    why: str = ""
    flagged: tuple[int, ...] = ()
    closed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    doubted: tuple[str, ...] = ()
    entry: int | None = None
    similarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the picture: provisions of the text (indices) and what they are in the file (indices)."""

    fate: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Prospect:
    """All a report page says; `digest` names this very list of differences."""

    digest: str
    rows: tuple[Row, ...]
    links: tuple[Link, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    form: str
    is_own: bool
    later: int
    conflicts: tuple[Conflict, ...]
    comments: tuple[Comment, ...]
    remarks: tuple[Remark, ...]
    changes: tuple[FoundChanges, ...]
    counts: Mapping[str, int]
    unchanged: int

    @property
    def wanted(self) -> int:
        """How many differences would be made."""
        return sum(not row.why for row in self.rows)

    @property
    def left(self) -> int:
        """How many would be left out, each with its reason."""
        return len(self.rows) - self.wanted


def make(negotiated: NegotiatingText, read: Read, said: Mapping[int, int] | None = None) -> Prospect:
    """Return what taking the file over would do to the text as it stands; `said` are a person's corrections."""
    stood = acts.standing(negotiated)
    found = successions.find(negotiated, read, stood, said)
    differences = acts.differences(negotiated, stood, found.target)
    foresight = _Foresight(negotiated, stood)
    rows = tuple(_row(one, stood, found, foresight) for one in differences)
    links = tuple(_link(match, stood, found) for match in found.target.matches)
    return Prospect(
        digest=acts.digest(differences),
        rows=rows,
        links=links,
        old=tuple(row.address for row in stood.live),
        new=tuple(_shorten(item.words) for item in found.items),
        form=read.form,
        is_own=found.is_own,
        later=found.later,
        conflicts=found.conflicts,
        comments=read.comments,
        remarks=read.remarks,
        changes=report.authors(read.changes),
        counts=dict(Counter(row.act for row in rows if not row.why)),
        unchanged=sum(link.fate == Fate.MATCHED and not link.is_changed for link in links),
    )


def _row(one: Difference, stood: Standing, found: Found, foresight: _Foresight) -> Row:
    entries = [found.items[index].entry for index in one.new]
    first = next((entry for entry in entries if entry is not None), None)
    similarity = next((match.similarity for match in found.target.matches if match.new == one.new[:1]), 1.0)
    flagged, closed, doubted = foresight.of(one.act) if not one.why else ((), (), ())
    return Row(
        fate=str(one.fate),
        act=CALLED[one.fate],
        pieces=tuple(_pieces(one, stood, found)),
        why=one.why,
        flagged=flagged,
        closed=closed,
        doubted=doubted,
        entry=first,
        similarity=similarity,
    )


def _pieces(one: Difference, stood: Standing, found: Found) -> Iterator[Piece]:
    """Yield what the difference alone does to each provision."""
    rows = {row.pk: row for row in stood.rows}
    met: set[int] = set()
    for key, spans in one.act.spans.items():
        words = rows[int(key)].words.content
        changed = ChangeSet.of([span[:3] for span in spans], len(words)).apply(words)
        yield Piece(rows[int(key)].address, words, changed)
        met.add(int(key))
    for key, _ in one.act.moves:
        if int(key) not in met:
            words = rows[int(key)].words.content
            yield Piece(rows[int(key)].address, words, words)
    for index in one.act.creates:
        yield Piece("", "", found.target.texts[index])
    for key in one.act.retires:
        yield Piece(rows[int(key)].address, rows[int(key)].words.content, "")


def _link(match: Match, stood: Standing, found: Found) -> Link:
    is_same = (
        match.fate in (Fate.MATCHED, Fate.MOVED)
        and stood.live[match.old[0]].words.content.strip() == found.target.texts[match.new[0]]
    )
    return Link(str(match.fate), match.old, match.new, not is_same)


def _shorten(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


class _Foresight:
    """What differences would touch besides the words: read once for a whole file."""

    def __init__(self, negotiated: NegotiatingText, stood: Standing) -> None:
        self._order = {row.pk: at for at, row in enumerate(stood.rows)}
        self._words = {row.pk: row.words.content for row in stood.rows}
        self._hunks: dict[int, list[Hunk]] = {}
        open_now = amendments.open_hunks(negotiated).filter(outcome=Hunk.Outcome.OPEN)
        for hunk in open_now.select_related("version__amendment"):
            self._hunks.setdefault(hunk.provision_id, []).append(hunk)
        rows = Bracket.objects.filter(text=negotiated, closed=False)
        self._brackets = list(rows.select_related("start_text__provision", "end_text__provision"))
        self._holders: dict[int, list[str]] = {}
        said = Position.objects.filter(bracket__text=negotiated, bracket__closed=False).order_by("delegation__code")
        shows = negotiated.conference.attribution_shown
        for bracket, code in said.values_list("bracket", "delegation__code") if shows else ():
            self._holders.setdefault(bracket or 0, []).append(code)

    def of(self, act: Act) -> tuple[tuple[int, ...], tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
        """Return (amendments flagged, brackets closed with their holders, delegations to be asked again)."""
        flagged = {hunk.version.amendment.number for hunk in self._touched(act)}
        closed: list[tuple[str, tuple[str, ...]]] = []
        doubted: set[str] = set()
        for row in self._brackets:
            who = tuple(self._holders.get(row.pk, ()))
            if self._goes(row, act):
                closed.append((str(row), who))
            elif who and self._holds_change(row, act):
                doubted.update(who)
        return tuple(sorted(flagged)), tuple(closed), tuple(sorted(doubted))

    def _touched(self, act: Act) -> Iterator[Hunk]:
        for key, spans in act.spans.items():
            for hunk in self._hunks.get(int(key), ()):
                is_same = any((span.low, span.high, span.words) == (hunk.lo, hunk.hi, hunk.words) for span in spans)
                if not hunk.inserts_after and not is_same and _meets(hunk.lo, hunk.hi, [span[:3] for span in spans]):
                    yield hunk
        for key in act.retires:
            yield from self._hunks.get(int(key), ())

    def _goes(self, row: Bracket, act: Act) -> bool:
        first = row.start_text.provision.pk
        if first in act.retires:
            return True
        return any(span.low <= row.start_offset < span.high for span in act.spans.get(first, ()))

    def _holds_change(self, row: Bracket, act: Act) -> bool:
        low = self._order[row.start_text.provision.pk], row.start_offset
        high = self._order[row.end_text.provision.pk], row.end_offset
        return any(
            low < (self._order[int(key)], span.high) and (self._order[int(key)], span.low) < high
            for key, spans in act.spans.items()
            for span in spans
            if (span.words + self._words[int(key)][span.low : span.high]).strip("[] ")
        )


def _meets(low: int, high: int, spans: Sequence[Edit]) -> bool:
    """Tell whether an edit reaches into the range, as anchors have it: touching is not enough."""
    for start, end, _ in spans:
        if (start == end and low < start < high) or (start < end and start < high and low < end):
            return True
        if low == high and start < low < end:
            return True
    return False
