"""Writing a proposal without a script: preview, private draft, submission, and words that are never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import Amendment, Draft, DraftPart, NegotiatingText
from drafting.services import agreements, drafts, guests
from drafting.services.draft_texts import Wording
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/9.2/propose/"


@pytest.fixture
def base(treaty: NegotiatingText) -> str:
    return factories.provision(treaty, "9.2").words.content


def fill(base: str, words: str, **more: str) -> dict[str, str]:
    return {"words": words, "base": base, **more}


def test_a_preview_shows_the_redline_and_the_brackets(cast: Cast, base: str, browse: Browse) -> None:
    words = base.replace("drinking", "fresh")
    html = browse(cast.norway).post(PAGE, fill(base, words, preview="1")).content.decode()
    assert "<del>drinking</del><ins>fresh</ins>" in html
    assert "<b>[</b>drinking<b>]</b>" in html
    assert "<b>[</b>fresh<b>]</b>" in html
    assert Amendment.objects.count() == Draft.objects.count() == 0


def test_submitting_lodges_an_amendment(cast: Cast, base: str, browse: Browse) -> None:
    answer = browse(cast.norway).post(PAGE, fill(base, base.replace("drinking", "fresh"), submit="1"))
    assert answer["Location"] == "/rivers/treaty/proposals/1/"
    html = browse(cast.kenya).get("/rivers/treaty/proposals/1/").content.decode()
    assert "fresh" in html
    assert "NOR" in html


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        (("drinking", "drinking]"), 422, "no opening one"),
        (("drinking", "drinking"), 422, "Nothing is changed"),
        (("drinking", " drinking "), 422, "In 9.2 only spaces change and no word"),
        (("drinking", "\x01"), 400, "control character"),
    ],
)
def test_a_refusal_keeps_the_words_on_the_page(
    change: tuple[str, str], status: int, sentence: str, cast: Cast, base: str, browse: Browse
) -> None:
    words = base.replace(*change)
    answer = browse(cast.norway).post(PAGE, fill(base, words, submit="1", rationale="Because."))
    html = answer.content.decode()
    assert answer.status_code == status
    assert sentence in html
    assert words.replace("<", "&lt;").replace(">", "&gt;") in html
    assert "Because." in html
    assert Amendment.objects.count() == 0


def test_words_on_a_text_that_moved_are_kept_and_both_are_shown(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    stale = "2. Nothing here affects drinking wine."
    answer = browse(cast.norway).post(PAGE, fill(stale, "2. Nothing here affects drinking beer.", submit="1"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "drinking beer" in html
    assert "drinking &lt;water&gt;" in html


def test_who_would_change_what_is_agreed_is_told_before_writing(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    agreements.gavel(cast.chair, factories.provision(treaty, "9.2"), "agreed", "Plenary")
    told = "9.2 is agreed, and its words are locked"
    assert told in browse(cast.norway).get(PAGE).content.decode()
    assert told not in browse(cast.norway).get(PAGE + "?new=1").content.decode()


def test_a_new_provision_is_proposed_after_another(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    browse(cast.norway).post(PAGE + "?new=1", {"words": "3. Parties report yearly.", "base": "", "submit": "1"})
    html = browse(cast.kenya).get("/rivers/treaty/proposals/1/").content.decode()
    assert "new, after 9.2" in html
    assert "Parties report yearly." in html


def test_a_draft_is_saved_gone_on_with_and_submitted(cast: Cast, base: str, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.post(PAGE, fill(base, base.replace("drinking", "fresh"), save="1"))["Location"]
    assert "<ins>fresh</ins>" in browse(cast.norway_head).get(page).content.decode()
    draft = Draft.objects.get()
    words = base.replace("drinking", "clean")
    part, rev = draft.parts.get().words_id, factories.drafted(draft).rev
    answer = client.post(page, fill(base, words, submit="1", part=str(part), rev=str(rev)))
    assert answer["Location"] == "/rivers/treaty/proposals/1/"
    assert "clean" in browse(cast.kenya).get("/rivers/treaty/proposals/1/").content.decode()
    assert client.get(page).status_code == 404


def test_a_guest_is_told_at_home_whose_draft_it_is(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    draft, kenya = drafts.open(cast.norway, factories.provision(treaty, "9.2")), cast.kenya.delegation
    assert kenya is not None
    guests.invite(cast.norway, draft, kenya)
    assert "Norway writes it with you" in browse(cast.kenya).get("/rivers/").content.decode()
    assert "Only your delegation sees it" in browse(cast.norway).get("/rivers/").content.decode()


def test_a_draft_is_discarded(cast: Cast, base: str, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.post(PAGE, fill(base, base.replace("drinking", "fresh"), save="1"))["Location"]
    assert client.post(page, {"discard": "1"})["Location"] == "/rivers/treaty/proposals/"
    assert Draft.objects.count() == 0


def test_a_refused_draft_keeps_its_words(cast: Cast, base: str, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.post(PAGE, fill(base, base.replace("drinking", "fresh"), save="1"))["Location"]
    part = str(DraftPart.objects.get().words_id)
    answer = client.post(page, fill(base, base.replace("drinking", "fresh]"), submit="1", part=part, rev="1"))
    assert answer.status_code == 422
    assert "fresh]" in answer.content.decode()


def two(treaty: NegotiatingText, **more: str) -> dict[str, Any]:
    rows = [factories.provision(treaty, address).words.content for address in ("9.1", "9.2")]
    return {"words": rows, "base": rows, "at": ["9.1", "9.2"], "new": ["", ""], **more}


def test_a_draft_spans_provisions_and_grows(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client, sent = browse(cast.norway), two(treaty, save="1")
    sent["words"] = [sent["words"][0].replace("take", "adopt"), sent["words"][1].replace("drinking", "fresh")]
    page = client.post("/rivers/treaty/9.1/propose/", sent)["Location"]
    assert "Draft on 9.1, 9.2" in client.get(page).content.decode()
    html = client.post(page, {"add": "1", "add_at": "9.2", "add_new": "1"}, follow=True).content.decode()
    assert html.count('class="words"') == 3
    part = DraftPart.objects.get(inserts_after=True).words_id
    html = client.post(page, {"remove": str(part)}, follow=True).content.decode()
    assert html.count('class="words"') == 2
    html = client.post(page, {"preview": "1"}).content.decode()
    assert "<del>take</del><ins>adopt</ins>" in html
    assert "<del>drinking</del><ins>fresh</ins>" in html
    assert client.post(page, {"submit": "1"})["Location"] == "/rivers/treaty/proposals/1/"


def test_the_end_a_draft_takes_in_is_shown_before_it_is_submitted(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    row = factories.provision(treaty, "9.1(a)")
    draft = drafts.open_one(cast.norway, [Wording(row, row.words.content.replace("[", ""))], Draft())
    client, page = browse(cast.norway), f"/rivers/treaty/drafts/{draft.pk}/"
    html = client.post(page, {"submit": "1"}).content.decode()
    assert "takes off the other end of a bracket, in 9.1(b)" in html
    assert not Amendment.objects.exists()
    client.post(page, {"submit": "1", "ends": "9.1(b)"})
    assert Amendment.objects.count() == 1


def test_words_for_a_provision_taken_out_meanwhile_stay_on_the_page(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    draft = drafts.open(cast.norway, factories.provision(treaty, "9.2"))
    gone = drafts.widen(cast.norway, draft, Wording(factories.provision(treaty, "9.1")))
    drafts.narrow(cast.norway, draft, gone.words_id)
    page = f"/rivers/treaty/drafts/{draft.pk}/"
    answer = browse(cast.norway).post(
        page, {"save": "1", "part": str(gone.words_id), "words": "Mine alone.", "rev": "0"}
    )
    assert answer.status_code == 409
    assert "Mine alone." in answer.content.decode()


def test_a_move_is_kept_as_a_draft(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    sent = {"op": "move", "others": "9.1", "save": "1", "divided": "", "instead": "", "rationale": ""}
    page = client.post("/rivers/treaty/9.2/restructure/", sent)["Location"]
    client.post(page, {"submit": "1"})
    assert Amendment.objects.get().op == "move"


def test_selected_words_come_bracketed_to_the_proposal(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/9.2/bracket/?start=3&end=10", follow=True).content.decode()
    assert "2. [Nothing] here affects" in html


def test_our_list_holds_ours_alone(cast: Cast, base: str, browse: Browse) -> None:
    browse(cast.norway).post(PAGE, fill(base, base.replace("drinking", "fresh"), submit="1"))
    assert "1 of 1 proposal<" in browse(cast.norway).get("/rivers/treaty/proposals/?ours=1").content.decode()
    assert "0 of 1 proposal<" in browse(cast.kenya).get("/rivers/treaty/proposals/?ours=1").content.decode()
    assert "1 proposal<" in browse(cast.kenya).get("/rivers/treaty/proposals/").content.decode()
