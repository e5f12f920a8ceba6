"""A whole text at one moment: what revisions freeze, what documents are built from, what the engine decides on.

One short consistent read; canonical JSON and its digest; the way into the engine's `Bracketed`. Nothing is written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import msgspec
from django.db import connection, transaction

from drafting.models import Agreement, AlternativeGroup, Bracket, NegotiatingText, Provision
from drafting.models import Position as Stand
from drafting.models.positions import HOLDING
from drafting.text import brackets, standing
from drafting.text.brackets import Kind, Position


class ProvisionSnapshot(msgspec.Struct, frozen=True):
    """A provision as it stood; a tombstone has `retired` set and prints its `disposition`."""

    id: int
    address: str
    label: str
    part: str
    kind: str
    depth: int
    article: str
    retired: bool
    text: str
    disposition: str = ""


class PairSnapshot(msgspec.Struct, frozen=True):
    """An open pair: ends as (provision id, offset in code points); holders by code, empty where not shown."""

    id: int
    article: str
    number: int
    kind: str
    start: tuple[int, int]
    end: tuple[int, int]
    group: int | None
    holders: list[str]
    holders_known: bool = True


class GroupSnapshot(msgspec.Struct, frozen=True):
    """A group of alternatives that is not settled; `baseline` is (provision id, start, end)."""

    id: int
    confirmed: bool
    baseline: tuple[int, int, int] | None
    no_text: bool


class AgreementSnapshot(msgspec.Struct, frozen=True):
    """Agreed words: the whole provision where `start` and `end` are null."""

    provision: int
    start: int | None
    end: int | None
    level: str
    forum: str


class Snapshot(msgspec.Struct, frozen=True):
    """The text at one moment, in the order of the document."""

    provisions: list[ProvisionSnapshot]
    pairs: list[PairSnapshot]
    groups: list[GroupSnapshot]
    agreements: list[AgreementSnapshot]

    def standing(self) -> list[ProvisionSnapshot]:
        """Return the provisions that are no tombstones, in order."""
        return [provision for provision in self.provisions if not provision.retired]


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Snapshot)


@contextmanager
def reading() -> Iterator[None]:
    """One consistent read of several queries that takes no write lock; inside another transaction it adds nothing."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        # IMMEDIATE, the setting for writes, would queue this read behind every writer and hold them up in turn.
        mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]  # SQLite's wrapper alone has it
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = mode  # type: ignore[attr-defined]  # as above
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def encode(snapshot: Snapshot) -> str:
    """Return the canonical JSON that a revision keeps: keys sorted, no spaces."""
    return _encoder.encode(snapshot).decode()


def decode(stored: str) -> Snapshot:
    """Return the snapshot a revision keeps."""
    return _decoder.decode(stored)


def digest(stored: str) -> str:
    """Return the SHA-256 of a stored snapshot, 64 hex digits."""
    return hashlib.sha256(stored.encode()).hexdigest()


def taken(negotiated: NegotiatingText, *, named: bool = True) -> Snapshot:
    """Return the text as it stands; without `named` no holder is named. Six queries, whatever the size."""
    provisions = list(negotiated.provisions.select_related("words").order_by("order", "pk"))
    owner = {provision.words_id: provision.pk for provision in provisions}
    return Snapshot(
        provisions=[_provision(provision) for provision in provisions],
        pairs=_pairs(negotiated, owner, named),
        groups=_groups(negotiated, owner),
        agreements=_agreements(negotiated),
    )


def bracketed(snapshot: Snapshot, language: str) -> standing.Bracketed:
    """Return the engine's document of `snapshot`: tombstones empty in their places, keys and pairs named by row ids."""
    keys = [provision.id for provision in snapshot.provisions]
    at = {key: index for index, key in enumerate(keys)}
    texts = tuple("" if provision.retired else provision.text for provision in snapshot.provisions)
    rows = {(row.start, row.end): row for row in snapshot.pairs}
    found = brackets.parse(texts).pairs
    by_parse = {pair.number: rows.get((_place(keys, pair.start), _place(keys, pair.end))) for pair in found}
    ids = {number: row.id for number, row in by_parse.items() if row is not None}
    pairs = tuple(
        replace(pair, number=row.id, parent=ids.get(pair.parent) if pair.parent else None, kind=Kind(row.kind))
        for pair in found
        if (row := by_parse[pair.number]) is not None
    )
    notes = frozenset(row.id for row in snapshot.pairs if row.kind == Bracket.Kind.NOTE)
    return standing.Bracketed(texts, pairs, tuple(keys), _engine_groups(snapshot, at), notes, language)


def _place(keys: list[int], position: Position) -> tuple[int, int]:
    return keys[position.provision], position.offset


def _engine_groups(snapshot: Snapshot, at: dict[int, int]) -> tuple[standing.AlternativeGroup, ...]:
    """Return the groups a person confirmed; a suggestion is nothing to decide by."""
    members: dict[int, list[int]] = defaultdict(list)
    for pair in snapshot.pairs:
        if pair.group is not None:
            members[pair.group].append(pair.id)
    return tuple(
        standing.AlternativeGroup(tuple(members[group.id]), _span(group.baseline, at))
        for group in snapshot.groups
        if group.confirmed and members[group.id]
    )


def _span(baseline: tuple[int, int, int] | None, at: dict[int, int]) -> standing.Span | None:
    if baseline is None or baseline[0] not in at:
        return None
    provision, start, end = baseline
    return standing.Span(Position(at[provision], start), Position(at[provision], end))


def _provision(provision: Provision) -> ProvisionSnapshot:
    return ProvisionSnapshot(
        id=provision.pk,
        address=provision.address,
        label=provision.label,
        part=provision.part,
        kind=provision.kind,
        depth=provision.depth,
        article=provision.article,
        retired=provision.retired,
        text=provision.words.content,
        disposition=provision.disposition,
    )


def _pairs(negotiated: NegotiatingText, owner: dict[UUID, int], named: bool) -> list[PairSnapshot]:
    rows = Bracket.objects.filter(text=negotiated, closed=False).order_by("article", "number", "pk")
    holders: dict[int, list[str]] = defaultdict(list)
    if named:
        held = Stand.objects.filter(bracket__text=negotiated, bracket__closed=False, stance__in=HOLDING)
        for pk, code in held.order_by("delegation__code").values_list("bracket", "delegation__code"):
            holders[pk].append(code)
    return [
        PairSnapshot(
            id=row.pk,
            article=row.article,
            number=row.number,
            kind=row.kind,
            start=(owner[row.start_text_id], row.start_offset),
            end=(owner[row.end_text_id], row.end_offset),
            group=row.group_id,
            holders=holders[row.pk],
            holders_known=row.holders_known,
        )
        for row in rows
    ]


def _groups(negotiated: NegotiatingText, owner: dict[UUID, int]) -> list[GroupSnapshot]:
    rows = AlternativeGroup.objects.filter(text=negotiated, closed=False).order_by("pk")
    return [
        GroupSnapshot(id=row.pk, confirmed=row.confirmed, baseline=_baseline(row, owner), no_text=row.no_text)
        for row in rows
    ]


def _baseline(row: AlternativeGroup, owner: dict[UUID, int]) -> tuple[int, int, int] | None:
    if row.baseline_text_id is None or row.baseline_start is None or row.baseline_end is None:
        return None
    return owner[row.baseline_text_id], row.baseline_start, row.baseline_end


def _agreements(negotiated: NegotiatingText) -> list[AgreementSnapshot]:
    rows = Agreement.objects.filter(provision__text=negotiated, ended=False).order_by("pk")
    return [
        AgreementSnapshot(provision=row.provision_id, start=row.start, end=row.end, level=row.level, forum=row.forum)
        for row in rows
    ]
