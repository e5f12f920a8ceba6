"""What is said in the room, as one line each: in the text, the journal and on the boards of those who spoke."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.errors import Forbidden, NotFound, ReasonNeeded
from drafting.models import JournalEntry, NegotiatingText, Position
from drafting.services import agreements, interventions
from drafting.services.interventions import Heard
from drafting.text.errors import RollingTextError
from tests import factories, replay
from tests.cast import Cast

FLOOR = ("1. Parties shall act, as appropriate.", "2. Parties shall rest as appropriate.", "3. Nobody sleeps.")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    factories.delegations(cast, ["EU", "IND"])
    return factories.text(cast, *FLOOR)


def say(cast: Cast, text: NegotiatingText, line: str, last: tuple[str, ...] = ()) -> Heard:
    with replay.verified(text):
        return interventions.record(cast.secretary, factories.provision(text), line, last)


def test_an_insertion_stands_in_a_pair_the_speaker_holds(cast: Cast, text: NegotiatingText) -> None:
    heard = say(cast, text, "nor>Parties>jointly")
    assert factories.words(text)[0] == "1. Parties [jointly] shall act, as appropriate."
    assert heard.sentence == "NOR: “jointly” after “Parties”, in 1."
    assert text.amendments.get().from_the_floor


def test_others_stand_on_the_last_proposal_or_on_the_one_they_name(cast: Cast, text: NegotiatingText) -> None:
    for line in ("nor>Parties>jointly", "ken>act>fast", "eu+", "ind=nor", "ken?1"):
        say(cast, text, line)
    rows = Position.objects.filter(version__isnull=False).order_by("pk")
    said = rows.values_list("delegation__code", "stance", "version__amendment__number", "from_the_floor")
    assert list(said) == [
        ("EU", "support", 2, True),
        ("IND", "can-live-with", 1, True),
        ("KEN", "reserve", 1, True),
    ]


def test_the_whole_paragraph_is_bracketed_but_its_label(cast: Cast, text: NegotiatingText) -> None:
    text.provisions.filter(address="1").update(label="1.", label_length=3)
    say(cast, text, "IND brackets the whole paragraph")
    assert factories.words(text)[0] == "1. [Parties shall act, as appropriate.]"
    assert Position.objects.get(bracket__isnull=False).delegation.code == "IND"


def test_throughout_is_one_amendment_on_every_open_provision(cast: Cast, text: NegotiatingText) -> None:
    heard = say(cast, text, "d as appropriate*", ("NOR",))
    assert factories.words(text)[:2] == [
        "1. Parties shall act[, as appropriate].",
        "2. Parties shall rest [as appropriate].",
    ]
    assert text.amendments.get().versions.get().texts.count() == 2
    assert heard.speakers == ("NOR",)


def test_throughout_asks_no_more_of_many_provisions_than_of_few(cast: Cast) -> None:
    asked = []
    for slug, many in (("few", 2), ("many", 12)):
        text = factories.text(cast, *(f"{n}. Parties act, as appropriate, and rest." for n in range(many)), slug=slug)
        with CaptureQueriesContext(connection) as queries:
            interventions.record(cast.secretary, factories.provision(text), "NOR deletes as appropriate throughout")
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 70


def test_agreed_words_are_left_and_the_line_says_so(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text, "2"), "agreed", "the room")
    heard = say(cast, text, "NOR deletes as appropriate throughout")
    assert heard.sentence == "NOR: delete “as appropriate”, in 1; agreed, and left: 2."
    assert factories.words(text)[1] == FLOOR[1]


def test_the_room_changes_the_words_themselves_throughout(cast: Cast, text: NegotiatingText) -> None:
    say(cast, text, "room: delete as appropriate throughout")
    assert factories.words(text)[:2] == ["1. Parties shall act.", "2. Parties shall rest."]
    assert text.decisions.count() == 1


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("d sleeps", Forbidden),
        ("NOR after Atlantis insert x", NotFound),
        ("NOR deletes Nothing throughout", NotFound),
        ("EU supports", NotFound),
        ("EU supports Norway 7", RollingTextError),
        ("chair supports", Forbidden),
        ("chair: change act to rest", ReasonNeeded),
    ],
)
def test_a_line_that_cannot_be_done_changes_nothing(
    cast: Cast, text: NegotiatingText, line: str, refusal: type[RollingTextError]
) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(refusal):
        interventions.record(cast.secretary, factories.provision(text), line)
    assert JournalEntry.objects.count() == before


def test_a_line_is_told_back_without_being_done(cast: Cast, text: NegotiatingText) -> None:
    heard = interventions.hear(cast.secretary, factories.provision(text), "KEN before act insert not")
    assert heard.sentence == "KEN: “not” before “act”, in 1."
    assert factories.words(text) == list(FLOOR)


def test_a_delegate_records_nothing_for_others(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden):
        interventions.hear(cast.norway, factories.provision(text), "NOR supports")
