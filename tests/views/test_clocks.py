"""Times as pages print and read them: on the clock of the seat's conference, for as long as the request lasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.queries import listings
from drafting.services import amendments, decisions
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
TEXT = "/rivers/treaty/"


@pytest.fixture(autouse=True)
def nairobi(cast: Cast) -> None:
    cast.conference.timezone = "Africa/Nairobi"  # three hours ahead of UTC, the whole year
    cast.conference.save()
    for seat in (cast.chair, cast.norway):
        seat.refresh_from_db()


def read(browse: Browse, seat: Seat, page: str) -> str:
    return browse(seat).get(TEXT + page).content.decode()


def test_a_deadline_is_written_and_read_on_the_clock_of_the_conference(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    browse(cast.chair).post(TEXT + "deadline/", {"deadline": "2031-05-06T18:00"})
    treaty.refresh_from_db()
    assert treaty.deadline == datetime(2031, 5, 6, 15, tzinfo=UTC)
    assert "6 May, 18:00</time> (Africa/Nairobi)" in read(browse, cast.norway, "9.2/propose/")
    assert 'value="2031-05-06T18:00"' in read(browse, cast.chair, "proposals/")


def test_what_the_journal_dated_is_printed_by_the_same_clock(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    row = factories.provision(treaty, "9.2")
    words = row.words.content.replace("drinking", "fresh")
    made = amendments.submit(cast.norway, treaty, [Proposed(row, words)])
    hunks = [hunk.pk for hunk in made.versions.get().hunks.all()]
    decisions.decide(cast.chair, treaty, "accept", "room", hunks=hunks)
    written, decided = (
        datetime.fromisoformat(treaty.floor.entries.get(kind=kind).at).astimezone(timezone.get_fixed_timezone(180))
        for kind in ("edited", "decided")
    )
    assert f"{written:%-d %b, %H:%M}</time>" in read(browse, cast.norway, "9.2/whose/")
    said = "".join(run.text for block in listings.change_log(cast.norway, treaty).blocks for run in block.runs)
    assert f"{decided:%Y-%m-%d %H:%M} (Africa/Nairobi)" in said


def test_the_clock_of_one_request_is_not_the_next_ones(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    read(browse, cast.norway, "")
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_conference_cannot_have_a_zone_that_is_none(cast: Cast) -> None:
    cast.conference.timezone = "Nairobi"
    with pytest.raises(ValidationError, match="no time zone"):
        cast.conference.full_clean()
