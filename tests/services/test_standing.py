"""Reserves, endorsements inside a group, sponsor lists, deadlines, sign-off, remarks, other languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from drafting.errors import Closed, EmptyChange, Forbidden, NotFound, PastDeadline, SignOffNeeded, Taken
from drafting.models import Amendment, Endorsement, NegotiatingText, Pen, Reserve, Stream
from drafting.queries import access, pages
from drafting.queries import amendments as cards
from drafting.services import (
    amendments,
    deadlines,
    decisions,
    drafts,
    endorsements,
    pens,
    positions,
    remarks,
    reserves,
    signoffs,
    sponsors,
    versions,
)
from drafting.services.proposals import Proposed
from tests import factories, replay
from tests.cast import Cast

WORDS = "Each Party [should] act, where it can, and report."
NORWAY = WORDS.replace("report", "publish")
HOUR = timedelta(hours=1)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, WORDS)


def lodge(cast: Cast, text: NegotiatingText, words: str = NORWAY) -> Amendment:
    return amendments.submit(cast.norway, text, [Proposed(factories.provision(text), words)])


def test_a_reserve_is_entered_and_lifted(cast: Cast, text: NegotiatingText) -> None:
    with replay.verified(text):
        row = reserves.enter(cast.kenya, text, "words", provision=factories.provision(text), words="where it can")
    with pytest.raises(Taken):
        reserves.enter(cast.kenya, text, "words", provision=factories.provision(text), words="where it can")
    with pytest.raises(NotFound):
        reserves.lift(cast.norway, row)
    with replay.verified(text):
        reserves.lift(cast.kenya, row)
    with pytest.raises(Closed):
        reserves.lift(cast.kenya, row)


@pytest.mark.parametrize(("scope", "words"), [("words", "no such words"), ("words", ""), ("chapter", ""), ("x", "")])
def test_a_reserve_needs_something_to_stand_on(cast: Cast, text: NegotiatingText, scope: str, words: str) -> None:
    with pytest.raises(NotFound):
        reserves.enter(cast.kenya, text, scope, provision=factories.provision(text), words=words)
    assert not Reserve.objects.exists()


def test_a_reserve_on_the_whole_text_is_recorded_for_who_spoke(cast: Cast, text: NegotiatingText) -> None:
    row = reserves.enter(cast.secretary, text, "text", kind="scrutiny", on_behalf_of=cast.kenya.delegation)
    assert (row.from_the_floor, row.provision, row.kind) == (True, None, "scrutiny")


def test_a_reserve_that_was_recorded_is_confirmed_by_whose_it_is_and_once(cast: Cast, text: NegotiatingText) -> None:
    row = reserves.enter(cast.secretary, text, "text", on_behalf_of=cast.kenya.delegation)
    with pytest.raises(NotFound):
        reserves.confirm(cast.norway, row)
    with replay.verified(text):
        reserves.confirm(cast.kenya, row)
    with pytest.raises(Taken, match="your own already"):
        reserves.confirm(cast.kenya, row)
    reserves.lift(cast.kenya, row)
    with pytest.raises(Closed):
        reserves.confirm(cast.kenya, row)


def test_an_opt_out_stays_inside_the_group(cast: Cast, text: NegotiatingText) -> None:
    bracket, group = factories.bracket(text), cast.group.delegation
    assert group is not None
    positions.take(cast.group, bracket, "retain")
    before = Stream.objects.get(pk=text.floor_id).head
    endorsements.say(cast.kenya, group, bracket, endorses=False)
    assert not Endorsement.objects.get(member=cast.kenya.delegation).endorses
    assert Stream.objects.get(pk=text.floor_id).head == before
    inner = Stream.objects.get(kind="group", delegation=group)
    readers = {name for name, seat in cast.everybody() if access.streams(seat).filter(pk=inner.pk).exists()}
    assert readers == {"norway", "norway_head", "capital", "kenya", "group"}


def test_only_a_member_endorses_and_only_what_the_group_said(cast: Cast, text: NegotiatingText) -> None:
    bracket, group = factories.bracket(text), cast.group.delegation
    assert group is not None
    with pytest.raises(Forbidden):
        endorsements.say(cast.kenya, group, bracket, endorses=True)
    positions.take(cast.group, bracket, "retain")
    with pytest.raises(NotFound):
        endorsements.say(cast.group, group, bracket, endorses=True)


def test_a_closed_list_opens_to_the_invited_alone(cast: Cast, text: NegotiatingText) -> None:
    row = lodge(cast, text)
    with replay.verified(text):
        sponsors.set_open(cast.norway, row, is_open=False)
    version, kenya = row.versions.get(), cast.kenya.delegation
    assert kenya is not None
    for seat in (cast.kenya, cast.group):
        with pytest.raises(Forbidden):
            amendments.co_sponsor(seat, version)
    sponsors.invite(cast.norway, version, kenya)
    amendments.co_sponsor(cast.kenya, version)
    assert version.sponsorships.filter(delegation=kenya).exists()


def test_an_invitation_is_told_to_the_two_delegations_alone(cast: Cast, text: NegotiatingText) -> None:
    kenya = cast.kenya.delegation
    assert kenya is not None
    version = lodge(cast, text).versions.get()
    before = Stream.objects.get(pk=text.floor_id).head
    sponsors.invite(cast.norway, version, kenya)
    told = Stream.objects.filter(entries__kind="sponsor-invited").values_list("delegation__code", flat=True)
    assert (sorted(told), Stream.objects.get(pk=text.floor_id).head) == (["KEN", "NOR"], before)


def test_after_the_deadline_nothing_is_lodged_unless_the_chair_takes_it_as_late(
    cast: Cast, text: NegotiatingText
) -> None:
    gone = datetime.now(UTC) - HOUR
    with replay.verified(text):
        deadlines.set(cast.chair, text, gone)
    with pytest.raises(PastDeadline):
        lodge(cast, text)
    deadlines.set(cast.chair, text, gone, takes_late=True)
    assert lodge(cast, text).late


def test_before_the_deadline_an_amendment_is_not_late(cast: Cast, text: NegotiatingText) -> None:
    deadlines.set(cast.secretary, text, datetime.now(UTC) + HOUR)
    assert not lodge(cast, text).late
    with pytest.raises(Forbidden):
        deadlines.set(cast.norway, text, None)


def test_where_the_head_signs_off_a_delegate_sends_a_draft(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden):
        signoffs.want(cast.norway, wanted=True)
    signoffs.want(cast.norway_head, wanted=True)
    with pytest.raises(SignOffNeeded):
        lodge(cast, text)
    draft = drafts.open(cast.norway, factories.provision(text))
    factories.write(cast.norway, draft, NORWAY)
    with pytest.raises(SignOffNeeded):
        drafts.submit(cast.norway, draft)
    signoffs.ask(cast.norway, draft)
    assert access.drafts(cast.norway_head).get(asked=True).pk == draft.pk
    assert drafts.submit(cast.norway_head, draft).number == 1


def test_a_remark_is_listed_and_never_consolidated(cast: Cast, text: NegotiatingText) -> None:
    with replay.verified(text):
        row = remarks.lodge(cast.kenya, text, "prefer", "Option 2.", about=factories.provision(text))
    card = cards.numbered(cast.norway, text, row.number)
    assert (card.fate, card.op_label, card.addresses, card.rationale) == ("noted", "preference", ("1",), "Option 2.")
    assert not cards.open_hunks(text).exists()


@pytest.mark.parametrize(("op", "said"), [("comment", " "), ("prefer", "Option 2.")])
def test_a_remark_says_something_about_something(cast: Cast, text: NegotiatingText, op: str, said: str) -> None:
    with pytest.raises(EmptyChange):
        remarks.lodge(cast.kenya, text, op, said)


def test_words_in_another_language_wait_for_the_secretariat(cast: Cast, text: NegotiatingText) -> None:
    provision = factories.provision(text)
    with replay.verified(text):
        row = amendments.submit(cast.kenya, text, [Proposed(provision, "Chaque Partie agit.")], language="fr")
    assert cards.numbered(cast.norway, text, row.number).fate == "awaiting translation"
    assert not cards.open_hunks(text).exists()
    with replay.verified(text):
        versions.translate(cast.secretary, row, [Proposed(factories.provision(text), NORWAY)])
    card = cards.numbered(cast.norway, text, row.number)
    assert (card.fate, card.ordinal, card.sponsors) == ("open", 2, ("KEN",))
    assert row.versions.get(ordinal=1).texts.get().words == "Chaque Partie agit."


def test_a_sponsor_rewords_its_amendment_and_stances_stay_on_the_old_words(cast: Cast, text: NegotiatingText) -> None:
    row = lodge(cast, text)
    positions.take(cast.kenya, row.versions.get(), "support")
    with replay.verified(text):
        versions.revise(cast.norway, row, [Proposed(factories.provision(text), WORDS.replace("report", "inform"))])
    card = cards.numbered(cast.kenya, text, row.number)
    assert (card.ordinal, card.my_stance, card.hunks[0].words) == (2, "", "inform")
    assert row.versions.get(ordinal=1).positions.get().stance == "support"


def say_in_the_room(cast: Cast, text: NegotiatingText, old: str, new: str) -> None:
    now = factories.provision(text)
    pens.write(cast.secretary, Proposed(now, now.words.content.replace(old, new)), Pen.For.ROOM)


def test_a_flagged_amendment_is_put_right_by_its_owner(cast: Cast, text: NegotiatingText) -> None:
    row = lodge(cast, text)
    say_in_the_room(cast, text, "report", "inform")
    assert cards.numbered(cast.norway, text, row.number).fate == "flagged"
    now = factories.provision(text)
    with replay.verified(text):
        versions.revise(cast.norway, row, [Proposed(now, now.words.content.replace("inform", "publish"))])
    assert cards.numbered(cast.norway, text, row.number).fate == "open"


def test_what_is_left_of_an_amendment_decided_in_part_is_reworded_as_another(cast: Cast, text: NegotiatingText) -> None:
    row = lodge(cast, text, NORWAY.replace("act,", "act now,"))
    first = row.versions.get().hunks.first()
    decisions.decide(cast.chair, text, "accept", "room", hunks=[first.pk])
    say_in_the_room(cast, text, "report", "inform")
    now = factories.provision(text)
    with replay.verified(text):
        fresh = versions.revise(cast.norway, row, [Proposed(now, now.words.content.replace("inform", "publish"))])
    assert (fresh.amends, cards.numbered(cast.norway, text, fresh.number).fate) == (row, "open")
    assert cards.numbered(cast.norway, text, row.number).fate == "in part"


def test_what_was_recorded_is_confirmed_by_whom_it_was_recorded_for(cast: Cast, text: NegotiatingText) -> None:
    kenya = cast.kenya.delegation
    assert kenya is not None
    lodging = amendments.Lodging((kenya,), (Proposed(factories.provision(text), NORWAY),), from_the_floor=True)
    (row,) = amendments.submit_all(cast.secretary, text, [lodging])
    assert not cards.numbered(cast.kenya, text, row.number).confirmed
    with pytest.raises(Forbidden):
        versions.confirm(cast.norway, row)
    with replay.verified(text):
        versions.confirm(cast.kenya, row)
    assert cards.numbered(cast.kenya, text, row.number).confirmed


def test_loosening_the_policy_reveals_nothing_earlier(cast: Cast, text: NegotiatingText) -> None:
    shown(cast, text, False)
    row, bracket = lodge(cast, text), factories.bracket(text)
    positions.take(cast.norway, bracket, "retain")
    shown(cast, text, True)
    assert cards.numbered(cast.kenya, text, row.number).sponsors == ()
    assert pages.stands(cast.kenya, text, [bracket.pk])[bracket.pk] == []
    assert pages.page(cast.kenya, text).brackets[bracket.pk].holders == ()
    assert cards.numbered(cast.norway, text, row.number).sponsors == ("NOR",)
    assert cards.numbered(cast.chair, text, row.number).sponsors == ("NOR",)
    amendments.co_sponsor(cast.kenya, row.versions.get())
    assert cards.numbered(cast.norway, text, row.number).cosponsors == ("KEN",)


def shown(cast: Cast, text: NegotiatingText, wanted: bool) -> None:
    text.conference.attribution_shown = cast.conference.attribution_shown = wanted
    text.conference.save()
    for seat in (cast.kenya, cast.norway, cast.chair):
        seat.conference.attribution_shown = wanted
