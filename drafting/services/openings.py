"""Opens a negotiating text: its streams, instruments, provisions, pairs, groups to confirm and anomalies, in one act.

What a file holds is read in `drafting.imports`, before; how the words change afterwards is in `texts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
from drafting.services import boxes, journal, planner, provisions, recollections, revisions
from drafting.services import pairs as pairings
from drafting.services.audiences import Audience
from drafting.services.journal import Writer
from drafting.services.recollections import Recalled
from drafting.text import brackets
from drafting.text.brackets import Parse
from drafting.text.structures import Entry, KnownPair, Structure

_BATCH = 500
#: Names of pages that stand where a text's name stands in an address.
RESERVED = frozenset({"import", "journal", "ladder", "people", "policies", "room"})


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

    Its brackets are what the engine's parse finds; nobody is known to hold them; groups wait to be confirmed. What a
    file of ours says of its brackets stays: numbers, groups, holders. Raises `Taken` for a slug another text or a page
    of the conference has.
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
        audience = Audience(writers[0], None if conference.attribution_shown else writers[2])
        _fill(audience, by, negotiated, structure, parsed)
        planner.count_anew(len(structure.entries), Provision, WorkingText, Bracket, AlternativeGroup, ImportAnomaly)
        revisions.begin(by, negotiated, writers[0])
    return negotiated


def _fill(audience: Audience, by: Seat, negotiated: NegotiatingText, structure: Structure, parsed: Parse) -> None:
    floor = audience.floor
    found = recollections.known(structure, parsed)
    who = recollections.holders(negotiated.conference, found.values())
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
    grouped = recollections.groups(structure, parsed, found)
    groups = _create_groups(negotiated, rows, grouped)
    known = {index: pair for index, pair in found.items() if who.keys() >= set(pair.holders)}
    pairs = _create_brackets(floor, negotiated, rows, parsed, _Recalled(found, known, dict(_members(groups, grouped))))
    for group, one in zip(groups, grouped, strict=True):
        floor.append(_formed(group, [pairs[index].pk for index in one.pairs]))
    recollections.stand(audience, by, pairs, found, who)
    _create_anomalies(floor, negotiated, rows, parsed)
    boxes.note(floor, by, rows)


def _members(groups: Iterable[AlternativeGroup], grouped: Iterable[Recalled]) -> Iterator[tuple[int, AlternativeGroup]]:
    return ((index, row) for row, one in zip(groups, grouped, strict=True) for index in one.pairs)


def _formed(group: AlternativeGroup, members: list[int]) -> events.GroupFormed:
    text, start, end = group.baseline_text_id, group.baseline_start, group.baseline_end
    return events.GroupFormed(
        group=group.pk,
        brackets=members,
        confirmed=group.confirmed,
        sure=group.sure,
        baseline=(str(text), start or 0, end or 0) if text else None,
        no_text=group.no_text,
    )


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


def _create_groups(
    negotiated: NegotiatingText, rows: Sequence[Provision], grouped: Iterable[Recalled]
) -> list[AlternativeGroup]:
    """Make the rows of the groups that were found, and of those our own file knows as it knows them."""
    made = []
    for one in grouped:
        row = AlternativeGroup(text=negotiated, sure=one.sure, confirmed=one.confirmed, no_text=one.no_text)
        if one.baseline is not None:
            entry, row.baseline_start, row.baseline_end = one.baseline
            row.baseline_text = rows[entry].words
        made.append(row)
    return AlternativeGroup.objects.bulk_create(made, batch_size=_BATCH)


@dataclass(frozen=True, slots=True)
class _Recalled:
    """By the index of a pair: what our own file says of it, `known` where all its holders are, and its group."""

    found: Mapping[int, KnownPair]
    known: Mapping[int, KnownPair]
    groups: Mapping[int, AlternativeGroup]


def _create_brackets(
    floor: Writer, negotiated: NegotiatingText, rows: Sequence[Provision], parsed: Parse, recalled: _Recalled
) -> list[Bracket]:
    """Make the rows of all pairs, numbered from 1 in each article in the order of their `[`, or as they were."""
    articles = [rows[pair.start.provision].article for pair in parsed.pairs]
    numbers = recollections.numbers(recalled.found, articles)
    pairs: list[Bracket] = []
    for index, pair in enumerate(parsed.pairs):
        said, known = recalled.found.get(index), recalled.known.get(index)
        pairs.append(
            Bracket(
                text=negotiated,
                article=articles[index],
                number=numbers[index],
                kind=said.kind if said else pair.kind,
                start_text=rows[pair.start.provision].words,
                start_offset=pair.start.offset,
                end_text=rows[pair.end.provision].words,
                end_offset=pair.end.offset,
                group=recalled.groups.get(index),
                holders_known=known.holders_known if known else False,
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
