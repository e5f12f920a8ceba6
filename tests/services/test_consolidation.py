"""A consolidation is asked for once, run once, and saved whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from drafting.errors import AlreadyRunning, Forbidden, NotFound, Superseded
from drafting.models import Consolidation, NegotiatingText
from drafting.services import amendments, consolidating, consolidation, journal
from drafting.services.proposals import Proposed
from drafting.text.shelves import Shelf
from tests import factories, rooms
from tests.cast import Cast

State = Consolidation.State


def propose(cast: Cast) -> NegotiatingText:
    found = factories.text(cast, "Each Party should act.", "Parties [may] report.")
    for who, words in ((cast.norway, "Each Party shall act."), (cast.kenya, "Each Party may act.")):
        amendments.submit(who, found, [Proposed(factories.provision(found), words)])
    return found


furnished, room, cast, text = rooms.shared(propose)


def asked(cast: Cast, text: NegotiatingText) -> Consolidation:
    return consolidation.request(cast.chair, text)


def stored(row: Consolidation) -> Consolidation:
    return Consolidation.objects.get(pk=row.pk)


def silent(row: Consolidation, fence: int = 1) -> None:
    """A worker took the row and has not been heard of since."""
    long_ago = timezone.now() - timedelta(seconds=consolidation.STALLED + 1)
    Consolidation.objects.filter(pk=row.pk).update(state=State.RUNNING, beat=long_ago, fence=fence)


def test_it_saves_trees_brackets_the_clean_text_its_gaps_the_log_and_the_losses(
    cast: Cast, text: NegotiatingText
) -> None:
    row = asked(cast, text)
    consolidation.run(row.pk)
    row = stored(row)
    assert (row.state, row.done, row.total) == (State.DONE, 2, 2)
    first, second = (factories.provision(text, address).pk for address in "12")
    assert row.results["bracketed"] == [
        [first, "Each Party [should][shall][may] act."],
        [second, "Parties [may] report."],
    ]
    assert row.results["clean"] == [[first, "Each Party should act."], [second, "Parties report."]]
    assert [gap[3] for gap in row.results["gaps"]] == ["may"]
    assert [entry["fate"] for entry in row.results["loss"]] == ["open", "open"]
    assert row.results["figures"]["slots"] == 1
    assert list(row.results["trees"]) == [str(first)]


def test_it_tells_the_bureau_when_it_is_asked_for_and_when_it_has_ended(cast: Cast, text: NegotiatingText) -> None:
    consolidation.run(asked(cast, text).pk)
    kinds = list(text.bureau.entries.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["consolidation-requested", "consolidation-finished"]


def test_it_changes_nothing_on_the_floor(cast: Cast, text: NegotiatingText) -> None:
    text.floor.refresh_from_db()
    before = text.floor.head
    consolidation.run(asked(cast, text).pk)
    text.floor.refresh_from_db()
    assert text.floor.head == before


def test_equal_input_has_an_equal_hash_and_other_input_another(cast: Cast, text: NegotiatingText) -> None:
    hashes = []
    for words in ("Parties [may] report.", "Parties [may] report.", "Parties [shall] report."):
        if words != factories.words(text)[1]:
            amendments.submit(cast.norway, text, [Proposed(factories.provision(text, "2"), words)])
        row = asked(cast, text)
        consolidation.run(row.pk)
        hashes.append(stored(row).input_hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_run_after_one_more_proposal_works_out_its_provision_alone(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(10)
    monkeypatch.setattr(consolidating, "_shelf", shelf)
    consolidation.run(asked(cast, text).pk)
    before = set(shelf)
    amendments.submit(cast.kenya, text, [Proposed(factories.provision(text, "2"), "Parties [shall] report.")])
    consolidation.run(asked(cast, text).pk)
    assert (len(before), len(set(shelf) - before)) == (1, 1)


def test_over_the_budget_of_readability_a_provision_is_shown_as_options(cast: Cast, text: NegotiatingText) -> None:
    for verb in ("must", "will", "can", "ought to", "is to", "agrees to", "undertakes to"):
        words = f"Each Party {verb} act."
        amendments.submit(cast.norway, text, [Proposed(factories.provision(text), words)])
    row = asked(cast, text)
    consolidation.run(row.pk)
    ((_, words), _) = stored(row).results["bracketed"]
    assert words.startswith("[Option 1: Each Party should act.]\n[Option 2: ")


def test_a_pair_proposed_across_provisions_is_shown_once(cast: Cast, text: NegotiatingText) -> None:
    first, second = (factories.provision(text, address) for address in "12")
    whole = [Proposed(first, "[Each Party should act."), Proposed(second, "Parties [may] report.]")]
    amendments.submit(cast.norway, text, whole)
    row = asked(cast, text)
    consolidation.run(row.pk)
    assert [words for _, words in stored(row).results["bracketed"]] == [
        "[Each Party [should][shall][may] act.",
        "Parties [may] report.]",
    ]


def test_one_runs_at_a_time(cast: Cast, text: NegotiatingText) -> None:
    asked(cast, text)
    with pytest.raises(AlreadyRunning):
        asked(cast, text)


def test_run_twice_it_is_done_once(cast: Cast, text: NegotiatingText) -> None:
    row = asked(cast, text)
    consolidation.run(row.pk)
    consolidation.run(row.pk)
    assert (stored(row).fence, text.bureau.entries.filter(kind="consolidation-finished").count()) == (1, 1)


def test_a_job_with_a_living_worker_is_left_to_it(cast: Cast, text: NegotiatingText) -> None:
    row = asked(cast, text)
    Consolidation.objects.filter(pk=row.pk).update(state=State.RUNNING, beat=timezone.now(), fence=1)
    consolidation.run(row.pk)
    assert (stored(row).state, stored(row).fence) == (State.RUNNING, 1)


def during(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Let something happen in the middle of the next computation."""
    compute = consolidating.compute

    def interrupted(*arguments: Any) -> consolidating.Result:
        result = compute(*arguments)
        happens()
        return result

    monkeypatch.setattr(consolidating, "compute", interrupted)


def test_a_worker_that_was_given_up_and_comes_back_saves_nothing(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = asked(cast, text)
    during(monkeypatch, lambda: Consolidation.objects.filter(pk=row.pk).update(fence=2) and None)
    consolidation.run(row.pk)
    assert (stored(row).state, stored(row).results) == (State.RUNNING, {})


def test_a_cancelled_one_saves_nothing(cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch) -> None:
    row = asked(cast, text)
    during(monkeypatch, lambda: consolidation.cancel(cast.chair, row))
    consolidation.run(row.pk)
    assert (stored(row).state, stored(row).results) == (State.CANCELLED, {})


def test_a_cancelled_run_stops_at_its_next_sign_of_progress(cast: Cast, text: NegotiatingText) -> None:
    row = asked(cast, text)
    Consolidation.objects.filter(pk=row.pk).update(state=State.RUNNING, fence=1, beat=timezone.now())
    consolidation.cancel(cast.chair, row)
    with pytest.raises(Superseded):
        consolidation._reporter(Consolidation.objects.get(pk=row.pk))(1, 2)


def test_an_error_of_the_program_is_said_and_not_swallowed(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    during(monkeypatch, broken)
    row = asked(cast, text)
    with pytest.raises(ZeroDivisionError):
        consolidation.run(row.pk)
    assert stored(row).state == State.FAILED
    assert "stopped on an error" in stored(row).failure


def test_progress_is_told_with_every_report(cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(journal, "progress", lambda stream, body: told.append(body))
    monkeypatch.setattr(consolidating, "_EVERY", 0)
    consolidation.run(asked(cast, text).pk)
    assert [body["done"] for body in told] == [0, 1, 2, 2]
    assert {body["total"] for body in told} == {2}


def test_the_job_of_a_silent_worker_is_taken_up_again(cast: Cast, text: NegotiatingText) -> None:
    row = asked(cast, text)
    silent(row)
    assert consolidation.resume_stalled() == [row.pk]
    consolidation.run(row.pk)
    assert (stored(row).state, stored(row).fence) == (State.DONE, 2)


def test_a_job_no_worker_was_told_of_is_taken_up(cast: Cast, text: NegotiatingText) -> None:
    row = asked(cast, text)
    long_ago = timezone.now() - timedelta(seconds=consolidation.STALLED + 1)
    Consolidation.objects.filter(pk=row.pk).update(requested=long_ago)
    assert consolidation.resume_stalled() == [row.pk]


def test_a_job_that_kills_its_workers_says_it_failed(cast: Cast, text: NegotiatingText) -> None:
    row = asked(cast, text)
    silent(row, fence=consolidation.MOST_STARTS)
    assert consolidation.resume_stalled() == []
    assert stored(row).state == State.FAILED
    assert stored(row).failure.endswith("tell the secretariat.")


def test_an_unknown_job_is_no_error_for_a_worker(db: None) -> None:
    consolidation.run(UUID(int=0))
    assert not Consolidation.objects.exists()


@pytest.mark.parametrize("who", ["norway", "secretary", "observer", "stranger", "other_chair", "unseated"])
def test_only_who_decides_asks_for_one(cast: Cast, text: NegotiatingText, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        consolidation.request(getattr(cast, who), text)
