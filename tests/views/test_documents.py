"""Documents: issued, read as pages, fetched as files, compared."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText, Revision
from drafting.services import amendments, brackets, revisions, unreflected
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]


def propose(cast: Cast, treaty: NegotiatingText) -> None:
    """Lodge a proposal by Norway, for a loss report to tell of."""
    provision = factories.provision(treaty, "9.2")
    amendments.submit(cast.norway, treaty, [Proposed(provision, f"{provision.words.content} Truly.")])


def test_the_checks_are_said_and_the_text_is_issued(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.secretary)
    assert "5 brackets are open" in client.get("/rivers/treaty/issue/").content.decode()
    asked = {"kind": "revision", "symbol": "R/1", "note": "As read.", "anyway": "on"}
    answer = client.post("/rivers/treaty/issue/", asked, follow=True)
    html = answer.content.decode()
    assert "R/1" in html
    assert "As read." in html
    assert Revision.objects.get(number=1).digest in html


def test_two_clicks_issue_one_revision(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.secretary)
    after = client.get("/rivers/treaty/issue/").content.decode().split('name="after" value="')[1].split('"')[0]
    asked = {"kind": "revision", "anyway": "on", "after": after}
    client.post("/rivers/treaty/issue/", asked)
    again = client.post("/rivers/treaty/issue/", asked)
    assert 'data-code="stale"' in again.content.decode()
    assert Revision.objects.filter(number__gt=0).count() == 1
    assert 'name="after" value="1"' in again.content.decode()


def test_the_loss_report_is_marked_as_read_before_a_text_is_issued(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    propose(cast, treaty)
    client = browse(cast.chair)
    refused = client.post("/rivers/treaty/issue/", {"kind": "revision"})
    assert 'data-code="not-issuable"' in refused.content.decode()
    digest = refused.content.decode().split('name="digest" value="')[1].split('"')[0]
    shown = client.post("/rivers/treaty/issue/read/", {"digest": digest}, follow=True).content.decode()
    assert "The loss report has" not in shown


def test_the_loss_report_is_marked_as_read_where_it_is_read(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    propose(cast, treaty)
    client = browse(cast.chair)
    shown = client.get("/rivers/treaty/loss/").content.decode()
    assert "1 proposal, each listed once: 1 open." in shown
    assert "Nobody has marked it as read." in shown
    client.post("/rivers/treaty/issue/read/", {"digest": shown.split('name="digest" value="')[1].split('"')[0]})
    assert "Chair read this report" in client.get("/rivers/treaty/loss/").content.decode()
    assert "read this report" not in browse(cast.norway).get("/rivers/treaty/loss/").content.decode()


def test_owners_read_what_will_become_of_proposals_not_reflected(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    propose(cast, treaty)
    chair = browse(cast.chair)
    chair.post("/rivers/treaty/issue/unreflected/", {"policy": "lapse", "forum": "Plenary"})
    for page in ("fates/", "board/"):
        assert "lapse with the present one" in browse(cast.norway).get(f"/rivers/treaty/{page}").content.decode()
    issued = revisions.issue(cast.chair, treaty)
    unreflected.settle(issued.pk)
    assert "Revive them all" in chair.get("/rivers/treaty/revisions/1/").content.decode()
    chair.post("/rivers/treaty/revisions/1/revive/")
    assert treaty.amendments.get().state == "open"


def test_an_observer_reads_what_is_issued(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.observer)
    assert "Nothing has been issued yet" in client.get("/rivers/").content.decode()
    revisions.issue(cast.secretary, treaty)
    html = client.get("/rivers/treaty/revisions/1/").content.decode()
    assert "Absence of brackets" in html or "absence of brackets" in html
    assert "measures" in html
    assert client.get("/rivers/treaty/")["Location"] == "/rivers/treaty/revisions/1/"


def test_a_clean_text_numbers_and_counts_its_gaps(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    html = browse(cast.norway).get("/rivers/treaty/clean/").content.decode()
    assert html.count('class="gap-mark"') == html.count('id="gap-') > 0
    assert "Undecided places" in html


@pytest.mark.parametrize("form", ["txt", "html", "docx"])
@pytest.mark.parametrize("kind", ["bracketed", "clean", "log", "loss"])
def test_each_document_comes_as_a_file(
    form: str, kind: str, cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    answer = browse(cast.secretary).get(f"/rivers/treaty/{kind}.{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'-{kind}.{form}"')
    body = answer.content
    assert zipfile.is_zipfile(io.BytesIO(body)) if form == "docx" else b"Treaty" in body


def test_a_form_or_a_revision_that_is_not_there_is_not_found(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.secretary)
    for path in ("bracketed.exe", "revisions/9/", "revisions/9/clean/", "compare/?old=9"):
        assert client.get(f"/rivers/treaty/{path}").status_code == 404


def test_a_comparison_shows_what_changed_and_nothing_else(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    revisions.issue(cast.secretary, treaty)
    provision = factories.provision(treaty, "9.2")
    brackets.put(cast.secretary, provision, 3, provision, 10, [cast.norway.delegation])
    html = browse(cast.norway).get("/rivers/treaty/compare/?old=1").content.decode()
    assert "<ins" in html
    assert "keep a register" not in html
    assert browse(cast.norway).get("/rivers/treaty/compare/?old=1&form=docx").status_code == 200
