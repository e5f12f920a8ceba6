"""The pages before a final text, by mouse alone: checks, renumbering, the special list, editorial changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from delegations.models import Seat
from drafting.forms.editorials import Printed
from drafting.models import EditorialChange, NegotiatingText
from drafting.queries import finals, scrubs
from drafting.services import pens, revisions
from drafting.services.proposals import Proposed
from drafting.text.renumberings import Way
from drafting.text.structures import Entry, Structure
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]

STRUCTURE = Structure(
    (
        Entry("1. Each Party shall labor under paragraph 4.", "1", "1", 2),
        Entry("1. Labour, and labour again.", "1~2", "1", 2),
        Entry("4. The end comes in 30 days.", "4", "4", 2),
    )
)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.opened(cast, STRUCTURE)


def printed(text: NegotiatingText, struck: str, words: str, kind: str = "spelling") -> str:
    row = factories.provision(text)
    return Printed(row.pk, row.words.rev, row.words.content.index(struck), struck, words, kind).encode()


def test_a_finding_is_sent_with_one_press_and_objected_to_with_another(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    page = browse(cast.secretary).get("/rivers/treaty/scrub/").content.decode()
    one = printed(text, "labor", "labour").replace('""', '"The text writes British elsewhere')[:40]
    assert escape(one) in page
    sent = browse(cast.secretary).post(
        "/rivers/treaty/editorial/send/", {"one": printed(text, "labor", "labour"), "back": "scrub"}
    )
    assert sent["Location"] == "/rivers/treaty/scrub/"
    row = EditorialChange.objects.get()
    assert "on its way" in browse(cast.secretary).get("/rivers/treaty/scrub/").content.decode()
    assert "1 editorial change open to objection" in browse(cast.kenya).get("/rivers/").content.decode()
    browse(cast.kenya).post(f"/rivers/treaty/editorial/{row.pk}/", {"do": "object", "reason": "Our spelling."})
    page = browse(cast.norway).get("/rivers/treaty/editorial/").content.decode()
    assert "“Our spelling.”" in page
    assert "Proposal 1" in page


def test_the_secretariat_makes_it_when_its_time_is_over_and_takes_it_back(
    cast: Cast, text: NegotiatingText, browse: Browse
) -> None:
    asked = {"at": "1", "struck": "labor", "words": "labour", "kind": "spelling", "reason": "", "send": "1"}
    browse(cast.secretary).post("/rivers/treaty/editorial/", asked)
    EditorialChange.objects.update(closes=timezone.now())
    path = f"/rivers/treaty/editorial/{EditorialChange.objects.get().pk}/"
    for act, words in (("make", "labour"), ("undo", "labor")):
        assert browse(cast.secretary).post(path, {"do": act}).status_code == 302
        assert words in factories.words(text)[0].split()
    assert browse(cast.secretary).post(path, {"do": "sing"}).status_code == 422


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"struck": "Labour, and"}, "stand there nowhere"),
        ({"struck": "r"}, "stand there 5 times"),
        ({"at": "99"}, "no provision 99"),
        ({"struck": "shall", "words": "may"}, "changes the force"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_the_form(
    cast: Cast, text: NegotiatingText, browse: Browse, change: dict[str, str], said: str
) -> None:
    asked = {"at": "1", "struck": "labor", "words": "labour", "kind": "spelling", "reason": "", "send": "1"} | change
    answer = browse(cast.secretary).post("/rivers/treaty/editorial/", asked)
    assert answer.status_code in (403, 404)
    assert said in answer.content.decode()


def test_numbers_are_shown_old_and_new_and_sent_as_confirmed(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    page = browse(cast.secretary).get("/rivers/treaty/scrub/numbers/?way=close").content.decode()
    assert page.count("<b>label</b>") == 2
    assert "name no provision now" not in page
    assert "mention of" in page
    found = scrubs.renumber(cast.secretary, text, Way.CLOSE)
    ticked = [
        Printed(one.spot.provision, one.spot.rev, one.spot.lo, one.spot.struck, one.words, "numbering").encode()
        for one in found
    ]
    browse(cast.secretary).post("/rivers/treaty/scrub/numbers/", {"way": "close", "ticked": ticked})
    EditorialChange.objects.update(closes=timezone.now())
    row = EditorialChange.objects.get()
    browse(cast.secretary).post(f"/rivers/treaty/editorial/{row.pk}/", {"do": "make"})
    assert factories.words(text) == [
        "1. Each Party shall labor under paragraph 3.",
        "2. Labour, and labour again.",
        "3. The end comes in 30 days.",
    ]
    assert b"/rivers/treaty/4/" in browse(cast.kenya).get("/rivers/treaty/find/?q=paragraph 4", follow=True).content


def test_the_special_list_names_what_a_difference_rests_on(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    provision = factories.provision(text, "4")
    pens.write(cast.secretary, Proposed(provision, "4. The end comes in 60 days."), "room")
    page = browse(cast.norway).get("/rivers/treaty/special/?rev=0").content.decode()
    assert "<del>30</del>" in page
    assert "<ins>60</ins>" in page
    assert "a decision" in page


def test_a_place_no_page_printed_is_refused(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    for wrong in ("x", "[1]", '[0,0,0,"a","b"]'):
        assert browse(cast.secretary).post("/rivers/treaty/editorial/send/", {"one": wrong}).status_code == 404


def test_a_final_text_is_confirmed_place_by_place_on_the_issue_page(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, "It shall act.[1]", "Done at ____ in one original.", "[1] A note.")
    secretary = browse(cast.secretary)
    page = secretary.get("/rivers/treaty/issue/?kind=adopted").content.decode()
    assert '<a href="#final">2 notes in brackets are to be confirmed.</a>' in page
    assert (
        "the secretariat confirms it" in browse(cast.chair).get("/rivers/treaty/issue/?kind=adopted").content.decode()
    )
    for shown in finals.listed(cast.secretary, text):
        one = Printed(shown.place.provision, shown.rev, shown.place.lo, shown.place.words, "").encode()
        do = {"do": "complete", "words": "Oslo"} if shown.place.form == "blank" else {"do": "confirm"}
        assert secretary.post("/rivers/treaty/issue/confirm/", {"one": one, **do}).status_code == 302
    refused = secretary.post("/rivers/treaty/issue/", {"kind": "adopted", "symbol": "A/1"})
    assert refused.status_code == 409
    assert "1 editorial change is open to objection." in refused.content.decode()
    EditorialChange.objects.update(closes=timezone.now())
    secretary.post(f"/rivers/treaty/editorial/{EditorialChange.objects.get().pk}/", {"do": "make"})
    assert secretary.post("/rivers/treaty/issue/", {"kind": "adopted", "symbol": "A/1"}).status_code == 302
    assert "Notes and blanks confirmed" in browse(cast.observer).get("/rivers/treaty/revisions/1/").content.decode()


def test_an_issued_text_is_corrected_beside_itself(cast: Cast, text: NegotiatingText, browse: Browse) -> None:
    revisions.issue(cast.secretary, text, symbol="A/1/Rev.1")
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-at": "1"}
    asked = rows | {"form": "corrigendum", "form-0-struck": "labor", "form-0-words": "labour"}
    path = "/rivers/treaty/revisions/1/rectify/"
    made = browse(cast.secretary).post(path, asked)
    assert made.status_code == 302
    assert "/Corr.1" in browse(cast.observer).get("/rivers/treaty/revisions/1/").content.decode()
    assert "For “labor” read “labour”." in browse(cast.observer).get(made["Location"]).content.decode()
    for form in ("docx", "txt", "json", "html", "xml", "md"):
        assert browse(cast.observer).get(f"{made['Location'].rstrip('/')}.{form}").status_code == 200
    refused = browse(cast.secretary).post(path, asked | {"form-0-struck": "Labour"})
    assert (refused.status_code, "stands in 1 0 times" in refused.content.decode()) == (404, True)


def test_mentions_that_name_nothing_are_to_be_looked_at_before_numbers_change(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "1. As in paragraph 2.", "3. It rests.")
    page = browse(cast.secretary).get("/rivers/treaty/scrub/numbers/?way=close").content.decode()
    assert "1 mention in the text name no provision now" in page


def test_what_is_not_checked_in_the_language_of_a_text_is_said(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.secretary)
    assert "Not checked" not in client.get("/rivers/treaty/scrub/").content.decode()
    NegotiatingText.objects.update(language="ar")
    html = client.get("/rivers/treaty/scrub/").content.decode()
    assert "Not checked in Arabic:</b> cross-references, defined terms, spelling." in html
