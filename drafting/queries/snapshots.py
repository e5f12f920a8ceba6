"""A whole text at one moment: what revisions freeze, what documents are built from, what the engine decides on.

One short consistent read; canonical JSON and its digest; the way into the engine's `Bracketed`. Nothing is written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC

import msgspec
from django.db import connection, transaction

from drafting.models import Agreement, AlternativeGroup, Annotation, Bracket, NegotiatingText
from drafting.models import Position as Stand
from drafting.models.positions import HOLDING
from drafting.queries import packages
from drafting.text import annotations as officers
from drafting.text import pairing, standing
from drafting.text.brackets import Kind, Pair, Position


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
    """Agreed words: the whole provision where `start` and `end` are null; its rung as it was called then.

    `waits_for` is the package it belonged to, where something in that was not agreed yet; `reached` is in ISO 8601.
    """

    provision: int
    start: int | None
    end: int | None
    level: str
    forum: str
    name: str = ""
    style: str = ""
    waits_for: str = ""
    reached: str = ""


class AnnotationSnapshot(msgspec.Struct, frozen=True):
    """A note or box by an officer, before or after a provision, or `here`, where that provision's words are the note.

    One that is not `kept` is in the text and left out in print; of others those that are kept are here alone.
    """

    id: int
    provision: int
    place: str
    form: str
    officer: str
    words: str
    kept: bool = True


class Snapshot(msgspec.Struct, frozen=True, omit_defaults=True):
    """The text at one moment, in the order of the document.

    A text without notes is written as it was before there were any, so that its digest is the same.
    """

    provisions: list[ProvisionSnapshot]
    pairs: list[PairSnapshot]
    groups: list[GroupSnapshot]
    agreements: list[AgreementSnapshot]
    annotations: list[AnnotationSnapshot] = []

    def standing(self) -> list[ProvisionSnapshot]:
        """Return the provisions that are no tombstones, in order."""
        return [provision for provision in self.provisions if not provision.retired]

    def unnamed(self) -> Snapshot:
        """Return the snapshot without the names of holders, for who may not see them any more."""
        pairs = [msgspec.structs.replace(pair, holders=[]) for pair in self.pairs]
        return msgspec.structs.replace(self, pairs=pairs)


#: The fields read of each row, in the order of its struct.
_PROVISION = (
    *("pk", "address", "label", "part", "kind", "depth", "article", "retired"),
    *("words__content", "disposition"),
)
_PAIR = (
    *("pk", "article", "number", "kind", "start_text__provision", "start_offset", "end_text__provision", "end_offset"),
    *("group", "holders_known"),
)
_ANNOTATION = ("pk", "provision", "place", "form", "officer", "words", "kept", "provision__words__content")
_GROUP = ("pk", "confirmed", "baseline_text__provision", "baseline_start", "baseline_end", "no_text")

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Snapshot)


class _Provisions(msgspec.Struct, frozen=True):
    provisions: list[ProvisionSnapshot]


_provisions = msgspec.json.Decoder(_Provisions)


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


def provisions(stored: str) -> list[ProvisionSnapshot]:
    """Return the provisions of a snapshot a revision keeps; the rest of it is passed over, in a third of the time."""
    return _provisions.decode(stored).provisions


def digest(stored: str) -> str:
    """Return the SHA-256 of a stored snapshot, 64 hex digits."""
    return hashlib.sha256(stored.encode()).hexdigest()


def taken(negotiated: NegotiatingText, *, named: bool = True) -> Snapshot:
    """Return the text as it stands; without `named` no holder is named.

    Seven queries, whatever the size, and four more where there are packages.
    """
    provisions = negotiated.provisions.order_by("order", "pk").values_list(*_PROVISION)
    return Snapshot(
        provisions=[ProvisionSnapshot(*row) for row in provisions],
        pairs=_pairs(negotiated, named),
        groups=_groups(negotiated),
        agreements=_agreements(negotiated),
        annotations=_annotations(negotiated),
    )


def bracketed(snapshot: Snapshot, language: str) -> standing.Bracketed:
    """Return the engine's document of `snapshot`: tombstones empty in their places, keys and pairs named by row ids."""
    keys = [provision.id for provision in snapshot.provisions]
    at = {key: index for index, key in enumerate(keys)}
    texts = tuple("" if provision.retired else provision.text for provision in snapshot.provisions)
    rows = {(row.start, row.end): row for row in snapshot.pairs}
    found = [
        (number, pair, row)
        for number, pair in enumerate(pairing.match(texts).pairs, 1)
        if (row := rows.get((_place(keys, pair.start), _place(keys, pair.end)))) is not None
    ]
    ids = {number: row.id for number, _, row in found}
    pairs = tuple(
        Pair(row.id, pair.start, pair.end, ids.get(pair.parent or 0), pair.depth, Kind(row.kind))
        for _, pair, row in found
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


def _pairs(negotiated: NegotiatingText, named: bool) -> list[PairSnapshot]:
    rows = Bracket.objects.filter(text=negotiated, closed=False).order_by("article", "number", "pk")
    holders: dict[int, list[str]] = defaultdict(list)
    if named:
        held = Stand.objects.filter(bracket__text=negotiated, bracket__closed=False, stance__in=HOLDING, withheld=False)
        for pk, code in held.order_by("delegation__code").values_list("bracket", "delegation__code"):
            holders[pk].append(code)
    return [
        PairSnapshot(pk, article, number, kind, (first, start), (last, end), group, holders[pk], known)
        for pk, article, number, kind, first, start, last, end, group, known in rows.values_list(*_PAIR)
    ]


def _groups(negotiated: NegotiatingText) -> list[GroupSnapshot]:
    rows = AlternativeGroup.objects.filter(text=negotiated, closed=False).order_by("pk")
    return [
        GroupSnapshot(pk, confirmed, None if None in (provision, start, end) else (provision, start, end), no_text)
        for pk, confirmed, provision, start, end, no_text in rows.values_list(*_GROUP)
    ]


def _annotations(negotiated: NegotiatingText) -> list[AnnotationSnapshot]:
    rows = Annotation.objects.filter(provision__text=negotiated, struck=False)
    found: list[AnnotationSnapshot] = []
    for pk, provision, place, form, officer, words, kept, stands in rows.values_list(*_ANNOTATION):
        is_here = place == Annotation.Place.HERE
        if kept or is_here:
            # Words that have become more than a note since are printed, whatever was chosen.
            is_printed = kept or not officers.may_be_left_out(stands)
            found.append(AnnotationSnapshot(pk, provision, place, form, officer, words, is_printed))
    return found


def _agreements(negotiated: NegotiatingText) -> list[AgreementSnapshot]:
    rows = Agreement.objects.filter(provision__text=negotiated, ended=False).order_by("pk")
    waiting = packages.waiting(packages.of(negotiated))
    return [
        AgreementSnapshot(
            row.provision_id,
            row.start,
            row.end,
            row.level,
            row.forum,
            row.name,
            row.style,
            waiting.get((row.provision_id, row.start), ""),
            f"{row.reached.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        )
        for row in rows
    ]
