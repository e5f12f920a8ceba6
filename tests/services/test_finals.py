"""A final text: nothing undecided, every note in brackets and every blank confirmed one by one."""

from __future__ import annotations

import pytest

from drafting.errors import Forbidden, NotIssuable, StaleVersion
from drafting.models import Confirmation, JournalEntry, NegotiatingText, Pen, Revision
from drafting.queries import certificates, documents, finals
from drafting.services import amendments, decisions, editorials, pens, revisions
from drafting.services import finals as acts
from drafting.services.editorials import Correction, Place
from drafting.services.proposals import Proposed
from drafting.text.document import Table
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ADOPTED = Revision.Kind.ADOPTED


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    text = factories.text(cast, "Each Party shall act.[1]", "Done at ____ in one original.", "[1] A note.")
    text.symbol = "A/CONF.9/L.1"
    text.save()
    return text


def blocking(cast: Cast, text: NegotiatingText) -> set[str]:
    return {check.code for check in revisions.check(cast.secretary, text, ADOPTED) if check.blocks}


def confirm_all(cast: Cast, text: NegotiatingText) -> None:
    for shown in finals.listed(cast.secretary, text):
        with replay.verified(text):
            acts.confirm(cast.secretary, factories.provision(text, shown.place.address), shown.rev, shown.place.lo)


def test_notes_and_blanks_are_confirmed_one_by_one_before_it_is_issued(cast: Cast, text: NegotiatingText) -> None:
    assert blocking(cast, text) == {"notes", "blanks"}
    with pytest.raises(NotIssuable, match="2 notes in brackets are to be confirmed"):
        revisions.issue(cast.secretary, text, kind=ADOPTED)
    confirm_all(cast, text)
    issued = revisions.issue(cast.secretary, text, kind=ADOPTED)
    found = certificates.of(cast.observer, issued)
    assert [(one.address, one.form, one.words) for one in found.confirmed] == [
        ("1", "note", "[1]"),
        ("2", "blank", "____"),
        ("3", "note", "[1]"),
    ]


def test_a_revision_that_is_not_final_wants_none_of_it(cast: Cast, text: NegotiatingText) -> None:
    assert revisions.issue(cast.secretary, text).number == 1


def test_a_confirmation_holds_for_the_very_words_it_was_given_on(cast: Cast, text: NegotiatingText) -> None:
    confirm_all(cast, text)
    pens.write(cast.secretary, Proposed(factories.provision(text, "2"), "Done at Oslo, this __ day of May."), "room")
    assert blocking(cast, text) == {"blanks"}
    with pytest.raises(StaleVersion):
        acts.confirm(cast.secretary, factories.provision(text, "2"), 0, 8)


@pytest.mark.parametrize("words", ["Each Party [shall] act.", "Each Party shall act ]."])
def test_a_bracket_or_an_anomaly_stands_in_the_way(cast: Cast, words: str) -> None:
    text = factories.text(cast, words)
    with pytest.raises(NotIssuable, match="1 place of the text is undecided"):
        revisions.issue(cast.chair, text, kind=Revision.Kind.EDITED, symbol="A/1")
    assert text.revisions.count() == 1


def test_an_open_proposal_and_an_open_editorial_change_stand_in_the_way(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.", "It labors.")
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    place = Place(factories.provision(text, "2"), 3, "labors", "labours")
    editorials.propose(cast.secretary, text, [Correction("spelling", (place,))])
    assert blocking(cast, text) == {"undecided-amendments", "open-editorials"}


def test_it_has_a_symbol_and_the_secretariat_confirms(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.[1]", "[1] A note.")
    with pytest.raises(NotIssuable, match="has a symbol"):
        revisions.issue(cast.secretary, text, kind=ADOPTED)
    for seat in (cast.chair, cast.norway):
        with pytest.raises(Forbidden):
            acts.confirm(seat, factories.provision(text), 0, 21)


def test_a_confirmation_is_given_once_and_taken_back(cast: Cast, text: NegotiatingText) -> None:
    confirm_all(cast, text)
    confirm_all(cast, text)
    assert JournalEntry.objects.filter(kind="place-confirmed").count() == 3
    first = Confirmation.objects.order_by("pk")[0]
    with replay.verified(text):
        acts.withdraw(cast.secretary, first.provision, first.rev, first.lo)
    assert blocking(cast, text) == {"notes"}


def test_decided_words_and_a_final_text_rest_on_what_was_decided(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall [not] act.")
    decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk])
    pens.write(cast.secretary, Proposed(factories.provision(text), "Each Party shall not act!"), Pen.For.ROOM)
    issued = revisions.issue(cast.chair, text, kind=ADOPTED, symbol="A/1")
    assert certificates.of(cast.norway, issued).grounds == {"a decision": 2}


def test_an_adopted_text_is_printed_as_one_and_says_nothing_of_brackets(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.[1]", "[1] A note.")
    confirm_all(cast, text)
    revisions.issue(cast.secretary, text, kind=ADOPTED, symbol="A/1")
    made = documents.bracketed(cast.norway, text, 1)
    assert (made.masthead.kind, made.notes) == ("Adopted text", ())
    assert [part for part in made.body if isinstance(part, Table)] == []
    assert documents.clean(cast.norway, text, 1).notes == ("Nothing is undecided.",)
