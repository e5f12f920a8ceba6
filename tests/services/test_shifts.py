"""The standing order to consolidate overnight runs once a day, on the conference's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time

from drafting.models import Consolidation, JournalEntry
from drafting.services import consolidation, shifts
from tests import factories
from tests.cast import Cast


def test_it_asks_once_a_day_at_its_hour_on_the_conferences_clock(cast: Cast) -> None:
    text = factories.text(cast)
    cast.conference.timezone = "Africa/Nairobi"  # three hours ahead of UTC
    cast.conference.save()
    shifts.order_overnight(cast.chair, text, time(2, 30), datetime(2026, 11, 21, 21, 30, tzinfo=UTC))
    assert shifts.start_due(datetime(2026, 11, 21, 22, 0, tzinfo=UTC)) == []  # 01:00 there, of a day not yet run
    (asked,) = shifts.start_due(datetime(2026, 11, 21, 23, 30, tzinfo=UTC))
    assert shifts.start_due(datetime(2026, 11, 22, 1, 0, tzinfo=UTC)) == []
    consolidation.run(asked.pk)
    assert Consolidation.objects.get().state == Consolidation.State.DONE
    assert len(shifts.start_due(datetime(2026, 11, 22, 23, 31, tzinfo=UTC))) == 1


def test_ordered_in_the_evening_it_waits_for_the_coming_night(cast: Cast) -> None:
    text = factories.text(cast)
    shifts.order_overnight(cast.chair, text, time(2, 30), datetime(2026, 11, 21, 22, 0, tzinfo=UTC))
    assert shifts.start_due(datetime(2026, 11, 21, 22, 1, tzinfo=UTC)) == []
    assert len(shifts.start_due(datetime(2026, 11, 22, 2, 31, tzinfo=UTC))) == 1


def test_called_off_it_asks_no_more(cast: Cast) -> None:
    text = factories.text(cast)
    shifts.order_overnight(cast.chair, text, time(0, 0))
    shifts.order_overnight(cast.chair, text, None)
    assert shifts.start_due(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) == []


def test_a_note_is_the_bureaus_alone(cast: Cast) -> None:
    text = factories.text(cast)
    shifts.leave_note(cast.chair, text, "Norway comes back at nine.")
    (row,) = JournalEntry.objects.filter(kind="shift-note-left")
    assert row.stream_id == text.bureau_id
