"""Agreement on words, and reopening them."""

import pytest

from drafting.errors import Forbidden, Locked, NotFound, ReasonNeeded
from drafting.models import Agreement, JournalEntry
from drafting.queries import agreements as shown
from drafting.services import agreements, amendments
from drafting.services.amendments import Proposed
from drafting.text.errors import ActRefused
from tests import factories, replay

pytestmark = pytest.mark.django_db

AD_REF, AGREED = Agreement.Level.AD_REF, Agreement.Level.AGREED


def test_the_chair_gavels_a_provision_and_it_is_locked(cast):
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    agreements.gavel(cast.chair, provision, AGREED, "Plenary")
    with pytest.raises(Locked):
        amendments.submit(cast.norway, text, [Proposed(provision, "Each Party should act.")])


def test_words_are_agreed_and_their_neighbours_stay_open(cast):
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    agreements.gavel(cast.chair, provision, AD_REF, "Working group", words=(0, 10))
    amendments.submit(cast.norway, text, [Proposed(provision, "Each Party shall act now.")])
    with pytest.raises(Locked):
        amendments.submit(cast.norway, text, [Proposed(provision, "Every Party shall act.")])


def test_words_with_an_open_bracket_are_not_agreed(cast):
    provision = factories.provision(factories.text(cast, "Each Party [shall] act."))
    with pytest.raises(ActRefused, match="bracket 1 is still open"):
        agreements.gavel(cast.chair, provision, AGREED, "Plenary")


def test_confirmations_are_awaited_from_delegations_of_the_conference_alone(cast):
    provision = factories.provision(factories.text(cast, "Each Party shall act."))
    with pytest.raises(NotFound, match="no such delegation"):
        agreements.gavel(cast.chair, provision, AD_REF, "Plenary", pending=[cast.stranger.delegation])
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("words", [(3, 3), (5, 4), (-1, 4), (0, 99)])
def test_only_words_that_are_there_are_agreed(cast, words):
    provision = factories.provision(factories.text(cast, "Each Party shall act."))
    with pytest.raises(ActRefused, match="There are no words"):
        agreements.gavel(cast.chair, provision, AGREED, "Plenary", words=words)


def test_agreed_follows_ad_referendum_and_not_the_reverse(cast):
    provision = factories.provision(factories.text(cast, "Each Party shall act."))
    first = agreements.gavel(cast.chair, provision, AD_REF, "Working group")
    agreements.gavel(cast.chair, provision, AGREED, "Plenary")
    first.refresh_from_db()
    assert first.ended
    with pytest.raises(Forbidden, match="agreed already"):
        agreements.gavel(cast.chair, provision, AD_REF, "Working group")


def test_reopening_needs_a_reason_and_unlocks_the_words(cast):
    text = factories.text(cast, "Each Party shall act.")
    provision = factories.provision(text)
    agreement = agreements.gavel(cast.chair, provision, AGREED, "Plenary")
    with pytest.raises(ReasonNeeded):
        agreements.reopen(cast.chair, agreement, " ")
    agreements.reopen(cast.chair, agreement, "Kenya asks for it.")
    assert amendments.submit(cast.norway, text, [Proposed(provision, "Each Party should act.")])


@pytest.mark.parametrize(("name", "refusal"), [("norway", Forbidden), ("secretary", Forbidden), ("stranger", NotFound)])
def test_only_who_presides_gavels(cast, name, refusal):
    provision = factories.provision(factories.text(cast, "Each Party shall act."))
    with pytest.raises(refusal):
        agreements.gavel(getattr(cast, name), provision, AGREED, "Plenary")
    assert not Agreement.objects.exists()


def test_a_delegation_takes_back_its_ad_referendum_and_nothing_more(cast):
    text = factories.text(cast, "Each Party shall act.", "Parties report.")
    first = agreements.gavel(cast.chair, factories.provision(text), AD_REF, "Working group")
    other = agreements.gavel(cast.chair, factories.provision(text, "2"), AGREED, "Plenary")
    with replay.verified(text):
        agreements.take_back(cast.kenya, first, "Our capital objects.")
    assert first.ended
    with pytest.raises(Forbidden, match="agreed for good"):
        agreements.take_back(cast.kenya, other, "Our capital objects.")
    assert Agreement.objects.get(ended=False) == other


def test_who_took_it_back_is_the_bureaus_where_names_are_not_shown(cast):
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = factories.text(cast, "Each Party shall act.")
    agreements.take_back(cast.kenya, agreements.gavel(cast.chair, factories.provision(text), AD_REF, "Room"), "Later.")
    told = {row.stream_id: row.body for row in JournalEntry.objects.filter(kind="reopened")}
    assert "KEN" not in told[text.floor_id]
    assert "KEN" in told[text.bureau_id]


def test_a_delegation_asks_for_brackets_on_words_agreed_for_good_and_others_stay(cast):
    text = factories.text(cast, "Each Party shall act.", "Parties report.")
    first = agreements.gavel(cast.chair, factories.provision(text), AGREED, "Plenary", words=(0, 10))
    other = agreements.gavel(cast.chair, factories.provision(text, "2"), AGREED, "Plenary")
    with replay.verified(text):
        agreements.ask_brackets(cast.kenya, first, "Our capital objects.")
    assert Agreement.objects.get(ended=False) == other
    assert shown.reopened(cast.norway, first.provision) == "Reopened, asked by KEN: Our capital objects."
    cast.conference.attribution_shown = False
    cast.conference.save()
    provision = factories.provision(text)
    assert shown.reopened(cast.norway, provision) == "Reopened: a delegation asked for it."
    assert "KEN" in shown.reopened(cast.chair, provision)
