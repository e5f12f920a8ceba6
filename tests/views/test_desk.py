"""The chair's desk: one place at a time, decided with an authority, undone, and never by a stale page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delegations.models import Seat
from drafting.models import AlternativeGroup, Amendment, Consolidation, Decision, Hunk, NegotiatingText
from drafting.services import agreements, amendments, brackets, journal, texts
from drafting.services.proposals import Proposed
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
DESK = "/rivers/treaty/desk/"


@pytest.fixture
def desk(cast: Cast, treaty: NegotiatingText, browse: Browse) -> Client:
    """The chair at the desk, with two rival proposals on 9.2."""
    provision = factories.provision(treaty, "9.2")
    for seat, words in ((cast.norway, "clean"), (cast.kenya, "fresh")):
        changed = provision.words.content.replace("drinking", words)
        amendments.submit(seat, treaty, [Proposed(provision, changed)])
    return browse(cast.chair)


def choices(client: Client, query: str = "") -> list[str]:
    html = client.get(DESK + query).content.decode()
    return [part.split('"')[0] for part in html.split('name="choice" value="')[1:]]


def test_it_shows_the_rivals_of_a_place_and_what_can_be_done(desk: Client) -> None:
    acts = [choice.split(":")[0] for choice in choices(desk, "?only=proposals")]
    assert acts == ["drop-hunk", "accept", "accept", "bracket", "keep", "keep", "bridge", "merge", "split"]


def test_an_address_is_opened_wherever_it_stands_in_the_list_and_the_next_where_nothing_waits_there(
    cast: Cast, browse: Browse
) -> None:
    words = [f"{number}. Parties [shall] report on matter {number}." for number in range(1, 61)]
    words[39] = "40. Parties report."
    text = factories.text(cast, *words)
    client = browse(cast.chair)
    for asked, found in (("38", 38), ("40", 41), ("60", 60)):
        html = client.get(f"{DESK}?at={asked}").content.decode()
        assert f"on matter {found}." in html.split('class="paragraph"')[1].split("</p>")[0]
    assert text.brackets.count() == 59


def test_the_preview_settles_the_bracket_at_hand_and_not_one_with_the_same_words(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "Parties [shall] plan and [shall] act.")
    second = browse(cast.chair).get(DESK + "?at=1&place=1").content.decode()
    lifted = second.split('data-preview="1"')[1].split("</p>")[0]
    assert lifted.index("open") < lifted.index("plan") < lifted.index("shall")


def test_the_preview_of_a_pick_leaves_the_rivals_out(cast: Cast, browse: Browse) -> None:
    text = factories.text(cast, "Parties [shall][should] act.")
    brackets.confirm(cast.chair, text.groups.get())
    html = browse(cast.chair).get(DESK).content.decode()
    assert "Parties should act." in html.split('data-preview="2"')[1].split("</p>")[0]


def test_a_provision_that_is_open_as_a_whole_says_so_in_the_preview(cast: Cast, browse: Browse) -> None:
    factories.text(cast, "[Parties act [soon].]")
    html = browse(cast.chair).get(DESK + "?at=1&place=1").content.decode()
    assert "the whole stands in an open bracket" in html.split('data-preview="1"')[1].split("</p>")[0]


def test_the_preview_reads_clean_with_each_choice(desk: Client) -> None:
    html = desk.get(DESK + "?only=proposals").content.decode()
    assert "affects clean" in html
    assert "affects fresh" in html


def test_accepting_puts_the_words_in_the_text(desk: Client, treaty: NegotiatingText) -> None:
    accept = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("accept"))
    assert desk.post(DESK, {"choice": accept, "authority": "room"}).status_code == 302
    assert "drinking" not in factories.provision(treaty, "9.2").words.content


def test_rivals_are_merged_into_the_one_that_is_named(desk: Client, treaty: NegotiatingText) -> None:
    merge = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("merge"))
    html = desk.get(DESK + "?only=proposals").content.decode()
    into = html.split('id="id_into"><option value="')[1].split('"')[0]
    foreseen = desk.get(DESK + "effect/", {"choice": merge, "authority": "proposer", "into": into})
    assert "1 closed as the same as the one that goes in" in foreseen.content.decode()
    assert desk.post(DESK, {"choice": merge, "authority": "proposer", "into": into}).status_code == 302
    fates = Amendment.objects.order_by("number").values_list("state", flat=True)
    assert ("clean" in factories.provision(treaty, "9.2").words.content, set(fates)) == (True, {"decided"})


def test_a_proposal_is_split_at_the_desk(desk: Client, cast: Cast, treaty: NegotiatingText) -> None:
    provision = factories.provision(treaty, "9.2")
    words = provision.words.content.replace("drinking", "pure drinking")
    amendments.submit(cast.norway, treaty, [Proposed(provision, f"{words} Truly.")])
    split = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("split"))
    foreseen = desk.get(DESK + "effect/", {"choice": split, "authority": "chair"}).content.decode()
    assert "becomes two" in foreseen or "Nothing would be left" in foreseen
    last = Hunk.objects.order_by("pk").last()
    assert desk.post(DESK, {"choice": split, "authority": "chair", "into": last and last.pk}).status_code == 302
    assert Amendment.objects.get(amends__number=3).number == 4


def test_words_that_moved_are_shown_again_with_both_texts_and_decided_then(
    desk: Client, cast: Cast, treaty: NegotiatingText
) -> None:
    lift = next(choice for choice in choices(desk) if choice.startswith("lift"))
    seen = desk.get(DESK).content.decode().split('name="seen" value="')[1].split('"')[0]
    row = treaty.brackets.select_related("start_text__provision").get(pk=lift.partition(":")[2])
    with journal.writing(treaty.floor, by=cast.secretary) as floor:
        at = row.start_offset + 2
        changes = ChangeSet.of([(at, at, "zz")], len(row.start_text.content))
        texts.apply_steps(floor, treaty, [Edit(row.start_text.provision.pk, changes)])
    answer = desk.post(DESK, {"choice": lift, "authority": "room", "seen": seen})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "zz" in html.split("As it stands now")[1].split("</p>")[0]
    assert "zz" not in html.split("As you saw it")[1].split("</p>")[0]
    again = html.split('name="seen" value="')[1].split('"')[0]
    assert desk.post(DESK, {"choice": lift, "authority": "room", "seen": again}).status_code == 302


def test_dropping_needs_a_reason_and_keeps_what_was_written(desk: Client) -> None:
    drop = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("drop-hunk"))
    answer = desk.post(DESK + "?only=proposals", {"choice": drop, "authority": "chair"})
    assert answer.status_code == 422
    assert 'data-code="reason-needed"' in answer.content.decode()
    assert f'value="{drop}" data-act id="choice-1" checked' in answer.content.decode()
    assert desk.post(DESK, {"choice": drop, "authority": "chair", "reason": "Covered by 8."}).status_code == 302


def test_own_words_stand_instead(desk: Client, treaty: NegotiatingText) -> None:
    bridge = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("bridge"))
    assert desk.post(DESK, {"choice": bridge, "authority": "chair", "reason": "Bridging."}).status_code == 422
    said = {"choice": bridge, "authority": "chair", "reason": "Bridging.", "words": "potable"}
    assert desk.post(DESK, said).status_code == 302
    assert "affects potable" in factories.provision(treaty, "9.2").words.content


def test_a_decision_is_undone(desk: Client, treaty: NegotiatingText) -> None:
    before = factories.words(treaty)
    accept = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("accept"))
    desk.post(DESK, {"choice": accept, "authority": "room"})
    assert desk.post(f"{DESK}undo/{Decision.objects.get().pk}/").status_code == 302
    assert factories.words(treaty) == before


def test_a_confirmed_group_is_one_place_to_pick_from(desk: Client, cast: Cast, treaty: NegotiatingText) -> None:
    brackets.confirm(cast.chair, AlternativeGroup.objects.get())
    assert [choice.split(":")[0] for choice in choices(desk, "?at=9.1")] == ["pick", "pick"]
    pick = choices(desk, "?at=9.1")[1]
    assert desk.post(DESK, {"choice": pick, "authority": "room", "reason": "Agreed."}).status_code == 302
    assert factories.provision(treaty, "9.1").words.content.startswith("1. Each Party should take")


@pytest.mark.parametrize("choice", ["", "accept", "accept:x", "explode:1", "accept:²"])
def test_a_choice_the_desk_did_not_print_is_refused(choice: str, desk: Client) -> None:
    assert desk.post(DESK, {"choice": choice, "authority": "chair"}).status_code == 422
    assert not Decision.objects.exists()


def test_a_consolidation_is_asked_for_once_and_cancelled(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("drafting.tasks.consolidate.delay", told.append)
    desk.post(f"{DESK}consolidations/")
    run = Consolidation.objects.get()
    assert told == [str(run.pk)]
    assert "<progress" in desk.get(DESK).content.decode()
    assert desk.post(f"{DESK}consolidations/").status_code == 409
    desk.post(f"{DESK}consolidations/{run.pk}/cancel/")
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_it_says_what_a_decision_would_do_before_it_is_taken(desk: Client, treaty: NegotiatingText) -> None:
    accept = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("accept"))
    html = desk.get(DESK + "effect/", {"choice": accept, "authority": "room"}).content.decode()
    assert '<dt>Proposals settled</dt><dd class="num">2' in html
    assert '<dt>dropped, owners told</dt><dd class="num">1' in html
    assert not Decision.objects.exists()


def test_what_the_kind_forbids_is_said_before_it_is_taken(desk: Client) -> None:
    desk.post(DESK + "preparing/", {"kind": "compilation"})
    accept = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("accept"))
    assert "prepare a" in desk.get(DESK + "effect/", {"choice": accept}).content.decode()
    answer = desk.post(DESK, {"choice": accept, "authority": "chair"})
    assert 'data-code="not-of-this-kind"' in answer.content.decode()


def test_a_bulk_act_decides_what_is_ticked_and_is_taken_back_whole(desk: Client, treaty: NegotiatingText) -> None:
    html = desk.get(DESK + "triage/?only=competing").content.decode()
    ticked = [part.split('"')[0] for part in html.split('name="place" value="')[1:]]
    assert len(ticked) == 2
    assert desk.post(DESK + "triage/", {"act": "drop-hunk", "authority": "chair", "place": ticked}).status_code == 422
    form = {"act": "drop-hunk", "authority": "chair", "place": ticked, "reason": "Covered by 8."}
    assert desk.post(DESK + "triage/", form).status_code == 302
    batches = set(Decision.objects.values_list("batch", flat=True))
    assert len(batches) == 1
    desk.post(f"{DESK}undo/{batches.pop()}/")
    assert not Decision.objects.filter(undone=False).exists()


def test_triage_says_what_an_act_would_do_before_it_is_done(desk: Client, treaty: NegotiatingText) -> None:
    html = desk.get(DESK + "triage/?only=competing").content.decode()
    ticked = [part.split('"')[0] for part in html.split('name="place" value="')[1:]]
    said = desk.post(DESK + "effects/", {"act": "accept", "authority": "chair", "place": ticked}).content.decode()
    assert "Accept at 2 places" in said
    assert "Proposals settled" in said
    assert (
        "Tick what the act is for"
        in desk.post(DESK + "effects/", {"act": "keep", "authority": "chair"}).content.decode()
    )
    assert not Decision.objects.exists()


def test_triage_takes_its_last_act_back_where_it_stood(desk: Client, treaty: NegotiatingText) -> None:
    ticked = desk.get(DESK + "triage/?only=competing").content.decode().split('name="place" value="')[1].split('"')[0]
    form = {"act": "accept", "authority": "room", "forum": "Plenary, 3 May", "place": ticked}
    html = desk.post(DESK + "triage/?only=competing", form, follow=True).content.decode()
    assert "Undo the last act" in html
    assert 'value="Plenary, 3 May"' in desk.get(DESK).content.decode()
    batch = Decision.objects.get().batch
    answer = desk.post(f"{DESK}undo/{batch}/?only=competing&last={batch}", {"then": "triage"})
    assert answer["Location"] == DESK + "triage/?only=competing"
    assert not Decision.objects.filter(undone=False).exists()


def test_enter_in_a_field_of_triage_decides_nothing_and_keeps_what_was_ticked(desk: Client) -> None:
    ticked = desk.get(DESK + "triage/").content.decode().split('name="place" value="')[1].split('"')[0]
    answer = desk.post(DESK + "triage/", {"act": "", "authority": "room", "reason": "Covered by 8.", "place": ticked})
    assert answer.status_code == 422
    assert f'value="{ticked}" checked' in answer.content.decode()
    assert not Decision.objects.exists()


def test_what_was_taken_back_is_decided_again(desk: Client, treaty: NegotiatingText) -> None:
    accept = next(choice for choice in choices(desk, "?only=proposals") if choice.startswith("accept"))
    desk.post(DESK, {"choice": accept, "authority": "room", "forum": "Plenary"})
    first = Decision.objects.get()
    desk.post(f"{DESK}undo/{first.pk}/")
    assert desk.post(f"{DESK}redo/{first.pk}/").status_code == 302
    assert Decision.objects.get(undone=False).forum == "Plenary"


def test_a_note_and_an_hour_are_kept_for_the_next_shift(desk: Client) -> None:
    desk.post(DESK + "notes/", {"words": "Norway comes back at nine."})
    desk.post(DESK + "overnight/", {"hour": "03:15"})
    html = desk.get(DESK).content.decode()
    assert "Norway comes back at nine." in html
    assert 'value="03:15"' in html
    desk.post(DESK + "overnight/", {"hour": ""})
    assert 'value="03:15"' not in desk.get(DESK).content.decode()


def test_a_delegate_takes_back_an_ad_referendum_on_the_page(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    clean = next(row for row in treaty.provisions.select_related("words") if "[" not in row.words.content)
    agreement = agreements.gavel(cast.chair, clean, "ad-ref", "Plenary")
    page, norway = f"/rivers/treaty/{clean.address}/", browse(cast.norway)
    assert "Take back our agreement" in norway.get(page).content.decode()
    assert norway.post(f"{page}reopened/", {"agreement": agreement.pk, "reason": "No."}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.ended


@pytest.mark.parametrize("page", ["", "triage/", "triage/?counts=1", "linked/", "pictures/"])
def test_the_chairs_pages_ask_as_often_about_many_rows_as_about_few(cast: Cast, browse: Browse, page: str) -> None:
    counts = []
    for size in (4, 30):
        words = [f"{n}. Each [Party] shall [take] measure {n}." for n in range(size)]
        text = factories.text(cast, *words, slug=f"text-{size}")
        for provision in text.provisions.select_related("words", "text"):
            new = provision.words.content.replace("measure", "measures")
            amendments.submit(cast.norway, text, [Proposed(provision, new)])
        with CaptureQueriesContext(connection) as asked:
            assert browse(cast.chair).get(f"/rivers/text-{size}/desk/{page}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] < 45
