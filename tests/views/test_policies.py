"""The policies of a conference as pages: set by a form, read by everybody, their outcomes taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from delegations.models import Conference, Seat
from drafting.models import Decision, NegotiatingText
from drafting.services import amendments, policies
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]


def test_a_policy_is_set_by_a_form_and_everybody_reads_who_adopted_it(cast: Cast, browse: Browse) -> None:
    sent = {"policy": "delegations_bracket", "value": "1", "forum": "Plenary, 22 November"}
    assert browse(cast.chair).post("/rivers/policies/", sent).status_code == 302
    assert Conference.objects.get(pk=cast.conference.pk).delegations_bracket
    said = browse(cast.kenya).get("/rivers/policies/").content.decode()
    assert "Adopted in the room: Plenary, 22 November; set by Chair" in said
    assert 'name="value"' not in said
    assert browse(cast.kenya).post("/rivers/policies/", sent).status_code == 403


def test_what_policy_decided_is_listed_and_taken_back(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    provision = factories.provision(treaty, "9.2")
    words = provision.words.content
    amendments.submit(cast.norway, treaty, [Proposed(provision, words.replace("Nothing", "No rule"))])
    policies.adopt(cast.chair, "unopposed_go_in", value=True, forum="Plenary")
    chair = browse(cast.chair)
    assert "Adopted: Plenary" in chair.get("/rivers/treaty/desk/triage/").content.decode()
    chair.post("/rivers/treaty/desk/triage/unopposed/")
    row = Decision.objects.get(authority="policy")
    assert "Unopposed proposals go in." in browse(cast.kenya).get("/rivers/treaty/desk/policy/").content.decode()
    answer = chair.post(f"/rivers/treaty/desk/undo/{row.pk}/", {"then": "by-policy"})
    assert answer["Location"] == "/rivers/treaty/desk/policy/"
    assert factories.provision(treaty, "9.2").words.content == words


def test_triage_shows_counts_where_that_is_the_policy(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    provision = factories.provision(treaty, "9.2")
    amendments.submit(cast.norway, treaty, [Proposed(provision, provision.words.content.replace("Nothing", "None"))])
    chair = browse(cast.chair)
    assert "1 for · 0 against" in chair.get("/rivers/treaty/desk/triage/?counts=1").content.decode()
    policies.adopt(cast.chair, "counts_in_triage", value=False)
    assert "for · " not in chair.get("/rivers/treaty/desk/triage/?counts=1").content.decode()


def test_a_delegation_brackets_words_by_its_form_where_that_is_the_policy(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    assert browse(cast.kenya).get("/rivers/treaty/9.2/bracket/").status_code == 302
    policies.adopt(cast.chair, "delegations_bracket", value=True)
    assert "Who asked for it" not in browse(cast.kenya).get("/rivers/treaty/9.2/bracket/").content.decode()
    assert browse(cast.kenya).post("/rivers/treaty/9.2/bracket/", {"quoted": "drinking"}).status_code == 302
    assert "[drinking]" in factories.provision(treaty, "9.2").words.content
