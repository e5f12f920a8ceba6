"""Every act of the chair by a command, as a seat; what it says last is JSON."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from delegations.models import Seat
from drafting.models import Agreement, Asking, Bilateral, Handover, NegotiatingText, Overnight, Parking, Revision
from drafting.services import amendments, revisions, unreflected
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party shall act.", "A [planned][proposed] dam.", "The [proposed][planned] dam.")


def run(by: Seat, *arguments: object) -> dict[str, Any]:
    out = io.StringIO()
    call_command("chair", str(by.pk), "rivers/treaty", *map(str, arguments), stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return found


def test_words_are_agreed_listed_and_reopened(cast: Cast, text: NegotiatingText) -> None:
    made = run(
        cast.chair, "agree", "1", "ad-ref", "--words", "shall act", "--pending", "NOR,KEN", "--package", "Duties"
    )
    (listed,) = run(cast.kenya, "agreements", "1")["agreements"]
    assert (listed["words"], listed["pending"], listed["package"]) == ("shall act", ["KEN", "NOR"], "Duties")
    run(cast.norway, "reopen", "1", "New facts.", "--agreement", made["agreement"], "--how", "delegation")
    assert Agreement.objects.get().ended


def test_the_room_is_asked_objects_and_the_gavel_falls(cast: Cast, text: NegotiatingText) -> None:
    run(cast.chair, "ask", "1", "agreed", "--seconds", "30")
    run(cast.kenya, "object", "--reason", "Not yet.")
    run(cast.chair, "withdraw")
    asked = run(cast.chair, "ask", "1", "agreed", "--forum", "Plenary")["asking"]
    with pytest.raises(CommandError, match="seconds more"):
        run(cast.chair, "gavel")
    row = Asking.objects.get(pk=asked)
    Asking.objects.filter(pk=asked).update(closes=row.at - timedelta(seconds=1))
    assert run(cast.chair, "gavel")["name"] == "agreed"


def test_a_box_is_set_left_out_printed_taken_back_and_put_back(cast: Cast, text: NegotiatingText) -> None:
    box = run(cast.chair, "box", "2", "Not negotiated.", "--form", "box", "--place", "before")["box"]
    assert run(cast.chair, "choose-box", box, "leave") == {
        "act": "choose-box",
        "box": box,
        "kept": False,
        "struck": False,
    }
    revisions.issue(cast.chair, text)
    for deed in ("keep", "strike", "restore"):
        run(cast.chair, "choose-box", box, deed)
    run(cast.chair, "choose-box", box, "reword", "Not for negotiation.")
    revisions.issue(cast.chair, text)
    (listed,) = run(cast.norway, "boxes")["boxes"]
    assert (listed["words"], listed["officer"], listed["printed_in"]) == (
        "Not for negotiation.",
        "the Chair",
        ["treaty/Rev.2"],
    )
    assert run(cast.chair, "boxes", "--find")["boxes"] == [listed]


def test_a_provision_is_parked_and_taken_up(cast: Cast, text: NegotiatingText) -> None:
    assert run(cast.chair, "park", "2", "Thursday", "Finance comes first.")["until"] == "Thursday"
    run(cast.chair, "unpark", "2")
    assert Parking.objects.get().lifted


def test_policies_and_the_ladder_are_set_and_listed(cast: Cast, text: NegotiatingText) -> None:
    run(cast.chair, "policy", "unopposed_go_in", "on", "--forum", "Plenary")
    assert run(cast.kenya, "policy")["policies"]["unopposed_go_in"] == {"in_force": True, "forum": "Plenary"}
    assert run(cast.chair, "admit-unopposed")["decisions"] == []
    rungs = run(cast.secretary, "ladder", "--rung", "clean:clean:noted", "--rung", "agreed:agreed:agreed:locks")[
        "rungs"
    ]
    assert [(rung["key"], rung["locks"]) for rung in rungs] == [("clean", False), ("agreed", True)]
    with pytest.raises(CommandError, match="is no rung"):
        run(cast.chair, "ladder", "--rung", "clean:clean:red")


def test_a_package_is_made_and_dissolved(cast: Cast, text: NegotiatingText) -> None:
    (made,) = run(cast.chair, "package", "Finance", "1", "2")["packages"]
    assert made == {"name": "Finance", "agreed": False, "members": ["1", "2"], "pending": ["1", "2"]}
    assert run(cast.chair, "package", "Finance")["packages"] == []


def test_a_seat_is_let_see_the_pictures_and_a_conversation_noted(cast: Cast, text: NegotiatingText) -> None:
    run(cast.chair, "show-pictures", cast.facilitator.pk)
    run(cast.facilitator, "bilateral", "NOR,KEN", "Article 9")
    assert Bilateral.objects.get().parties.count() == 2
    run(cast.chair, "show-pictures", cast.facilitator.pk, "--hide")
    with pytest.raises(CommandError, match="whom the chair names"):
        run(cast.facilitator, "bilateral", "NOR,KEN", "Article 9")


def test_the_pen_is_handed_and_taken_back(cast: Cast, text: NegotiatingText) -> None:
    assert run(cast.chair, "pen", "1", "ken")["has_the_pen"]
    run(cast.chair, "pen", "1", "KEN", "--back")
    assert Handover.objects.get().ended is not None
    with pytest.raises(CommandError, match="no delegation called ZZZ"):
        run(cast.chair, "pen", "1", "ZZZ")


def test_linked_brackets_are_confirmed_and_settled_once(cast: Cast, text: NegotiatingText) -> None:
    for group in text.groups.all():
        run(cast.chair, "group", group.pk)
    (quarrel,) = run(cast.chair, "linked")["quarrels"]
    places = [arg for place in quarrel["places"] for arg in ("--place", ",".join(map(str, place["brackets"])))]
    done = run(cast.chair, "settle-linked", "pick", "--authority", "room", "--chosen", "planned", *places)
    assert factories.words(text)[1:] == ["A planned dam.", "The planned dam."]
    assert run(cast.chair, "undo-batch", done["batch"]) == {"act": "undo-batch", "taken_back": 2}
    again = run(cast.chair, "redo", done["decisions"][0])
    assert again["decision"] not in done["decisions"]


def test_an_earlier_basis_comes_back(cast: Cast, text: NegotiatingText) -> None:
    revisions.issue(cast.chair, text, kind="chairs-text")
    assert run(cast.chair, "basis", "0")["basis"] == 0
    assert Revision.objects.get(basis=True).number == 0


def test_the_night_is_prepared(cast: Cast, text: NegotiatingText) -> None:
    assert run(cast.chair, "prepare", "compilation")["kind"] == "compilation"
    assert run(cast.chair, "prepare", "any")["kind"] == ""
    run(cast.facilitator, "note", "Norway comes back at nine.")
    assert run(cast.chair, "overnight", "02:30")["hour"] == "02:30"
    run(cast.chair, "overnight")
    assert not Overnight.objects.exists()


def test_a_seat_does_by_command_what_it_may(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(CommandError, match="forbidden"):
        run(cast.norway, "agree", "1", "agreed")
    with pytest.raises(CommandError, match="not-found"):
        run(cast.stranger, "agreements", "1")


def test_a_facilitator_is_named_by_command_and_the_mandate_ended(cast: Cast, text: NegotiatingText) -> None:
    (row,) = run(cast.chair, "facilitator", cast.facilitator.pk, "1", "--title", "co-chair")["mandates"]
    assert (row["title"], row["provisions"]) == ("co-chair", ["1"])
    assert run(cast.facilitator, "note", "Norway comes back at nine.", "--about", "1")["note"]
    run(cast.chair, "end-mandate", row["id"])
    assert run(cast.chair, "facilitator")["mandates"] == []


def test_proposals_not_reflected_are_ended_and_revived_by_command(cast: Cast, text: NegotiatingText) -> None:
    assert run(cast.chair, "unreflected", "lapse", "--forum", "Plenary")["policy"] == "lapse"
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    assert len(run(cast.chair, "read-losses")["read"]) == 64
    issued = revisions.issue(cast.chair, text)
    ended = unreflected.settle(issued.pk)
    assert run(cast.chair, "revive", issued.number)["revived"] == ended == 1
