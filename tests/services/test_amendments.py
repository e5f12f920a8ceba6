"""Amendments are lodged with their words, their base and their edits, or refused with a sentence and the words kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from drafting.errors import (
    Closed,
    EmptyChange,
    Forbidden,
    Locked,
    NotFound,
    Retired,
    RollingTextError,
    StaleVersion,
    TooLong,
)
from drafting.models import Agreement, Amendment, JournalEntry, NegotiatingText, Sponsorship
from drafting.queries import journal as history
from drafting.services import amendments, audiences
from drafting.services.amendments import Lodging
from drafting.services.proposals import Proposed
from drafting.text.errors import TextError, UnpairedBrackets
from tests import factories, replay
from tests.cast import Cast


def proposed(text: NegotiatingText, words: str, address: str = "1", base: str | None = None) -> Proposed:
    return Proposed(factories.provision(text, address), words, base)


def lodge(cast: Cast, text: NegotiatingText, words: str) -> Amendment:
    with replay.verified(text):
        return amendments.submit(cast.norway, text, [proposed(text, words)], rationale="It binds.")


def hunks(amendment: Amendment) -> list[tuple[int, int, str, str]]:
    version = amendment.versions.get()
    return list(version.hunks.values_list("lo", "hi", "struck", "words"))


def test_an_amendment_keeps_its_words_its_base_and_its_sponsor(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    lodged = lodge(cast, text, "Each Party shall act.")
    kept = lodged.versions.get().texts.get()
    assert (kept.words, kept.base.content) == ("Each Party shall act.", "Each Party should act.")
    assert lodged.versions.get().sponsorships.get().delegation == cast.norway.delegation
    assert (lodged.recorder, lodged.rationale, lodged.from_the_floor) == (cast.norway, "It binds.", False)


def test_its_edits_are_ranges_of_the_words_that_stand(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and report.")
    lodged = lodge(cast, text, "Each Party shall act and publish.")
    assert hunks(lodged) == [(11, 17, "should", "shall"), (26, 32, "report", "publish")]


def test_both_ends_of_a_pair_are_one_atom(cast: Cast) -> None:
    text = factories.text(cast, "Each Party [shall] act.")
    version = lodge(cast, text, "Each Party shall act.").versions.get()
    atoms = set(version.hunks.values_list("atom", flat=True))
    assert len(version.hunks.all()) == 2
    assert len(atoms) == 1
    assert atoms != {0}


def test_a_stronger_word_is_measured(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    assert lodge(cast, text, "Each Party shall act.").versions.get().strength == 1


def test_numbers_follow_each_other_on_the_floor(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    first, second = lodge(cast, text, "Each Party shall act."), lodge(cast, text, "Each Party may act.")
    assert (first.number, second.number) == (1, 2)


def test_it_is_one_row_of_the_floor_that_tells_everything(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    before = text.floor.head
    lodged = lodge(cast, text, "Each Party shall act.")
    row = text.floor.entries.get(seq__gt=before)
    assert row.kind == "amendment-submitted"
    assert all(part in row.body for part in (str(lodged.pk), "NOR", "Each Party shall act.", '"struck":"should"'))
    assert history.verify() == JournalEntry.objects.count()


def test_a_new_provision_is_proposed_after_one_that_stands(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    part = Proposed(factories.provision(text), "2. Each Party [may] report.", inserts_after=True)
    hunk = amendments.submit(cast.norway, text, [part]).versions.get().hunks.get()
    assert (hunk.inserts_after, hunk.words) == (True, "2. Each Party [may] report.")


def test_one_amendment_may_change_several_provisions(cast: Cast) -> None:
    text = factories.text(cast, "Parties should act.", "Parties should report.")
    parts = [proposed(text, "Parties shall act.", "1"), proposed(text, "Parties shall report.", "2")]
    version = amendments.submit(cast.norway, text, parts).versions.get()
    assert list(version.hunks.values_list("provision__address", "index")) == [("1", 1), ("2", 2)]


def test_a_pair_that_crosses_provisions_is_lifted_at_both_ends_together(cast: Cast) -> None:
    text = factories.text(cast, "1. [Parties act.", "2. Parties report.]")
    parts = [proposed(text, "1. Parties act.", "1"), proposed(text, "2. Parties report.", "2")]
    version = amendments.submit(cast.norway, text, parts).versions.get()
    assert len(set(version.hunks.values_list("atom", flat=True)) - {0}) == 1


def test_one_end_of_a_crossing_pair_alone_is_refused(cast: Cast) -> None:
    text = factories.text(cast, "1. [Parties act.", "2. Parties report.]")
    with pytest.raises(UnpairedBrackets):
        lodge(cast, text, "1. Parties act.")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("Each Party should act.", EmptyChange),
        ("Each  Party should\nact .", EmptyChange),
        ("Each Party [shall act.", UnpairedBrackets),
        ("Each Party shall] act.", UnpairedBrackets),
        ("Each Party shall\x00 act.", TextError),
        ("Each Party shall\ud800 act.", TextError),
        ("x" * 2_000_001, TooLong),
    ],
)
def test_words_that_cannot_be_lodged_are_refused_and_nothing_is_written(
    cast: Cast, words: str, refusal: type[RollingTextError]
) -> None:
    text = factories.text(cast, "Each Party should act.")
    before = text.floor.head
    with pytest.raises(refusal):
        lodge(cast, text, words)
    text.floor.refresh_from_db()
    assert (Amendment.objects.count(), text.floor.head) == (0, before)


def test_a_proposal_on_older_words_is_carried_to_the_present_ones(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act and, where it can, report and publish every second year.")
    old = factories.provision(text).words.content
    part = proposed(text, old.replace("should", "shall"), base=old.replace("second", "single"))
    version = amendments.submit(cast.norway, text, [part]).versions.get()
    assert version.texts.get().words == old.replace("should", "shall")


def test_a_proposal_on_words_that_changed_in_the_same_place_keeps_its_words_and_says_so(cast: Cast) -> None:
    text = factories.text(cast, "Each Party may act.")
    part = proposed(text, "Each Party shall act.", base="Each Party should act.")
    with pytest.raises(StaleVersion) as refusal:
        amendments.submit(cast.norway, text, [part])
    assert refusal.value.data["words"] == "Each Party shall act."
    assert refusal.value.data["current"] == "Each Party may act."


def test_a_proposal_on_a_provision_taken_out_is_refused(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    text.provisions.update(retired=True)
    with pytest.raises(Retired):
        lodge(cast, text, "Each Party shall act.")


@pytest.mark.parametrize(("start", "end", "is_locked"), [(None, None, True), (11, 17, True), (18, 21, False)])
def test_agreed_words_are_locked_and_their_neighbours_are_not(
    cast: Cast, start: int | None, end: int | None, is_locked: bool
) -> None:
    text = factories.text(cast, "Each Party should act.")
    now = datetime.now(UTC)
    Agreement.objects.create(
        provision=factories.provision(text),
        start=start,
        end=end,
        level="agreed",
        forum="room",
        reached=now,
        by=cast.chair,
    )
    if is_locked:
        with pytest.raises(Locked):
            lodge(cast, text, "Each Party shall act.")
    else:
        assert lodge(cast, text, "Each Party shall act.")


def test_where_names_are_hidden_the_floor_names_nobody_and_the_bureau_is_told(cast: Cast) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = factories.text(cast, "Each Party should act.")
    lodge(cast, text, "Each Party shall act.")
    assert '"sponsors":[]' in text.floor.entries.get(kind="amendment-submitted").body
    assert '"sponsors":["NOR"]' in text.bureau.entries.get(kind="amendment-submitted").body


def test_many_are_lodged_in_one_act_each_in_a_row_of_its_own(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    sponsor = cast.kenya.delegation
    assert sponsor is not None
    lodgings = [Lodging((sponsor,), (proposed(text, f"Each Party shall act {n} times."),)) for n in range(30)]
    found = amendments.submit_all(cast.secretary, text, lodgings)
    assert [amendment.number for amendment in found] == list(range(1, 31))
    assert text.floor.entries.filter(kind="amendment-submitted").count() == 30
    assert history.verify() == JournalEntry.objects.count()


def test_of_many_none_is_lodged_where_one_is_refused(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    sponsor = cast.kenya.delegation
    assert sponsor is not None
    words = ("Each Party shall act.", "Each Party should act.")
    with pytest.raises(EmptyChange):
        amendments.submit_all(cast.secretary, text, [Lodging((sponsor,), (proposed(text, said),)) for said in words])
    assert Amendment.objects.count() == 0


def test_what_a_pen_holder_typed_in_brackets_is_recorded_as_bracketed(cast: Cast) -> None:
    text = factories.text(cast, "Each Party act.")
    speaker = cast.norway.delegation
    assert speaker is not None
    with audiences.of_floor(text, by=cast.secretary) as audience:
        recorded = amendments.record(audience, cast.secretary, text, [speaker], proposed(text, "Each Party shall act."))
    hunk = recorded.versions.get().hunks.get()
    assert (recorded.from_the_floor, recorded.state, hunk.outcome) == (True, "decided", "bracketed")
    assert recorded.recorder == cast.secretary


def test_a_delegation_joins_the_sponsors_and_leaves_them(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    version = lodge(cast, text, "Each Party shall act.").versions.get()
    amendments.co_sponsor(cast.kenya, version)
    row = version.sponsorships.get(delegation=cast.kenya.delegation)
    assert (row.role, row.withdrawn) == (Sponsorship.Role.COSPONSOR, False)
    amendments.leave(cast.kenya, version)
    row.refresh_from_db()
    assert row.withdrawn
    kinds = list(text.floor.entries.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["cosponsor-joined", "cosponsor-left"]


def test_the_only_sponsor_does_not_leave_but_withdraws(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    lodged = lodge(cast, text, "Each Party shall act.")
    with pytest.raises(Forbidden):
        amendments.leave(cast.norway, lodged.versions.get())
    amendments.withdraw(cast.norway_head, lodged)
    assert lodged.state == Amendment.State.WITHDRAWN


def test_only_a_delegation_that_lodged_it_withdraws_an_amendment(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    lodged = lodge(cast, text, "Each Party shall act.")
    amendments.co_sponsor(cast.kenya, lodged.versions.get())
    with pytest.raises(Forbidden):
        amendments.withdraw(cast.kenya, lodged)


def test_the_secretary_types_a_withdrawal_for_the_delegation_that_spoke(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    lodged = lodge(cast, text, "Each Party shall act.")
    amendments.withdraw(cast.secretary, lodged, on_behalf_of=cast.norway.delegation)
    assert text.floor.entries.order_by("seq").last().kind == "amendment-withdrawn"


def test_nothing_more_happens_to_a_withdrawn_amendment(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    lodged = lodge(cast, text, "Each Party shall act.")
    amendments.withdraw(cast.norway, lodged)
    with pytest.raises(Closed):
        amendments.co_sponsor(cast.kenya, lodged.versions.get())


@pytest.mark.parametrize("who", ["capital", "observer", "chair", "secretary", "unseated", "stranger"])
def test_who_may_not_propose_is_refused(cast: Cast, who: str) -> None:
    text = factories.text(cast, "Each Party should act.")
    with pytest.raises((Forbidden, NotFound)):
        amendments.submit(getattr(cast, who), text, [proposed(text, "Each Party shall act.")])


def test_a_preview_shows_the_changes_and_the_brackets_they_would_stand_in(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    shown = amendments.preview(cast.norway, text, proposed(text, "Each Party shall act."))
    assert [(run.mark, run.text) for run in shown.redline][1:3] == [("deleted", "should"), ("inserted", "shall")]
    assert shown.bracketed == "Each Party [should][shall] act."
    assert Amendment.objects.count() == 0


def test_a_preview_refuses_what_would_be_refused(cast: Cast) -> None:
    text = factories.text(cast, "Each Party should act.")
    with pytest.raises(UnpairedBrackets):
        amendments.preview(cast.norway, text, proposed(text, "Each Party [should act."))
