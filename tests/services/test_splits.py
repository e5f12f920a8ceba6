"""A proposal is split in two that are decided apart, wordings are merged into one, and both are taken back."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.errors import CannotUndo, NotOfThisKind
from drafting.models import Amendment, Decision, Hunk, NegotiatingText, Sponsorship
from drafting.queries import amendments as cards
from drafting.queries import reports
from drafting.services import amendments, decisions, kinds, positions, restructuring
from drafting.services.proposals import Proposed
from drafting.text.errors import ActRefused
from tests import factories, replay
from tests.cast import Cast

WORDS = "Each Party should act, adequate funding permitting, and report."


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, WORDS, "The secretariat is established.", "The depositary is the host.")


def lodge(cast: Cast, text: NegotiatingText, words: str, who: str = "norway") -> Amendment:
    return amendments.submit(getattr(cast, who), text, [Proposed(factories.provision(text), words)])


def hunks(row: Amendment) -> list[Hunk]:
    return list(Hunk.objects.filter(version__amendment=row, version__current=True).order_by("index"))


def decide(cast: Cast, text: NegotiatingText, act: str, chosen: list[Hunk], **what: Any) -> Decision:
    with replay.verified(text):
        return decisions.decide(cast.chair, text, act, "proposer", hunks=[hunk.pk for hunk in chosen], **what)


def fates(text: NegotiatingText) -> list[tuple[int, str]]:
    return [(entry.number, entry.fate) for entry in reports.loss_report(text)]


def test_a_part_set_apart_is_an_amendment_of_its_own_with_the_same_sponsors(cast: Cast, text: NegotiatingText) -> None:
    whole = lodge(cast, text, WORDS.replace("should", "shall").replace("report", "publish"))
    amendments.co_sponsor(cast.kenya, whole.versions.get())
    decide(cast, text, "split", hunks(whole)[:1])
    fresh = Amendment.objects.get(amends=whole)
    assert [hunk.words for hunk in hunks(fresh)] == ["shall"]
    assert [hunk.words for hunk in hunks(whole)] == ["publish"]
    roles = Sponsorship.objects.filter(version__amendment=fresh).order_by("role")
    assert list(roles.values_list("delegation__code", "role")) == [("KEN", "cosponsor"), ("NOR", "sponsor")]
    assert factories.words(text)[0] == WORDS


def test_the_parts_are_decided_apart_and_each_has_a_fate_of_its_own(cast: Cast, text: NegotiatingText) -> None:
    whole = lodge(cast, text, WORDS.replace("should", "shall").replace("report", "publish"))
    decide(cast, text, "split", hunks(whole)[:1])
    decide(cast, text, "accept", hunks(Amendment.objects.get(amends=whole)))
    decide(cast, text, "drop-hunk", hunks(whole), reason="Not supported.")
    assert fates(text) == [(1, "dropped"), (2, "in text")]


def test_one_change_is_split_where_its_first_part_is_written_out(cast: Cast, text: NegotiatingText) -> None:
    whole = lodge(cast, text, WORDS.replace("adequate funding", "appropriate resources"))
    with pytest.raises(ActRefused, match="Nothing would be left"):
        decide(cast, text, "split", hunks(whole))
    decide(cast, text, "split", hunks(whole), words="appropriate funding")
    assert [hunk.words for hunk in hunks(whole)] == ["appropriate"]
    assert [hunk.words for hunk in hunks(Amendment.objects.get(amends=whole))] == ["resources"]


def test_deletions_bound_together_come_apart_a_move_does_not(cast: Cast, text: NegotiatingText) -> None:
    second, third = (factories.provision(text, address) for address in "23")
    bound = restructuring.delete([second, third])
    whole = amendments.submit(cast.norway, text, bound.proposed, op=bound.op, is_one=bound.is_one)
    decide(cast, text, "split", hunks(whole)[:1])
    decide(cast, text, "accept", hunks(whole))
    assert factories.words(text) == [WORDS, second.words.content]
    moved = restructuring.move(factories.provision(text), second)
    move = amendments.submit(cast.norway, text, moved.proposed, op=moved.op, is_one=moved.is_one)
    with pytest.raises(ActRefused, match="decided together"):
        decide(cast, text, "split", hunks(move)[:1])


def test_a_proposal_decided_in_part_keeps_what_is_decided(cast: Cast, text: NegotiatingText) -> None:
    words = WORDS.replace("should", "shall").replace("adequate", "ample").replace("report", "publish")
    whole = lodge(cast, text, words)
    decide(cast, text, "accept", hunks(whole)[:1])
    decide(cast, text, "split", hunks(whole)[1:2])
    assert [hunk.outcome for hunk in hunks(whole)] == ["accepted", "dropped", "open"]
    assert fates(text) == [(1, "in part"), (2, "open")]


def test_taken_back_the_part_is_joined_again_and_can_be_split_again(cast: Cast, text: NegotiatingText) -> None:
    whole = lodge(cast, text, WORDS.replace("should", "shall").replace("report", "publish"))
    made = decide(cast, text, "split", hunks(whole)[:1])
    with replay.verified(text):
        decisions.undo(cast.chair, made)
    assert [hunk.outcome for hunk in hunks(whole)] == ["open", "open"]
    assert fates(text) == [(1, "open"), (2, "joined")]
    with replay.verified(text):
        decisions.redo(cast.chair, made)
    assert fates(text) == [(1, "open"), (2, "joined"), (3, "open")]


def test_a_split_somebody_has_stood_on_is_not_taken_back(cast: Cast, text: NegotiatingText) -> None:
    whole = lodge(cast, text, WORDS.replace("should", "shall").replace("report", "publish"))
    made = decide(cast, text, "split", hunks(whole)[:1])
    version = Amendment.objects.get(amends=whole).versions.get()
    positions.take(cast.kenya, version, "oppose")
    with pytest.raises(CannotUndo, match="supported or opposed since it was split"):
        decisions.undo(cast.chair, made)


def test_merging_accepts_one_wording_and_says_of_the_others_that_they_are_the_same(
    cast: Cast, text: NegotiatingText
) -> None:
    ours, theirs = (
        lodge(cast, text, WORDS.replace("should", "shall")),
        lodge(cast, text, WORDS.replace("should", "is to"), "kenya"),
    )
    third = lodge(cast, text, WORDS.replace("should", "may"), "group")
    chosen = [*hunks(ours), *hunks(theirs)]
    made = decide(cast, text, "merge", chosen, into=hunks(ours)[0].pk)
    assert factories.words(text)[0] == WORDS.replace("should", "shall")
    assert fates(text) == [(1, "in text"), (2, "in text"), (3, "dropped")]
    assert cards.one(cast.kenya, theirs.pk).hunks[0].reason == "Merged: the same as proposal 1."
    with replay.verified(text):
        decisions.undo(cast.chair, made)
    assert fates(text) == [(1, "open"), (2, "open"), (3, "open")]
    with replay.verified(text):
        decisions.redo(cast.chair, made)
    assert cards.one(cast.norway, third.pk).fate == "dropped"


def test_merging_needs_the_wording_that_stays_and_another(cast: Cast, text: NegotiatingText) -> None:
    ours = lodge(cast, text, WORDS.replace("should", "shall"))
    with pytest.raises(ActRefused, match="Name the wording that stays"):
        decide(cast, text, "merge", hunks(ours), into=hunks(ours)[0].pk)


def test_a_streamlined_text_merges_with_the_consent_of_the_proposers_alone(cast: Cast, text: NegotiatingText) -> None:
    ours, theirs = (lodge(cast, text, WORDS.replace("should", word)) for word in ("shall", "may"))
    kinds.prepare(cast.chair, text, "streamlined")
    chosen = [hunk.pk for row in (ours, theirs) for hunk in hunks(row)]
    with pytest.raises(NotOfThisKind, match="withdrawn or accepted by the proposer"):
        decisions.decide(cast.chair, text, "merge", "room", hunks=chosen, into=chosen[0])
    decisions.decide(cast.chair, text, "merge", "proposer", hunks=chosen, into=chosen[0])
    assert factories.words(text)[0] == WORDS.replace("should", "shall")
