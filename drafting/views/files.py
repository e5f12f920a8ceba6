"""Documents as files, by one way: kept by content, short ones at once, long ones by a worker, with a page to wait."""

from __future__ import annotations

from collections.abc import Callable

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as Unreachable

from delegations.middleware import SeatedRequest
from delegations.models import Seat
from drafting import exports, tasks
from drafting.errors import NotFound
from drafting.exports import archives, shelves
from drafting.exports.shelves import Order
from drafting.models import NegotiatingText
from drafting.queries import ledgers
from drafting.text.document import Document
from drafting.views import doors

_SALT = "export"


def answer(made: Document, name: str, form: str) -> HttpResponse:
    """Return a document that cannot be waited for in the format `form`; raises `NotFound` for another format."""
    written = _format(form)
    try:
        key = shelves.order(made, form).key
        shelves.fill(key)
        data = shelves.fetch(key)
    except Unreachable:
        data = None
    return _file(data or written.write(made), _called(made, name, form), form)


def serve(
    request: SeatedRequest, seat: Seat, make: Callable[[], Document], name: str, form: str, asked: str = ""
) -> HttpResponse:
    """Return the document in the format `form`, under its symbol and `name`, or a page that waits for it.

    `make` builds it for this seat, or refuses; it is not called where a file of the same print (`asked`) is kept. Who
    waits shows the order they were given, which is signed for their seat alone. The caller has looked whether the seat
    may read it. Raises `NotFound` for another format.
    """
    written = _format(form)
    if order := request.GET.get("order"):
        return _wait(request, seat, order, form)
    try:
        if asked and (found := shelves.recall(asked, form)):
            return _file(found[1], found[0], form)
    except Unreachable:
        asked = ""
    made = make()
    called = _called(made, name, form)
    return _ordered(request, seat, called, lambda: shelves.order(made, form), lambda: written.write(made), asked)


def archive(request: SeatedRequest, seat: Seat, negotiated: NegotiatingText) -> HttpResponse:
    """Return the text's archive as this seat may read it, or the page that waits for it."""
    ledgers.Ledger(seat, negotiated)
    if order := request.GET.get("order"):
        return _wait(request, seat, order, archives.FORM)
    called = archives.name(negotiated)
    return _ordered(
        request,
        seat,
        called,
        lambda: shelves.order_archive(seat, negotiated),
        lambda: archives.write(seat, negotiated),
    )


def _ordered(
    request: SeatedRequest,
    seat: Seat,
    called: str,
    give: Callable[[], Order],
    write: Callable[[], bytes],
    asked: str = "",
) -> HttpResponse:
    """Order a file and return it where it is short or written already, else the page that waits for it."""
    form = called.rpartition(".")[2]
    try:
        order = give()
        if asked:
            shelves.remember(asked, form, order.key, called)
        if not order.is_long:
            shelves.fill(order.key)
        elif order.is_new:
            tasks.write_file.delay(order.key)
        if (data := shelves.fetch(order.key)) is not None:
            return _file(data, called, form)
    except (OperationalError, Unreachable):  # without its queue the site is slower, and writes it here
        return _file(write(), called, form)
    return _wait(request, seat, signing.dumps([seat.pk, order.key, called], salt=_SALT), form)


def _format(form: str) -> exports.Format:
    if form not in exports.FORMATS:
        labels = ", ".join(each.label for each in exports.FORMATS.values())
        raise NotFound(f"Documents are written in these formats: {labels}.")
    return exports.FORMATS[form]


def _described(form: str) -> tuple[str, str]:
    """Return what a file of that form is called, and its media type."""
    if form == archives.FORM:
        return archives.LABEL, archives.MEDIA_TYPE
    return exports.FORMATS[form].label, exports.FORMATS[form].media_type


def _called(made: Document, name: str, form: str) -> str:
    symbol = "".join(char if char.isalnum() else "-" for char in made.masthead.symbol)
    return f"{symbol}-{name}.{form}"


def _wait(request: SeatedRequest, seat: Seat, order: str, form: str) -> HttpResponse:
    """Show how far an order is; the file itself once it is asked to be taken."""
    try:
        holder, key, called = signing.loads(order, salt=_SALT, max_age=shelves.KEPT)
    except signing.BadSignature as error:
        raise NotFound("This order has run out: ask for the document again.") from error
    state = shelves.state(key) if holder == seat.pk else None
    if state is None:
        raise NotFound("This order has run out: ask for the document again.")
    if "take" in request.GET and (data := shelves.fetch(key)) is not None:
        return _file(data, called, form)
    again = [(one, str(value)) for one, value in request.GET.items() if one not in ("order", "take")]
    again += [("order", order), *([("take", "1")] if state.step == shelves.READY else [])]
    context = {
        "state": state,
        "next": f"?{urlencode(again)}",
        "called": called,
        "label": _described(form)[0],
        "negotiated": _text(request),
        "place": "documents",
    }
    status = 422 if state.refusal else 200 if state.step == shelves.READY else 202
    return render(request, "drafting/waiting.html", context, status=status)


def _text(request: SeatedRequest) -> NegotiatingText:
    """Return the text that is named in the address asked for, as all addresses of files do."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    return doors.text(request, named["conference"], named["slug"])[1]


def _file(data: bytes, called: str, form: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{called}"'}
    return HttpResponse(data, content_type=_described(form)[1], headers=headers)
