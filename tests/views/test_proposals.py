"""Writing a proposal without a script: preview, private draft, submission, and words that are never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import Amendment, Draft, NegotiatingText
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


def test_a_new_provision_is_proposed_after_another(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    browse(cast.norway).post(PAGE + "?new=1", {"words": "3. Parties report yearly.", "base": "", "submit": "1"})
    html = browse(cast.kenya).get("/rivers/treaty/proposals/1/").content.decode()
    assert "(new, after it)" in html
    assert "Parties report yearly." in html


def test_a_draft_is_saved_gone_on_with_and_submitted(cast: Cast, base: str, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.post(PAGE, fill(base, base.replace("drinking", "fresh"), save="1"))["Location"]
    assert "fresh" in browse(cast.norway_head).get(page).content.decode()
    draft = Draft.objects.get()
    words = base.replace("drinking", "clean")
    answer = client.post(page, fill(base, words, submit="1", rev=str(draft.words.rev)))
    assert answer["Location"] == "/rivers/treaty/proposals/1/"
    assert "clean" in browse(cast.kenya).get("/rivers/treaty/proposals/1/").content.decode()
    assert client.get(page).status_code == 404


def test_a_draft_is_discarded(cast: Cast, base: str, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.post(PAGE, fill(base, base.replace("drinking", "fresh"), save="1"))["Location"]
    assert client.post(page, {"discard": "1"})["Location"] == "/rivers/treaty/proposals/"
    assert Draft.objects.count() == 0


def test_a_refused_draft_keeps_its_words(cast: Cast, base: str, browse: Browse) -> None:
    client = browse(cast.norway)
    page = client.post(PAGE, fill(base, base.replace("drinking", "fresh"), save="1"))["Location"]
    answer = client.post(page, fill(base, base.replace("drinking", "fresh]"), submit="1"))
    assert answer.status_code == 422
    assert "fresh]" in answer.content.decode()


def test_selected_words_come_bracketed_to_the_proposal(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/9.2/bracket/?start=3&end=10", follow=True).content.decode()
    assert "2. [Nothing] here affects" in html


def test_our_list_holds_ours_alone(cast: Cast, base: str, browse: Browse) -> None:
    browse(cast.norway).post(PAGE, fill(base, base.replace("drinking", "fresh"), submit="1"))
    assert "1 proposal<" in browse(cast.norway).get("/rivers/treaty/proposals/?ours=1").content.decode()
    assert "0 proposals<" in browse(cast.kenya).get("/rivers/treaty/proposals/?ours=1").content.decode()
    assert "1 proposal<" in browse(cast.kenya).get("/rivers/treaty/proposals/").content.decode()
