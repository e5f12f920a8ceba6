"""Proposals that a new basis does not reflect: the policy is announced, applied piece by piece, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafting.errors import Closed, Forbidden, NotFound
from drafting.models import Amendment, Hunk, Lapse, NegotiatingText
from drafting.queries import reports
from drafting.queries import unreflected as policy
from drafting.services import amendments, decisions, revisions, unreflected
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    """Three proposals: one accepted, two open."""
    text = factories.text(cast, "Each Party should act.", "Each Party may report.", "The secretariat is established.")
    for address, who in zip("123", (cast.norway, cast.kenya, cast.norway), strict=True):
        row = factories.provision(text, address)
        amendments.submit(who, text, [Proposed(row, f"{row.words.content} Truly.")])
    decisions.decide(cast.chair, text, "accept", "room", hunks=[Hunk.objects.order_by("pk")[0].pk])
    return text


def dies_at_the_second(act: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """The act as a worker does it that is killed at its second turn."""
    turns = iter((False, True))

    def dying(*given: Any) -> list[str]:
        if next(turns):
            raise KeyboardInterrupt
        return act(*given)

    return dying


def states() -> list[str]:
    return list(Amendment.objects.order_by("number").values_list("state", flat=True))


def fates(text: NegotiatingText) -> list[str]:
    return [entry.fate for entry in reports.loss_report(text)]


def test_they_stay_open_unless_the_conference_says_otherwise(cast: Cast, text: NegotiatingText) -> None:
    assert policy.announced(cast.norway, text).policy == "stay"
    issued = revisions.issue(cast.chair, text)
    assert (unreflected.settle(issued.pk), states()) == (0, ["decided", "open", "open"])


def test_they_lapse_with_the_basis_and_are_revived_in_one_act(cast: Cast, text: NegotiatingText) -> None:
    with replay.verified(text):
        unreflected.choose(cast.chair, text, "lapse", "Plenary, 22 November")
    assert "lapse with the present one" in policy.announced(cast.kenya, text).sentence
    issued = revisions.issue(cast.chair, text)
    with replay.verified(text):
        assert unreflected.settle(issued.pk) == 2
    assert fates(text) == ["lapsed", "lapsed"]
    with replay.verified(text):
        assert unreflected.revive(cast.chair, issued) == 2
    assert states() == ["decided", "open", "open"]
    with pytest.raises(Closed):
        unreflected.revive(cast.chair, issued)


def test_they_are_withdrawn_where_that_is_the_policy(cast: Cast, text: NegotiatingText) -> None:
    unreflected.choose(cast.chair, text, "withdraw")
    issued = revisions.issue(cast.chair, text)
    with replay.verified(text):
        unreflected.settle(issued.pk)
    assert states() == ["decided", "withdrawn", "withdrawn"]
    with pytest.raises(NotFound):
        unreflected.revive(cast.chair, issued)


def test_a_text_without_status_ends_no_proposal(cast: Cast, text: NegotiatingText) -> None:
    unreflected.choose(cast.chair, text, "lapse")
    revisions.issue(cast.chair, text, kind="chairs-text", basis=False)
    assert unreflected.left() == []


def test_a_job_taken_up_again_goes_on_where_the_last_one_stopped(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unreflected, "BATCH", 1)
    unreflected.choose(cast.chair, text, "lapse")
    issued = revisions.issue(cast.chair, text)
    with monkeypatch.context() as dying:
        dying.setattr(unreflected, "_end", dies_at_the_second(unreflected._end))
        with pytest.raises(KeyboardInterrupt):
            unreflected.settle(issued.pk)
    assert (states(), unreflected.left()) == (["decided", "lapsed", "open"], [issued.pk])
    assert (unreflected.settle(issued.pk), unreflected.settle(issued.pk)) == (1, 0)
    assert (unreflected.left(), len(Lapse.objects.get().applied)) == ([], 2)


def test_one_decided_since_the_revision_was_issued_is_left_as_it_is(cast: Cast, text: NegotiatingText) -> None:
    unreflected.choose(cast.chair, text, "lapse")
    issued = revisions.issue(cast.chair, text)
    waiting = Hunk.objects.filter(outcome="open").order_by("pk")
    decisions.decide(cast.chair, text, "accept", "room", hunks=[waiting[0].pk])
    assert (unreflected.settle(issued.pk), states()) == (1, ["decided", "decided", "lapsed"])


def test_going_back_to_the_earlier_basis_opens_them_again(cast: Cast, text: NegotiatingText) -> None:
    first = revisions.issue(cast.chair, text)
    unreflected.choose(cast.chair, text, "withdraw")
    later = revisions.issue(cast.chair, text)
    unreflected.settle(later.pk)
    with replay.verified(text):
        revisions.return_to(cast.chair, first)
    assert states() == ["decided", "open", "open"]


def test_the_chair_alone_chooses_the_policy(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden):
        unreflected.choose(cast.secretary, text, "lapse")
    with pytest.raises(NotFound, match="choose one of these"):
        unreflected.choose(cast.chair, text, "burn")
