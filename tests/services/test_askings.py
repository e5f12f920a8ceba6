"""Asking the room: a moment to object, objections for the bureau, then the gavel."""

from __future__ import annotations

import pytest
from django.utils import timezone

from drafting.errors import Closed, StaleVersion, TooEarly
from drafting.models import Agreement, Asking, JournalEntry, Pen, Provision
from drafting.queries import askings as asked
from drafting.services import askings, pens
from drafting.services.proposals import Proposed
from drafting.text.errors import ActRefused
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def provision(cast: Cast) -> Provision:
    return factories.provision(factories.text(cast, "Each Party shall act."))


def ask(cast: Cast, provision: Provision, *, is_over: bool = False) -> Asking:
    row = askings.ask(cast.chair, provision, "ad-ref", "Plenary", 30, words=(0, 10))
    if is_over:
        Asking.objects.filter(pk=row.pk).update(closes=timezone.now())
    return row


def test_when_the_moment_is_over_and_nobody_objected_the_chair_gavels(cast: Cast, provision: Provision) -> None:
    with replay.verified(provision.text):
        row = ask(cast, provision)
    with pytest.raises(TooEarly, match=r"may object until \d\d:\d\d:\d\d \(UTC\), \d+ seconds more") as refused:
        askings.gavel(cast.chair, row)
    assert refused.value.data["closes"] == row.closes
    Asking.objects.filter(pk=row.pk).update(closes=timezone.now())
    made = askings.gavel(cast.chair, row)
    assert (made.start, made.end, made.level) == (0, 10, "ad-ref")
    assert asked.standing(cast.norway, provision.text) is None


def test_an_objection_is_the_bureaus_and_the_objectors_and_stays_the_gavel(cast: Cast, provision: Provision) -> None:
    row = ask(cast, provision)
    askings.object(cast.kenya, row, " Our capital sleeps. ")
    seen = {seat: asked.standing(seat, provision.text) for seat in (cast.chair, cast.kenya, cast.norway)}
    said = [found.objections for found in seen.values() if found]
    assert said == [(("KEN", "Our capital sleeps."),), (("KEN", "Our capital sleeps."),), ()]
    told = {entry.stream_id for entry in JournalEntry.objects.filter(kind="objected")}
    assert told == {provision.text.bureau_id}
    Asking.objects.filter(pk=row.pk).update(closes=timezone.now())
    with pytest.raises(ActRefused, match="objections"):
        askings.gavel(cast.chair, row)
    askings.withdraw(cast.chair, row)
    assert not Agreement.objects.exists()


def test_nobody_objects_when_the_moment_is_over(cast: Cast, provision: Provision) -> None:
    with pytest.raises(Closed):
        askings.object(cast.kenya, ask(cast, provision, is_over=True))


def test_words_changed_meanwhile_are_asked_about_again(cast: Cast, provision: Provision) -> None:
    row = ask(cast, provision, is_over=True)
    pens.write(cast.secretary, Proposed(provision, "Every Party shall act."), Pen.For.ROOM)
    with pytest.raises(StaleVersion):
        askings.gavel(cast.chair, row)


def test_a_second_question_takes_the_place_of_the_first(cast: Cast, provision: Provision) -> None:
    first = ask(cast, provision)
    with replay.verified(provision.text):
        second = ask(cast, provision)
    assert Asking.objects.get(ended=False) == second
    with pytest.raises(Closed):
        askings.withdraw(cast.chair, first)


def test_the_room_is_not_asked_about_words_in_brackets_or_for_no_time(cast: Cast) -> None:
    provision = factories.provision(factories.text(cast, "Each [Party] shall act."))
    with pytest.raises(ActRefused, match="still open"):
        askings.ask(cast.chair, provision, "agreed", "Plenary", 30)
    with pytest.raises(ActRefused, match="seconds"):
        askings.ask(cast.chair, provision, "agreed", "Plenary", 0, words=(0, 4))
