"""A revision is the floor as it stands, hashed and never changed, with what led to it and what became of proposals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.errors import Forbidden, NotFound, NotIssuable
from drafting.models import NegotiatingText, Pen, Revision
from drafting.queries import access, reports, snapshots
from drafting.queries import revisions as reads
from drafting.services import amendments, decisions, journal, kinds, revisions, texts
from drafting.services.proposals import Proposed
from drafting.text.changes import ChangeSet
from drafting.text.steps import Edit
from tests import factories, replay
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party should act.", "Parties [may] report.", "The secretariat is established.")


def lodge(cast: Cast, text: NegotiatingText, words: str, who: str = "norway", address: str = "1") -> list[int]:
    part = Proposed(factories.provision(text, address), words)
    lodged = amendments.submit(getattr(cast, who), text, [part])
    return list(lodged.versions.get().hunks.values_list("pk", flat=True))


def issue(cast: Cast, text: NegotiatingText) -> Revision:
    with replay.verified(text):
        return revisions.issue(cast.chair, text)


def fates(cast: Cast, text: NegotiatingText, number: int | None = None) -> dict[int, str]:
    return {entry.number: entry.fate for entry in reads.loss_report(cast.chair, text, number)}


def test_the_text_as_imported_is_revision_0(cast: Cast, text: NegotiatingText) -> None:
    first = text.revisions.get()
    assert (first.number, first.basis) == (0, True)
    assert [row.text for row in reads.snapshot(first).provisions] == factories.words(text)


def test_revision_0_is_not_issued_and_only_the_floor_reads_it(cast: Cast, text: NegotiatingText) -> None:
    assert access.revision(cast.norway, text, 0)
    with pytest.raises(NotFound):
        access.revision(cast.observer, text, 0)
    assert list(reads.listed(cast.observer, text)) == []
    assert not text.public.entries.exists()


def test_issuing_with_no_act_changes_no_word(cast: Cast, text: NegotiatingText) -> None:
    issued = issue(cast, text)
    assert reads.snapshot(issued) == reads.snapshot(text.revisions.get(number=0))
    assert (issued.change_log, issued.loss_report) == ("[]", "[]")


def test_a_revision_holds_the_words_the_pairs_and_their_holders(cast: Cast, text: NegotiatingText) -> None:
    decisions.decide(cast.chair, text, "bracket", "room", hunks=lodge(cast, text, "Each Party shall act."))
    taken = reads.snapshot(issue(cast, text))
    assert taken.provisions[0].text == "Each Party [should][shall] act."
    assert [(pair.number, pair.holders) for pair in taken.pairs] == [(1, []), (2, []), (3, ["NOR"])]


def test_it_carries_the_symbol_of_the_text_and_its_number(cast: Cast, text: NegotiatingText) -> None:
    text.symbol = "A/CONF.9/L.1"
    text.save()
    assert [issue(cast, text).symbol for _ in range(2)] == ["A/CONF.9/L.1/Rev.1", "A/CONF.9/L.1/Rev.2"]


def test_the_newest_is_the_one_basis_of_negotiation(cast: Cast, text: NegotiatingText) -> None:
    issue(cast, text)
    issue(cast, text)
    assert list(text.revisions.filter(basis=True).values_list("number", flat=True)) == [2]


def test_its_digest_tells_when_a_character_of_it_was_changed(cast: Cast, text: NegotiatingText) -> None:
    issued = issue(cast, text)
    assert reads.is_intact(issued)
    issued.snapshot = issued.snapshot.replace("should", "shall")
    assert not reads.is_intact(issued)


def test_its_snapshot_is_canonical_json(cast: Cast, text: NegotiatingText) -> None:
    stored = issue(cast, text).snapshot
    assert json.dumps(json.loads(stored), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == stored


def test_issuing_is_told_on_the_floor_and_to_the_public(cast: Cast, text: NegotiatingText) -> None:
    issued = issue(cast, text)
    for stream in (text.floor, text.public):
        row = stream.entries.order_by("seq").last()
        assert row.kind == "revision-issued"
        assert issued.digest in row.body


def test_what_was_settled_once_is_in_no_later_loss_report_until_it_comes_back(
    cast: Cast, text: NegotiatingText
) -> None:
    decision = decisions.decide(
        cast.chair, text, "drop-hunk", "chair", hunks=lodge(cast, text, "Each Party shall act."), reason="No."
    )
    issue(cast, text)
    lodge(cast, text, "Each Party may act.", "kenya")
    issue(cast, text)
    issue(cast, text)
    assert [fates(cast, text, number) for number in (1, 2, 3)] == [{1: "dropped"}, {2: "open"}, {2: "open"}]
    decisions.undo(cast.chair, decision)
    assert fates(cast, text) == {1: "open", 2: "open"}


def test_its_change_log_has_each_act_with_its_authority_and_both_texts(cast: Cast, text: NegotiatingText) -> None:
    hunks = lodge(cast, text, "Each Party shall act.")
    decisions.decide(cast.chair, text, "accept", "room", hunks=hunks, reason="Nobody objected.")
    (entry,) = reports.log(issue(cast, text))
    assert (entry.kind, entry.authority, entry.reason) == ("decided", "agreed in the room", "Nobody objected.")
    assert [(change.address, change.runs) for change in entry.changes] == [
        ("1", [("same", "Each Party "), ("deleted", "should"), ("inserted", "shall"), ("same", " act.")])
    ]


def test_the_next_change_log_begins_where_the_last_one_ended(cast: Cast, text: NegotiatingText) -> None:
    decisions.decide(cast.chair, text, "accept", "room", hunks=lodge(cast, text, "Each Party shall act."))
    issue(cast, text)
    decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk])
    (entry,) = reports.log(issue(cast, text))
    assert entry.what == "Decided: lift the brackets."


def test_the_loss_report_has_every_proposal_once_with_its_fate(cast: Cast, text: NegotiatingText) -> None:
    accepted = lodge(cast, text, "Each Party shall act.")
    lodge(cast, text, "Each Party may act.", "kenya")
    lodge(cast, text, "Parties report.", "kenya", "2")
    withdrawn = lodge(cast, text, "The secretariat is established in Nairobi.", "kenya", "3")
    decisions.decide(cast.chair, text, "accept", "room", hunks=accepted)
    amendments.withdraw(cast.kenya, text.amendments.get(versions__hunks__in=withdrawn))
    issue(cast, text)
    assert fates(cast, text, 1) == {1: "in text", 2: "dropped", 3: "open", 4: "withdrawn"}


def test_what_is_settled_is_reported_once_and_what_is_open_travels_on(cast: Cast, text: NegotiatingText) -> None:
    decisions.decide(cast.chair, text, "accept", "room", hunks=lodge(cast, text, "Each Party shall act."))
    left = lodge(cast, text, "Parties report.", "kenya", "2")
    issue(cast, text)
    decisions.decide(cast.chair, text, "accept", "room", hunks=left)
    issue(cast, text)
    assert fates(cast, text, 2) == {2: "in text"}
    assert factories.words(text)[:2] == ["Each Party shall act.", "Parties report."]


def test_where_names_are_hidden_they_are_not_kept_for_a_looser_policy(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = NegotiatingText.objects.get(pk=text.pk)
    decisions.decide(cast.chair, text, "bracket", "room", hunks=lodge(cast, text, "Each Party shall act."))
    issued = issue(cast, text)
    assert "NOR" not in issued.snapshot + issued.change_log + issued.loss_report


def type_in_the_room(cast: Cast, text: NegotiatingText) -> None:
    row = factories.provision(text)
    pen = Pen.objects.create(provision=row, typist=cast.secretary, authority="room", opened=datetime.now(UTC))
    with journal.writing(text.floor, by=cast.secretary) as floor:
        texts.apply_steps(
            floor,
            text,
            [
                Edit(
                    row.pk,
                    ChangeSet.of(
                        [
                            (0, 0, "A "),
                        ],
                        22,
                    ),
                )
            ],
            pen=str(pen.pk),
        )


def test_a_text_that_is_being_typed_in_is_not_issued(cast: Cast, text: NegotiatingText) -> None:
    type_in_the_room(cast, text)
    with pytest.raises(NotIssuable, match="being typed in"):
        revisions.issue(cast.chair, text)
    assert text.revisions.count() == 1


def test_a_pen_that_has_paused_does_not_hold_up_the_revision(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in_the_room(cast, text)
    monkeypatch.setattr(reads, "PAUSE", 0)
    assert issue(cast, text).number == 1


def test_checks_say_what_stands_open(cast: Cast, text: NegotiatingText) -> None:
    lodge(cast, text, "Each Party shall act.")
    found = {check.code: (check.count, check.blocks) for check in revisions.check(cast.secretary, text)}
    assert found == {"loss-report": (1, False), "open-amendments": (1, False), "open-brackets": (1, False)}


@pytest.mark.parametrize("who", ["norway", "facilitator", "capital", "observer", "stranger", "other_chair", "unseated"])
def test_only_who_issues_issues(cast: Cast, text: NegotiatingText, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        revisions.issue(getattr(cast, who), text)


def test_a_snapshot_takes_as_many_queries_for_many_rows_as_for_few(
    cast: Cast, django_assert_num_queries: object
) -> None:
    few, many = factories.text(cast, "a [b]", slug="few"), factories.text(cast, *["a [b] [c]"] * 30, slug="many")
    for found in (few, many):
        with django_assert_num_queries(7):  # type: ignore[operator]  # a fixture without types
            snapshots.taken(found)


def test_a_text_without_status_leaves_the_basis_and_going_back_gives_all_back(
    cast: Cast, text: NegotiatingText
) -> None:
    hunks = lodge(cast, text, "Each Party shall act.")
    first = issue(cast, text)
    before = (factories.words(text), factories.open_pairs(text))
    with replay.verified(text):
        decisions.decide(cast.chair, text, "accept", "chair", hunks=hunks)
    decisions.decide(cast.chair, text, "lift", "chair", brackets=[factories.bracket(text).pk])
    revisions.issue(cast.chair, text, kind="chairs-text", basis=False, issued_by="The Co-Chairs")
    assert text.revisions.get(basis=True) == first
    with replay.verified(text):
        assert revisions.return_to(cast.chair, first) == 2
    assert (factories.words(text), factories.open_pairs(text)) == before
    assert fates(cast, text) == {1: "open"}
    assert text.revisions.get(basis=True) == first


def test_going_back_is_refused_whole_where_words_changed_otherwise(cast: Cast, text: NegotiatingText) -> None:
    first = issue(cast, text)
    decisions.decide(cast.chair, text, "lift", "chair", brackets=[factories.bracket(text).pk])
    row = factories.provision(text, "3")
    with journal.writing(text.floor, by=cast.chair) as floor:
        texts.apply_steps(floor, text, [Edit(row.pk, ChangeSet.of([(0, 3, "A")], len(row.words.content)))])
    with pytest.raises(NotIssuable, match="words of 3 were changed"):
        revisions.return_to(cast.chair, first)
    assert factories.words(text)[1] == "Parties may report."


def test_a_revision_of_another_kind_than_prepared_is_not_issued(cast: Cast, text: NegotiatingText) -> None:
    kinds.prepare(cast.chair, text, "compilation")
    with pytest.raises(NotIssuable, match="A compilation is being prepared"):
        revisions.issue(cast.chair, text)
    assert revisions.issue(cast.chair, text, kind="compilation").kind == "compilation"


def test_the_floor_is_held_for_a_few_statements_and_nothing_is_computed_meanwhile(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    lodge(cast, text, "Each Party shall act.")
    held: list[str] = []
    hold = journal.writing_all

    @contextmanager
    def watched(*given: Any, **named: Any) -> Iterator[list[journal.Writer]]:
        with hold(*given, **named) as writers:
            before = len(connection.queries)
            yield writers
            held.extend(query["sql"] for query in connection.queries[before:])

    monkeypatch.setattr(journal, "writing_all", watched)
    with CaptureQueriesContext(connection):
        issued = revisions.issue(cast.chair, text)
    assert [entry.fate for entry in reports.losses(issued)] == ["open"]
    assert 0 < len(held) <= 6
    assert not [sql for sql in held if "drafting_hunk" in sql or "drafting_provision" in sql]


def test_what_the_floor_did_while_a_revision_was_prepared_is_in_it(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    (hunk,) = lodge(cast, text, "Each Party shall act.")
    freeze, left = revisions._freeze, [1]

    def late(*given: Any) -> None:
        freeze(*given)
        if left:
            left.pop()
            decisions.decide(cast.chair, text, "accept", "room", hunks=[hunk])

    monkeypatch.setattr(revisions, "_freeze", late)
    issued = revisions.issue(cast.chair, text)
    assert reads.snapshot(issued).provisions[0].text == "Each Party shall act."
    assert [entry.fate for entry in reports.losses(issued)] == ["in text"]
    assert reads.is_intact(issued)
