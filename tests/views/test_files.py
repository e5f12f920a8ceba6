"""Files that take long: ordered, waited for on a page, taken by who ordered them; quick ones come at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from kombu.exceptions import OperationalError

from delegations.models import Seat
from drafting import tasks
from drafting.exports import archives, shelves, versions
from drafting.models import NegotiatingText, Stance
from drafting.queries import documents, listings, packs
from drafting.services import positions, revisions
from drafting.text.document import Document
from tests.cast import Cast
from tests.exports.documents import everything

Browse = Callable[[Seat], Client]
PDF = "/rivers/treaty/bracketed.pdf"


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys a worker was told of, and did not take up."""
    told: list[str] = []
    monkeypatch.setattr(tasks.write_file, "delay", told.append)
    return told


def following(html: str) -> str:
    return html.split('content="1;url=')[1].split('"')[0].replace("&amp;", "&")


def test_who_asks_for_a_pdf_waits_on_a_page_and_then_takes_it(
    cast: Cast, treaty: NegotiatingText, browse: Browse, ordered: list[str]
) -> None:
    client = browse(cast.norway)
    first = client.get(PDF)
    assert (first.status_code, "waits for a worker" in first.content.decode()) == (202, True)
    tasks.write_file(ordered[0])
    ready = client.get(PDF + following(first.content.decode()))
    assert "The file is ready" in ready.content.decode()
    file = client.get(PDF + following(ready.content.decode()))
    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"].endswith('bracketed.pdf"')


def test_an_order_is_of_use_to_who_gave_it_alone(
    cast: Cast, treaty: NegotiatingText, browse: Browse, ordered: list[str]
) -> None:
    order = following(browse(cast.norway).get(PDF).content.decode())
    tasks.write_file(ordered[0])
    assert browse(cast.kenya).get(PDF + order).status_code == 404
    assert browse(cast.norway).get(f"{PDF}?order=forged").status_code == 404


def test_the_file_comes_from_here_where_no_worker_can_be_told(
    cast: Cast, treaty: NegotiatingText, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(key: str) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.write_file, "delay", refuse)
    assert browse(cast.norway).get(PDF).content.startswith(b"%PDF")


def test_a_document_no_font_can_set_is_refused_on_the_page(
    cast: Cast, treaty: NegotiatingText, browse: Browse, ordered: list[str]
) -> None:
    order = following(browse(cast.norway).get(PDF).content.decode())
    cache.set(f"export:state:{ordered[0]}", ("refused", "No font.", "no-font"))
    answer = browse(cast.norway).get(PDF + order)
    assert (answer.status_code, 'data-code="no-font"' in answer.content.decode()) == (422, True)


def test_equal_documents_are_written_once() -> None:
    first = shelves.order(everything(), "pdf")
    assert (first.is_new, first.is_long) == (True, True)
    again = shelves.Order(first.key, is_long=True, is_new=False)
    assert shelves.order(everything(), "pdf") == again
    shelves.fill(first.key)
    assert shelves.order(everything(), "pdf") == again
    assert shelves.state(first.key) == shelves.State(shelves.READY)


def test_another_version_of_the_writers_writes_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    key = shelves.order(everything(), "docx").key
    monkeypatch.setattr(versions, "current", lambda: "another")
    assert shelves.order(everything(), "docx").key != key


@pytest.mark.parametrize(
    "path",
    [
        *("bracketed.docx", "clean.txt", "compilation.xml", "log.json", "loss.md", "pack/?form=html"),
        *("revisions/1/bracketed.html", "revisions/1/loss.docx", "compare/?old=1&form=md"),
    ],
)
def test_a_file_that_is_asked_for_again_is_not_made_again(
    cast: Cast, treaty: NegotiatingText, browse: Browse, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    revisions.issue(cast.secretary, treaty)
    client = browse(cast.norway)
    first = client.get(f"/rivers/treaty/{path}")
    for room, name in ((listings, "make"), (documents, "comparison"), (packs, "pack")):
        monkeypatch.setattr(room, name, never)
    again = client.get(f"/rivers/treaty/{path}")
    assert (again.status_code, again.content) == (200, first.content)
    assert again["Content-Disposition"] == first["Content-Disposition"]


def never(*_: object) -> Document:
    raise AssertionError("It is made again.")


def test_what_is_kept_for_one_reader_is_not_given_to_another(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    held = treaty.brackets.get(article="9", number=1)
    positions.take(cast.norway, held, Stance.RETAIN)
    revisions.issue(cast.secretary, treaty)
    path = "/rivers/treaty/revisions/1/bracketed.txt"
    assert "NOR" in browse(cast.secretary).get(path).content.decode()
    treaty.conference.attribution_shown = False
    treaty.conference.save()
    assert "NOR" not in browse(cast.kenya).get(path).content.decode()
    browse(cast.secretary).get("/rivers/treaty/revisions/0/bracketed.txt")
    assert browse(cast.observer).get("/rivers/treaty/revisions/0/bracketed.txt").status_code == 404


def test_the_floor_is_printed_anew_once_something_happened_there(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.norway)
    path = "/rivers/treaty/bracketed.json"
    first = client.get(path).content
    cache.clear()
    assert client.get(path).content == first
    positions.take(cast.norway, treaty.brackets.get(article="9", number=1), Stance.RETAIN)
    assert client.get(path).content != first


def test_a_long_document_is_written_by_a_worker_in_any_format(
    cast: Cast, treaty: NegotiatingText, browse: Browse, ordered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "AT_ONCE", 100)
    first = browse(cast.norway).get("/rivers/treaty/bracketed.docx")
    assert (first.status_code, ordered) == (202, [ordered[0]])
    tasks.write_file(ordered[0])
    assert browse(cast.norway).get("/rivers/treaty/bracketed.docx").content.startswith(b"PK")


def test_what_nobody_ordered_is_not_written() -> None:
    shelves.fill("unknown.pdf")
    assert shelves.state("unknown.pdf") is None


def test_an_archive_is_written_by_a_worker_for_who_ordered_it(
    cast: Cast, treaty: NegotiatingText, browse: Browse, ordered: list[str]
) -> None:
    page = "/rivers/treaty/revisions/archive.zip"
    waiting = following(browse(cast.observer).get(page).content.decode())
    tasks.write_file(ordered[0])
    ready = browse(cast.observer).get(page + waiting)
    file = browse(cast.observer).get(page + following(ready.content.decode()))
    assert (file["Content-Type"], file.content) == ("application/zip", archives.write(cast.observer, treaty))
    assert browse(cast.norway).get(page + waiting).status_code == 404
    assert browse(cast.norway).get(page).status_code == 202
    assert len(set(ordered)) == 2
