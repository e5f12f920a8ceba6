"""Documents as they are handed out: built from a revision or the floor, for a seat, in the frozen model of exports.

The bracketed text, the clean text, the comparison; the log and the loss report are in `listings`. Writing one to a
file format is in `drafting.exports`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.queries import authorship, boxes, snapshots, steps
from drafting.queries.authorship import Authored
from drafting.queries.mastheads import dated as dated
from drafting.queries.mastheads import masthead as masthead
from drafting.queries.mastheads import standing as standing
from drafting.queries.snapshots import ProvisionSnapshot, Snapshot
from drafting.queries.sources import Source as Source
from drafting.queries.sources import moment as moment
from drafting.queries.sources import source as source
from drafting.text import addresses, footnotes, readings
from drafting.text.document import Block, Document, Form, Group, Mark, Masthead, Pair, Run, Table

_FORMS = {"heading": Form.HEADING, "article": Form.HEADING, "note": Form.NOTE, "furniture": Form.NOTE}
#: Between the name of a rung and of a package that is not agreed yet, in print.
WAITS = ", once the package "
_LEVELS = {"ad-ref": "agreed ad referendum", "agreed": "agreed"}


#: Provisions in the original's words that the note of a translation names one by one; of more it tells how many.
_FEW = 20
#: What a text itself may be called, by `titled`.
TITLES = ("Bracketed text", "Edited version", "Adopted text")


def bracketed(seat: Seat, negotiated: NegotiatingText, number: int | None = None, language: str = "") -> Document:
    """Return the text with its numbered brackets, and a table of who holds them where names are shown."""
    src = source(seat, negotiated, number, language)
    held = [_holding(src, pair) for pair in _negotiated(src) if pair.holders or not pair.holders_known]
    columns = (src.say("Article"), src.say("Bracket"), src.say("Holders"))
    tables = [Table(src.say("Brackets and who holds them"), columns, tuple(held))] if held else []
    return in_brackets(src, titled(src), tables)


def titled(src: Source) -> str:
    """Return what the text itself is called: a final kind by its kind, any other is bracketed."""
    return src.revision.get_kind_display().capitalize() if src.revision and src.is_final else "Bracketed text"


def unattributed(seat: Seat, negotiated: NegotiatingText, number: int | None = None, language: str = "") -> Document:
    """Return the text with its numbered brackets and no name in it, whoever may see names."""
    src = source(seat, negotiated, number, language)
    return in_brackets(replace(src, snapshot=src.snapshot.unnamed()), "Bracketed text without names")


def in_brackets(src: Source, kind: str, tables: Sequence[Table] = ()) -> Document:
    """Return a text with its numbered brackets as a document of that kind, tables behind it."""
    taken = src.snapshot
    found = marks(taken)
    agreed = _agreed_words(taken)
    out = boxes.left_out(taken)
    printed = (
        (row, block(src, row, tuple(_with_statuses(bracket_runs(row.text, found[row.id]), agreed[row.id]))))
        for row in taken.provisions
    )
    blocks = boxes.woven(src, printed)
    pairs = tuple(
        Pair(pair.id, pair.article, pair.number, pair.kind, pair.group, tuple(pair.holders), pair.holders_known)
        for pair in taken.pairs
        if pair.start[0] not in out
    )
    groups = tuple(Group(group.id, group.confirmed, group.baseline, group.no_text) for group in taken.groups)
    said = src.say("Text in [square brackets] is not agreed; brackets are numbered within each article.")
    notes = () if src.is_final else (said, *standing(src))
    return _document(masthead(src, kind), (*_cover(src), *notes), (*blocks, *tables), pairs, groups, src=src)


def _cover(src: Source) -> tuple[str, ...]:
    """Return what a revision's own cover note says: in whose name, its status, its conventions."""
    if src.revision is None:
        return _untranslated(src)
    issued = f"Issued by {src.revision.issued_by}." if src.revision.issued_by else ""
    said = (issued, src.revision.note, *src.revision.conventions.splitlines())
    return tuple(line.strip() for line in said if line.strip())


def _untranslated(src: Source) -> tuple[str, ...]:
    """Return what a text in another language says of the provisions that stand in the original's words."""
    if not src.missing:
        return ()
    if len(src.missing) > _FEW:
        total = sum(not row.retired for row in src.snapshot.provisions)
        said = "Not translated as they stand, and printed in the original: {} of {} provisions."
        return (src.say(said, str(len(src.missing)), str(total)),)
    said = "Not translated as they stand, and printed in the original: {}."
    return (src.say(said, addresses.say_all(src.missing)),)


def clean(seat: Seat, negotiated: NegotiatingText, number: int | None = None, language: str = "") -> Document:
    """Return the text without undecided words; each gap is a numbered mark, listed at the end and counted in a note."""
    src = source(seat, negotiated, number, language)
    document = snapshots.bracketed(src.snapshot, src.spoken)
    read = readings.clean(document)
    found, out = src.snapshot.provisions, boxes.left_out(src.snapshot)
    undecided = [gap for gap in read.gaps if found[gap.provision].id not in out]
    gaps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n, gap in enumerate(undecided, 1):
        gaps[gap.provision].append((gap.offset, n))
    stand = ((at, row) for at, row in enumerate(found) if not row.retired)
    printed = ((row, block(src, row, _gap_runs(read.texts[at], gaps[at]))) for at, row in stand)
    blocks = boxes.woven(src, printed)
    called = [addresses.say(found[gap.provision].address) for gap in undecided]
    rows = tuple((f"{{{n}}}", name, gap.words) for n, (name, gap) in enumerate(zip(called, undecided, strict=True), 1))
    columns = (src.say("Mark"), src.say("Provision"), src.say("Words left out or in doubt"))
    tables = [Table(src.say("Undecided places"), columns, rows)] if rows else []
    counted = "Undecided places, marked by numbers in the text and listed at the end: {}."
    said = src.say(counted, len(rows)) if rows else src.say("Nothing is undecided.")
    notes = (*_untranslated(src), said, *standing(src))
    return _document(masthead(src, "Clean text"), notes, (*blocks, *tables), src=src)


def comparison(
    seat: Seat, negotiated: NegotiatingText, old: int, new: int | None = None, language: str = ""
) -> Document:
    """Return the changes from revision `old` to revision `new`, or to the floor, each with whoever made it.

    Accepted they give the new text, rejected the old one.
    """
    base, src = source(seat, negotiated, old, language), source(seat, negotiated, new, language)
    return compared(base, src, base.revision.symbol if base.revision else "the floor")


def compared(base: Source, src: Source, name: str) -> Document:
    """Return the changes from one source to a later one, `name` being what the first is called."""
    words = {row.id: row.text for row in base.snapshot.provisions}
    named = src.named and not src.is_translated  # who changed the original did not choose the words of a translation
    authors = authorship.between(src.negotiated, words, base.seq, src.seq) if named else {}
    before, after = boxes.left_out(base.snapshot), boxes.left_out(src.snapshot)
    printed = (
        (row, block(src, row, _compared(_printed(was, before), _printed(row, after), authors.get(row.id))))
        for was, row in _paired(base.snapshot, src.snapshot)
    )
    said = src.say("Changes since {}: words put in are underlined, words taken out are struck through.", name)
    notes = (*_untranslated(src), said, *standing(src))
    blocks = tuple(boxes.woven(src, printed, base))
    return _document(masthead(src, src.say("Comparison with {}", name)), notes, blocks, src=src)


def _printed(row: ProvisionSnapshot | None, out: Collection[int]) -> str:
    return row.text if row is not None and not row.retired and row.id not in out else ""


def _document(
    head: Masthead,
    notes: tuple[str, ...],
    body: tuple[Block | Table, ...],
    pairs: tuple[Pair, ...] = (),
    groups: tuple[Group, ...] = (),
    *,
    src: Source,
) -> Document:
    """Return the document with its footnotes lifted, and the steps its text has taken."""
    return footnotes.lift(Document(head, notes, body, pairs, groups, steps=steps.of(src)))


def block(src: Source, row: ProvisionSnapshot, runs: tuple[Run, ...]) -> Block:
    """Return the block a provision is printed as, its words as `runs`; a tombstone says what became of it."""
    if row.retired and not any(run.mark is Mark.DELETED for run in runs):
        runs, form, status = (Run(row.disposition or f"{addresses.say(row.address)}: deleted"),), Form.TOMBSTONE, ""
    else:
        form, status = _FORMS.get(row.kind, Form.PARAGRAPH), _status(src.snapshot, row.id)
    return Block(
        runs,
        form,
        row.address,
        row.depth,
        status,
        provision=row.id,
        kind=row.kind,
        part=row.part,
        article=row.article,
        language=src.negotiated.language if row.id in src.untranslated else "",
    )


def _status(snapshot: Snapshot, provision: int) -> str:
    """Return the agreement over a whole provision, in words."""
    found = [row for row in snapshot.agreements if row.provision == provision and row.start is None]
    return _said(found[-1]) if found else ""


def _agreed_words(snapshot: Snapshot) -> dict[int, list[tuple[int, int, str]]]:
    """Return, per provision id, the runs of words agreed by themselves: (start, end, in words)."""
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for row in snapshot.agreements:
        if row.start is not None and row.end is not None:
            found[row.provision].append((row.start, row.end, _said(row)))
    return found


def _said(row: snapshots.AgreementSnapshot) -> str:
    name = row.name or _LEVELS.get(row.level, row.level)
    return f"{name}{WAITS}“{row.waits_for}” is" if row.waits_for else name


def _with_statuses(runs: tuple[Run, ...], agreed: Sequence[tuple[int, int, str]]) -> Iterator[Run]:
    """Yield the runs cut where an agreement over some words begins or ends, those words with its status."""
    if not agreed:
        yield from runs
        return
    cuts = sorted({place for start, end, _ in agreed for place in (start, end)})
    at = 0
    for run in runs:
        inner = [cut for cut in cuts if at < cut < at + len(run.text)] if run.mark is Mark.PLAIN else []
        for first, last in pairwise([at, *inner, at + len(run.text)]):
            status = next((said for start, end, said in agreed if start <= first and last <= end), "")
            yield replace(run, text=run.text[first - at : last - at], status=status)
        at += len(run.text)


def _negotiated(src: Source) -> Iterator[snapshots.PairSnapshot]:
    out = boxes.left_out(src.snapshot)
    return (pair for pair in src.snapshot.pairs if pair.kind != "note" and pair.start[0] not in out)


def _holding(src: Source, pair: snapshots.PairSnapshot) -> tuple[str, str, str]:
    who = ", ".join(pair.holders) or src.say("no holder")
    said = who if pair.holders_known else ", ".join((*pair.holders, src.say("unknown")))
    return pair.article, str(pair.number), said


def marks(taken: Snapshot) -> dict[int, list[tuple[int, Run]]]:
    """Return, per provision id, the bracket marks in order of their offset."""
    found: dict[int, list[tuple[int, Run]]] = defaultdict(list)
    for pair in taken.pairs:
        number = None if pair.kind == "note" else pair.number
        by = tuple(pair.holders)
        found[pair.start[0]].append((pair.start[1], Run("[", Mark.OPEN, number, by, pair=pair.id)))
        found[pair.end[0]].append((pair.end[1], Run("]", Mark.CLOSE, number, by, pair=pair.id)))
    return defaultdict(list, {key: sorted(own, key=lambda mark: mark[0]) for key, own in found.items()})


def bracket_runs(text: str, own: Sequence[tuple[int, Run]]) -> tuple[Run, ...]:
    """Return the words of a provision with its bracket marks (of `marks`) in place of the characters."""
    return _with_marks(text, own, width=1)


def _gap_runs(text: str, gaps: Iterable[tuple[int, int]]) -> tuple[Run, ...]:
    """Return a clean text with its gap marks, each close to the word before it, as a footnote's number stands."""
    marked = [(offset - text[:offset].endswith(" "), Run("", Mark.GAP, number)) for offset, number in sorted(gaps)]
    return _with_marks(text, marked, width=0)


def _with_marks(text: str, own: Sequence[tuple[int, Run]], width: int) -> tuple[Run, ...]:
    """Return `text` as runs with each mark at its offset, in place of `width` characters."""
    runs: list[Run] = []
    at = 0
    for offset, mark in own:
        if offset > at:
            runs.append(Run(text[at:offset]))
        runs.append(mark)
        at = offset + width
    if at < len(text):
        runs.append(Run(text[at:]))
    return tuple(runs)


def _paired(old: Snapshot, new: Snapshot) -> Iterator[tuple[ProvisionSnapshot | None, ProvisionSnapshot]]:
    """Yield each provision that stands in either, as it was and as it is; permanent ids make them one."""
    before = {row.id: row for row in old.standing()}
    for row in new.provisions:
        if row.id in before or not row.retired:
            yield before.get(row.id), row


def _compared(old: str, new: str, authored: Authored | None) -> tuple[Run, ...]:
    """Return the words of both with what came and went, by whom, and when the last of it was."""
    kept = authored or Authored([])
    runs: list[Run] = []
    here = there = 0
    for part in readings.comparison(old, new):
        size = len(part.text)
        if part.kind == "inserted":
            by, when = kept.came[there : there + size], kept.came_at[there : there + size]
            runs.append(_changed(part.text, Mark.INSERTED, by, when))
        elif part.kind == "deleted":
            gone = range(here, here + size)
            by, when = [kept.struck.get(at, "") for at in gone], [kept.struck_at.get(at, "") for at in gone]
            runs.append(_changed(part.text, Mark.DELETED, by, when))
        else:
            runs.append(Run(part.text))
        here += size if part.kind != "inserted" else 0
        there += size if part.kind != "deleted" else 0
    return tuple(runs)


def _changed(words: str, mark: Mark, by: Iterable[str], when: Iterable[str]) -> Run:
    last = max(when, default="")
    return Run(words, mark, by=tuple(sorted({*by} - {""})), when=f"{last[:19]}Z" if last else "")
