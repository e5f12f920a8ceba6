"""Editorial changes: sent round, made when nobody objects in time, returned as substance when somebody does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drafting.errors import Closed, Forbidden, NotFound, StaleVersion, Taken
from drafting.models import EditorialChange, NegotiatingText, Pen, Position
from drafting.queries import amendments as cards
from drafting.queries import certificates, finds
from drafting.queries import editorials as sent
from drafting.services import (
    agreements,
    amendments,
    corrections,
    editorials,
    objections,
    pens,
    positions,
    revisions,
)
from drafting.services.editorials import Correction, Place
from drafting.services.proposals import Proposed
from drafting.text.errors import RollingTextError
from drafting.text.structures import Entry, Structure
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db


STRUCTURE = Structure(
    (
        Entry("1. Each Party shall labor [jointly] to honour it.", "1", "1", 2),
        Entry("2. As in paragraph 1.", "2", "2", 2),
        Entry("4. The end.", "3", "4", 2),
    )
)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.opened(cast, STRUCTURE)


def place(text: NegotiatingText, struck: str, words: str, address: str = "1") -> Place:
    provision = factories.provision(text, address)
    return Place(provision, provision.words.content.index(struck), struck, words)


def send(
    cast: Cast, text: NegotiatingText, *places: Place, kind: str = "spelling", over: bool = False
) -> EditorialChange:
    with replay.verified(text):
        (row,) = editorials.propose(cast.secretary, text, [Correction(kind, places, "As elsewhere.")])
    if over:
        EditorialChange.objects.filter(pk=row.pk).update(closes=timezone.now())
    return EditorialChange.objects.get(pk=row.pk)


def make(cast: Cast, row: EditorialChange) -> EditorialChange:
    with replay.verified(row.text):
        return corrections.make(cast.secretary, row)


def labels(text: NegotiatingText) -> list[str]:
    return list(text.provisions.order_by("order").values_list("label", flat=True))


def test_it_is_made_when_the_time_is_over_and_not_before(cast: Cast, text: NegotiatingText) -> None:
    row = send(cast, text, place(text, "labor", "labour"))
    with pytest.raises(Closed, match="may object until"):
        corrections.make(cast.secretary, row)
    EditorialChange.objects.filter(pk=row.pk).update(closes=timezone.now())
    assert make(cast, row).state == "applied"
    assert factories.words(text)[0] == "1. Each Party shall labour [jointly] to honour it."


def test_the_journal_traces_it_to_the_editorial_mandate(cast: Cast, text: NegotiatingText) -> None:
    make(cast, send(cast, text, place(text, "labor", "labour"), over=True))
    revision = revisions.issue(cast.secretary, text)
    assert certificates.of(cast.norway, revision).grounds == {"an editorial change": 1}


def test_the_worker_makes_what_is_due_in_the_name_of_who_sent_it(cast: Cast, text: NegotiatingText) -> None:
    send(cast, text, place(text, "labor", "labour"), over=True)
    send(cast, text, place(text, "end", "End", "3"))
    assert (corrections.make_due(), corrections.make_due()) == (1, 0)


def test_an_objection_returns_it_as_an_open_amendment_of_nobodys(cast: Cast, text: NegotiatingText) -> None:
    row = send(cast, text, place(text, "labor", "labour"))
    with replay.verified(text):
        objections.object(cast.kenya, row, "Our statute says labor.")
    row.refresh_from_db()
    assert row.amendment is not None
    assert (row.state, row.amendment.state) == ("objected", "open")
    assert Position.objects.get(version__amendment=row.amendment).stance == "oppose"
    assert factories.words(text)[0].count("labor ") == 1
    assert [card.number for card in cards.listed(cast.norway, text).cards] == [row.amendment.number]
    with pytest.raises(Closed, match="done with"):
        corrections.make(cast.secretary, row)


def test_nobody_objects_when_the_time_is_over_and_an_office_never(cast: Cast, text: NegotiatingText) -> None:
    row = send(cast, text, place(text, "labor", "labour"), over=True)
    with pytest.raises(Closed, match="time to object is over"):
        objections.object(cast.kenya, row)
    for seat in (cast.chair, cast.observer, cast.stranger):
        with pytest.raises((Forbidden, NotFound)):
            objections.object(seat, row)


def test_words_agreed_are_corrected_and_an_objection_leaves_them_as_agreed(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text, "3"), "agreed", "Plenary")
    first, second = place(text, "4.", "3.", "3"), place(text, "end", "End", "3")
    assert make(cast, send(cast, text, first, kind="numbering", over=True)).state == "applied"
    second = place(text, "end", "End", "3")
    row = send(cast, text, second)
    with replay.verified(text):
        objections.object(cast.norway, row, "No.")
    row.refresh_from_db()
    assert (row.state, row.amendment) == ("objected", None)


def test_another_number_is_a_new_label_and_the_old_one_still_finds_its_provision(
    cast: Cast, text: NegotiatingText
) -> None:
    row = make(cast, send(cast, text, place(text, "4.", "3.", "3"), kind="numbering", over=True))
    assert labels(text) == ["1", "2", "3"]
    assert finds.addresses(text, "4") == ["3"]
    with replay.verified(text):
        corrections.undo(cast.secretary, row)
    assert (labels(text), factories.words(text)[2]) == (["1", "2", "4"], "4. The end.")


def test_a_number_flags_no_proposal_and_puts_no_stance_in_doubt(cast: Cast) -> None:
    text = factories.text(cast, "[1. Each Party shall act.]")
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "")])
    positions.take(cast.kenya, factories.bracket(text), "retain")
    make(cast, send(cast, text, place(text, "1.", "7."), kind="numbering", over=True))
    assert cards.open_hunks(text).filter(outcome="open").count() == 1
    assert not Position.objects.get(bracket__text=text).stale


def test_words_changed_meanwhile_overtake_it_and_changes_beside_it_do_not(cast: Cast, text: NegotiatingText) -> None:
    spelt = send(cast, text, place(text, "labor", "labour"), over=True)
    honour = send(cast, text, place(text, "honour", "honor"), over=True)
    content = factories.words(text)[0].replace("labor", "toil").replace("Each Party", "Each of the Parties")
    pens.write(cast.secretary, Proposed(factories.provision(text), content), Pen.For.ROOM)
    assert (make(cast, spelt).state, make(cast, honour).state) == ("overtaken", "applied")
    assert factories.words(text)[0] == "1. Each of the Parties shall toil [jointly] to honor it."


@pytest.mark.parametrize(
    ("struck", "words", "said"),
    [
        ("[jointly]", "jointly", "brackets are negotiated"),
        ("shall", "should", "changes the force"),
        ("shall ", "", "changes the force"),
        ("labor", "labor", "words that stand"),
    ],
)
def test_substance_is_not_the_secretariats(
    cast: Cast, text: NegotiatingText, struck: str, words: str, said: str
) -> None:
    with pytest.raises(RollingTextError, match=said):
        editorials.propose(cast.secretary, text, [Correction("spelling", (place(text, struck, words),))])
    assert not EditorialChange.objects.exists()


def test_words_that_moved_since_they_were_looked_at_are_looked_at_again(cast: Cast, text: NegotiatingText) -> None:
    seen = place(text, "labor", "labour")
    pens.write(cast.secretary, Proposed(factories.provision(text), "1. Each Party shall labor [jointly]."), "room")
    with pytest.raises(StaleVersion):
        editorials.propose(cast.secretary, text, [Correction("spelling", (seen,))])


def test_a_place_in_another_text_is_none_of_this_one(cast: Cast, text: NegotiatingText) -> None:
    other = factories.text(cast, "1. Each Party shall labor.", slug="other")
    with pytest.raises(NotFound):
        editorials.propose(cast.secretary, text, [Correction("spelling", (place(other, "labor", "labour"),))])


def test_a_hundred_places_are_sent_with_about_as_few_statements_as_two(cast: Cast) -> None:
    asked: list[int] = []
    for count in (2, 100):
        rows = tuple(Entry(f"{n}. They labor.", str(n), str(n), 2) for n in range(1, count + 1))
        text = factories.opened(cast, Structure(rows), slug=f"text-{count}")
        found = text.provisions.select_related("words", "text")
        places = tuple(Place(row, row.words.content.index("labor"), "labor", "labour") for row in found)
        with CaptureQueriesContext(connection) as queries:
            (row,) = editorials.propose(cast.secretary, text, [Correction("spelling", places)])
            list(sent.pending(text))
        asked.append(len(queries))
        assert row.places.count() == count
    assert asked[1] - asked[0] <= 2


def test_two_corrections_of_the_same_words_are_not_on_their_way_at_once(cast: Cast, text: NegotiatingText) -> None:
    send(cast, text, place(text, "labor", "labour"))
    with pytest.raises(Taken):
        send(cast, text, place(text, "labor", "work"))


def test_one_that_is_withdrawn_is_not_made(cast: Cast, text: NegotiatingText) -> None:
    row = send(cast, text, place(text, "labor", "labour"))
    with replay.verified(text):
        editorials.withdraw(cast.secretary, row)
    assert corrections.make_due() == 0
    assert [shown.state for shown in sent.listed(cast.kenya, text)] == ["withdrawn"]


def test_the_conference_sets_the_time(cast: Cast, text: NegotiatingText) -> None:
    editorials.set_hours(cast.chair, 72)
    row = send(cast, text, place(text, "labor", "labour"))
    assert (row.closes - row.at).total_seconds() == 72 * 3600
    with pytest.raises(Forbidden, match="between 1 and 336"):
        editorials.set_hours(cast.chair, 0)
    with pytest.raises(Forbidden, match="336"):
        editorials.set_hours(cast.chair, 337)


def test_where_names_are_hidden_the_bureau_alone_reads_who_objected(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = NegotiatingText.objects.get(pk=text.pk)
    objections.object(cast.kenya, send(cast, text, place(text, "labor", "labour")), "No.")
    named = {
        name: sent.listed(seat, text)[0].objector for name, seat in cast.everybody() if name in ("chair", "norway")
    }
    assert named == {"chair": "KEN", "norway": ""}
    assert "KEN" not in (text.floor.entries.get(kind="editorial-objected").body or "")
