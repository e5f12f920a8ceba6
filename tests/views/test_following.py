"""A delegation's own pages over HTTP: what they answer, and that nobody else learns of anything private."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from delegations.models import Seat
from drafting.models import NegotiatingText, Pen
from drafting.services import amendments, notes, pens, positions, remarks, watches
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]

TEXT = "/rivers/treaty/"
LOCKED = {"salt": "AA==", "iterations": 600_000, "iv": "AA==", "sealed": "AA=="}
PAGES = (
    "",
    "board/",
    "fates/",
    "since/",
    "watches/",
    "notes/",
    "notes/ring/",
    "report/",
    "find/?q=water",
    "proposals/",
)


@pytest.fixture
def moved(cast: Cast, treaty: NegotiatingText) -> NegotiatingText:
    """The treaty with a proposal of Norway's, and a change made in the room."""
    provision = factories.provision(treaty, "9.2")
    words = provision.words.content.replace("Nothing here", "Nothing in this article")
    amendments.submit(cast.norway, treaty, [Proposed(provision, words)])
    provision = factories.provision(treaty, "9.1(b)")
    pens.write(cast.chair, Proposed(provision, "(b) make it public;]"), Pen.For.ROOM)
    return treaty


def send(client: Client, **body: Any) -> Any:
    return client.post(
        TEXT + "notes/act/", json.dumps(body), "application/json", headers={"Accept": "application/json"}
    )


def test_since_shows_what_changed_and_begins_anew_once_read(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    client = browse(cast.kenya)
    page = client.get(TEXT + "since/")
    assert ">publish</del>" in page.content.decode()
    assert client.get(TEXT + "since/", headers={"Accept": "application/json"}).json()["changed"]
    client.post(TEXT + "since/", {"seq": page.context["seq"]})
    assert "Not one word differs." in client.get(TEXT + "since/").content.decode()
    assert ">publish</del>" in client.get(TEXT + f"since/?old={page.context['began'].seq}").content.decode()


def test_the_changes_come_as_word_with_tracked_changes(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    answer = browse(cast.kenya).get(TEXT + "since/?form=docx")
    assert "w:del " in Document(io.BytesIO(answer.content)).element.xml


@pytest.mark.parametrize("query", ["old=x", "new=99999999999999999"])
def test_a_moment_that_never_was_is_refused(moved: NegotiatingText, cast: Cast, browse: Browse, query: str) -> None:
    assert browse(cast.kenya).get(TEXT + "since/?" + query).status_code == 404


def test_what_is_watched_is_added_and_let_go_by_plain_forms(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    client = browse(cast.kenya)
    client.post(TEXT + "watches/", {"watch": "1", "kind": "provision", "value": "art. 9 2"})
    assert "proposed:" in client.get(TEXT + "watches/").content.decode()
    refused = client.post(TEXT + "watches/", {"watch": "1", "kind": "provision", "value": "99"})
    assert (refused.status_code, "Nothing here is called 99." in refused.content.decode()) == (404, True)
    client.post(TEXT + "watches/drop/", {"kind": "provision", "value": "9.2"})
    assert "You watch nothing yet" in client.get(TEXT + "watches/").content.decode()


def test_a_report_is_drafted_edited_and_saved_as_word(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    client = browse(cast.norway)
    draft = client.get(TEXT + "report/").context["form"].initial["words"]
    assert "# Our proposals\nNo. 1 on 9.2: open." in draft
    assert "9.1(b): out “publish”, in “make … public”" in draft
    edited = {"title": "Day 1", "words": draft.replace("open.", "open; we hold."), "form": "docx"}
    answer = client.post(TEXT + "report/", edited)
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    assert {"Day 1", "Our proposals", "No. 1 on 9.2: open; we hold."} <= set(paragraphs)


def test_a_report_tells_no_more_than_its_reader_may_see(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    draft = browse(cast.kenya).get(TEXT + "report/").context["form"].initial["words"]
    assert "No. 1 on 9.2." in draft
    assert "NOR" not in draft


def test_the_pack_holds_the_text_and_our_proposals(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    ours = browse(cast.norway).get(TEXT + "pack/?form=html").content.decode()
    theirs = browse(cast.kenya).get(TEXT + "pack/?form=html").content.decode()
    assert "<ins>in this article</ins>" in ours
    assert "Proposals of Norway (1)" in ours
    assert "Proposals of Kenya (0)" in theirs


def test_notes_come_and_go_as_ciphertext(moved: NegotiatingText, cast: Cast, browse: Browse) -> None:
    client = browse(cast.norway)
    sealed, pk = base64.b64encode(b"ciphertext").decode(), str(uuid4())
    part = {"public": "AA==", "locked": LOCKED, "wrapped": "AA=="}
    assert send(client, act="found", recovery=LOCKED, **part).status_code == 200
    key = str(factories.edition(cast.norway))
    assert send(client, act="keep", key=key, id=pk, rev=0, sealed=sealed).json() == {
        "id": pk,
        "rev": 1,
    }
    assert client.get(TEXT + "notes/ring/").json()["notes"] == [{"id": pk, "rev": 1, "sealed": sealed}]
    assert send(client, act="keep", key=key, id=pk, rev=1, sealed="in clear: hold!").json()["code"] == "unsealed"
    assert send(client, act="tear-up", id=pk, rev=1).status_code == 200


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"act": "fly"}', '{"act": "keep"}', '{"act": "keep", "id": 7}'])
def test_what_does_not_arrive_whole_is_refused_with_a_sentence(
    moved: NegotiatingText, cast: Cast, browse: Browse, body: str
) -> None:
    answer = browse(cast.norway).post(
        TEXT + "notes/act/", body, "application/json", headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "unsealed")


def test_nobody_else_learns_that_there_is_a_note_a_mark_or_a_watch(
    moved: NegotiatingText, cast: Cast, browse: Browse
) -> None:
    client = browse(cast.kenya)
    notes.found_key(cast.kenya, moved, LOCKED, "AA==", LOCKED, "AA==")

    def answers() -> list[tuple[int, bytes]]:
        found = [client.get(TEXT + page) for page in PAGES]
        return [(answer.status_code, _still(answer.content)) for answer in found]

    before = answers()
    notes.found_key(cast.norway, moved, LOCKED, "AA==", LOCKED, "AA==")
    notes.keep(cast.norway, moved, factories.edition(cast.norway), uuid4(), 0, "AAAA")
    watches.mark_read(cast.norway, moved, 1)
    watches.add(cast.norway, moved, "word", "water")
    assert answers() == before


def _still(content: bytes) -> bytes:
    """Leave out what differs from one answer to the next: tokens and nonces."""
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"', b"", content)


ASKED = ["", "fragments/panel/{}/", "proposals/", "proposals/?ours=1", "board/", "fates/", "watches/", "since/"]
ASKED += ["report/", "find/?q=drinking", "find/?q=nor", "circles/", "reserves/", "pack/", "capital/", "/rivers/"]


@pytest.mark.parametrize("page", ASKED)
def test_a_page_asks_as_often_for_many_rows_as_for_few(
    page: str, treaty: NegotiatingText, cast: Cast, browse: Browse
) -> None:
    client, address = browse(cast.norway), page if page.startswith("/") else TEXT + page
    provision = factories.provision(treaty, "9.2")
    address = address.format(provision.pk)
    counts = []
    for words in (["fresh"], ["clean", "salt", "running", "still", "clear", "sweet", "hard", "soft"]):
        for word in words:
            wanted = provision.words.content.replace("drinking", word)
            lodged = amendments.submit(cast.norway, treaty, [Proposed(provision, wanted)])
            for seat in (cast.kenya, cast.group):
                positions.take(seat, lodged.versions.get(), "support")
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", [TEXT + "proposals/", TEXT + "fates/", "/rivers/"])
def test_proposals_without_edits_are_listed_with_what_they_say(
    cast: Cast, treaty: NegotiatingText, browse: Browse, page: str
) -> None:
    remarks.lodge(cast.norway, treaty, "comment", "Option 2, please.")
    french = Proposed(factories.provision(treaty, "9.2"), "Rien n’affecte l’eau potable.")
    amendments.submit(cast.norway, treaty, [french], "Said in the room.", language="fr")
    html = browse(cast.norway).get(page).content.decode()
    assert "Option 2, please." in html
    assert 'lang="fr" dir="auto">Rien n’affecte l’eau potable.' in html


@pytest.mark.parametrize("page", [TEXT + "proposals/", TEXT + "fates/", "/rivers/"])
def test_a_proposal_of_many_places_shows_four_and_folds_the_others(
    page: str, treaty: NegotiatingText, cast: Cast, browse: Browse
) -> None:
    rows = treaty.provisions.select_related("words", "text")
    wanted = [Proposed(row, f"{row.words.content} Now.") for row in rows]
    amendments.submit(cast.norway, treaty, wanted)
    html = browse(cast.norway).get(page).content.decode()
    first, others = html.split("<details><summary>2 more</summary>")
    assert (first.count('<p class="redline"'), others.count('<p class="redline"')) == (4, len(wanted) - 4)


def test_an_amendment_the_text_moved_under_waits_on_its_owners_board_with_both_texts(
    treaty: NegotiatingText, cast: Cast, browse: Browse
) -> None:
    provision = factories.provision(treaty, "9.2")
    ours = provision.words.content.replace("drinking", "fresh")
    amendments.submit(cast.norway, treaty, [Proposed(provision, ours)])
    pens.write(cast.chair, Proposed(provision, provision.words.content.replace("drinking", "clean")), "room")
    page = browse(cast.norway).get(TEXT + "board/").content.decode()
    section = page[page.index('id="waiting"') : page.index("</section>", page.index('id="waiting"'))]
    assert "<del>drinking</del><ins>fresh</ins>" in section
    assert "<del>drinking</del><ins>clean</ins>" in section
    assert "<del>clean</del><ins>fresh</ins>" in section
    assert 'id="waiting"' not in browse(cast.kenya).get(TEXT + "board/").content.decode()
    hidden = re.findall(r'<textarea name="(base|words)"[^>]*>\n(.*?)</textarea>', section, re.S)
    form = {"at": "9.2", "new": "", **{name: unescape(words) for name, words in hidden}}
    answer = browse(cast.norway).post(TEXT + "proposals/1/words/", {**form, "submit": "1"})
    assert answer["Location"] == "/rivers/treaty/proposals/1/"
    assert "fresh" in browse(cast.norway).get("/rivers/treaty/proposals/1/").content.decode()
    assert 'id="waiting"' not in browse(cast.norway).get(TEXT + "board/").content.decode()


def test_an_amendment_the_text_moved_under_is_withdrawn_from_the_board(
    treaty: NegotiatingText, cast: Cast, browse: Browse
) -> None:
    provision = factories.provision(treaty, "9.2")
    amendments.submit(cast.norway, treaty, [Proposed(provision, provision.words.content.replace("drinking", "fresh"))])
    pens.write(cast.chair, Proposed(provision, provision.words.content.replace("drinking", "clean")), "room")
    client = browse(cast.norway)
    client.post(TEXT + "proposals/1/stance/", {"stance": "withdraw"})
    assert 'id="waiting"' not in client.get(TEXT + "board/").content.decode()
