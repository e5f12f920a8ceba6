"""Documents: what has been issued, its texts and reports as pages and files, comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting import exports
from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import (
    access,
    certificates,
    documents,
    fingerprints,
    ladders,
    languages,
    listings,
    losses,
    rectifications,
    revisions,
    unreflected,
)
from drafting.text import legends
from drafting.text.document import CHANGED, LANGUAGES, OFFICERS, Block, Document, Form, Table
from drafting.views import directories, doors, files, pins, redlines

#: Proposals of one fate that are shown at once; more are folded.
_LONG_SHARE = 60


@require_safe
def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what has been issued, newest first, and what the floor would give now to who may read it."""
    seat, negotiated = doors.text(request, conference, slug)
    found = list(revisions.listed(seat, negotiated))
    context = {
        "negotiated": negotiated,
        "place": "documents",
        "issued": found,
        "pairs": list(zip(found, [*found[1:], None], strict=True)),
        "tongues": languages.spread(negotiated),
        "number": None,
        "variants": listings.VARIANTS,
        "formats": exports.FORMATS,
    }
    return render(request, "drafting/revisions.html", context)


@require_safe
def revision(request: SeatedRequest, conference: str, slug: str, number: int) -> HttpResponse:
    """Shows one revision: its facts, its documents, its text in brackets."""
    seat, negotiated = doors.text(request, conference, slug)
    row = access.revision(seat, negotiated, number)
    document = documents.bracketed(seat, negotiated, number)
    older = revisions.listed(seat, negotiated).filter(number__lt=number).first()
    context = {
        **paper(request, seat, negotiated, document, "bracketed", number),
        "revision": row,
        "older": older,
        "intact": revisions.is_intact(row),
        "certificate": certificates.of(seat, row),
        "rectifications": rectifications.listed(seat, row),
        "lapse": unreflected.lapse(seat, row) if seat.may(Right.READ_FLOOR) else None,
    }
    return render(request, "drafting/revision.html", context)


@require_safe
def document(request: SeatedRequest, conference: str, slug: str, kind: str, number: int | None = None) -> HttpResponse:
    """Shows one document of a revision, or of the floor as it stands, as a page."""
    seat, negotiated = doors.text(request, conference, slug)
    if kind == "loss" and not _language(request):
        return _losses(request, seat, negotiated, number)
    made = listings.make(seat, negotiated, kind, number, _language(request))
    return render(request, "drafting/document.html", paper(request, seat, negotiated, made, kind, number))


def _losses(request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, number: int | None) -> HttpResponse:
    """Show the loss report by fate, edits folded; on the floor's, the bureau marks that it was read."""
    entries = revisions.loss_report(seat, negotiated, number)
    made = listings.loss_report(seat, negotiated, number, entries)
    context = {
        **paper(request, seat, negotiated, replace(made, body=()), "loss", number),
        "shares": losses.shares(entries),
        "long": _LONG_SHARE,
        "reading": losses.reading(seat, negotiated, entries) if number is None else None,
    }
    return render(request, "drafting/document.html", context)


@require_safe
def download(
    request: SeatedRequest, conference: str, slug: str, kind: str, form: str, number: int | None = None
) -> HttpResponse:
    """Returns the same document as a file."""
    seat, negotiated = doors.text(request, conference, slug)
    language = _language(request)
    name = f"{kind}-{language}" if language else kind
    asked = fingerprints.of(seat, negotiated, kind, number, language)
    return files.serve(
        request, seat, lambda: listings.make(seat, negotiated, kind, number, language), name, form, asked
    )


@require_safe
def archive(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Returns every issued text, the journal and the decisions, as the seat may read them, in one file."""
    seat, negotiated = doors.text(request, conference, slug)
    return files.archive(request, seat, negotiated)


@require_safe
def compare(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows what changed from one revision to another, or to the floor; `?form=docx` gives it as a file."""
    seat, negotiated = doors.text(request, conference, slug)
    found = list(revisions.listed(seat, negotiated).order_by("number"))
    old, new = _number(request.GET.get("old")), _number(request.GET.get("new"))
    if new is None and not seat.may(Right.READ_FLOOR) and found:
        new = found[-1].number
    if old is None and found:
        old = max((row.number for row in found if new is None or row.number < new), default=found[0].number)
    context: dict[str, Any] = {"negotiated": negotiated, "place": "documents", "issued": found, "old": old, "new": new}
    if old is None:
        return render(request, "drafting/compare.html", context)
    language = _language(request)
    if form := request.GET.get("form"):
        name, base = f"comparison-{old}-{'floor' if new is None else new}", old
        asked = fingerprints.of_comparison(seat, negotiated, base, new, language)
        return files.serve(
            request, seat, lambda: documents.comparison(seat, negotiated, base, new, language), name, form, asked
        )
    made = documents.comparison(seat, negotiated, old, new, language)
    return render(
        request,
        "drafting/compare.html",
        {**context, **paper(request, seat, negotiated, _changed(made), "compare", None)},
    )


def _spoken(seat: Seat, negotiated: NegotiatingText, number: int | None) -> list[tuple[str, str]]:
    """Return (code, name) of the languages a document is there in, where there is more than one."""
    codes = languages.there(seat, negotiated, number)
    return [(code, LANGUAGES.get(code, code)) for code in codes] if len(codes) > 1 else []


def _language(request: SeatedRequest) -> str:
    """Return the language asked for (`?lang=fr`), "" for the original's; raises `NotFound` for one of no text."""
    asked = request.GET.get("lang", "")
    if asked and asked not in LANGUAGES:
        raise NotFound("Texts are in Arabic, Chinese, English, French, Russian and Spanish.")
    return asked


def paper(
    request: SeatedRequest, seat: Seat, negotiated: NegotiatingText, made: Document, kind: str, number: int | None
) -> dict[str, Any]:
    """Return what a document's template needs."""
    directory = directories.of(negotiated.conference)
    styles = {rung.name: rung.style for rung in (*ladders.DEFAULT, *ladders.of(negotiated.conference))}
    pinned = pins.read(request.GET.get("pin", ""), seat, directory.names)
    variant = listings.VARIANTS.get(kind)
    return {
        "negotiated": negotiated,
        "place": "documents",
        "made": made,
        "kind": kind,
        "number": number,
        "variants": listings.VARIANTS,
        "language": request.GET.get("lang", ""),
        "spoken": _spoken(seat, negotiated, number) if variant and variant.translated else [],
        "formats": exports.FORMATS,
        "parts": [_part(part, styles) for part in made.body],
        "footnotes": [(note.name, redlines.runs(note.runs)) for note in made.footnotes],
        "legend": legends.on_screen(made, lambda status: _drawn(status, styles)),
        "pin_style": pins.style(pinned),
    }


def _part(part: Block | Table, styles: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(part, Table):
        return {"table": part}
    classes = {Form.HEADING: "heading", Form.TITLE: "heading", Form.NOTE: "note", Form.TOMBSTONE: "retired"}
    drawn = {run.status: _drawn(run.status, styles) for run in part.runs if run.status}
    words: SafeString = redlines.runs(part.runs, drawn)
    kind = " ".join(filter(None, (classes.get(part.form, ""), part.kind if part.kind in OFFICERS.values() else "")))
    return {"block": part, "words": words, "kind": kind, "status": _drawn(part.status, styles)}


def _drawn(status: str, styles: Mapping[str, str]) -> str:
    """Return how a status is drawn; one that is called by the name of a rung there no longer is, as agreed."""
    return styles.get(status.partition(documents.WAITS)[0], "agreed") if status else ""


def _changed(made: Document) -> Document:
    """Leave out what did not change: a reader of a comparison looks for what did."""
    body = tuple(part for part in made.body if isinstance(part, Table) or any(run.mark in CHANGED for run in part.runs))
    return replace(made, body=body)


def _number(asked: str | None) -> int | None:
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 7 else None
