"""Documents are built from a revision or the floor: bracketed, clean, compared, the log and the losses."""

from __future__ import annotations

import pytest

from drafting import exports
from drafting.errors import NotFound
from drafting.models import NegotiatingText, Provision
from drafting.queries import documents, listings
from drafting.services import agreements, amendments, decisions, languages, positions, revisions
from drafting.services.proposals import Proposed
from drafting.text.document import Block, Document, Mark, Table
from tests import factories, rooms
from tests.cast import Cast


def begin(cast: Cast) -> NegotiatingText:
    found = factories.text(cast, "Each Party should [promptly] act.", "Parties report.")
    positions.take(cast.kenya, factories.bracket(found), "retain")
    return found


furnished, room, cast, text = rooms.shared(begin)


def accept(cast: Cast, text: NegotiatingText, words: str, act: str = "accept") -> None:
    lodged = amendments.submit(cast.norway, text, [Proposed(factories.provision(text), words)])
    hunks = list(lodged.versions.get().hunks.values_list("pk", flat=True))
    decisions.decide(cast.chair, text, act, "room", hunks=hunks, reason="No objection.")


def runs(block: Block) -> list[tuple[str, str]]:
    return [(str(run.mark), run.text) for run in block.runs]


def tables(document: Document) -> list[Table]:
    return [part for part in document.body if isinstance(part, Table)]


def test_the_bracketed_text_has_its_numbered_marks_and_who_holds_them(cast: Cast, text: NegotiatingText) -> None:
    document = documents.bracketed(cast.norway, text)
    first = document.blocks[0]
    assert runs(first)[1:4] == [("open", "["), ("plain", "promptly"), ("close", "]")]
    assert [(run.number, run.by) for run in first.runs if run.mark is Mark.OPEN] == [(1, ("KEN",))]
    assert tables(document)[0].rows == (("", "1", "KEN, unknown"),)


def test_the_first_page_says_what_is_asked_of_it(cast: Cast, text: NegotiatingText) -> None:
    NegotiatingText.objects.update(agenda="Agenda item 4")
    head = documents.bracketed(cast.norway, NegotiatingText.objects.get()).masthead
    assert (head.agenda, head.original, head.distribution) == ("Agenda item 4", "English", "Limited")


def test_it_says_that_the_absence_of_brackets_is_not_agreement(cast: Cast, text: NegotiatingText) -> None:
    assert "The absence of brackets is not agreement." in documents.bracketed(cast.norway, text).notes


def test_the_clean_text_numbers_and_counts_its_gaps(cast: Cast, text: NegotiatingText) -> None:
    document = documents.clean(cast.norway, text)
    assert document.blocks[0].text == "Each Party should{1} act."
    assert document.notes[0].startswith("Undecided places,")
    assert document.notes[0].endswith(": 1.")
    assert tables(document)[0].rows == (("{1}", "1", "promptly"),)


def test_a_list_names_provisions_as_people_say_them(cast: Cast, text: NegotiatingText) -> None:
    Provision.objects.filter(pk=factories.provision(text).pk).update(address="12.3~1")
    (undecided,) = tables(documents.clean(cast.norway, text))
    assert undecided.rows[0][1] == "12.3, unnumbered paragraph 1"


def test_a_comparison_accepted_is_the_new_text_and_rejected_the_old(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.")
    block = documents.comparison(cast.norway, text, 0).blocks[0]
    old = "".join(run.text for run in block.runs if run.mark is not Mark.INSERTED)
    new = "".join(run.text for run in block.runs if run.mark is not Mark.DELETED)
    assert (old, new) == ("Each Party should [promptly] act.", "Each Party shall [promptly] act.")


def test_changes_name_the_delegation_whose_proposal_they_are(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.")
    block = documents.comparison(cast.norway, text, 0).blocks[0]
    assert [(run.mark, run.by) for run in block.runs if run.mark is not Mark.PLAIN] == [
        (Mark.DELETED, ("NOR",)),
        (Mark.INSERTED, ("NOR",)),
    ]


def test_changes_say_when_they_were_made(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.")
    decided = text.floor.entries.filter(kind="edited").latest("seq").at
    changed = [run for run in documents.comparison(cast.norway, text, 0).blocks[0].runs if run.mark is not Mark.PLAIN]
    assert {run.when for run in changed} == {f"{decided[:19]}Z"}


def test_changes_name_nobody_where_names_are_hidden(cast: Cast, text: NegotiatingText) -> None:
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = NegotiatingText.objects.get(pk=text.pk)
    accept(cast, text, "Each Party shall [promptly] act.", "bracket")
    for document in (documents.comparison(cast.norway, text, 0), documents.bracketed(cast.norway, text)):
        written = exports.html.write(document).decode()
        assert "NOR" not in written
        assert "KEN" not in written


def test_names_issued_once_are_hidden_when_the_policy_hides_names(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.", "bracket")
    revisions.issue(cast.chair, text)
    cast.conference.attribution_shown = False
    cast.conference.save()
    text = NegotiatingText.objects.get(pk=text.pk)
    for kind in listings.VARIANTS:
        written = exports.text.write(listings.make(cast.kenya, text, kind, 1)).decode()
        assert "NOR" not in written
        assert "KEN" not in written


def test_the_change_log_lists_each_act_with_what_it_changed(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.")
    entry, change = listings.change_log(cast.norway, text, None).blocks
    assert entry.text.endswith("Decided: accept. · agreed in the room · No objection.")
    assert ("inserted", "shall") in runs(change)


def test_the_change_log_says_where_an_act_was_that_changed_no_word(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.", "drop-hunk")
    (entry,) = listings.change_log(cast.norway, text, None).blocks
    assert "Decided: drop the proposal, on 1." in entry.text


def test_a_change_log_of_nothing_says_so(cast: Cast, text: NegotiatingText) -> None:
    assert "Not one act changed the text" in listings.change_log(cast.norway, text, None).notes[0]


def test_putting_brackets_for_a_decision_is_one_entry(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.", "bracket")
    entries = [block for block in listings.change_log(cast.norway, text, None).blocks if block.form == "note"]
    assert len(entries) == 1


def test_the_loss_report_lists_each_proposal_with_its_edits_beneath(cast: Cast, text: NegotiatingText) -> None:
    accept(cast, text, "Each Party shall [promptly] act.")
    document = listings.loss_report(cast.norway, text, None)
    (table,) = tables(document)
    assert document.notes == ("1 proposal, each listed once: 1 in the text.",)
    assert table.title == "In the text: 1"
    assert table.columns == ("Proposal", "Sponsors", "Provision", "Change", "Reason")
    assert table.rows == (("1", "NOR", "1", "“should” → “shall”", "No objection."),)


@pytest.mark.parametrize("kind", sorted(listings.VARIANTS))
def test_every_document_of_a_revision_is_written_in_every_format(cast: Cast, text: NegotiatingText, kind: str) -> None:
    accept(cast, text, "Each Party shall [promptly] act.")
    revisions.issue(cast.chair, text)
    made = listings.make(cast.observer, text, kind, 1)
    assert all(written.write(made) for written in exports.FORMATS.values())


def test_the_version_without_names_names_nobody(cast: Cast, text: NegotiatingText) -> None:
    document = documents.unattributed(cast.norway, text)
    assert not any(run.by for block in document.blocks for run in block.runs)
    assert not any(pair.holders for pair in document.pairs)


def test_words_agreed_by_themselves_say_so(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text), "agreed", "plenary", words=(0, 10))
    first = documents.bracketed(cast.norway, text).blocks[0]
    assert [(run.text, run.status) for run in first.runs if run.status] == [("Each Party", "agreed")]


def test_equal_revisions_give_equal_documents_whenever_they_are_asked_for(cast: Cast, text: NegotiatingText) -> None:
    revisions.issue(cast.chair, text)
    before = documents.bracketed(cast.norway, text, 1)
    accept(cast, text, "Each Party shall [promptly] act.")
    assert documents.bracketed(cast.norway, text, 1) == before


@pytest.mark.parametrize("kind", sorted(listings.VARIANTS))
def test_the_floor_is_printed_for_who_reads_the_floor_alone(cast: Cast, text: NegotiatingText, kind: str) -> None:
    with pytest.raises(NotFound):
        listings.make(cast.observer, text, kind, None)
    with pytest.raises(NotFound):
        listings.make(cast.stranger, text, kind, 0)


def test_the_steps_of_a_text_are_what_was_issued_and_agreed(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.", "The end.", slug="steps")
    agreements.gavel(cast.chair, factories.provision(text, "2"), "agreed", "Plenary")
    revisions.issue(cast.secretary, text, issued_by="the co-chairs")
    revisions.issue(cast.secretary, text)
    steps = documents.bracketed(cast.observer, text, 1).steps
    assert [(step.by, step.outcome, step.anchor) for step in steps] == [
        ("Plenary", "agreed", "2"),
        ("the co-chairs", "steps/Rev.1: revision", ""),
    ]
    assert len(documents.clean(cast.observer, text, 2).steps) == 3


@pytest.mark.parametrize(("provisions", "told"), [(2, "originale : 1, 2."), (21, "originale : 21 sur 21.")])
def test_a_translation_names_what_waits_for_words_or_tells_how_much(cast: Cast, provisions: int, told: str) -> None:
    text = factories.text(cast, *["Each Party shall act."] * provisions, slug="waiting")
    languages.open(cast.secretary, text, "fr", "Texte")
    assert documents.bracketed(cast.norway, text, language="fr").notes[0].endswith(told)
