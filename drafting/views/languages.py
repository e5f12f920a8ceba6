"""The text in its other languages: how far each is, the translator's page, and the reader's, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.forms.languages import OpenLanguageForm, TranslatedFileForm, TranslationForm
from drafting.imports import languages as files
from drafting.imports import reading
from drafting.models import LanguageVersion, NegotiatingText
from drafting.queries import access, languages, revisions
from drafting.queries.languages import FRESH, MISSING, SAME, STALE, Row
from drafting.services import languages as acts
from drafting.services.languages import Wording
from drafting.text.document import LANGUAGES, runs_right_to_left
from drafting.text.errors import RollingTextError
from drafting.views import doors, imports, redlines

#: Provisions one page of the translator's shows.
SIZE = 40
_SHOWN = {"open": (STALE, MISSING), STALE: (STALE,), MISSING: (MISSING,), FRESH: (FRESH,), "all": ()}


@dataclass(frozen=True, slots=True)
class Shown:
    """One provision on the translator's page; `kept` are words that were sent and refused."""

    row: Row
    changed: SafeString
    kept: str | None = None
    brackets: str = ""

    @property
    def words(self) -> str:
        """What the translator finds in the field."""
        return self.row.words if self.kept is None else self.kept


def listed(request: SeatedRequest, conference: str, slug: str) -> HttpResponse:
    """Shows how far each language is, and opens a version in another."""
    seat, negotiated = doors.text(request, conference, slug)
    found = languages.progress(seat, negotiated)
    opened = {row.version.language for row in found} | {negotiated.language}
    form = OpenLanguageForm([code for code in LANGUAGES if code not in opened], request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = acts.open(seat, negotiated, **form.cleaned_data)
        messages.success(request, f"There is a version in {LANGUAGES[row.language]} now.")
        return redirect("translate", conference, slug, row.language)
    context = {
        "negotiated": negotiated,
        "place": "documents",
        "languages": found,
        "original": LANGUAGES.get(negotiated.language, negotiated.language),
        "issued": list(revisions.listed(seat, negotiated).exclude(number=0)),
        "form": form,
        "is_whole": len(opened) == len(LANGUAGES),
    }
    return render(request, "drafting/languages.html", context)


def translate(request: SeatedRequest, conference: str, slug: str, language: str) -> HttpResponse:
    """Shows the provisions beside the original, what waits first, and takes one as it is translated."""
    seat, negotiated = doors.text(request, conference, slug)
    version = access.language(seat, negotiated, language)
    access.require(seat, Right.TRANSLATE)
    if request.method != "POST":
        return _page(request, seat, version)
    form = TranslationForm(request.POST)
    if not form.is_valid():
        said = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _page(request, seat, version, RollingTextError(said), request.POST)
    try:
        row = acts.translate(seat, version, _wording(seat, version, form.cleaned_data))
    except RollingTextError as refused:
        return _page(request, seat, version, refused, request.POST)
    messages.success(request, f"{row.provision} is translated as it stands.")
    return redirect(request.get_full_path())


@require_POST
def take_file(request: SeatedRequest, conference: str, slug: str, language: str) -> HttpResponse:
    """Shows what a translator's file would put in, then puts it in."""
    seat, negotiated = doors.text(request, conference, slug)
    version = access.language(seat, negotiated, language)
    access.require(seat, Right.TRANSLATE)
    seen = request.POST.get("seen", "")
    form = TranslatedFileForm(request.POST, request.FILES)
    form.fields["file"].required = not seen
    if not form.is_valid():
        return _page(request, seat, version, NotFound("Choose the file first."), None)
    chosen = form.cleaned_data["file"]
    try:
        data = imports.receive(chosen) if chosen else imports.unpack(seen)
        read = reading.open(data, chosen.name if chosen else "")
        plan = files.plan(version, languages.rows(seat, version), read)
        if "put" in request.POST and not chosen:
            return _put(request, seat, version, [wording for _, wording in plan.wordings])
        packed = imports.pack(reading.pruned(data), "take a few articles at a time")
    except RollingTextError as refused:
        return _page(request, seat, version, refused, None)
    rows = [_planned(row, wording) for row, wording in plan.wordings]
    context = {**_around(version), "plan": plan, "rows": rows, "seen": packed}
    return render(request, "drafting/translated_file.html", context)


@require_POST
def issue(request: SeatedRequest, conference: str, slug: str, language: str) -> HttpResponse:
    """Issues a revision in the language."""
    seat, negotiated = doors.text(request, conference, slug)
    version = access.language(seat, negotiated, language)
    number = request.POST.get("number", "")
    revision = access.revision(seat, negotiated, int(number) if number.isascii() and number.isdigit() else -1)
    acts.issue(seat, version, revision)
    messages.success(request, f"{revision.symbol} is issued in {LANGUAGES[language]}.")
    return redirect("languages", conference, slug)


def _put(request: SeatedRequest, seat: Seat, version: LanguageVersion, wordings: Sequence[Wording]) -> HttpResponse:
    written, refused = acts.translate_all(seat, version, wordings)
    messages.success(request, f"Provisions put in: {len(written)}.")
    for wording, error in refused:
        messages.error(request, f"{wording.provision} was not: {error.message}")
    return redirect("translate", version.text.conference.slug, version.text.slug, version.language)


def _wording(seat: Seat, version: LanguageVersion, data: dict[str, Any]) -> Wording:
    """Return what was sent; brackets are named by their numbers, and kept by their place in the original."""
    row = next((row for row in languages.rows(seat, version) if row.id == data["provision"]), None)
    if row is None:
        raise NotFound("There is no such provision in the text.")
    numbers = data["brackets"]
    order = None if numbers is None else [row.brackets.index(n) + 1 if n in row.brackets else 0 for n in numbers]
    provision = version.text.provisions.get(pk=row.id)
    return Wording(provision, data["source"], data["words"], order, data["replaces"])


def _page(
    request: SeatedRequest,
    seat: Seat,
    version: LanguageVersion,
    refused: RollingTextError | None = None,
    sent: Any = None,
) -> HttpResponse:
    rows = languages.rows(seat, version)
    show = request.GET.get("show", "open")
    wanted = _SHOWN.get(show, ())
    place = {STALE: 0, MISSING: 1}
    chosen = [row for row in rows if not wanted or row.state in wanted or (sent and str(row.id) == sent["provision"])]
    chosen.sort(key=lambda row: place.get(row.state, 2))
    page = _number(request.GET.get("page", ""))
    counts = {state: sum(row.state == state for row in rows) for state in (STALE, MISSING, FRESH, SAME)}
    context = {
        **_around(version),
        "rows": [_shown(row, sent) for row in chosen[(page - 1) * SIZE : page * SIZE]],
        "counts": counts,
        "waiting": counts[STALE] + counts[MISSING],
        "total": len(rows),
        "show": show,
        "page": page,
        "pages": -(-len(chosen) // SIZE),
        "refused": refused,
        "file_form": TranslatedFileForm(),
    }
    return render(request, "drafting/translate.html", context, status=refused.status if refused else 200)


def _around(version: LanguageVersion) -> dict[str, Any]:
    negotiated: NegotiatingText = version.text
    return {
        "negotiated": negotiated,
        "place": "documents",
        "version": version,
        "name": LANGUAGES[version.language],
        "direction": "rtl" if runs_right_to_left(version.language) else "ltr",
        "original": LANGUAGES.get(negotiated.language, negotiated.language),
        "original_direction": "rtl" if runs_right_to_left(negotiated.language) else "ltr",
    }


def _shown(row: Row, sent: Any) -> Shown:
    changed = redlines.pieces(row.changed)
    if sent and str(row.id) == sent.get("provision"):
        return Shown(row, changed, sent.get("words", ""), sent.get("brackets", ""))
    if row.state != FRESH or row.order == row.brackets:
        return Shown(row, changed)
    return Shown(row, changed, brackets=" ".join(map(str, row.order)) or "0")


def _planned(row: Row, wording: Wording) -> dict[str, Any]:
    """Return what the page says of one provision of a file: brackets it leaves out are named."""
    order = wording.order
    there = range(1, len(row.brackets) + 1) if order is None else order
    left = [number for at, number in enumerate(row.brackets, 1) if at not in there]
    return {"row": row, "words": wording.words, "left_out": left}


def _number(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
