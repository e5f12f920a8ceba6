"""Where a conference does not show who stands where, no row of the floor names a delegation; the bureau's rows do."""

from __future__ import annotations

from drafting.models import NegotiatingText
from drafting.services import amendments, brackets, decisions, pens, positions
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast


def negotiate(cast: Cast, text: NegotiatingText) -> None:
    """Do one of each act that is somebody's."""
    norway, kenya = cast.norway.delegation, cast.kenya.delegation
    assert norway is not None
    assert kenya is not None
    row = factories.provision(text)
    pens.record(cast.secretary, Proposed(row, "Each Party [shall] act now."), [norway], supporters=[kenya])
    brackets.put(cast.secretary, factories.provision(text), 0, factories.provision(text), 4, [kenya])
    positions.take(cast.kenya, factories.bracket(text, 1), "delete")
    positions.lift(cast.kenya, factories.bracket(text, 1))
    made = amendments.submit(cast.norway, text, [Proposed(factories.provision(text, "2"), "Parties reported.")])
    amendments.co_sponsor(cast.kenya, made.versions.get())
    (hunk,) = made.versions.get().hunks.all()
    decisions.undo(cast.chair, decisions.decide(cast.chair, text, "bracket", "room", hunks=[hunk.pk]))


def bodies(text: NegotiatingText, stream: str) -> str:
    return " ".join(str(row.body) for row in getattr(text, stream).entries.all())


def test_the_floors_rows_name_nobody_and_the_bureaus_rows_do(cast: Cast) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = factories.text(cast, "Each Party [shall] act.", "Parties report.")
    with replay.verified(text):
        negotiate(cast, text)
    for code in ("NOR", "KEN"):
        assert code not in bodies(text, "floor")
        assert code in bodies(text, "bureau")


def test_where_it_shows_them_the_floors_rows_tell_all(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.", "Parties report.")
    with replay.verified(text):
        negotiate(cast, text)
    assert "NOR" in bodies(text, "floor")
    assert not text.bureau.entries.exists()
