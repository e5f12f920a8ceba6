"""Digests by e-mail: who is due one at this hour, and sending it. It holds counts and links: no words, no positions.

What happened is counted in `drafting.queries.digests`; when somebody wants one is set in `watches`. At most one a day
reaches a seat: whoever sends it claims the day first, and gives it back where the mail does not go out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import DigestOrder, NegotiatingText
from drafting.queries import access, digests
from drafting.queries.digests import Digest


def due(now: datetime | None = None) -> list[int]:
    """Return the orders whose hour has come today and that were not served today, by id."""
    rows = DigestOrder.objects.filter(seat__active=True).exclude(seat__user__email="")
    moment = now or timezone.now()
    return [row.pk for row in rows.select_related("seat__conference").order_by("pk") if _is_due(row, moment)]


def send(pk: int, now: datetime | None = None) -> bool:
    """Send the digest of one order and tell whether one went out: none does where nothing happened since the reading.

    Safe to run twice; the claim on the day is given back where the mail server refuses.
    """
    row = DigestOrder.objects.select_related("seat__conference", "seat__user", "seat__delegation").filter(pk=pk).first()
    moment = now or timezone.now()
    if row is None or not row.seat.active or not row.seat.user.email or not _is_due(row, moment):
        return False
    day = _local(row, moment).date()
    if not DigestOrder.objects.filter(pk=pk, sent_on=row.sent_on).update(sent_on=day):
        return False
    try:
        return _mail(row.seat)
    except OSError:
        _give_back(pk, day, row.sent_on)
        raise


def _give_back(pk: int, day: date, before: date | None) -> None:
    DigestOrder.objects.filter(pk=pk, sent_on=day).update(sent_on=before)


def _is_due(row: DigestOrder, now: datetime) -> bool:
    local = _local(row, now)
    return local.hour >= row.hour and row.sent_on != local.date()


def _local(row: DigestOrder, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(row.seat.conference.timezone))


def _mail(seat: Seat) -> bool:
    if not seat.may(Right.READ_FLOOR):
        return False
    found = [(text, digests.since(seat, text)) for text in access.texts(seat).order_by("slug")]
    parts = ["\n".join(_lines(seat, text, digest)) for text, digest in found if digest]
    if not parts:
        return False
    foot = "This message names no words and no positions. Change its hour, or stop it, on the page named last."
    send_mail(f"Digest: {seat.conference.name}", "\n\n".join([*parts, foot]), None, [seat.user.email])
    return True


def _lines(seat: Seat, text: NegotiatingText, digest: Digest) -> Iterator[str]:
    zone = ZoneInfo(seat.conference.timezone)
    yield f"{text.title}, since {digest.began.at.astimezone(zone):%Y-%m-%d %H:%M} ({seat.conference.timezone})"
    counts = {
        "Provisions changed": len(digest.changed),
        "What you watch": digest.watched,
        "New proposals": digest.proposals,
        "Brackets opened": digest.opened,
        "Brackets closed": digest.closed,
        "Agreements": digest.agreed,
        "Revisions issued": digest.issued,
        "Your proposals decided on": digest.ours_decided,
        "Your proposals that wait for you": digest.ours_waiting,
    }
    yield from (f"  {name}: {count}" for name, count in counts.items() if count)
    pages = {"Read the changes": "since", "Watches and digest": "watches"}
    if seat.delegation_id is not None:
        pages = {"Read the changes": "since", "Your proposals": "fates", "Your board": "board"} | pages
    yield from (f"  {name}: {_link(text, page)}" for name, page in pages.items())


def _link(text: NegotiatingText, page: str) -> str:
    return str(settings.SITE_URL).rstrip("/") + reverse(page, args=[text.conference.slug, text.slug])
