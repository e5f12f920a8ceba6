"""Who gets which page: every page there is, asked for by the whole cast."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import get_resolver

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.services import drafts
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]

DELEGATES = {"norway", "norway_head", "kenya", "group"}
FLOOR = DELEGATES | {"chair", "facilitator", "secretary", "capital"}
EVERYBODY = FLOOR | {"observer"}
#: Who sits at a delegation's own desk: its capital too, an office never.
DELEGATIONS = DELEGATES | {"capital"}
BUREAU = {"chair", "facilitator"}

#: Each page with the seats of the conference that may read it; all others are refused as `Forbidden` or `NotFound`.
PAGES: dict[str, set[str]] = {
    "/rivers/": EVERYBODY,
    "/rivers/import/": {"secretary"},
    "/rivers/people/": {"secretary"},
    "/rivers/room/": {"secretary"},
    "/rivers/journal/": EVERYBODY,
    "/rivers/ladder/": {"chair", "secretary"},
    "/rivers/policies/": FLOOR,
    "/rivers/treaty/": FLOOR,
    "/rivers/treaty/find/?q=water": FLOOR,
    "/rivers/treaty/since/": FLOOR,
    "/rivers/treaty/watches/": FLOOR,
    "/rivers/treaty/report/": FLOOR,
    "/rivers/treaty/board/": DELEGATIONS,
    "/rivers/treaty/fates/": DELEGATIONS,
    "/rivers/treaty/fates/?rev=1": DELEGATIONS,
    "/rivers/treaty/pack/": DELEGATIONS,
    "/rivers/treaty/pack/?form=html": DELEGATIONS,
    "/rivers/treaty/capital/": DELEGATIONS,
    "/rivers/treaty/capital/?form=docx&which=9": DELEGATIONS,
    "/rivers/treaty/notes/": DELEGATIONS,
    "/rivers/treaty/notes/ring/": DELEGATIONS,
    "/rivers/treaty/fragments/?f=outline": FLOOR,
    "/rivers/treaty/proposals/": FLOOR,
    "/rivers/treaty/proposals/1/": FLOOR,
    "/rivers/treaty/desk/": BUREAU,
    "/rivers/treaty/desk/triage/": BUREAU,
    "/rivers/treaty/desk/linked/": BUREAU,
    "/rivers/treaty/desk/policy/": FLOOR,
    "/rivers/treaty/desk/pictures/": {"chair"},
    "/rivers/treaty/groups/": FLOOR,
    "/rivers/treaty/facilitators/": FLOOR,
    "/rivers/treaty/boxes/": FLOOR,
    "/rivers/treaty/languages/": FLOOR,
    "/rivers/treaty/languages/fr/": {"secretary"},
    "/rivers/treaty/side-by-side/": EVERYBODY,
    "/rivers/treaty/packages/": FLOOR,
    "/rivers/treaty/revisions/": EVERYBODY,
    "/rivers/treaty/revisions/archive.zip": EVERYBODY,
    "/rivers/treaty/revisions/1/": EVERYBODY,
    "/rivers/treaty/revisions/1/bracketed/": EVERYBODY,
    "/rivers/treaty/revisions/1/clean/": EVERYBODY,
    "/rivers/treaty/revisions/1/log/": EVERYBODY,
    "/rivers/treaty/revisions/1/loss/": EVERYBODY,
    "/rivers/treaty/revisions/1/certificate/": EVERYBODY,
    "/rivers/treaty/revisions/0/certificate.txt": FLOOR,
    "/rivers/treaty/revisions/1/clean.txt": EVERYBODY,
    "/rivers/treaty/compare/?old=1": EVERYBODY,
    "/rivers/treaty/issue/": {"chair", "secretary"},
    "/rivers/treaty/bring/": {"chair", "facilitator", "secretary"},
    "/rivers/treaty/comments/": {"chair", "facilitator", "secretary"},
    "/rivers/treaty/revisions/1/rectify/": {"secretary"},
    "/rivers/treaty/editorial/": FLOOR,
    "/rivers/treaty/special/": FLOOR,
    "/rivers/treaty/scrub/": {"chair", "secretary"},
    "/rivers/treaty/scrub/numbers/?way=close": {"chair", "secretary"},
    "/rivers/treaty/bracketed/": FLOOR,
    "/rivers/treaty/clean/": FLOOR,
    "/rivers/treaty/clean/?lang=fr": FLOOR,
    "/rivers/treaty/compilation/": FLOOR,
    "/rivers/treaty/revisions/1/compilation/": EVERYBODY,
    "/rivers/treaty/log/": FLOOR,
    "/rivers/treaty/loss/": FLOOR,
    "/rivers/treaty/bracketed.docx": FLOOR,
    "/rivers/treaty/9.1/": FLOOR,
    "/rivers/treaty/9.1/whose/": FLOOR,
    "/rivers/treaty/9.1/agreement/": FLOOR,
    "/rivers/treaty/9.1/propose/": DELEGATES,
    "/rivers/treaty/9.1/restructure/": DELEGATES,
    "/rivers/treaty/throughout/": DELEGATES,
    "/rivers/treaty/remark/": DELEGATES,
    "/rivers/treaty/proposals/1/words/": DELEGATES,
    "/rivers/treaty/reserves/": FLOOR,
    "/rivers/treaty/circles/": FLOOR,
    "/rivers/treaty/9.1/record/": {"chair", "facilitator", "secretary"},
    "/rivers/treaty/9.1/bracket/": {"chair", "facilitator", "secretary"},
}


def test_each_page_is_for_its_readers_alone(floor: NegotiatingText, cast: Cast, browse: Browse) -> None:
    clients = {name: browse(seat) for name, seat in cast.everybody()}
    refusals = {302, 403, 404}
    wrong = {
        (path, name): status
        for path, readers in PAGES.items()
        for name, client in clients.items()
        if (status := client.get(path).status_code) not in ({200} if name in readers else refusals)
    }
    assert wrong == {}


def test_a_draft_is_for_its_own_delegation(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    row = drafts.open(cast.norway, factories.provision(treaty, "9.2"))
    answers = {
        name: browse(seat).get(f"/rivers/treaty/drafts/{row.pk}/").status_code for name, seat in cast.everybody()
    }
    assert {name for name, status in answers.items() if status == 200} == {"norway", "norway_head"}
    assert {status for status in answers.values() if status != 200} <= {403, 404}


def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(floor: NegotiatingText, client: Client) -> None:
    answer = client.get("/rivers/treaty/9.1/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/rivers/treaty/9.1/"


def test_a_script_that_is_not_signed_in_is_told_so(floor: NegotiatingText, client: Client) -> None:
    answer = client.get("/rivers/treaty/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in")


def test_every_page_under_a_text_is_in_the_list_or_changes_something() -> None:
    """A new page is asked for by the whole cast too: whoever adds one adds it to `PAGES` or here."""
    acts = {
        *("drop-watch", "note-act"),
        *(
            "choose-seat",
            "look",
            "amendment-stance",
            "bracket-stance",
            "option-stance",
            "undo-decision",
            "consolidate",
            "consolidation",
        ),
        *(
            "cancel-consolidation",
            "settle-group",
            "mend",
            "gavel",
            "reopen",
            "park",
            "answer-asking",
            "draft",
            "panel-fragment",
            *("amendment-act", "deadline", "sign-off", "endorse"),
            "say",
            "hand-pen",
            *(
                "redo-decision",
                "effect",
                "effects",
                "confide",
                "undo-batch",
                "prepare",
                "shift-note",
                "overnight",
                "return-to-basis",
                "admit-unopposed",
            ),
            *("mark-loss-read", "choose-unreflected", "revive", "end-mandate", "box-act"),
            *("draft-guests", "taken"),
            *("editorial-act", "send-editorials", "confirm-place", "rectification", "rectification-file"),
            *("translated-file", "issue-language"),
        ),
    }
    open_to_all = {"conferences", "help", "components", "seats", "demo-seats", "demo-seat", "health"}
    listed = {get_resolver().resolve(path.split("?")[0]).url_name for path in PAGES}
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str) and not name.startswith("account")}
    assert named - acts - open_to_all == listed
