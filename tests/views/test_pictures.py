"""The chair's pictures: figures in the room's words, and what would fall if somebody let go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from delegations.models import Seat
from drafting.models import Asking, Bilateral, JournalEntry, NegotiatingText
from drafting.queries import pictures
from drafting.services import agreements, askings, decisions, positions
from tests import factories
from tests.cast import Cast

PAGE = "/rivers/treaty/desk/pictures/"


def test_it_counts_what_is_open_and_reckons_what_would_fall(cast: Cast, browse: Callable[[Seat], Client]) -> None:
    text = factories.text(cast, "Each [and every] Party [shall] act.", "Agreed words.")
    first, second = factories.bracket(text, 1), factories.bracket(text, 2)
    positions.take(cast.norway, first, "retain")
    positions.take(cast.kenya, second, "retain")
    text.brackets.update(holders_known=True)
    html = browse(cast.chair).get(PAGE, {"go": "NOR"}).content.decode()
    assert "2 brackets open" in html
    assert "1 of 2 would fall" in html
    decisions.decide(cast.chair, text, "lift", "room", brackets=[first.pk])
    assert "1 bracket open" in browse(cast.chair).get(PAGE).content.decode()


def test_a_picture_says_what_it_shows_in_its_title(
    cast: Cast, treaty: NegotiatingText, browse: Callable[[Seat], Client]
) -> None:
    chair = browse(cast.chair)
    assert "Where it is contested" in chair.get(PAGE).content.decode()  # one article alone: nothing to compare
    treaty.provisions.filter(address__startswith="9.1(").update(article="10")
    assert "Article 9 holds 80 % of what is bracketed" in chair.get(PAGE).content.decode()


def test_an_imported_brackets_unknown_holders_never_fall(
    cast: Cast, treaty: NegotiatingText, browse: Callable[[Seat], Client]
) -> None:
    positions.take(cast.norway, treaty.brackets.order_by("pk")[0], "retain")
    treaty.brackets.update(holders_known=False)
    html = browse(cast.chair).get(PAGE, {"go": "NOR"}).content.decode()
    assert "0 of" in html
    assert "holders not known" in html


def test_the_chair_names_who_else_sees_them(
    cast: Cast, treaty: NegotiatingText, browse: Callable[[Seat], Client]
) -> None:
    chair, helper = browse(cast.chair), browse(cast.facilitator)
    assert helper.get(PAGE).status_code == 403
    chair.post(f"{PAGE}confide/", {"do": "show", "seat": cast.facilitator.pk})
    assert "Facilitator" in helper.get(PAGE).content.decode()
    assert PAGE in helper.get("/rivers/").content.decode()
    assert helper.post(f"{PAGE}confide/", {"do": "show", "seat": cast.kenya.pk}).status_code == 403
    chair.post(f"{PAGE}confide/", {"do": "hide", "seat": cast.facilitator.pk})
    assert helper.get(PAGE).status_code == 403


def test_a_conversation_held_is_logged_beside_those_to_hold_and_told_nobody(
    cast: Cast, browse: Callable[[Seat], Client]
) -> None:
    text = factories.text(cast, "Each [and every] Party shall act.")
    text.brackets.update(holders_known=True)
    positions.take(cast.norway, factories.bracket(text), "retain")
    positions.take(cast.kenya, factories.bracket(text), "delete")
    chair = browse(cast.chair)
    assert "Note as held" in chair.get(PAGE).content.decode()
    chair.post(f"{PAGE}confide/", {"do": "note", "one": "nor", "other": "KEN", "about": "Whether every Party."})
    said = chair.get(PAGE).content.decode()
    assert "Whether every Party." in said
    assert "Note as held" not in said
    (told,) = JournalEntry.objects.filter(kind="bilateral-noted")
    talk = Bilateral.objects.get()
    assert told.body == f'{{"bilateral":{talk.pk},"kind":"bilateral-noted"}}'
    chair.post(f"{PAGE}confide/", {"do": "strike", "talk": talk.pk})
    assert not Bilateral.objects.exists()


def test_numbers_go_by_the_names_of_the_rungs(
    cast: Cast, treaty: NegotiatingText, browse: Callable[[Seat], Client]
) -> None:
    agreements.gavel(cast.chair, factories.provision(treaty, "9.2"), "ad-ref", "Plenary")
    said = browse(cast.chair).get(PAGE).content.decode()
    assert '<strong class="num">1</strong><span>agreed ad referendum</span>' in said


def test_minutes_count_the_pen_and_the_question(
    cast: Cast, treaty: NegotiatingText, browse: Callable[[Seat], Client]
) -> None:
    row = askings.ask(cast.chair, factories.provision(treaty, "9.2"), "agreed", "Plenary", 30)
    Asking.objects.filter(pk=row.pk).update(at=row.at - timedelta(minutes=7), closes=row.at)
    assert pictures.pictures(cast.chair, treaty).minutes == [("9.2", 7)]
