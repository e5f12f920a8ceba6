"""Opens a negotiating text: its streams, instruments, provisions, pairs, groups to confirm and anomalies, in one act.

What a file holds is read in `drafting.imports`, before; how the words change afterwards is in `texts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from delegations.models import Conference, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import EmptyImport, NotFound, Taken
from drafting.models import (
    AlternativeGroup,
    Bracket,
    ImportAnomaly,
    Instrument,
    NegotiatingText,
    Provision,
    Stream,
    WorkingText,
)
from drafting.queries import access
from drafting.services import journal, planner, provisions, revisions
from drafting.services import pairs as pairings
from drafting.services.journal import Writer
from drafting.text import brackets
from drafting.text.brackets import Parse
from drafting.text.structures import Entry, Structure

_BATCH = 500
#: Names of pages that stand where a text's name stands in an address.
RESERVED = frozenset({"import", "people", "room"})


def open(
    by: Seat,
    conference: Conference,
    structure: Structure,
    *,
    title: str,
    slug: str,
    symbol: str = "",
    language: str = "en",
    agenda: str = "",
) -> NegotiatingText:
    """Open a text of `conference` with the words of `structure` and return it.

    Its brackets are what the engine's parse finds; nobody is known to hold them; groups wait to be confirmed. Raises
    `Taken` for a slug another text or a page of the conference has.
    """
    access.require(by, Right.IMPORT)
    if by.conference_id != conference.pk:
        raise NotFound("There is no such conference, or it is not yours.")
    if not structure.entries:
        raise EmptyImport("There is no text to open.")
    parsed = brackets.parse(structure.texts())
    kinds = (Stream.Kind.FLOOR, Stream.Kind.PUBLIC, Stream.Kind.BUREAU)
    if slug in RESERVED:
        raise Taken(f"“{slug}” is a page of the conference: choose another address.")
    streams = [Stream(kind=kind, conference=conference) for kind in kinds]
    with journal.writing_all(streams, by=by) as writers:
        if conference.texts.filter(slug=slug).exists():
            raise Taken(f"This conference has a text at “{slug}” already: choose another address.")
        floor, public, bureau = (writer.stream for writer in writers)
        negotiated = NegotiatingText.objects.create(
            conference=conference, slug=slug, title=title, symbol=symbol, language=language, agenda=agenda,
            floor=floor, public=public, bureau=bureau,
        )  # fmt: skip
        _fill(writers[0], negotiated, structure, parsed)
        planner.count_anew(len(structure.entries), Provision, WorkingText, Bracket, AlternativeGroup, ImportAnomaly)
        revisions.begin(by, negotiated, writers[0])
    return negotiated


def _fill(floor: Writer, negotiated: NegotiatingText, structure: Structure, parsed: Parse) -> None:
    floor.append(
        events.TextOpened(
            title=negotiated.title,
            provisions=len(structure.entries),
            pairs=len(parsed.pairs),
            anomalies=len(parsed.anomalies),
            instruments=list(structure.instruments),
        )
    )
    rows = _create_provisions(floor, negotiated, structure)
    groups = _create_groups(negotiated, structure, parsed)
    pairs = _create_brackets(floor, negotiated, rows, parsed, groups)
    for group, found in zip(groups, parsed.groups, strict=True):
        members = [pairs[index].pk for index in found.pairs]
        floor.append(events.GroupFormed(group=group.pk, brackets=members, confirmed=group.confirmed, sure=found.sure))
    _create_anomalies(floor, negotiated, rows, parsed)


def _create_provisions(floor: Writer, negotiated: NegotiatingText, structure: Structure) -> list[Provision]:
    instruments = Instrument.objects.bulk_create(
        [Instrument(text=negotiated, order=order, title=title) for order, title in enumerate(structure.instruments)]
    )
    texts = [_working_text(floor.stream, entry.words) for entry in structure.entries]
    WorkingText.objects.bulk_create(texts, batch_size=_BATCH)
    rows = [
        _provision(negotiated, instruments[entry.instrument], order, entry, words)
        for order, (entry, words) in enumerate(zip(structure.entries, texts, strict=True))
    ]
    for level in _levels(structure.entries):
        for index in level:
            parent = structure.entries[index].parent
            rows[index].parent = None if parent is None else rows[parent]
        Provision.objects.bulk_create([rows[index] for index in level], batch_size=_BATCH)
    for row in rows:
        floor.append(provisions.created(row))
    return rows


def _working_text(stream: Stream, words: str) -> WorkingText:
    closers, openers = brackets.residue(words)
    return WorkingText(stream=stream, content=words, closers=closers, openers=openers)


def _provision(
    negotiated: NegotiatingText, instrument: Instrument, order: int, entry: Entry, words: WorkingText
) -> Provision:
    return Provision(
        text=negotiated,
        instrument=instrument,
        order=order,
        part=entry.part,
        kind=entry.kind,
        depth=entry.depth,
        label=entry.label,
        label_length=entry.label_length,
        address=entry.address,
        article=entry.article,
        words=words,
    )


def _levels(entries: Sequence[Entry]) -> Iterator[list[int]]:
    """Yield the indices of the entries by their distance from the root: parents are stored before their children."""
    distance: list[int] = []
    for entry in entries:
        distance.append(0 if entry.parent is None else distance[entry.parent] + 1)
    for level in range(max(distance) + 1):
        yield [index for index, found in enumerate(distance) if found == level]


def _create_groups(negotiated: NegotiatingText, structure: Structure, parsed: Parse) -> list[AlternativeGroup]:
    """Make the rows of the groups that were found; one that our own file says was confirmed stays so."""
    places = [frozenset(tuple(parsed.pairs[index].start) for index in group.pairs) for group in parsed.groups]
    rows = [
        AlternativeGroup(text=negotiated, sure=group.sure, confirmed=place in structure.confirmed)
        for group, place in zip(parsed.groups, places, strict=True)
    ]
    return AlternativeGroup.objects.bulk_create(rows, batch_size=_BATCH)


def _create_brackets(
    floor: Writer,
    negotiated: NegotiatingText,
    rows: Sequence[Provision],
    parsed: Parse,
    groups: Sequence[AlternativeGroup],
) -> list[Bracket]:
    """Make the rows of all pairs, numbered from 1 in each article in the order of their `[`."""
    group_of = {index: row for row, found in zip(groups, parsed.groups, strict=True) for index in found.pairs}
    last: Counter[str] = Counter()
    pairs: list[Bracket] = []
    for index, pair in enumerate(parsed.pairs):
        first, final = rows[pair.start.provision], rows[pair.end.provision]
        last[first.article] += 1
        pairs.append(
            Bracket(
                text=negotiated,
                article=first.article,
                number=last[first.article],
                kind=pair.kind,
                start_text=first.words,
                start_offset=pair.start.offset,
                end_text=final.words,
                end_offset=pair.end.offset,
                group=group_of.get(index),
                holders_known=False,
            )
        )
    deepest = max((pair.depth for pair in parsed.pairs), default=0)
    for depth in range(1, deepest + 1):
        level = [index for index, pair in enumerate(parsed.pairs) if pair.depth == depth]
        for index in level:
            parent = parsed.pairs[index].parent
            pairs[index].parent = None if parent is None else pairs[parent - 1]
        Bracket.objects.bulk_create([pairs[index] for index in level], batch_size=_BATCH)
    for row in pairs:
        floor.append(pairings.opened(row))
    return pairs


def _create_anomalies(floor: Writer, negotiated: NegotiatingText, rows: Sequence[Provision], parsed: Parse) -> None:
    made = ImportAnomaly.objects.bulk_create(
        [
            ImportAnomaly(
                text=negotiated,
                words=rows[anomaly.provision].words,
                offset=anomaly.offset,
                kind=anomaly.kind,
                suggestion=anomaly.suggestion,
            )
            for anomaly in parsed.anomalies
        ],
        batch_size=_BATCH,
    )
    for row in made:
        floor.append(
            events.AnomalyFound(
                anomaly=row.pk, text=str(row.words_id), offset=row.offset, form=row.kind, suggestion=row.suggestion
            )
        )
