"""Stances on options that no brackets of their own mark: taken, replaced, lifted, and in doubt when the words move."""

import pytest

from drafting.errors import Closed, Forbidden, NotFound
from drafting.models import JournalEntry, NegotiatingText, Option, Position, Stance
from drafting.queries import access, circles, options
from drafting.services import endorsements, pens, positions
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WORDS = ("1. Option 1: Each Party shall act.", "Option 2: No text.", "[Option 3: Parties may act.]", "2. Others.")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, *WORDS)


def option(text: NegotiatingText, name: str = "Option 1") -> Option:
    place = next(place for place in options.read(text) if place[1] == name)
    row = text.provisions.get(pk=place[0])
    found = Option.objects.filter(provision=row, name=name).first()
    return found or Option(provision=row, name=name)


def reword(cast: Cast, text: NegotiatingText, old: str, new: str) -> None:
    row = text.provisions.select_related("words").get(words__content__contains=old)
    pens.write(cast.secretary, Proposed(row, row.words.content.replace(old, new)), "room")


def stale(cast: Cast) -> list[str]:
    return [str(row.option) for row in options.stale(cast.norway.delegation)]


def test_an_option_is_supported_another_way_and_no_longer_and_events_tell_it_all(
    cast: Cast, text: NegotiatingText
) -> None:
    with replay.verified(text):
        positions.take(cast.norway, option(text), Stance.SUPPORT)
        positions.take(cast.norway, option(text), Stance.RESERVE)
        positions.take(cast.kenya, option(text, "Option 2"), Stance.SUPPORT)
        positions.lift(cast.kenya, option(text, "Option 2"))
    assert list(Position.objects.values_list("option__name", "stance")) == [("Option 1", "reserve")]


def test_who_has_no_stance_on_an_option_keeps_the_others_it_has(cast: Cast, text: NegotiatingText) -> None:
    positions.take(cast.norway, factories.bracket(text), Stance.RETAIN)
    with pytest.raises(Forbidden, match="nothing to take back"):
        positions.lift(cast.norway, option(text))
    assert Position.objects.count() == 1


def test_other_words_put_a_stance_in_doubt_until_they_are_back(cast: Cast, text: NegotiatingText) -> None:
    positions.take(cast.norway, option(text), Stance.SUPPORT)
    reword(cast, text, "Each Party", "Every Party")
    assert stale(cast) == ["Option 1"]
    reword(cast, text, "Every Party", "Each Party")
    assert stale(cast) == []


def test_taking_the_same_stance_again_confirms_it(cast: Cast, text: NegotiatingText) -> None:
    positions.take(cast.norway, option(text), Stance.SUPPORT)
    reword(cast, text, "Each Party", "Every Party")
    positions.take(cast.norway, option(text), Stance.SUPPORT)
    assert stale(cast) == []


def test_brackets_and_other_provisions_change_no_words_of_an_option(cast: Cast, text: NegotiatingText) -> None:
    positions.take(cast.norway, option(text), Stance.SUPPORT)
    reword(cast, text, "shall", "[shall]")
    reword(cast, text, "Others.", "All others.")
    assert stale(cast) == []


def test_on_an_option_that_is_gone_a_stance_is_in_doubt_and_no_new_one_taken(cast: Cast, text: NegotiatingText) -> None:
    gone = option(text)
    positions.take(cast.norway, gone, Stance.SUPPORT)
    reword(cast, text, "Option 1", "Variant A")
    assert stale(cast) == ["Option 1"]
    with pytest.raises(Closed, match="There is no Option 1 in 1 any more"):
        positions.take(cast.kenya, gone, Stance.SUPPORT)


def test_an_option_in_brackets_of_its_own_is_stood_on_by_these(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Closed, match="say it of the bracket"):
        positions.take(cast.norway, option(text, "Option 3"), Stance.SUPPORT)
    assert not Option.objects.exists()


def test_nobody_proposes_an_option_by_a_stance(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden, match="cannot be said of an option"):
        positions.take(cast.norway, option(text), Stance.PROPOSE)


def test_the_secretary_records_it_for_whoever_spoke(cast: Cast, text: NegotiatingText) -> None:
    positions.take(cast.secretary, option(text), Stance.OPPOSE, on_behalf_of=cast.kenya.delegation)
    assert Position.objects.values_list("delegation__code", "from_the_floor").get() == ("KEN", True)


def test_an_opt_out_of_what_a_group_says_of_an_option_stays_inside_it(cast: Cast, text: NegotiatingText) -> None:
    group = cast.group.delegation
    assert group is not None
    positions.take(cast.group, option(text), Stance.SUPPORT)
    with replay.verified(text):
        endorsements.say(cast.kenya, group, option(text), endorses=False)
    (said,) = circles.listed(cast.norway, text)[0].said
    assert (said.called, said.stance, said.opted_out) == ("1, Option 1", "supports", ("KEN",))
    assert not JournalEntry.objects.filter(stream=text.floor_id, kind="endorsed").exists()
    stands = options.shown(cast.kenya, text, factories.provision(text).pk)[0].stands
    assert [(stand.delegation, stand.stance) for stand in stands] == [("G2", "support")]


def test_what_a_member_says_is_said_of_the_stance_its_group_had(cast: Cast, text: NegotiatingText) -> None:
    group = cast.group.delegation
    assert group is not None
    positions.take(cast.group, option(text), Stance.SUPPORT)
    endorsements.say(cast.kenya, group, option(text), endorses=True)
    positions.take(cast.group, option(text), Stance.OPPOSE)
    (said,) = circles.listed(cast.kenya, text)[0].said
    assert (said.stance, said.endorsed, said.mine) == ("opposes", (), "")
    positions.lift(cast.group, option(text))
    with pytest.raises(Forbidden, match="nothing to endorse"):
        endorsements.say(cast.kenya, group, option(text), endorses=True)


def test_a_group_said_nothing_of_an_option_nobody_stood_on(cast: Cast, text: NegotiatingText) -> None:
    group = cast.group.delegation
    assert group is not None
    with pytest.raises(Forbidden, match="nothing to endorse"):
        endorsements.say(cast.kenya, group, option(text), endorses=False)


@pytest.mark.parametrize("name", ["observer", "stranger", "other_chair", "unseated"])
def test_to_whoever_may_not_read_the_floor_there_is_no_option(cast: Cast, text: NegotiatingText, name: str) -> None:
    seat = getattr(cast, name)
    with pytest.raises(NotFound):
        positions.take(seat, option(text), Stance.SUPPORT)
    with pytest.raises(NotFound):
        access.option(seat, text, "1", "Option 1")
