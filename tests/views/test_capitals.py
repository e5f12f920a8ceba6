"""The page of the capital's round trip: the file out, what came back shown first, then the drafts."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delegations.models import Seat
from drafting.imports import reading
from drafting.models import Draft, NegotiatingText
from drafting.services import pens
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast
from tests.imports.packages import changed, r, with_part

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/capital/"
WORDS = "2. Nothing here affects drinking &lt;water&gt;."


def edited(client: Client) -> SimpleUploadedFile:
    data = client.get(f"{PAGE}?form=docx&which=9").content
    before, _, after = WORDS.partition("Nothing")
    inside = changed("del", r("Nothing", "delText"), "A. Hansen") + changed("ins", r("Nothing at all"), "A. Hansen")
    return SimpleUploadedFile("9.docx", with_part(data, "word/document.xml", r(WORDS), r(before) + inside + r(after)))


def hidden(html: str) -> dict[str, str]:
    return {name: html.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "shown")}


def test_the_file_out_holds_the_article_asked_for(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    data = browse(cast.norway).get(f"{PAGE}?form=docx&which=9.2").content
    assert reading.open(data).structure.texts() == ["2. Nothing here affects drinking <water>."]


def test_an_address_that_is_not_there_stays_on_the_screen(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.norway).get(f"{PAGE}?form=docx&which=9.9")
    assert answer.status_code == 404
    assert 'value="9.9"' in answer.content.decode()


def test_drafts_are_seen_first_and_then_made(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    html = client.post(PAGE, {"file": edited(client), "look": "1"}).content.decode()
    assert 'data-draft="9.2"' in html
    assert "A. Hansen (2026-01-02)" in html
    assert not Draft.objects.exists()
    answer = client.post(PAGE, {**hidden(html), "make": "1"})
    assert answer["Location"] == "/rivers/treaty/proposals/"
    (draft,) = Draft.objects.all()
    assert factories.drafted(draft).content == "2. Nothing at all here affects drinking <water>."
    assert draft.rationale == "From the capital: A. Hansen (2026-01-02)."


def test_all_of_it_is_made_one_draft(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    html = client.post(PAGE, {"file": edited(client), "look": "1"}).content.decode()
    client.post(PAGE, {**hidden(html), "make": "1", "as_one": "1"})
    draft = Draft.objects.get()
    assert (draft.addresses, draft.rationale) == (["9.2"], "From the capital: A. Hansen (2026-01-02).")


def test_where_the_text_moved_since_it_is_shown_anew(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    html = client.post(PAGE, {"file": edited(client), "look": "1"}).content.decode()
    provision = factories.provision(treaty, "9.2")
    pens.write(cast.chair, Proposed(provision, provision.words.content.replace("<water>", "water")), "room")
    html = client.post(PAGE, {**hidden(html), "make": "1"}).content.decode()
    assert "moved since you looked" in html
    assert not Draft.objects.exists()


def test_a_hostile_file_is_refused_with_a_sentence(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.norway).post(PAGE, {"file": SimpleUploadedFile("a.docx", b"PK\x03\x04broken"), "look": "1"})
    assert answer.status_code == 422
    assert 'data-code="unreadable-file"' in answer.content.decode()


def test_who_does_not_propose_makes_no_drafts(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.capital)
    assert "Bring it back" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"file": edited(client), "look": "1"}).status_code == 403
