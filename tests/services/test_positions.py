"""Taking and lifting stances."""

import json

import pytest

from drafting.errors import Closed, Forbidden, NotFound
from drafting.models import JournalEntry, Position, Stance
from drafting.services import amendments, positions
from drafting.services.amendments import Proposed
from drafting.services.positions import Stand
from tests import factories

pytestmark = pytest.mark.django_db


def lodged(cast, text):
    provision = factories.provision(text)
    amendment = amendments.submit(cast.norway, text, [Proposed(provision, provision.words.content + " Now.")])
    return amendment.versions.get()


def test_a_delegation_holds_a_bracket_and_lets_it_go(cast):
    bracket = factories.bracket(factories.text(cast))
    positions.take(cast.norway, bracket, Stance.RETAIN)
    assert Position.objects.get().delegation == cast.norway.delegation
    positions.lift(cast.norway, bracket)
    assert not Position.objects.exists()


def test_a_new_stance_replaces_the_old_one_and_both_are_in_the_journal(cast):
    text = factories.text(cast)
    bracket = factories.bracket(text)
    positions.take(cast.norway, bracket, Stance.RETAIN)
    positions.take(cast.norway_head, bracket, Stance.DELETE)
    assert Position.objects.get().stance == Stance.DELETE
    assert JournalEntry.objects.filter(stream=text.floor, kind="stance-taken").count() == 2


def test_taking_a_stale_stance_again_confirms_it(cast):
    bracket = factories.bracket(factories.text(cast))
    positions.take(cast.norway, bracket, Stance.RETAIN)
    Position.objects.update(stale=True)
    positions.take(cast.norway, bracket, Stance.RETAIN)
    assert not Position.objects.get().stale


def test_a_version_is_supported_and_not_retained(cast):
    version = lodged(cast, factories.text(cast))
    positions.take(cast.kenya, version, Stance.SUPPORT)
    assert version.positions.get().stance == Stance.SUPPORT
    with pytest.raises(Forbidden, match="cannot be said of a proposal"):
        positions.take(cast.kenya, version, Stance.RETAIN)


def test_no_one_stands_on_a_withdrawn_amendment(cast):
    version = lodged(cast, factories.text(cast))
    amendments.withdraw(cast.norway, version.amendment)
    with pytest.raises(Closed, match="withdrawn"):
        positions.take(cast.kenya, version, Stance.OPPOSE)


def test_the_secretary_records_a_stance_for_whoever_spoke(cast):
    bracket = factories.bracket(factories.text(cast))
    positions.take(cast.secretary, bracket, Stance.RESERVE, on_behalf_of=cast.kenya.delegation)
    position = Position.objects.get()
    assert (position.delegation, position.recorder, position.from_the_floor) == (
        cast.kenya.delegation,
        cast.secretary,
        True,
    )


def test_a_delegate_speaks_for_no_other_delegation(cast):
    bracket = factories.bracket(factories.text(cast))
    with pytest.raises(Forbidden):
        positions.take(cast.norway, bracket, Stance.RETAIN, on_behalf_of=cast.kenya.delegation)
    assert not Position.objects.exists()


@pytest.mark.parametrize("name", ["observer", "stranger", "other_chair", "other_secretary", "unseated"])
def test_to_whoever_may_not_read_the_floor_the_bracket_is_not_there(cast, name):
    bracket = factories.bracket(factories.text(cast))
    with pytest.raises(NotFound):
        positions.take(getattr(cast, name), bracket, Stance.RETAIN)


def test_where_names_are_hidden_the_floors_row_has_none_and_the_bureaus_has(cast):
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = factories.text(cast)
    positions.take(cast.norway, factories.bracket(text), Stance.RETAIN)
    floor, bureau = (
        JournalEntry.objects.get(stream=stream, kind="stance-taken").body for stream in (text.floor, text.bureau)
    )
    assert "NOR" not in floor
    assert "NOR" in bureau


def test_many_stances_are_recorded_in_one_act_each_in_a_row_of_its_own(cast):
    text = factories.text(cast)
    bracket = factories.bracket(text)
    stands = [Stand(seat.delegation, bracket, Stance.RETAIN) for seat in (cast.norway, cast.kenya)]
    positions.take_all(cast.secretary, text, stands)
    assert Position.objects.count() == 2
    assert JournalEntry.objects.filter(stream=text.floor, kind="stance-taken").count() == 2


def test_who_has_no_stance_has_nothing_to_take_back(cast):
    bracket = factories.bracket(factories.text(cast))
    with pytest.raises(Forbidden, match="nothing to take back"):
        positions.lift(cast.norway, bracket)


def test_each_of_many_stances_is_journalled_on_behalf_of_the_delegation_that_takes_it(cast):
    text = factories.text(cast)
    bracket = factories.bracket(text)
    speakers = (cast.norway.delegation, cast.kenya.delegation)
    positions.take_all(cast.secretary, text, [Stand(speaker, bracket, Stance.RETAIN) for speaker in speakers])
    rows = JournalEntry.objects.filter(stream=text.floor, kind="stance-taken").order_by("seq")
    assert [json.loads(row.author)["on_behalf_of"] for row in rows] == [["NOR"], ["KEN"]]


def test_stances_are_recorded_for_delegations_of_the_conference_alone(cast):
    text = factories.text(cast)
    stands = [Stand(seat.delegation, factories.bracket(text), Stance.RETAIN) for seat in (cast.norway, cast.stranger)]
    with pytest.raises(NotFound):
        positions.take_all(cast.secretary, text, stands)
    assert not Position.objects.exists()
