"""A private draft is its delegation's alone, and what was typed in it is gone once it is submitted."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection

from drafting.errors import Closed, EmptyChange, Forbidden, NotFound, StaleVersion
from drafting.models import Amendment, Draft, JournalEntry, NegotiatingText, WorkingText
from drafting.queries import access
from drafting.queries import journal as history
from drafting.services import drafts
from drafting.services.draft_texts import Wording
from drafting.services.drafts import Written
from tests import factories
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party should act and, where it can, report and publish every year.")


def opened(cast: Cast, text: NegotiatingText) -> Draft:
    return drafts.open(cast.norway, factories.provision(text), rationale="Binding.")


def stands_in_a_file(word: str) -> bool:
    """Whether a word is in one of SQLite's files; a process that closes one of them loses its locks on all of them."""
    database = Path(connection.settings_dict["NAME"])
    files = database.parent.glob(f"{database.name}*")
    return subprocess.run(["grep", "--quiet", "--text", word, *files]).returncode == 0


def everything_stored() -> str:
    """Every column of every row of the project, as text."""
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    return serializers.serialize("json", [row for row in rows if not isinstance(row, JournalEntry)]) + "".join(
        f"{row.body}{row.author}" for row in JournalEntry.objects.all()
    )


def test_a_draft_begins_with_the_words_of_the_floor_in_a_stream_of_its_own(cast: Cast, text: NegotiatingText) -> None:
    before = text.floor.head
    draft = opened(cast, text)
    assert factories.drafted(draft).content == factories.words(text)[0]
    text.floor.refresh_from_db()
    assert (text.floor.head, draft.stream.delegation) == (before, cast.norway.delegation)


def test_a_new_provision_begins_empty(cast: Cast, text: NegotiatingText) -> None:
    assert factories.drafted(drafts.open(cast.norway, factories.provision(text), inserts_after=True)).content == ""


def test_every_save_is_a_typed_row_on_the_words_before(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    saved = factories.write(cast.norway, draft, "Each Party shall act.", rev=0)
    factories.write(cast.norway_head, draft, "Each Party shall act now.", rev=1)
    assert saved.rev == 1
    typed = draft.stream.entries.filter(kind="typed").order_by("seq")
    assert list(typed.values_list("rev", flat=True)) == [1, 2]
    assert history.verify() == JournalEntry.objects.count()


def test_saving_the_same_words_leaves_no_row(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    factories.write(cast.norway, draft, factories.drafted(draft).content, rev=0, rationale="Anew.")
    assert not draft.stream.entries.filter(kind="typed").exists()
    assert Draft.objects.get().rationale == "Anew."


def test_two_colleagues_who_change_different_words_are_merged(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    first = factories.drafted(draft).content
    factories.write(cast.norway, draft, first.replace("should", "shall"), rev=0)
    saved = factories.write(cast.norway_head, draft, first.replace("every year", "every month"), rev=0)
    assert saved.content == first.replace("should", "shall").replace("every year", "every month")


def test_two_colleagues_who_change_one_word_are_told_and_nothing_is_lost(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    first = factories.drafted(draft).content
    factories.write(cast.norway, draft, first.replace("should", "shall"), rev=0)
    with pytest.raises(StaleVersion) as refusal:
        factories.write(cast.norway_head, draft, first.replace("should", "must"), rev=0)
    assert "must" in str(refusal.value.data["words"])
    assert "shall" in str(refusal.value.data["current"])


def test_submitting_makes_one_amendment_with_the_last_words(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    words = factories.drafted(draft).content.replace("should", "shall")
    factories.write(cast.norway, draft, words, rev=0)
    lodged = drafts.submit(cast.norway_head, draft)
    assert lodged.versions.get().texts.get().words == words
    assert (lodged.rationale, lodged.recorder) == ("Binding.", cast.norway_head)


def test_what_was_typed_before_submission_is_nowhere_any_more_and_the_chain_holds(
    cast: Cast, text: NegotiatingText
) -> None:
    draft = opened(cast, text)
    words = factories.drafted(draft).content
    factories.write(cast.norway, draft, words.replace("should", "must unconditionally"), rev=0)
    factories.write(cast.norway, draft, words.replace("should", "shall"), rev=1)
    assert "unconditionally" in everything_stored()
    drafts.submit(cast.norway, draft)
    assert "unconditionally" not in everything_stored()
    assert history.verify() == JournalEntry.objects.count()


def test_discarding_a_draft_erases_it(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    factories.write(cast.norway, draft, "Each Party must unconditionally act.", rev=0)
    drafts.discard(cast.norway, draft)
    assert "unconditionally" not in everything_stored()
    assert (Draft.objects.count(), Amendment.objects.count()) == (0, 0)
    assert history.verify() == JournalEntry.objects.count()


def test_a_draft_that_changes_nothing_is_refused_and_stays(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    with pytest.raises(EmptyChange):
        drafts.submit(cast.norway, draft)
    assert Draft.objects.filter(submitted=False).count() == 1


def test_a_submitted_draft_is_not_found_any_more(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    factories.write(cast.norway, draft, factories.drafted(draft).content.replace("should", "shall"))
    drafts.submit(cast.norway, draft)
    with pytest.raises((NotFound, Closed)):
        factories.write(cast.norway, draft, "Anything.")
    assert not access.drafts(cast.norway).exists()


@pytest.mark.parametrize("who", ["kenya", "group", "chair", "secretary", "capital", "observer", "stranger", "unseated"])
def test_nobody_outside_the_delegation_learns_that_a_draft_exists(cast: Cast, text: NegotiatingText, who: str) -> None:
    draft = opened(cast, text)
    with pytest.raises(NotFound):
        factories.write(getattr(cast, who), draft, "Anything.")


def test_offices_open_no_drafts(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden):
        drafts.open(cast.chair, factories.provision(text))


def test_the_words_of_a_draft_stand_in_no_working_text_after_submission(cast: Cast, text: NegotiatingText) -> None:
    draft = opened(cast, text)
    words = factories.write(cast.norway, draft, factories.drafted(draft).content.replace("should", "shall"))
    drafts.submit(cast.norway, draft)
    assert WorkingText.objects.get(pk=words.pk).content == ""


@pytest.mark.django_db(transaction=True)
def test_erased_words_are_in_no_file_of_the_database(cast: Cast, text: NegotiatingText) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL overwrites the pages of erased rows in its own time, at the next vacuum")
    draft = opened(cast, text)
    first = factories.drafted(draft).content
    factories.write(cast.norway, draft, first.replace("should", "must unconditionally"), rev=0)
    factories.write(cast.norway, draft, first.replace("should", "shall"), rev=1)
    assert stands_in_a_file("unconditionally")
    drafts.submit(cast.norway, draft)
    assert not stands_in_a_file("unconditionally")


@pytest.fixture
def bracketed(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "1. Each Party [shall act.", "2. It reports] yearly.", "3. Costs lie where they fall.")


def spanning(cast: Cast, text: NegotiatingText) -> Draft:
    third = factories.provision(text, "3")
    wordings = [Wording(third, "3. Costs are shared."), Wording(third, "4. Parties meet.", inserts_after=True)]
    return drafts.open_one(cast.norway, wordings, Draft(rationale="Fair."))


def test_a_draft_over_several_provisions_becomes_one_amendment(cast: Cast, bracketed: NegotiatingText) -> None:
    lodged = drafts.submit(cast.norway, spanning(cast, bracketed))
    texts = lodged.versions.get().texts.order_by("pk").values_list("provision__address", "words", "inserts_after")
    assert list(texts) == [("3", "3. Costs are shared.", False), ("3", "4. Parties meet.", True)]
    assert "Costs are shared" not in "".join(WorkingText.objects.values_list("content", flat=True))
    assert history.verify() == JournalEntry.objects.count()


def test_the_other_end_of_a_bracket_is_taken_in(cast: Cast, bracketed: NegotiatingText) -> None:
    first = factories.provision(bracketed)
    draft = drafts.open_one(cast.norway, [Wording(first, first.words.content.replace("[", ""))], Draft())
    hunks = drafts.submit(cast.norway, draft).versions.get().hunks.values_list("provision__address", "verdict")
    assert list(hunks) == [("1", "retain"), ("2", "retain")]


def test_a_provision_taken_into_a_draft_and_left_as_it_stands_proposes_nothing(
    cast: Cast, bracketed: NegotiatingText
) -> None:
    draft = spanning(cast, bracketed)
    drafts.widen(cast.norway_head, draft, Wording(factories.provision(bracketed)))
    assert [one.provision.address for one in drafts.whole(draft).proposed] == ["3", "3"]
    assert draft.stream.entries.get(kind="draft-widened", body__contains='"content":"1. Each').pk


def test_a_provision_taken_out_of_a_draft_is_erased_and_the_rest_stays(cast: Cast, bracketed: NegotiatingText) -> None:
    draft = spanning(cast, bracketed)
    gone, kept = draft.parts.order_by("pk")
    drafts.narrow(cast.norway, draft, gone.words_id)
    assert "Costs are shared" not in everything_stored()
    assert "Parties meet" in everything_stored()
    assert list(draft.parts.all()) == [kept]
    with pytest.raises(EmptyChange):
        drafts.narrow(cast.norway, draft, kept.words_id)


def test_words_for_a_provision_that_a_colleague_took_out_are_refused_with_the_rest(
    cast: Cast, bracketed: NegotiatingText
) -> None:
    draft = spanning(cast, bracketed)
    gone, kept = draft.parts.order_by("pk")
    drafts.narrow(cast.norway, draft, gone.words_id)
    with pytest.raises(Closed):
        drafts.save(cast.norway, draft, [Written(kept.words_id, "4. Other."), Written(gone.words_id, "3. Mine.")])
    assert factories.drafted(draft).content == "4. Parties meet."


def test_a_provision_is_changed_once_in_a_draft(cast: Cast, bracketed: NegotiatingText) -> None:
    draft = spanning(cast, bracketed)
    with pytest.raises(EmptyChange):
        drafts.widen(cast.norway, draft, Wording(factories.provision(bracketed, "3")))
    with pytest.raises(EmptyChange):
        drafts.open_one(cast.norway, [Wording(factories.provision(bracketed))] * 2, Draft())


def test_two_colleagues_are_merged_in_a_provision_the_draft_was_widened_by(
    cast: Cast, bracketed: NegotiatingText
) -> None:
    draft = drafts.open(cast.norway, factories.provision(bracketed))
    part = drafts.widen(cast.norway, draft, Wording(factories.provision(bracketed, "3")))
    drafts.save(cast.norway, draft, [Written(part.words_id, "3. All costs lie where they fall.", 0)])
    drafts.save(cast.norway_head, draft, [Written(part.words_id, "3. Costs lie where they fall due.", 0)])
    part.words.refresh_from_db()
    assert part.words.content == "3. All costs lie where they fall due."


def test_a_draft_in_another_language_waits_for_its_translation(cast: Cast, text: NegotiatingText) -> None:
    wording = Wording(factories.provision(text), "Chaque Partie agit.")
    lodged = drafts.submit(cast.norway, drafts.open_one(cast.norway, [wording], Draft(language="fr")))
    assert (lodged.state, lodged.versions.get().language) == ("awaiting", "fr")


def test_a_draft_of_a_move_is_decided_as_one(cast: Cast, bracketed: NegotiatingText) -> None:
    third, words = factories.provision(bracketed, "3"), "3. Costs lie where they fall."
    wordings = [Wording(third, ""), Wording(factories.provision(bracketed), words, inserts_after=True)]
    lodged = drafts.submit(cast.norway, drafts.open_one(cast.norway, wordings, Draft(op="move", is_one=True)))
    assert (lodged.op, lodged.versions.get().hunks.values("atom").distinct().count()) == ("move", 1)
