"""A file is laid beside the text: seen first, corrected where a line is wrong, then taken over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delegations.models import Seat
from drafting.imports import intakes, shelves
from drafting.models import Decision, FileComment
from drafting.services import amendments, brackets
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast
from tests.imports.packages import p, package, r

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/bring/"
WORDS = (
    "1. Each Party shall act at once.",
    "2. Parties report every two years.",
    "3. The secretariat serves the meetings.",
)
NEXT = ("1. Each Party should act at once.", "2. Parties report every two years.", "4. Money is found by the Parties.")


def brought(client: Client, data: bytes = "\n\n".join(NEXT).encode(), name: str = "next.txt") -> tuple[str, str]:
    """Bring a file and return the page's address and what it says."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, data), "read": "1"})
    address = answer["Location"]
    return address, client.get(address).content.decode()


def take(client: Client, address: str, html: str, authority: str) -> str:
    shown = html.split('name="shown" value="')[1].split('"')[0]
    form = {"file_key": address.rpartition("=")[2], "take": "1", "authority": authority, "shown": shown}
    return client.post(PAGE, form, follow=True).content.decode()


def test_what_would_change_is_shown_first_with_a_picture_and_nothing_changes(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, *WORDS)
    number = amendments.submit(
        cast.norway, text, [Proposed(factories.provision(text, "1"), WORDS[0].replace("shall", "will"))]
    ).number
    _, html = brought(browse(cast.secretary))
    assert '<svg class="alignment"' in html
    assert all(f'data-difference="{fate}"' in html for fate in ("matched", "dropped", "added"))
    assert f"/proposals/{number}/" in html.split("Waits for its sponsors")[1][:80]
    assert factories.words(text) == list(WORDS)


def test_the_secretariat_takes_it_over_as_one_decision(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, *WORDS)
    client = browse(cast.secretary)
    html = take(client, *brought(client), "room")
    assert "Taken over" in html
    assert factories.words(text) == list(NEXT)
    assert list(Decision.objects.values_list("act", "authority")) == [("take-over", "room")]


def test_the_chair_takes_it_over_decision_by_decision_and_the_desk_lists_them(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, *WORDS)
    client = browse(cast.chair)
    take(client, *brought(client), "chair")
    assert factories.words(text) == list(NEXT)
    assert Decision.objects.count() == 3
    row = Decision.objects.order_by("seq")[0]
    assert f"/bring/{row.batch}/" in client.get("/rivers/treaty/desk/").content.decode()
    page = client.get(f"/rivers/treaty/bring/{row.batch}/").content.decode()
    assert page.count("data-decision=") == page.count("Take it back") == 3
    undone = client.post(f"/rivers/treaty/desk/undo/{row.pk}/", {"then": str(row.batch)}, follow=True).content.decode()
    assert undone.count("Take it back") == 2
    assert factories.words(text) == [WORDS[0], *NEXT[1:]]


def test_who_reads_the_floor_reads_what_was_taken_over_and_only_who_decides_takes_back(
    cast: Cast, browse: Browse
) -> None:
    factories.text(cast, *WORDS)
    client = browse(cast.chair)
    take(client, *brought(client), "chair")
    address = f"/rivers/treaty/bring/{Decision.objects.first().batch}/"
    assert "Take it back" not in browse(cast.kenya).get(address).content.decode()
    assert [browse(seat).get(address).status_code for seat in (cast.kenya, cast.observer, cast.stranger)] == [
        200,
        404,
        404,
    ]


def test_a_person_says_which_provision_one_of_the_file_is(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, *WORDS)
    client = browse(cast.secretary)
    address, _ = brought(client)
    before = factories.provision(text, "3").pk
    corrected = client.post(PAGE, {"file_key": address.rpartition("=")[2], "look": "1", "is-2": "3", "was-2": ""})
    html = client.get(corrected["Location"]).content.decode()
    assert 'data-difference="dropped"' not in html
    take(client, address, html, "editorial")
    assert text.provisions.get(pk=before).words.content == NEXT[2]


def test_a_file_whose_text_moved_meanwhile_is_looked_at_anew_and_taken_over(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, *WORDS)
    client = browse(cast.secretary)
    address, html = brought(client)
    second = factories.provision(text, "2")
    brackets.put(cast.secretary, second, 3, second, 10, [cast.norway.delegation])
    assert "The text moved since you looked" in take(client, address, html, "room")
    again = client.post(PAGE, {"file_key": address.rpartition("=")[2], "look": "1"})["Location"]
    html = client.get(again).content.decode()
    assert "The text moved since you looked" not in html
    assert "Taken over" in take(client, again, html, "room")
    assert factories.words(text) == list(NEXT)


def test_an_address_that_is_none_is_refused(cast: Cast, browse: Browse) -> None:
    factories.text(cast, *WORDS)
    client = browse(cast.secretary)
    address, _ = brought(client)
    answer = client.post(PAGE, {"file_key": address.rpartition("=")[2], "look": "1", "is-2": "99", "was-2": ""})
    assert answer.status_code == 404
    assert "There is no provision 99" in answer.content.decode()


def test_a_report_belongs_to_the_seat_that_brought_the_file(cast: Cast, browse: Browse) -> None:
    factories.text(cast, *WORDS)
    address, _ = brought(browse(cast.secretary))
    answer = browse(cast.chair).get(address)
    assert answer.status_code == 404
    assert "run out" in answer.content.decode()


def test_a_hostile_file_is_refused_with_a_sentence_and_not_kept(cast: Cast, browse: Browse) -> None:
    factories.text(cast, *WORDS)
    answer = browse(cast.secretary).post(PAGE, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert answer.status_code == 422
    assert 'data-code="unreadable-file"' in answer.content.decode()


def test_a_large_file_is_read_by_a_worker_and_the_page_waits(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.text(cast, *WORDS)
    told: list[str] = []
    monkeypatch.setattr(shelves, "AT_ONCE", 10)
    monkeypatch.setattr("drafting.tasks.take_in.delay", told.append)
    client = browse(cast.secretary)
    address, html = brought(client)
    assert 'http-equiv="refresh"' in html
    intakes.work(told[0])
    assert '<svg class="alignment"' in client.get(address).content.decode()


def test_comments_of_a_word_file_are_kept_at_their_provision_for_the_bureau_alone(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, *WORDS)
    comment = f'<w:comment w:id="5" w:author="Ann" w:date="2026-01-02T03:04:05Z">{p(r("Why not will?"))}</w:comment>'
    lost = f'<w:comment w:id="6" w:author="Bo">{p(r("Beside nothing."))}</w:comment>'
    body = p(r(NEXT[0]), '<w:r><w:commentReference w:id="5"/></w:r>') + p(r(NEXT[1])) + p(r(NEXT[2]))
    client = browse(cast.secretary)
    take(client, *brought(client, package(body, comments=comment + lost), "next.docx"), "editorial")
    rows = FileComment.objects.order_by("pk").values_list("provision__address", "author", "said", "file")
    assert list(rows) == [("1", "Ann", "Why not will?", "next.docx"), (None, "Bo", "Beside nothing.", "next.docx")]
    assert "Why not will?" in browse(cast.chair).get("/rivers/treaty/comments/").content.decode()
    assert browse(cast.norway).get("/rivers/treaty/comments/").status_code == 403
    assert not text.floor.entries.filter(body__contains="Why not will").exists()
