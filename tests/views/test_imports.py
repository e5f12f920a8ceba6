"""Opening a text from a file: the report first, nothing kept; then the text, from the very file that was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from delegations.models import Seat
from drafting.imports import arrivals, shelves
from drafting.models import FileComment, NegotiatingText
from tests import factories
from tests.cast import Cast
from tests.imports.packages import changed, p, package, r

Browse = Callable[[Seat], Client]
PAGE = "/rivers/import/"
WORDS = b"Article 1\nAim\n\n1. Each Party [shall][should] act [now.\n"


def form(data: bytes | None = None, **more: str) -> dict[str, object]:
    filled: dict[str, object] = {"title": "Treaty", "slug": "treaty", "symbol": "", "language": "en", **more}
    if data is not None:
        filled["file"] = SimpleUploadedFile("treaty.txt", data)
    return filled


def test_the_report_comes_first_and_nothing_is_kept(cast: Cast, browse: Browse) -> None:
    html = browse(cast.secretary).post(PAGE, form(WORDS, report="1")).content.decode()
    assert "without a partner" in html
    assert "Open this text" in html
    assert " required" not in html.split('type="file"')[1].split(">")[0]
    assert not NegotiatingText.objects.exists()


def test_the_file_that_was_reported_on_is_opened(cast: Cast, browse: Browse) -> None:
    client = browse(cast.secretary)
    html = client.post(PAGE, form(WORDS, report="1")).content.decode()
    seen = html.split('name="seen" value="')[1].split('"')[0]
    answer = client.post(PAGE, form(seen=seen, open="1"))
    assert answer["Location"] == "/rivers/treaty/"
    assert "[shall][should] act [now." in " ".join(factories.words(NegotiatingText.objects.get()))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty-file"), (b" \n\t", "empty-file"), (b"\xff\xfe\xfa", "unreadable-file"), (b"a\0b", "unreadable-file")],
)
def test_a_file_that_is_no_text_is_refused_with_a_sentence(data: bytes, code: str, cast: Cast, browse: Browse) -> None:
    answer = browse(cast.secretary).post(PAGE, form(data, report="1"))
    assert answer.status_code == 422
    assert f'data-code="{code}"' in answer.content.decode()
    assert not NegotiatingText.objects.exists()


def test_a_changed_report_is_not_believed(cast: Cast, browse: Browse) -> None:
    answer = browse(cast.secretary).post(PAGE, form(seen="forged", open="1"))
    assert answer.status_code == 422
    assert not NegotiatingText.objects.exists()


def test_a_name_that_is_taken_is_refused_and_the_form_kept(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "There already.")
    client = browse(cast.secretary)
    html = client.post(PAGE, form(WORDS, report="1")).content.decode()
    seen = html.split('name="seen" value="')[1].split('"')[0]
    answer = client.post(PAGE, form(seen=seen, open="1"))
    assert answer.status_code == 409
    assert 'data-code="taken"' in answer.content.decode()


def test_a_text_is_not_called_like_a_page(cast: Cast, browse: Browse) -> None:
    html = browse(cast.secretary).post(PAGE, form(WORDS, slug="import", report="1")).content.decode()
    assert "taken by a page" in html


def test_a_word_file_shows_its_changes_and_opens_as_it_was_reported(cast: Cast, browse: Browse) -> None:
    data = package(p(r("Each Party "), changed("del", r("should", "delText")), changed("ins", r("shall")), r(" act.")))
    client = browse(cast.secretary)
    html = client.post(PAGE, {**form(report="1", changes="rejected"), "file": upload("a.docx", data)}).content.decode()
    assert "Norway" in html
    seen = html.split('name="seen" value="')[1].split('"')[0]
    assert client.post(PAGE, form(seen=seen, open="1", changes="rejected"))["Location"] == "/rivers/treaty/"
    assert factories.words(NegotiatingText.objects.get()) == ["Each Party should act."]


def test_a_file_too_large_for_the_page_is_sent_to_the_command(cast: Cast, browse: Browse, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    words = " ".join(map(str, range(2_000))).encode()
    answer = browse(cast.secretary).post(PAGE, form(words, report="1"))
    assert answer.status_code == 422
    assert "import_text" in answer.content.decode()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_report_says_first_that_no_word_is_lost_and_what_waits_for_a_person(cast: Cast, browse: Browse) -> None:
    html = browse(cast.secretary).post(PAGE, form(WORDS, report="1", title="", slug="")).content.decode()
    assert "45 characters, none lost" in html
    assert 'href="#anomalies">1 bracket without a partner' in html
    assert 'value="Article 1 Aim"' in html
    assert 'value="treaty"' in html


def test_comments_of_the_file_are_kept_with_the_text_that_is_opened(cast: Cast, browse: Browse) -> None:
    said = f'<w:comment w:id="5" w:author="Ann">{p(r("Why?"))}</w:comment>'
    data = package(p(r("Act now."), '<w:r><w:commentReference w:id="5"/></w:r>'), comments=said)
    client = browse(cast.secretary)
    html = client.post(PAGE, {**form(report="1"), "file": upload("a.docx", data)}).content.decode()
    seen = html.split('name="seen" value="')[1].split('"')[0]
    client.post(PAGE, form(seen=seen, called="a.docx", open="1"))
    row = FileComment.objects.get()
    assert (row.provision.words.content, row.author, row.said, row.file) == ("Act now.", "Ann", "Why?", "a.docx")


def test_a_large_file_is_read_and_opened_by_a_worker_while_the_page_waits(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(shelves, "AT_ONCE", 10)
    monkeypatch.setattr("drafting.tasks.open_file.delay", told.append)
    client = browse(cast.secretary)
    address = client.post(PAGE, form(WORDS, report="1", slug="", title=""))["Location"]
    assert 'http-equiv="refresh"' in client.get(address).content.decode()
    arrivals.work(told[0])
    html = client.get(address).content.decode()
    assert "What waits for a person" in html
    assert 'value="treaty"' in html
    assert 'type="file"' not in html
    again = client.post(PAGE, form(arrival=told[0], open="1"))["Location"]
    assert not NegotiatingText.objects.exists()
    arrivals.work(told[1])
    assert client.get(again)["Location"] == "/rivers/treaty/"
    assert browse(cast.other_secretary).get(address).status_code == 404


def test_a_large_file_that_cannot_be_read_is_refused_on_the_page_that_waits(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "AT_ONCE", 1)
    client = browse(cast.secretary)
    answer = client.get(client.post(PAGE, form(b"a\0b", report="1"))["Location"])
    assert answer.status_code == 422
    assert 'data-code="unreadable-file"' in answer.content.decode()
