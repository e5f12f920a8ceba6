"""What a person is told when nothing was done, whoever refused it: why, with their words, and a way on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from tests.cast import Cast

Browse = Callable[[Seat], Client]

#: An address that only takes what a button sends, and where its page leads.
ACTS = {
    "/look/": "",
    "/seats/7/": "/seats/",
    "/rivers/treaty/9.1/pen/": "/rivers/treaty/9.1/",
    "/rivers/treaty/proposals/1/stance/": "/rivers/treaty/proposals/1/",
    "/rivers/treaty/brackets/7/stance/": "/rivers/treaty/",
    "/rivers/treaty/askings/7/": "/rivers/treaty/",
    "/rivers/treaty/notes/act/": "/rivers/treaty/notes/",
    "/rivers/treaty/desk/undo/7/": "/rivers/treaty/desk/",
}


@pytest.mark.parametrize(("address", "above"), ACTS.items())
def test_an_act_opened_like_a_page_says_so_and_leads_to_its_page(
    address: str, above: str, cast: Cast, floor: NegotiatingText, browse: Browse
) -> None:
    answer = browse(cast.chair).get(address)
    html = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "only takes what a button sends" in html
    assert (f'href="{above}">To its page' in html) if above else ("To its page" not in html)


def test_a_script_that_reads_an_act_is_told_so(cast: Cast, floor: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.chair).get("/rivers/treaty/9.1/pen/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (405, "only-sent")


def test_who_was_signed_out_meanwhile_keeps_the_words(floor: NegotiatingText, client: Client) -> None:
    answer = client.post("/rivers/treaty/9.1/propose/", {"words": "1. Each Party <should> act."})
    html = answer.content.decode()
    assert answer.status_code == 401
    assert "1. Each Party &lt;should&gt; act.</textarea>" in html
    assert 'href="/accounts/login/?next=/rivers/treaty/9.1/"' in html


def test_a_page_too_old_to_be_trusted_keeps_the_words(cast: Cast, floor: NegotiatingText) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.norway.user)
    answer = client.post("/rivers/treaty/9.1/propose/", {"words": "1. Each Party acts.", "rationale": "Shorter."})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "too old to be trusted" in html
    assert "1. Each Party acts.</textarea>" in html
    assert "Shorter.</textarea>" in html


def test_what_cannot_be_read_is_answered_in_the_look_of_the_site(client: Client, db: None) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "could not be read" in html
    assert 'media=""' not in html
