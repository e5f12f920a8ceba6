"""The journal proved on a page: what a reader may follow, as a job with its progress; the first fault is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from delegations.models import Seat
from drafting.models import JournalEntry, NegotiatingText, Revision
from drafting.services import drafts, proofs, revisions
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
pytestmark = pytest.mark.usefixtures("treaty")


@pytest.fixture(autouse=True)
def shelf(settings: Any) -> None:
    """An empty cache, and a worker that runs at once."""
    settings.CELERY_TASK_ALWAYS_EAGER = True
    cache.clear()


def proved(seat: Seat) -> proofs.State:
    key, _ = proofs.order(seat)
    proofs.run(key)
    state = proofs.state(seat, key)
    assert state is not None
    return state


def test_each_reader_proves_what_they_may_follow(cast: Cast, treaty: NegotiatingText) -> None:
    revisions.issue(cast.secretary, treaty)
    names = {name: {one.name for one in proved(getattr(cast, name)).chains} for name in ("observer", "kenya", "chair")}
    assert names["observer"] == {"Treaty: what is issued"}
    assert names["kenya"] == {"Treaty: what is issued", "Treaty: the floor"}
    assert names["kenya"] <= names["chair"]
    state = proved(cast.kenya)
    assert (state.step, state.done, state.revisions) == ("proved", state.total, 2)


def test_a_draft_is_in_its_own_delegations_proof_alone(cast: Cast, treaty: NegotiatingText) -> None:
    drafts.open(cast.norway, factories.provision(treaty, "9.1"))
    own = {name: [one.name for one in proved(getattr(cast, name)).chains] for name in ("norway", "kenya")}
    assert ("your delegation’s own" in own["norway"], "your delegation’s own" in own["kenya"]) == (True, False)


def test_a_row_that_was_changed_is_named(cast: Cast, treaty: NegotiatingText) -> None:
    JournalEntry.objects.filter(stream=treaty.floor_id, seq=3).update(body='{"kind":"agreed"}')
    state = proved(cast.kenya)
    assert (state.step, f"Stream {treaty.floor_id}, seq 3" in state.fault) == ("broken", True)


def test_a_text_that_is_not_the_one_issued_is_named(cast: Cast, treaty: NegotiatingText) -> None:
    row = revisions.issue(cast.secretary, treaty)
    Revision.objects.filter(pk=row.pk).update(snapshot=row.snapshot.replace("water", "wine"))
    assert "not the one that was issued" in proved(cast.observer).fault


def test_the_page_begins_it_and_shows_what_it_found_to_its_own_reader(cast: Cast, browse: Browse) -> None:
    begun = browse(cast.kenya).post("/rivers/journal/")
    proofs.run(begun["Location"].partition("order=")[2])
    assert "Nothing was changed, added or dropped" in browse(cast.kenya).get(begun["Location"]).content.decode()
    assert browse(cast.norway).get(begun["Location"]).status_code == 404
    heads = json.loads(browse(cast.kenya).get("/rivers/journal/?form=json").content)
    assert heads
    assert all(seq and len(digest) == 64 for seq, digest in heads.values())


def test_progress_is_told_row_by_row(cast: Cast, treaty: NegotiatingText, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drafting.queries.journal._PAGE", 2)
    told: list[tuple[int, int]] = []
    keep = proofs._keep
    monkeypatch.setattr(proofs, "_keep", lambda key, state: (told.append((state.done, state.total)), keep(key, state)))
    proved(cast.kenya)
    assert len(told) > 4
    assert told[1:] == sorted(told[1:])
    assert told[-1][0] == told[-1][1]
