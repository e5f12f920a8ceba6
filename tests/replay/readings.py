"""The state of a text as its rows have it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from drafting.models import (
    Agreement,
    Amendment,
    AmendmentVersion,
    Annotation,
    Asking,
    Handover,
    Hunk,
    NegotiatingText,
    Package,
    Parking,
    Position,
    Reserve,
    Sponsorship,
    Translation,
)
from tests.replay import editorials
from tests.replay.states import Row, State


def read(negotiated: NegotiatingText) -> State:
    """Return the state of a text as its rows have it."""
    named = negotiated.conference.attribution_shown
    return State(
        **_words(negotiated),
        **_proposals(negotiated, named),
        **_chaired(negotiated),
        **editorials.read(negotiated, named),
    )


def _words(negotiated: NegotiatingText) -> dict[str, Any]:
    provisions = negotiated.provisions.order_by().select_related("words")
    return {
        "provisions": {row.pk: _provision(row) for row in provisions},
        "texts": {str(row.words_id): {"content": row.words.content, "rev": row.words.rev} for row in provisions},
        "brackets": {row.pk: _bracket(row) for row in negotiated.brackets.order_by()},
        "groups": {row.pk: _group(row) for row in negotiated.groups.order_by()},
        "anomalies": {
            row.pk: {"mended": row.mended, "at": None if row.mended else (str(row.words_id), row.offset)}
            for row in negotiated.anomalies.all()
        },
        "languages": {row.pk: {"is": (row.language, row.title)} for row in negotiated.languages.all()},
        "translations": {
            row.pk: {"of": (row.version_id, row.provision_id, row.source_id), "is": (row.words, tuple(row.order))}
            for row in Translation.objects.filter(version__text=negotiated)
        },
    }


def _proposals(negotiated: NegotiatingText, named: bool) -> dict[str, Any]:
    versions = AmendmentVersion.objects.filter(amendment__text=negotiated)
    return {
        "amendments": {str(row.pk): _amendment(row) for row in negotiated.amendments.order_by()},
        "versions": {str(row.pk): _version(row) for row in versions.order_by().prefetch_related("texts")},
        "hunks": {
            row.pk: {"at": (row.lo, row.hi), "words": row.words, "outcome": row.outcome}
            for row in Hunk.objects.filter(version__amendment__text=negotiated).order_by()
        },
        "sponsors": _sponsors(negotiated) if named else {},
        "positions": _positions(negotiated) if named else {},
        "reserves": {row.pk: _reserve(row, named) for row in negotiated.reserves.select_related("delegation")},
        "deadline": _deadline(negotiated),
    }


def _chaired(negotiated: NegotiatingText) -> dict[str, Any]:
    return {
        "agreements": {row.pk: _agreement(row) for row in Agreement.objects.filter(provision__text=negotiated)},
        "parkings": {
            row.pk: {"at": row.provision_id, "said": (row.until, row.reason), "lifted": row.lifted}
            for row in Parking.objects.filter(provision__text=negotiated)
        },
        "notes": {row.pk: _note(row) for row in Annotation.objects.filter(provision__text=negotiated)},
        "askings": {
            row.pk: {"at": (row.provision_id, row.start, row.end), "closes": row.closes.isoformat(), "ended": row.ended}
            for row in Asking.objects.filter(provision__text=negotiated)
        },
        "mandates": {
            row.pk: (row.seat_id, row.title, sorted(row.places.values_list("pk", flat=True)))
            for row in negotiated.mandates.filter(ended=None)
        },
        "pens": {
            (row.provision_id, row.delegation.code): True
            for row in Handover.objects.filter(provision__text=negotiated, ended=None).select_related("delegation")
        },
        "packages": {
            row.name: sorted(row.members.values_list("pk", flat=True))
            for row in Package.objects.filter(text=negotiated)
        },
    }


def _note(row: Annotation) -> Row:
    return {
        "at": (row.provision_id, row.place, row.form, row.officer),
        "words": row.words,
        "kept": row.kept,
        "struck": row.struck,
        "in": sorted(row.kept_in.values_list("pk", flat=True)),
    }


def _version(row: AmendmentVersion) -> Row:
    return {
        "of": str(row.amendment_id),
        "ordinal": row.ordinal,
        "current": row.current,
        "answer": row.answer,
        "words": sorted((part.provision_id, part.words) for part in row.texts.all()),
    }


def _amendment(row: Amendment) -> Row:
    return {
        "number": row.number,
        "withdrawn": row.state == "withdrawn",
        "joined": row.state == "joined",
        "lapsed": row.state == "lapsed",
        "awaiting": row.state == "awaiting",
        "op": row.op,
        "late": row.late,
        "confirmed": row.confirmed,
        "is_open": row.sponsors_open,
        "amends": str(row.amends_id) if row.amends_id else None,
    }


def _deadline(negotiated: NegotiatingText) -> Row:
    row = NegotiatingText.objects.get(pk=negotiated.pk)
    until = row.deadline.astimezone(UTC).isoformat(timespec="seconds") if row.deadline else None
    return {"deadline": until, "takes_late": row.takes_late}


def _reserve(row: Reserve, named: bool) -> Row:
    return {
        "by": row.delegation.code if named else None,
        "on": (row.scope, row.kind, row.provision_id, row.words),
        "lifted": row.lifted is not None,
        "from_the_floor": row.from_the_floor,
    }


def _provision(row: Any) -> Row:
    fields = ("order", "address", "label", "part", "kind", "depth", "article", "retired", "disposition", "parent_id")
    return {name: getattr(row, name) for name in fields} | {"text": str(row.words_id)}


def _bracket(row: Any) -> Row:
    ends = ((str(row.start_text_id), row.start_offset), (str(row.end_text_id), row.end_offset))
    return {
        "article": row.article,
        "number": row.number,
        "form": row.kind,
        "group": row.group_id,
        "known": row.holders_known,
        "ends": None if row.closed else ends,
    }


def _group(row: Any) -> Row:
    baseline = None
    if row.baseline_text_id is not None:
        baseline = (str(row.baseline_text_id), row.baseline_start, row.baseline_end)
    return {"confirmed": row.confirmed, "closed": row.closed, "baseline": None if row.closed else baseline}


def _agreement(row: Agreement) -> Row:
    return {
        "at": (row.provision_id, row.start, row.end),
        "level": row.level,
        "ended": row.ended,
        "package": row.package,
        "name": row.name,
    }


def _positions(negotiated: NegotiatingText) -> dict[tuple[str, str], Row]:
    rows = Position.objects.order_by().select_related("delegation", "option")
    mine = [
        *rows.filter(bracket__text=negotiated),
        *rows.filter(version__amendment__text=negotiated),
        *rows.filter(option__provision__text=negotiated),
    ]
    return {
        (_stood_on(row), row.delegation.code): {"stance": row.stance, "stale": row.stale, "words": row.words}
        for row in mine
    }


def _stood_on(row: Position) -> str:
    option = row.option
    return f"{option.provision_id} {option.name}" if option else str(row.bracket_id or row.version_id)


def _sponsors(negotiated: NegotiatingText) -> dict[tuple[str, str], bool]:
    rows = Sponsorship.objects.filter(version__amendment__text=negotiated).select_related("delegation")
    return {(str(row.version_id), row.delegation.code): not row.withdrawn for row in rows}
