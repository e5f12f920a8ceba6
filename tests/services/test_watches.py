"""Marks, watches and digests: private to a seat, and without words or positions where they leave the site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from drafting.errors import Forbidden, NotFound
from drafting.models import DigestOrder, NegotiatingText, Pen
from drafting.queries import access
from drafting.services import digests, pens, watches
from drafting.services.proposals import Proposed
from drafting.tasks import send_digests
from tests import factories
from tests.cast import Cast

MORNING = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party shall [take] measures.", "Water is wet.")


@pytest.fixture
def order(cast: Cast) -> DigestOrder:
    """Norway's delegate wants a digest at six."""
    cast.norway.user.email = "kari@example.org"
    cast.norway.user.save()
    watches.order_digest(cast.norway, 6)
    return cast.norway.digest_order


def change(cast: Cast, text: NegotiatingText) -> None:
    pens.write(cast.chair, Proposed(factories.provision(text, "2"), "Water is clear."), Pen.For.ROOM)


def test_marks_leave_no_trace_on_the_floor(cast: Cast, text: NegotiatingText) -> None:
    head = text.floor.head
    watches.mark_read(cast.norway, text, 1)
    watches.add(cast.norway, text, "word", "water")
    text.floor.refresh_from_db()
    assert text.floor.head == head


def test_old_marks_go(cast: Cast, text: NegotiatingText) -> None:
    for seq in range(watches.KEPT + 3):
        watches.mark_read(cast.norway, text, seq % 3)
    assert access.read_marks(cast.norway, text).count() == watches.KEPT


def test_nobody_reads_further_than_the_text_has_come(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(NotFound, match="has not come that far"):
        watches.mark_read(cast.norway, text, 10_000)


@pytest.mark.parametrize(
    ("kind", "value"), [("provision", "77"), ("delegation", "XYZ"), ("article", "5"), ("word", " ")]
)
def test_what_is_not_there_cannot_be_watched(cast: Cast, text: NegotiatingText, kind: str, value: str) -> None:
    with pytest.raises(NotFound):
        watches.add(cast.norway, text, kind, value)


def test_a_watch_is_let_go_by_its_own_seat_alone(cast: Cast, text: NegotiatingText) -> None:
    row = watches.add(cast.norway, text, "word", "water")
    assert watches.add(cast.norway, text, "word", "water") == row
    with pytest.raises(NotFound):
        watches.drop(cast.norway_head, text, "word", "water")
    watches.drop(cast.norway, text, "word", "water")
    assert not access.watches(cast.norway, text).exists()


def test_a_digest_needs_an_address(cast: Cast) -> None:
    with pytest.raises(Forbidden, match="e-mail"):
        watches.order_digest(cast.kenya, 6)


def test_a_digest_is_sent_once_a_day_at_its_hour(cast: Cast, text: NegotiatingText, order: DigestOrder) -> None:
    change(cast, text)
    assert digests.due(MORNING - timedelta(hours=1)) == []
    assert digests.due(MORNING) == [order.pk]
    assert digests.send(order.pk, MORNING)
    assert not digests.send(order.pk, MORNING)
    assert digests.due(MORNING + timedelta(hours=3)) == []
    assert digests.due(MORNING + timedelta(days=1)) == [order.pk]
    assert len(mail.outbox) == 1


def test_a_digest_holds_counts_and_links_and_no_words(cast: Cast, text: NegotiatingText, order: DigestOrder) -> None:
    watches.add(cast.norway, text, "word", "wet")
    change(cast, text)
    digests.send(order.pk, MORNING)
    body = str(mail.outbox[0].body)
    assert "Provisions changed: 1" in body
    assert "What you watch: 1" in body
    assert "/rivers/treaty/since/" in body
    assert not {"wet", "clear", "Water", "shall"} & set(body.replace('"', " ").split())
    assert mail.outbox[0].to == ["kari@example.org"]


def test_where_nothing_happened_no_digest_goes_out(cast: Cast, text: NegotiatingText, order: DigestOrder) -> None:
    assert not digests.send(order.pk, MORNING)
    assert mail.outbox == []


def test_a_mail_that_did_not_go_out_is_tried_again(
    cast: Cast, text: NegotiatingText, order: DigestOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    change(cast, text)
    monkeypatch.setattr(digests, "send_mail", refuse)
    with pytest.raises(ConnectionRefusedError):
        digests.send(order.pk, MORNING)
    assert digests.due(MORNING) == [order.pk]


def test_a_seat_that_was_taken_away_gets_no_digest(cast: Cast, text: NegotiatingText, order: DigestOrder) -> None:
    change(cast, text)
    cast.norway.active = False
    cast.norway.save()
    assert digests.due(MORNING) == []
    assert not digests.send(order.pk, MORNING)


def test_beat_sends_what_is_due(cast: Cast, text: NegotiatingText, order: DigestOrder) -> None:
    change(cast, text)
    DigestOrder.objects.update(hour=0)
    send_digests()
    assert [message.subject for message in mail.outbox] == ["Digest: Conference on Rivers"]
