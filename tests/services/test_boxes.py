"""Notes and boxes by officers: beside the text or in it, printed in a revision or left out, and no word changed."""

from __future__ import annotations

import pytest

from drafting import exports
from drafting.errors import Closed, EmptyChange, Forbidden, Retired
from drafting.imports import reading
from drafting.models import Annotation, NegotiatingText, Pen
from drafting.queries import boxes as noted
from drafting.queries import documents, listings, pages, snapshots
from drafting.services import boxes, decisions, mandates, pens, revisions
from drafting.services.proposals import Proposed
from drafting.text.errors import ActRefused
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOTE = "Note by the co-facilitators: [this] was not discussed."


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "1. Each Party shall act.", NOTE, "2. Parties [may] meet.")


def here(text: NegotiatingText) -> Annotation:
    return Annotation.objects.get(provision__text=text, place="here")


def printed(cast: Cast, text: NegotiatingText, number: int | None = None) -> list[str]:
    return [block.text for block in documents.bracketed(cast.norway, text, number).blocks]


def test_a_note_in_an_imported_text_is_an_object_with_its_officer_and_its_words_stay(
    cast: Cast, text: NegotiatingText
) -> None:
    row = here(text)
    assert (row.officer, row.form, row.words, row.provision.address) == ("the co-facilitators", "note", "", "2")
    assert row.kept_in.get().number == 0
    assert factories.words(text)[1] == NOTE


def test_a_note_left_out_of_a_revision_is_in_the_text_and_not_in_print(cast: Cast, text: NegotiatingText) -> None:
    words = factories.words(text)
    with replay.verified(text):
        boxes.choose(cast.chair, here(text), kept=False)
        first = revisions.issue(cast.chair, text)
        boxes.choose(cast.chair, here(text), kept=True)
        second = revisions.issue(cast.chair, text)
    assert factories.words(text) == words
    assert [NOTE in printed(cast, text, row.number) for row in (first, second)] == [False, True]
    assert [row.number for row in here(text).kept_in.order_by("number")] == [0, 2]
    assert [pair.number for pair in documents.bracketed(cast.norway, text, 1).pairs] == [2]
    rows = [part.rows for part in listings.change_log(cast.norway, text, 1).body if not hasattr(part, "runs")]
    assert rows == [((("2"), "Note by the co-facilitators", NOTE, "left out"),)]


def test_what_is_left_out_leaves_no_gap_in_the_clean_text_and_goes_in_a_comparison(
    cast: Cast, text: NegotiatingText
) -> None:
    assert len(documents.clean(cast.norway, text).body[-1].rows) == 2  # type: ignore[union-attr]  # its table
    boxes.choose(cast.chair, here(text), kept=False)
    clean = documents.clean(cast.norway, text)
    assert [row[0] for row in clean.body[-1].rows] == ["{1}"]  # type: ignore[union-attr]  # its table
    compared = documents.comparison(cast.norway, text, 0)
    assert [block.change is not None for block in compared.blocks] == [False, True, False]


def test_an_officer_sets_a_box_before_a_provision_and_it_is_printed_there(cast: Cast, text: NegotiatingText) -> None:
    first = factories.provision(text)
    with replay.verified(text):
        row = boxes.write(cast.secretary, first, " What follows is new. ", place="before", form="box")
    assert printed(cast, text)[0] == "Explanatory box by the secretariat: What follows is new."
    assert pages.page(cast.norway, text).provisions[0].notes == (row,)
    boxes.choose(cast.chair, row, kept=False)
    issued = revisions.issue(cast.chair, text)
    assert printed(cast, text, issued.number)[0] == "1. Each Party shall act."
    assert "What follows" not in issued.snapshot


def test_a_note_is_reworded_taken_back_and_put_back(cast: Cast, text: NegotiatingText) -> None:
    row = boxes.write(cast.chair, factories.provision(text), "Thurday.", officer="the President")
    with replay.verified(text):
        boxes.reword(cast.chair, row, "Thursday.")
        boxes.strike(cast.chair, row)
        with pytest.raises(Closed, match="already"):
            boxes.strike(cast.chair, row)
        boxes.restore(cast.chair, row)
    assert "Note by the President: Thursday." in printed(cast, text)


def test_only_its_author_or_the_chair_takes_a_note_back(cast: Cast, text: NegotiatingText) -> None:
    row = boxes.write(cast.chair, factories.provision(text), "Ours.")
    with pytest.raises(Forbidden, match="another officer"):
        boxes.strike(cast.secretary, row)
    boxes.strike(cast.chair, boxes.write(cast.secretary, factories.provision(text), "Theirs."))


def test_a_facilitator_notes_inside_its_mandate_alone(cast: Cast, text: NegotiatingText) -> None:
    mandates.give(cast.chair, text, cast.facilitator, [factories.provision(text, "3")])
    row = boxes.write(cast.facilitator, factories.provision(text, "3"), "We met.")
    assert row.officer == "the facilitator"
    with pytest.raises(Forbidden, match="outside your mandate"):
        boxes.write(cast.facilitator, factories.provision(text), "We met.")


def test_words_that_are_no_note_any_more_cannot_be_left_out_and_are_printed(cast: Cast, text: NegotiatingText) -> None:
    boxes.choose(cast.chair, here(text), kept=False)
    pens.write(cast.chair, Proposed(factories.provision(text, "2"), "Parties [this] shall act."), Pen.For.ROOM)
    assert "Parties [this] shall act." in printed(cast, text)
    boxes.choose(cast.chair, here(text), kept=True)
    with pytest.raises(ActRefused, match="always printed"):
        boxes.choose(cast.chair, here(text), kept=False)


def test_it_needs_words_and_a_provision_that_stands(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(EmptyChange):
        boxes.write(cast.chair, factories.provision(text), " ")
    gone = factories.provision(text, "3")
    gone.retired = True
    gone.save()
    with pytest.raises(Retired):
        boxes.write(cast.chair, gone, "Gone.")


def test_a_note_that_is_in_the_text_is_reworded_as_all_words_are(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(ActRefused, match="changed there"):
        boxes.reword(cast.chair, here(text), "Anew.")


def test_notes_are_looked_for_in_words_that_came_later_and_each_is_listed_once(
    cast: Cast, text: NegotiatingText
) -> None:
    row = factories.provision(text, "3")
    row.words.content = "> A box: not negotiated."
    row.words.save()
    with replay.verified(text):
        assert (boxes.find(cast.chair, text), boxes.find(cast.chair, text)) == (1, 0)
    assert [one.row.form for one in noted.listed(cast.norway, text)] == ["note", "box"]


@pytest.mark.parametrize("form", ["docx", "json", "xml"])
def test_a_note_beside_the_text_is_no_part_of_it_when_a_file_comes_back(
    cast: Cast, text: NegotiatingText, form: str
) -> None:
    boxes.write(cast.chair, factories.provision(text), "Not negotiated.", form="box")
    file = exports.FORMATS[form].write(documents.bracketed(cast.chair, text))
    assert reading.open(file, f"text.{form}").structure.texts() == factories.words(text)


def test_a_text_without_notes_is_written_as_before_there_were_any(cast: Cast) -> None:
    taken = snapshots.taken(factories.text(cast, "Each Party shall act."))
    assert "annotations" not in snapshots.encode(taken)
    assert snapshots.decode(snapshots.encode(taken)) == taken


def test_deciding_what_a_note_stands_beside_leaves_it(cast: Cast, text: NegotiatingText) -> None:
    boxes.write(cast.chair, factories.provision(text, "3"), "Seen.")
    found = [pair for pair in snapshots.taken(text).pairs if pair.number == 2]
    made = decisions.decide(cast.chair, text, "lift", "room", brackets=[found[0].id])
    assert printed(cast, text)[2:] == ["2. Parties may meet.", "Note by the Chair: Seen."]
    decisions.undo(cast.chair, made)
    assert printed(cast, text)[2:] == ["2. Parties [may] meet.", "Note by the Chair: Seen."]
