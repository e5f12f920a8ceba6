"""Sealed notes as the server sees them: ciphertext from the right seat, or nothing."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib import admin

from drafting import models
from drafting.errors import Forbidden, NotFound, StaleVersion, Taken, TooLong, Unsealed
from drafting.models import KeyShare, NegotiatingText, SealedNote
from drafting.queries import notes as rings
from drafting.services import notes
from tests import factories
from tests.cast import Cast

LOCKED = {"salt": "AA==", "iterations": 600_000, "iv": "AA==", "sealed": "AA=="}
SEALED = base64.b64encode(b"sealed").decode()


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    negotiated = factories.text(cast)
    notes.found_key(cast.norway, negotiated, LOCKED, "AA==", LOCKED, "AA==")
    return negotiated


@pytest.fixture
def note(cast: Cast, text: NegotiatingText) -> UUID:
    return notes.keep(cast.norway, text, factories.edition(cast.norway), uuid4(), 0, SEALED).pk


def test_only_one_key_is_made(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Taken):
        notes.found_key(cast.norway_head, text, LOCKED, "AA==", LOCKED, "AA==")


def test_a_colleague_lets_a_new_member_in(cast: Cast, text: NegotiatingText) -> None:
    share = notes.ask_in(cast.norway_head, text, "BB==", LOCKED)
    with pytest.raises(Forbidden):
        notes.let_in(cast.norway_head, text, factories.edition(cast.norway_head), share.seat_id, "BB==", SEALED)
    with pytest.raises(Forbidden):
        notes.keep(cast.norway_head, text, factories.edition(cast.norway_head), uuid4(), 0, SEALED)
    notes.let_in(cast.norway, text, factories.edition(cast.norway), share.seat_id, "BB==", SEALED)
    assert notes.keep(cast.norway_head, text, factories.edition(cast.norway_head), uuid4(), 0, SEALED).rev == 1


def test_nobody_is_let_in_with_another_key_than_was_compared(cast: Cast, text: NegotiatingText) -> None:
    share = notes.ask_in(cast.norway_head, text, "BB==", LOCKED)
    notes.ask_in(cast.norway_head, text, "CC==", LOCKED)
    with pytest.raises(StaleVersion):
        notes.let_in(cast.norway, text, factories.edition(cast.norway), share.seat_id, "BB==", SEALED)


def test_another_delegation_cannot_let_anybody_in(cast: Cast, text: NegotiatingText) -> None:
    share = notes.ask_in(cast.norway_head, text, "BB==", LOCKED)
    notes.found_key(cast.kenya, text, LOCKED, "AA==", LOCKED, "AA==")
    with pytest.raises(NotFound):
        notes.let_in(cast.kenya, text, factories.edition(cast.kenya), share.seat_id, "BB==", SEALED)


def test_two_who_change_one_note_are_both_heard(cast: Cast, text: NegotiatingText, note: UUID) -> None:
    notes.keep(cast.norway, text, factories.edition(cast.norway), note, 1, "AAAA")
    with pytest.raises(StaleVersion) as refused:
        notes.keep(cast.norway, text, factories.edition(cast.norway), note, 1, "BBBB")
    assert refused.value.data == {"sealed": "AAAA", "rev": 2}


def test_a_note_sent_twice_is_kept_once(cast: Cast, text: NegotiatingText, note: UUID) -> None:
    assert notes.keep(cast.norway, text, factories.edition(cast.norway), note, 0, SEALED).pk == note
    with pytest.raises(Taken):
        notes.keep(cast.norway, text, factories.edition(cast.norway), note, 0, "AAAA")
    assert SealedNote.objects.count() == 1


def test_another_delegations_note_is_not_found(cast: Cast, text: NegotiatingText, note: UUID) -> None:
    notes.found_key(cast.kenya, text, LOCKED, "AA==", LOCKED, "AA==")
    for act in (
        lambda: notes.keep(cast.kenya, text, factories.edition(cast.kenya), note, 1, SEALED),
        lambda: notes.tear_up(cast.kenya, text, note, 1),
    ):
        with pytest.raises(NotFound):
            act()
    assert rings.ring(cast.kenya, text)["notes"] == []


def test_a_torn_note_is_gone(cast: Cast, text: NegotiatingText, note: UUID) -> None:
    notes.tear_up(cast.norway, text, note, 1)
    assert not SealedNote.objects.exists()


@pytest.mark.parametrize("words", ["hold “shall”", "", None, 7, "Hold the line in 9.2!"])
def test_what_is_not_sealed_is_not_kept(cast: Cast, text: NegotiatingText, words: Any) -> None:
    with pytest.raises(Unsealed):
        notes.keep(cast.norway, text, factories.edition(cast.norway), uuid4(), 0, words)
    assert not SealedNote.objects.exists()


def test_what_is_too_long_is_not_kept(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(TooLong):
        notes.keep(cast.norway, text, factories.edition(cast.norway), uuid4(), 0, "AAAA" * 40_000)


@pytest.mark.parametrize(
    "locked", [{**LOCKED, "iterations": 1000}, {"salt": "AA=="}, "AA==", {**LOCKED, "more": "AA=="}]
)
def test_a_key_locked_weakly_is_refused(cast: Cast, text: NegotiatingText, locked: Any) -> None:
    with pytest.raises(Unsealed):
        notes.recover(cast.norway, text, factories.edition(cast.norway), "AA==", locked, SEALED)


def test_only_the_head_destroys_the_notes(cast: Cast, text: NegotiatingText, note: UUID) -> None:
    with pytest.raises(Forbidden):
        notes.abandon(cast.norway, text)
    notes.abandon(cast.norway_head, text)
    assert not KeyShare.objects.exists()
    assert not SealedNote.objects.exists()


def test_notes_move_no_stream_and_no_row_of_the_journal(cast: Cast, text: NegotiatingText, note: UUID) -> None:
    heads = dict(models.Stream.objects.values_list("pk", "head"))
    rows = models.JournalEntry.objects.count()
    notes.keep(cast.norway, text, factories.edition(cast.norway), note, 1, "AAAA")
    notes.tear_up(cast.norway, text, note, 2)
    assert dict(models.Stream.objects.values_list("pk", "head")) == heads
    assert models.JournalEntry.objects.count() == rows


def test_no_page_of_the_administration_knows_of_notes() -> None:
    sealed = {models.DelegationKey, models.KeyShare, models.SealedNote, models.ResealedNote}
    private = sealed | {models.ReadMark, models.Watch}
    assert private.isdisjoint(admin.site._registry)


def test_the_ring_takes_as_many_queries_for_many_notes_as_for_few(
    cast: Cast, text: NegotiatingText, django_assert_num_queries: Any
) -> None:
    for _ in range(20):
        notes.keep(cast.norway, text, factories.edition(cast.norway), uuid4(), 0, SEALED)
    with django_assert_num_queries(3):
        assert len(rings.ring(cast.norway, text)["notes"]) == 20
