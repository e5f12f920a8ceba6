"""Proposals of every kind as plain forms: several provisions, structure, throughout, remarks, versions, reserves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import Amendment, NegotiatingText, Pen, Reserve
from drafting.services import agreements, amendments, deadlines, offers, pens, positions, sponsors
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
TEXT = "/rivers/treaty/"


def words(treaty: NegotiatingText, address: str = "9.2") -> str:
    return factories.provision(treaty, address).words.content


def lodge(cast: Cast, treaty: NegotiatingText) -> Amendment:
    row = factories.provision(treaty, "9.2")
    return amendments.submit(cast.norway, treaty, [Proposed(row, row.words.content.replace("drinking", "fresh"))])


def two_areas(treaty: NegotiatingText, **more: Any) -> dict[str, Any]:
    first, second = words(treaty, "9.1"), words(treaty)
    wanted = [first.replace("take", "adopt"), second.replace("drinking", "fresh")]
    return {"words": wanted, "base": [first, second], "at": ["9.1", "9.2"], "new": ["", ""], **more}


def html(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("left", ["", " \n"])
def test_an_emptied_provision_is_no_deletion_by_mistake(
    cast: Cast, treaty: NegotiatingText, browse: Browse, left: str
) -> None:
    sent = {"words": left, "base": words(treaty), "at": "9.2", "new": "", "rationale": "Too wet.", "submit": "1"}
    page = browse(cast.norway).post(TEXT + "9.2/propose/", sent)
    assert page.status_code == 422
    assert "No words are left of 9.2" in html(page)
    assert "Too wet." in html(page)
    assert not Amendment.objects.exists()


def test_one_proposal_spans_two_provisions(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    browse(cast.norway).post(TEXT + "9.1/propose/", two_areas(treaty, submit="1"))
    hunks = Amendment.objects.get().versions.get().hunks.values_list("provision__address", "words")
    assert list(hunks) == [("9.1", "adopt"), ("9.2", "fresh")]


def test_a_provision_is_added_to_the_form_and_taken_out_again(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client, one = browse(cast.norway), {"words": "x", "base": words(treaty, "9.1"), "at": "9.1", "new": ""}
    page = html(client.post(TEXT + "9.1/propose/", {**one, "add": "1", "add_at": "9.2"}))
    assert page.count('class="words"') == 2
    page = html(client.post(TEXT + "9.1/propose/", two_areas(treaty, remove="1")))
    assert page.count('class="words"') == 1
    assert not Amendment.objects.exists()


def test_the_other_end_of_a_bracket_is_shown_before_it_is_submitted(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client, base = browse(cast.norway), words(treaty, "9.1(a)")
    asked = {"words": base.replace("[", ""), "base": base, "at": "9.1(a)", "new": "", "submit": "1"}
    page = html(client.post(TEXT + "9.1(a)/propose/", asked))
    assert "takes off the other end of a bracket, in 9.1(b)" in page
    assert not Amendment.objects.exists()
    client.post(TEXT + "9.1(a)/propose/", {**asked, "ends": "9.1(b)"})
    hunks = Amendment.objects.get().versions.get().hunks.values_list("provision__address", "verdict")
    assert list(hunks) == [("9.1(a)", "retain"), ("9.1(b)", "retain")]


def test_brackets_are_proposed_up_to_the_end_of_another_provision(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    page = html(browse(cast.norway).get(TEXT + "9.1/propose/?last=9.2"))
    assert "[1. Each Party" in page
    assert "&lt;water&gt;.]" in page


def test_a_new_provision_before_the_first_has_nothing_to_stand_after(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.norway)
    assert client.get(TEXT + "9.2/propose/?new=before")["Location"] == TEXT + "9.1(b)/propose/?new=1"
    assert client.get(TEXT + "partI/propose/?new=before")["Location"] == TEXT + "partI/propose/"


@pytest.mark.parametrize(
    ("asked", "op", "count"),
    [
        ({"op": "delete"}, "delete", 1),
        ({"op": "move", "others": "partI"}, "move", 2),
        ({"op": "merge", "others": "9.1"}, "merge", 2),
        ({"op": "split", "divided": "2. Nothing here\n\n3. Affects drinking <water>."}, "split", 2),
        ({"op": "alternative", "instead": "2 alt. Water is water."}, "alternative", 2),
    ],
)
def test_structural_proposals_are_previewed_and_lodged_as_one(
    asked: dict[str, str], op: str, count: int, cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.norway)
    assert "As it would stand in brackets" in html(client.post(TEXT + "9.2/restructure/", {**asked, "preview": "1"}))
    client.post(TEXT + "9.2/restructure/", {**asked, "submit": "1"})
    row = Amendment.objects.get()
    atoms = set(row.versions.get().hunks.values_list("atom", flat=True))
    assert (row.op, row.versions.get().texts.count()) == (op, count)
    assert len(atoms) == 1


def test_a_move_that_names_no_place_keeps_the_form(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    answer = browse(cast.norway).post(TEXT + "9.2/restructure/", {"op": "move", "submit": "1", "rationale": "Because."})
    assert answer.status_code == 422
    assert "Name one other provision" in html(answer)
    assert "Because." in html(answer)


def test_a_change_throughout_is_listed_ticked_and_lodged(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    page = html(client.post(TEXT + "throughout/", {"wanted": "it", "instead": "them", "find": "1"}))
    assert page.count('name="place"') == 1
    client.post(TEXT + "throughout/", {"wanted": "it", "instead": "them", "place": ["9.1(b)"], "submit": "1"})
    assert Amendment.objects.get().op == "throughout"
    none = client.post(TEXT + "throughout/", {"wanted": "it", "instead": "them", "submit": "1"})
    assert (none.status_code, Amendment.objects.count()) == (422, 1)


def test_a_remark_is_lodged_and_read(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.norway)
    answer = client.post(TEXT + "remark/", {"op": "prefer", "at": "9.1", "said": "Prefer “shall”."}, follow=True)
    assert "Prefer “shall”." in html(answer)
    assert "Noted" in html(browse(cast.kenya).get(TEXT + "proposals/1/"))


def test_words_in_french_wait_for_their_translation(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    sent = {"words": "2. Rien ici.", "base": words(treaty), "at": "9.2", "new": "", "language": "fr", "submit": "1"}
    browse(cast.kenya).post(TEXT + "9.2/propose/", sent)
    page = html(browse(cast.secretary).get(TEXT + "proposals/1/"))
    assert "Awaiting translation" in page
    assert "2. Rien ici." in html(browse(cast.secretary).get(TEXT + "proposals/1/words/"))
    translated = {"words": "2. Nothing.", "base": words(treaty), "at": "9.2", "new": "", "submit": "1"}
    browse(cast.secretary).post(TEXT + "proposals/1/words/", translated)
    assert "Open" in html(browse(cast.norway).get(TEXT + "proposals/1/"))
    assert "2. Rien ici." in html(browse(cast.norway).get(TEXT + "proposals/1/"))


def test_an_offer_is_made_seen_and_taken(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    lodge(cast, treaty)
    wanted = words(treaty).replace("drinking", "clean fresh")
    sent = {"words": wanted, "base": words(treaty), "at": "9.2", "new": "", "note": "Cleaner.", "submit": "1"}
    browse(cast.kenya).post(TEXT + "proposals/1/words/", sent)
    page = html(browse(cast.norway).get(TEXT + "proposals/1/"))
    assert "Offered by KEN" in page
    assert "<b>[</b>clean<b>]</b>" in page
    browse(cast.norway).post(TEXT + "proposals/1/act/", {"act": "take", "version": "2"})
    page = html(browse(cast.kenya).get(TEXT + "proposals/1/"))
    assert "version 3" in page
    assert "Kenya and Norway" in page


def test_what_was_declined_is_left_to_stand(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    row = factories.provision(treaty, "9.2")
    offers.offer(cast.kenya, lodge(cast, treaty), [Proposed(row, row.words.content.replace("drinking", "clean"))])
    browse(cast.norway).post(TEXT + "proposals/1/act/", {"act": "decline", "version": "2"})
    answer = browse(cast.kenya).post(TEXT + "proposals/1/act/", {"act": "stand", "version": "2"})
    assert answer["Location"] == TEXT + "proposals/2/"
    assert "proposal 1" in html(browse(cast.norway).get(TEXT + "proposals/2/"))


def test_a_flagged_amendment_shows_both_texts_side_by_side(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    lodge(cast, treaty)
    row = factories.provision(treaty, "9.2")
    pens.write(cast.secretary, Proposed(row, row.words.content.replace("drinking", "spring")), Pen.For.ROOM)
    page = html(browse(cast.norway).get(TEXT + "proposals/1/"))
    assert "<ins>fresh</ins>" in page
    assert "<ins>spring</ins>" in page
    assert "Put it right" in page


def test_a_sponsor_list_is_closed_and_somebody_invited(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    lodge(cast, treaty)
    client = browse(cast.norway)
    client.post(TEXT + "proposals/1/act/", {"act": "close-list"})
    client.post(TEXT + "proposals/1/act/", {"act": "invite", "guest": "ken"})
    assert "list closed" in html(client.get(TEXT + "proposals/1/"))
    seen = {seat: html(browse(seat).get(TEXT + "proposals/1/")) for seat in (cast.norway, cast.kenya, cast.chair)}
    assert "Invited, and not yet among them" in seen[cast.norway]
    assert "You are invited to co-sponsor" in seen[cast.kenya]
    assert "nvited" not in seen[cast.chair]
    browse(cast.kenya).post(TEXT + "proposals/1/stance/", {"stance": "co-sponsor"})
    joined = html(client.get(TEXT + "proposals/1/"))
    assert "Kenya and Norway" in joined
    assert "Invited, and not yet" not in joined


def test_the_deadline_is_set_shown_and_kept(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    browse(cast.chair).post(TEXT + "deadline/", {"deadline": "2031-05-06T18:00"})
    assert "6 May, 18:00</time> (UTC)" in html(browse(cast.norway).get(TEXT + "9.2/propose/"))
    deadlines.set(cast.chair, treaty, datetime.now(UTC) - timedelta(hours=1))
    sent = {"words": words(treaty).replace("drinking", "fresh"), "base": words(treaty), "at": "9.2", "submit": "1"}
    answer = browse(cast.norway).post(TEXT + "9.2/propose/", sent)
    assert answer.status_code == 409
    assert "as late" in html(answer)
    assert "fresh" in html(answer)


def test_a_paste_of_two_megabytes_is_refused_and_stays_on_the_page(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    pasted = "é" * 1_000_001
    sent = {"words": pasted, "base": words(treaty), "at": "9.2", "new": "", "submit": "1"}
    form = urlencode(sent)
    answer = browse(cast.norway).post(TEXT + "9.2/propose/", form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "more than 2 MB" in html(answer)
    assert pasted in html(answer)


@pytest.mark.parametrize(
    ("done", "status", "sentence"), [("agreed", 409, "Ask the chair to reopen it"), ("retired", 409, "taken out")]
)
def test_a_proposal_on_what_was_just_agreed_or_deleted_keeps_its_words(
    done: str, status: int, sentence: str, cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    row = factories.provision(treaty, "9.2")
    sent = {"words": row.words.content.replace("drinking", "fresh"), "base": row.words.content, "at": "9.2"}
    if done == "agreed":
        agreements.gavel(cast.chair, row, "agreed", "Plenary")
    else:
        treaty.provisions.filter(pk=row.pk).update(retired=True)
    answer = browse(cast.norway).post(TEXT + "9.2/propose/", {**sent, "submit": "1"})
    assert answer.status_code == status
    assert sentence in html(answer)
    assert "affects fresh" in html(answer)


def test_what_waits_for_a_delegation_is_on_its_home(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    row, kenya = lodge(cast, treaty), cast.kenya.delegation
    assert kenya is not None
    provision = factories.provision(treaty, "9.2")
    wanted = provision.words.content.replace("drinking", "clean")
    offers.offer(cast.group, row, [Proposed(provision, wanted)])
    sponsors.invite(cast.norway, row.versions.get(current=True), kenya)
    assert "Words are offered to proposal 1" in html(browse(cast.norway).get("/rivers/"))
    home = html(browse(cast.kenya).get("/rivers/"))
    assert "invited to co-sponsor proposal 1" in home
    assert "Words are offered" not in home


def test_a_head_signs_off_what_a_delegate_wrote(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    browse(cast.norway_head).post(TEXT + "sign-off/", {"wanted": "1"})
    client, base = browse(cast.norway), words(treaty)
    sent = {"words": base.replace("drinking", "fresh"), "base": base, "at": "9.2"}
    assert client.post(TEXT + "9.2/propose/", {**sent, "submit": "1"}).status_code == 409
    page = client.post(TEXT + "9.2/propose/", {**sent, "save": "1"})["Location"]
    client.post(page, {"ask": "1"})
    assert "waits for you to sign it off" in html(browse(cast.norway_head).get("/rivers/"))
    assert "Draft on 9.2 waits for sign-off" in html(client.get("/rivers/"))
    assert "Sign off and submit" in html(browse(cast.norway_head).get(page))
    browse(cast.norway_head).post(page, {"submit": "1"})
    assert Amendment.objects.get().number == 1


def test_a_reserve_is_entered_and_lifted_on_its_page(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.kenya)
    asked = {"scope": "words", "kind": "scrutiny", "at": "9.2", "words": "affects drinking", "enter": "1"}
    client.post(TEXT + "reserves/", asked)
    assert "affects drinking" in html(browse(cast.norway).get(TEXT + "reserves/"))
    client.post(TEXT + "reserves/", {"lift": str(Reserve.objects.get().pk)})
    assert "affects drinking" not in html(browse(cast.norway).get(TEXT + "reserves/"))
    missing = client.post(TEXT + "reserves/", {**asked, "words": "no such words"})
    assert missing.status_code == 404
    assert "no such words" in html(missing)


def test_a_member_opts_out_inside_its_group(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    row = lodge(cast, treaty)
    positions.take(cast.group, row.versions.get(), "support")
    browse(cast.kenya).post(TEXT + "circles/G2/endorse/", {"amendment": "1", "say": "opt-out"})
    inside = html(browse(cast.norway).get(TEXT + "circles/"))
    assert "proposal 1" in inside
    assert "KEN" in inside
    for seat in (cast.chair, cast.observer):
        assert "KEN" not in html(browse(seat).get(TEXT + "circles/"))


def test_a_list_of_many_versions_takes_as_many_queries_as_of_few(
    cast: Cast, treaty: NegotiatingText, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    row, provision = lodge(cast, treaty), factories.provision(treaty, "9.2")
    for n in range(6):
        wanted = provision.words.content.replace("drinking", f"kind {n} of")
        offers.offer(cast.kenya, row, [Proposed(provision, wanted)])
    client = browse(cast.norway)
    with django_assert_max_num_queries(26):
        page = html(client.get(TEXT + "proposals/1/"))
    assert all(f"kind {n} of" in page for n in range(6))


def test_on_an_arabic_text_the_words_are_marked_as_arabic_and_the_labels_are_not(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    NegotiatingText.objects.update(language="ar")
    for page in ("propose", "restructure"):
        shown = html(browse(cast.norway).get(f"{TEXT}9.2/{page}/"))
        assert '<div class="writing">' in shown
        assert '<p class="paper" lang="ar" dir="rtl">' in shown
    assert '<div lang="ar" dir="rtl"><textarea class="words"' in html(browse(cast.norway).get(TEXT + "9.2/propose/"))
