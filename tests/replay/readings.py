"""The state of a text as its rows have it.

Many tests read it, some after every act: of a row no more is read than is compared, and rows in no order.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from typing import Any

from django.db.models import Q

from drafting.models import (
    Agreement,
    AmendmentVersion,
    Annotation,
    Asking,
    Handover,
    Hunk,
    NegotiatingText,
    Package,
    Parking,
    Position,
    ProposedText,
    Sponsorship,
    Translation,
)
from tests.replay import editorials
from tests.replay.states import Row, State, plain

#: What is read of each table, where it is much.
_PROVISION = ("order", "address", "label", "part", "kind", "depth", "article", "retired", "disposition", "parent_id")
_BRACKET = (
    *("article", "number", "kind", "group_id", "holders_known", "closed"),
    *("start_text_id", "start_offset", "end_text_id", "end_offset"),
)
_GROUP = ("confirmed", "closed", "baseline_text_id", "baseline_start", "baseline_end")
_AMENDMENT = ("number", "state", "op", "late", "confirmed", "sponsors_open", "amends_id")
_POSITION = (
    *("delegation__code", "stance", "stale", "words", "bracket_id", "version_id"),
    *("option__provision_id", "option__name"),
)
_RESERVE = ("delegation__code", "scope", "kind", "provision_id", "words", "lifted", "from_the_floor")
_AGREEMENT = ("provision_id", "start", "end", "level", "ended", "package", "name")


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
    fields = (*_PROVISION, "words_id", "words__content", "words__rev")
    provisions = [*plain(negotiated.provisions, *fields)]
    anomalies = plain(negotiated.anomalies, "mended", "words_id", "offset")
    translated = plain(
        Translation.objects.filter(version__text=negotiated),
        "version_id",
        "provision_id",
        "source_id",
        "words",
        "order",
    )
    return {
        "provisions": {row.pk: _provision(row) for row in provisions},
        "texts": {str(row.words_id): {"content": row.words__content, "rev": row.words__rev} for row in provisions},
        "brackets": {row.pk: _bracket(row) for row in plain(negotiated.brackets, *_BRACKET)},
        "groups": {row.pk: _group(row) for row in plain(negotiated.groups, *_GROUP)},
        "anomalies": {
            row.pk: {"mended": row.mended, "at": None if row.mended else (str(row.words_id), row.offset)}
            for row in anomalies
        },
        "languages": {row.pk: {"is": (row.language, row.title)} for row in negotiated.languages.order_by()},
        "translations": {
            row.pk: {"of": (row.version_id, row.provision_id, row.source_id), "is": (row.words, tuple(row.order))}
            for row in translated
        },
    }


def _proposals(negotiated: NegotiatingText, named: bool) -> dict[str, Any]:
    hunks = plain(Hunk.objects.filter(version__amendment__text=negotiated), "lo", "hi", "words", "outcome")
    return {
        "amendments": {str(row.pk): _amendment(row) for row in plain(negotiated.amendments, *_AMENDMENT)},
        "versions": _versions(negotiated),
        "hunks": {row.pk: {"at": (row.lo, row.hi), "words": row.words, "outcome": row.outcome} for row in hunks},
        "sponsors": _sponsors(negotiated) if named else {},
        "positions": _positions(negotiated) if named else {},
        "reserves": {row.pk: _reserve(row, named) for row in plain(negotiated.reserves, *_RESERVE)},
        "deadline": _deadline(negotiated),
    }


def _chaired(negotiated: NegotiatingText) -> dict[str, Any]:
    here = {"provision__text": negotiated}
    parkings = plain(Parking.objects.filter(**here), "provision_id", "until", "reason", "lifted")
    askings = plain(Asking.objects.filter(**here), "provision_id", "start", "end", "closes", "ended")
    pens = plain(Handover.objects.filter(**here, ended=None), "provision_id", "delegation__code")
    return {
        "agreements": {row.pk: _agreement(row) for row in plain(Agreement.objects.filter(**here), *_AGREEMENT)},
        "parkings": {
            row.pk: {"at": row.provision_id, "said": (row.until, row.reason), "lifted": row.lifted} for row in parkings
        },
        "notes": {row.pk: _note(row) for row in Annotation.objects.filter(**here).order_by()},
        "askings": {
            row.pk: {"at": (row.provision_id, row.start, row.end), "closes": row.closes.isoformat(), "ended": row.ended}
            for row in askings
        },
        "mandates": {
            row.pk: (row.seat_id, row.title, sorted(row.places.order_by().values_list("pk", flat=True)))
            for row in negotiated.mandates.filter(ended=None).order_by()
        },
        "pens": {(row.provision_id, row.delegation__code): True for row in pens},
        "packages": {
            row.name: sorted(row.members.order_by().values_list("pk", flat=True))
            for row in Package.objects.filter(text=negotiated).order_by()
        },
    }


def _note(row: Annotation) -> Row:
    return {
        "at": (row.provision_id, row.place, row.form, row.officer),
        "words": row.words,
        "kept": row.kept,
        "struck": row.struck,
        "in": sorted(row.kept_in.order_by().values_list("pk", flat=True)),
    }


def _versions(negotiated: NegotiatingText) -> dict[str, Row]:
    words: dict[Any, list[tuple[int, str]]] = defaultdict(list)
    proposed = ProposedText.objects.filter(version__amendment__text=negotiated)
    for row in plain(proposed, "version_id", "provision_id", "words"):
        words[row.version_id].append((row.provision_id, row.words))
    versions = AmendmentVersion.objects.filter(amendment__text=negotiated)
    return {
        str(row.pk): {
            "of": str(row.amendment_id),
            "ordinal": row.ordinal,
            "current": row.current,
            "answer": row.answer,
            "words": sorted(words[row.pk]),
        }
        for row in plain(versions, "amendment_id", "ordinal", "current", "answer")
    }


def _amendment(row: Any) -> Row:
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
    (row,) = plain(NegotiatingText.objects.filter(pk=negotiated.pk), "deadline", "takes_late")
    until = row.deadline.astimezone(UTC).isoformat(timespec="seconds") if row.deadline else None
    return {"deadline": until, "takes_late": row.takes_late}


def _reserve(row: Any, named: bool) -> Row:
    return {
        "by": row.delegation__code if named else None,
        "on": (row.scope, row.kind, row.provision_id, row.words),
        "lifted": row.lifted is not None,
        "from_the_floor": row.from_the_floor,
    }


def _provision(row: Any) -> Row:
    return {name: getattr(row, name) for name in _PROVISION} | {"text": str(row.words_id)}


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


def _agreement(row: Any) -> Row:
    return {
        "at": (row.provision_id, row.start, row.end),
        "level": row.level,
        "ended": row.ended,
        "package": row.package,
        "name": row.name,
    }


def _positions(negotiated: NegotiatingText) -> dict[tuple[str, str], Row]:
    here = Q(bracket__text=negotiated) | Q(version__amendment__text=negotiated) | Q(option__provision__text=negotiated)
    return {
        (_stood_on(row), row.delegation__code): {"stance": row.stance, "stale": row.stale, "words": row.words}
        for row in plain(Position.objects.filter(here), *_POSITION)
    }


def _stood_on(row: Any) -> str:
    if row.option__name is not None:
        return f"{row.option__provision_id} {row.option__name}"
    return str(row.bracket_id or row.version_id)


def _sponsors(negotiated: NegotiatingText) -> dict[tuple[str, str], bool]:
    here = Sponsorship.objects.filter(version__amendment__text=negotiated)
    rows = plain(here, "version_id", "delegation__code", "withdrawn")
    return {(str(row.version_id), row.delegation__code): not row.withdrawn for row in rows}
