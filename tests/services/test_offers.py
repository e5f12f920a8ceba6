"""Amending another's amendment: taken as friendly by its sponsor, or standing as a rival."""

from __future__ import annotations

import pytest

from drafting.errors import Closed, EmptyChange, Forbidden, SignOffNeeded
from drafting.models import Amendment, AmendmentVersion, NegotiatingText
from drafting.services import amendments, decisions, offers, signoffs
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast

BASE = "Each Party should take measures."
NORWAY = "Each Party shall take measures."
KENYA = "Each Party shall take appropriate measures."


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, BASE)


@pytest.fixture
def lodged(cast: Cast, text: NegotiatingText) -> Amendment:
    return amendments.submit(cast.norway, text, [proposed(text, NORWAY)])


@pytest.fixture
def offered(cast: Cast, text: NegotiatingText, lodged: Amendment) -> AmendmentVersion:
    with replay.verified(text):
        return offers.offer(cast.kenya, lodged, [proposed(text, KENYA)], "Measures must fit.")


def proposed(text: NegotiatingText, words: str) -> Proposed:
    return Proposed(factories.provision(text), words)


def sponsors(version: AmendmentVersion) -> list[str]:
    return list(version.sponsorships.order_by("delegation__code").values_list("delegation__code", flat=True))


def test_an_offer_changes_nothing_until_it_is_taken(lodged: Amendment, offered: AmendmentVersion) -> None:
    current = lodged.versions.get(current=True)
    assert (current.ordinal, offered.ordinal, offered.hunks.count()) == (1, 2, 0)
    assert current.hunks.get().words == "shall"


def test_a_friendly_amendment_is_a_new_version_that_names_both(
    cast: Cast, text: NegotiatingText, lodged: Amendment, offered: AmendmentVersion
) -> None:
    with replay.verified(text):
        taken = offers.take(cast.norway, offered)
    assert (taken.ordinal, taken.current, sponsors(taken)) == (3, True, ["KEN", "NOR"])
    assert taken.texts.get().words == KENYA
    assert [row.words for row in taken.hunks.order_by("index")] == ["shall", "appropriate "]


def test_what_else_its_makers_offered_is_overtaken_and_what_others_offered_waits_on(
    cast: Cast, text: NegotiatingText, lodged: Amendment, offered: AmendmentVersion
) -> None:
    later = offers.offer(cast.kenya, lodged, [proposed(text, "Each Party shall take all measures.")])
    others = offers.offer(cast.group, lodged, [proposed(text, "Each Party shall take some measures.")])
    with replay.verified(text):
        offers.take(cast.norway, later)
    answers = {row.pk: row.answer for row in AmendmentVersion.objects.all()}
    assert [answers[row.pk] for row in (offered, later, others)] == ["overtaken", "taken", "offered"]
    assert offered.texts.get().words == KENYA
    with pytest.raises(Closed, match="overtaken"):
        offers.take(cast.kenya, offered)
    assert offers.let_stand(cast.kenya, offered).amends == lodged


def test_an_offer_waits_on_where_its_end_would_tell_that_a_hidden_delegation_made_both(
    cast: Cast, text: NegotiatingText, lodged: Amendment
) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    earlier, later = (offers.offer(cast.kenya, lodged, [proposed(text, words)]) for words in (KENYA, "Each Party may."))
    cast.conference.attribution_shown = True  # what was hidden when it was made stays so
    cast.conference.save()
    offers.take(cast.norway, later)
    earlier.refresh_from_db()
    assert earlier.answer == AmendmentVersion.Answer.OFFERED


def test_the_versions_before_keep_their_words_and_their_authors(
    cast: Cast, lodged: Amendment, offered: AmendmentVersion
) -> None:
    offers.take(cast.norway, offered)
    first, second, _ = lodged.versions.order_by("ordinal")
    assert (first.texts.get().words, sponsors(first)) == (NORWAY, ["NOR"])
    assert (second.texts.get().words, sponsors(second), second.answer) == (KENYA, ["KEN"], "taken")
    assert first.hunks.get().reason == "Superseded by version 3."


def test_who_co_sponsored_the_old_words_is_asked_anew(cast: Cast, text: NegotiatingText, lodged: Amendment) -> None:
    amendments.co_sponsor(cast.group, lodged.versions.get())
    taken = offers.take(cast.norway, offers.offer(cast.kenya, lodged, [proposed(text, KENYA)]))
    assert "G2" not in sponsors(taken)
    amendments.co_sponsor(cast.group, taken)
    assert "G2" in sponsors(taken)


def test_what_is_taken_is_decided_like_any_amendment(
    cast: Cast, text: NegotiatingText, offered: AmendmentVersion
) -> None:
    taken = offers.take(cast.norway, offered)
    hunks = list(taken.hunks.values_list("pk", flat=True))
    with replay.verified(text):
        decisions.decide(cast.chair, text, "accept", "room", hunks=hunks)
    assert factories.words(text) == [KENYA]


def test_what_was_declined_may_stand_as_a_rival(
    cast: Cast, text: NegotiatingText, lodged: Amendment, offered: AmendmentVersion
) -> None:
    with replay.verified(text):
        offers.decline(cast.norway, offered)
    with replay.verified(text):
        rival = offers.let_stand(cast.kenya, offered)
    assert (rival.number, rival.amends, sponsors(rival.versions.get())) == (2, lodged, ["KEN"])
    assert rival.rationale == "Measures must fit."


def test_a_rival_stands_as_brackets_beside_the_words_it_would_have_amended(
    cast: Cast, text: NegotiatingText, lodged: Amendment, offered: AmendmentVersion
) -> None:
    rival = offers.let_stand(cast.kenya, offered)
    hunks = [hunk.pk for row in (lodged, rival) for hunk in row.versions.get(current=True).hunks.all()]
    decisions.decide(cast.chair, text, "bracket", "chair", hunks=hunks)
    assert factories.words(text) == ["Each Party [should][shall] take [appropriate] measures."]


def test_an_offer_is_taken_back_by_who_made_it_alone(cast: Cast, offered: AmendmentVersion) -> None:
    with pytest.raises(Forbidden):
        offers.take_back(cast.group, offered)
    offers.take_back(cast.kenya, offered)
    with pytest.raises(Closed):
        offers.take(cast.norway, offered)


def test_only_a_sponsor_answers(cast: Cast, offered: AmendmentVersion) -> None:
    for answer in (offers.take, offers.decline):
        with pytest.raises(Forbidden):
            answer(cast.group, offered)


def test_the_words_of_the_amendment_themselves_are_no_offer(
    cast: Cast, text: NegotiatingText, lodged: Amendment
) -> None:
    with pytest.raises(EmptyChange):
        offers.offer(cast.kenya, lodged, [proposed(text, NORWAY)])


def test_the_same_words_are_offered_once(
    cast: Cast, text: NegotiatingText, lodged: Amendment, offered: AmendmentVersion
) -> None:
    same = [proposed(text, offered.texts.get().words)]
    with pytest.raises(EmptyChange):
        offers.offer(cast.kenya, lodged, same)
    offers.take_back(cast.kenya, offered)
    assert offers.offer(cast.kenya, lodged, same).answer == "offered"


def test_nothing_is_offered_to_what_is_decided(cast: Cast, text: NegotiatingText, lodged: Amendment) -> None:
    hunks = [lodged.versions.get().hunks.get().pk]
    decisions.decide(cast.chair, text, "bracket", "chair", hunks=hunks)
    with pytest.raises(Closed):
        offers.offer(cast.kenya, lodged, [proposed(text, KENYA)])


def test_nothing_is_offered_to_what_is_decided_in_part(
    cast: Cast, text: NegotiatingText, lodged: Amendment, offered: AmendmentVersion
) -> None:
    first, _ = offers.take(cast.norway, offered).hunks.order_by("index")
    decisions.decide(cast.chair, text, "accept", "room", hunks=[first.pk])
    lodged.refresh_from_db()
    with pytest.raises(Closed, match="A part of proposal 1 is decided"):
        offers.offer(cast.group, lodged, [proposed(text, "Each Party shall rest.")])


def test_where_the_head_signs_off_nobody_else_takes_or_offers(
    cast: Cast, text: NegotiatingText, offered: AmendmentVersion
) -> None:
    signoffs.want(cast.norway_head, wanted=True)
    with pytest.raises(SignOffNeeded):
        offers.take(cast.norway, offered)
    assert offers.take(cast.norway_head, offered).current
