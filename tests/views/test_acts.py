"""Acts as plain forms: stances, brackets, what is typed for a speaker, agreement, what an import left."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.test import Client

from delegations.models import Seat
from drafting.models import Agreement, AlternativeGroup, Amendment, ImportAnomaly, NegotiatingText, Position
from drafting.services import amendments
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
JSON = {"Accept": "application/json"}


def propose(cast: Cast, treaty: NegotiatingText) -> Amendment:
    provision = factories.provision(treaty, "9.2")
    return amendments.submit(
        cast.norway, treaty, [Proposed(provision, provision.words.content.replace("Nothing", "No"))]
    )


def test_a_bracket_is_held_and_let_go(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    held = treaty.brackets.get(article="9", number=1)
    form = f"/rivers/treaty/brackets/{held.pk}/stance/"
    client = browse(cast.kenya)
    assert client.post(form, {"stance": "retain"}, headers={"Referer": "/rivers/treaty/9.1/"}).status_code == 302
    assert Position.objects.get().stance == "retain"
    assert client.post(form, {"stance": "none"}, headers=JSON).status_code == 200
    assert not Position.objects.exists()


def test_a_word_that_is_no_stance_is_refused(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    held = treaty.brackets.get(article="9", number=1)
    answer = browse(cast.kenya).post(f"/rivers/treaty/brackets/{held.pk}/stance/", {"stance": "love"}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-stance")


def test_a_bracket_of_another_text_is_not_reached_by_this_one(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    other = factories.text(cast, "Each [Party].", slug="other")
    pk = factories.bracket(other).pk
    assert browse(cast.kenya).post(f"/rivers/treaty/brackets/{pk}/stance/", {"stance": "retain"}).status_code == 404


def test_a_proposal_is_supported_co_sponsored_left_and_withdrawn(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    propose(cast, treaty)
    form = "/rivers/treaty/proposals/1/stance/"
    said = [
        browse(cast.kenya).post(form, {"stance": word}, headers=JSON) for word in ("support", "co-sponsor", "leave")
    ]
    assert [answer.status_code for answer in said] == [200, 200, 200]
    assert browse(cast.kenya).post(form, {"stance": "withdraw"}, headers=JSON).status_code == 403
    assert browse(cast.norway).post(form, {"stance": "withdraw"}, headers=JSON).status_code == 200
    assert Amendment.objects.get().state == "withdrawn"


def test_an_observer_takes_no_stance(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    propose(cast, treaty)
    answer = browse(cast.observer).post("/rivers/treaty/proposals/1/stance/", {"stance": "support"}, headers=JSON)
    assert answer.status_code in (403, 404)


def test_words_heard_in_the_room_enter_in_brackets_of_who_spoke(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    base = factories.provision(treaty, "9.2").words.content
    said = {"authority": "delegation", "speakers": "ken", "supporters": "NOR", "base": base}
    said |= {"words": base.replace("affects", "directly affects"), "submit": "1"}
    assert browse(cast.secretary).post("/rivers/treaty/9.2/record/", said).status_code == 302
    assert "[directly] affects" in factories.provision(treaty, "9.2").words.content
    assert Amendment.objects.get().from_the_floor


def test_nobodys_words_are_refused_and_kept(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    base = factories.provision(treaty, "9.2").words.content
    said = {"authority": "delegation", "speakers": "", "base": base, "words": base + " And more.", "submit": "1"}
    html = browse(cast.secretary).post("/rivers/treaty/9.2/record/", said).content.decode()
    assert "there is no unattributed change" in html
    assert "And more." in html
    assert factories.provision(treaty, "9.2").words.content == base


def test_a_code_nobody_has_is_named(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    said = {"authority": "delegation", "speakers": "KEN, XYZ", "words": "x", "submit": "1"}
    assert "has the code XYZ" in browse(cast.secretary).post("/rivers/treaty/9.2/record/", said).content.decode()


def test_brackets_are_put_round_words_for_who_asked(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    form = {"speakers": "KEN", "quoted": "drinking"}
    assert browse(cast.secretary).post("/rivers/treaty/9.2/bracket/", form).status_code == 302
    assert "[drinking]" in factories.provision(treaty, "9.2").words.content


def test_words_that_do_not_stand_there_are_not_bracketed(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.secretary).post("/rivers/treaty/9.2/bracket/", {"speakers": "KEN", "quoted": "beer"})
    assert answer.status_code == 404
    assert "do not stand in the provision" in answer.content.decode()


def test_agreement_is_gavelled_and_reopened_with_a_reason(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.chair)
    client.post("/rivers/treaty/9.2/agreed/", {"level": "agreed", "forum": "the room"})
    assert Agreement.objects.filter(ended=False).count() == 1
    refused = client.post("/rivers/treaty/9.2/reopened/", {"reason": ""})
    assert refused.status_code == 422
    client.post("/rivers/treaty/9.2/reopened/", {"reason": "New facts."})
    assert not Agreement.objects.filter(ended=False).exists()


def test_a_group_is_confirmed_or_dissolved_by_a_person(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    group = AlternativeGroup.objects.get()
    page = "/rivers/treaty/groups/"
    shown = {seat: browse(seat).get(page).content.decode() for seat in (cast.chair, cast.norway)}
    assert ["side by side" in html for html in shown.values()] == [True, True]
    assert ['name="dissolve"' in html for html in shown.values()] == [True, False]
    answer = browse(cast.chair).post(f"/rivers/treaty/groups/{group.pk}/", {"confirm": "1"})
    assert [str(message) for message in get_messages(answer.wsgi_request)] != []
    group.refresh_from_db()
    assert group.confirmed
    assert browse(cast.norway).post(f"/rivers/treaty/groups/{group.pk}/", {"dissolve": "1"}).status_code == 403


def test_a_bracket_without_partner_is_mended(cast: Cast, browse: Browse) -> None:
    broken = factories.text(cast, "Each Party [shall act.", slug="broken")
    lone = ImportAnomaly.objects.get()
    html = browse(cast.secretary).get("/rivers/broken/groups/").content.decode()
    assert '<span class="anomaly">[</span>' in html
    browse(cast.secretary).post(f"/rivers/broken/anomalies/{lone.pk}/", {"remove": "1"})
    assert factories.words(broken) == ["Each Party shall act."]
