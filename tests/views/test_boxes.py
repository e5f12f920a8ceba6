"""The page of notes and boxes: set by an officer, left out of the next revision, shown in the text and in print."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import Annotation, NegotiatingText
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/boxes/"


def test_a_box_is_set_shown_in_the_text_left_out_and_put_back(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.chair)
    sent = {"form": "box", "place": "before", "at": "9.2", "words": "Text <b> of the chair.", "officer": ""}
    assert client.post(PAGE, sent, follow=True).status_code == 200
    row = Annotation.objects.get()
    shown = browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert "<b>Explanatory box by the Chair</b> Text &lt;b&gt; of the chair." in shown
    client.post(f"{PAGE}{row.pk}/", {"do": "leave"})
    assert "Left out of the next revision." in browse(cast.norway).get(PAGE).content.decode()
    assert "Text &lt;b&gt;" not in client.get("/rivers/treaty/bracketed/").content.decode()
    for deed in ("keep", "strike", "restore"):
        client.post(f"{PAGE}{row.pk}/", {"do": deed})
    assert "Text &lt;b&gt;" in client.get("/rivers/treaty/bracketed/").content.decode()


def test_a_delegate_reads_the_list_and_sets_nothing(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    assert "Set it" not in client.get(PAGE).content.decode()
    sent = {"form": "note", "place": "after", "at": "9.2", "words": "Ours."}
    assert client.post(PAGE, sent).status_code == 403
    assert not Annotation.objects.exists()


def test_a_form_that_says_nothing_is_shown_again(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.chair).post(PAGE, {"form": "note", "place": "after", "at": "9.2", "words": " "})
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()
