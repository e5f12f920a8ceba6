"""The certificate: every change of an issued text rests on an act, and a change that rests on none is not issued."""

from __future__ import annotations

import pytest

from drafting import events
from drafting.errors import NotFound, NotIssuable
from drafting.models import JournalEntry, NegotiatingText
from drafting.queries import certificates, listings
from drafting.services import brackets, decisions, journal, pens, revisions
from drafting.services.proposals import Proposed
from drafting.text.document import Table
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party shall [take] measures.", "x y z")


def slip(cast: Cast, text: NegotiatingText, at: int, said: str) -> None:
    """Change words as no act of the site does: an edit that nothing follows."""
    words = factories.provision(text, "2").words
    with journal.writing(text.floor, by=cast.chair) as floor:
        changes = [at, [0, said], len(words.content) - at]
        words.content = words.content[:at] + said + words.content[at:]
        words.rev += 1
        words.save()
        provision = factories.provision(text, "2").pk
        floor.append(events.Edited(text=str(words.pk), provision=provision, rev=words.rev, changes=changes))


def test_every_change_is_traced_to_its_act(cast: Cast, text: NegotiatingText) -> None:
    decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk])
    pens.write(cast.secretary, Proposed(factories.provision(text, "2"), "x, y z"), "editorial", "A comma.")
    revision = revisions.issue(cast.chair, text)
    found = certificates.of(cast.norway, revision)
    assert found.grounds == {"a decision": 1, "an editorial change": 1}
    assert [change.addresses for change in found.changes] == [["1"], ["2"]]


def test_it_names_the_row_of_its_readers_own_stream(cast: Cast, text: NegotiatingText) -> None:
    revision = revisions.issue(cast.chair, text)
    for seat, stream in ((cast.norway, text.floor_id), (cast.observer, text.public_id)):
        found = certificates.of(seat, revision)
        row = JournalEntry.objects.get(stream=stream, seq=found.seq)
        assert (found.stream, found.row, row.kind) == (str(stream), bytes(row.digest).hex(), "revision-issued")
    assert certificates.of(cast.observer, revision).changes == []


def test_a_change_that_no_act_answers_for_is_not_issued(cast: Cast, text: NegotiatingText) -> None:
    slip(cast, text, 1, "!")
    assert [check.code for check in revisions.check(cast.chair, text) if check.blocks] == ["untraced-changes"]
    with pytest.raises(NotIssuable, match="no act answers for, in 2:"):
        revisions.issue(cast.chair, text)
    assert text.revisions.count() == 1


def test_brackets_put_for_a_delegation_are_traced(cast: Cast, text: NegotiatingText) -> None:
    where = factories.provision(text, "2")
    brackets.put(cast.chair, where, 0, where, 1, factories.delegations(cast, ["SWE"]))
    assert certificates.of(cast.kenya, revisions.issue(cast.chair, text)).grounds == {
        "brackets put for who holds them": 1
    }


def test_the_certificate_is_a_document_with_every_change_and_what_it_rests_on(
    cast: Cast, text: NegotiatingText
) -> None:
    decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk])
    revision = revisions.issue(cast.chair, text)
    facts, changes = listings.make(cast.norway, text, "certificate", 1).body
    assert isinstance(facts, Table)
    assert isinstance(changes, Table)
    assert ("SHA-256 of the text", revision.digest) in facts.rows
    assert [(row[2], row[3], row[4]) for row in changes.rows] == [("a decision", "agreed in the room", "1")]
    assert len(listings.make(cast.observer, text, "certificate", 1).body) == 1
    with pytest.raises(NotFound, match="of an issued text"):
        listings.make(cast.norway, text, "certificate")
