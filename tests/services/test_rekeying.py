"""Who leaves a delegation loses their part of its key, and a colleague puts a new key in its place."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.conf import settings

from drafting.errors import Forbidden, NotFound, StaleVersion, TooLong
from drafting.models import KeyShare, NegotiatingText, ResealedNote, SealedNote
from drafting.queries import notes as rings
from drafting.services import notes, rekeying, seats
from drafting.services.rekeying import Resealed, Wrapped
from tests import factories
from tests.cast import Cast

LOCKED = {"salt": "AA==", "iterations": 600_000, "iv": "AA==", "sealed": "AA=="}
CHANGE = uuid4()
NEW = {**LOCKED, "sealed": "BBBB"}


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    """Norway's two delegates hold its key; two notes are kept, in two texts."""
    negotiated = factories.text(cast)
    notes.found_key(cast.norway, negotiated, LOCKED, "AA==", LOCKED, "AA==")
    share = notes.ask_in(cast.norway_head, negotiated, "BB==", LOCKED)
    edition = factories.edition(cast.norway)
    notes.let_in(cast.norway, negotiated, edition, share.seat_id, "BB==", "AAAA")
    for kept_in in (negotiated, factories.text(cast, slug="other")):
        notes.keep(cast.norway, kept_in, edition, uuid4(), 0, "AAAA")
    return negotiated


def resealed() -> list[Resealed]:
    return [Resealed(row.pk, row.rev, "CCCC") for row in SealedNote.objects.order_by("pk")]


def change(cast: Cast, text: NegotiatingText, *seats_kept: tuple[int, str]) -> UUID:
    edition = factories.edition(cast.norway)
    shares = {seat: Wrapped(public, "DDDD") for seat, public in ((cast.norway.pk, "AA=="), *seats_kept)}
    rekeying.reseal(cast.norway, text, edition, CHANGE, resealed())
    return rekeying.change(cast.norway, text, edition, CHANGE, NEW, shares)


def test_who_is_unseated_loses_their_part_and_the_others_are_told(cast: Cast, text: NegotiatingText) -> None:
    assert not rings.ring(cast.norway, text)["left"]
    seats.take(cast.secretary, cast.norway_head)
    assert list(KeyShare.objects.values_list("seat", flat=True)) == [cast.norway.pk]
    assert rings.ring(cast.norway, text)["left"]


def test_whose_account_is_closed_counts_as_gone(cast: Cast, text: NegotiatingText) -> None:
    cast.norway_head.user.is_active = False
    cast.norway_head.user.save(update_fields=["is_active"])
    found = rings.ring(cast.norway, text)
    assert (found["left"], [member["seat"] for member in found["members"]]) == (True, [cast.norway.pk])
    change(cast, text)
    assert not rings.ring(cast.norway, text)["left"]
    assert not KeyShare.objects.filter(seat=cast.norway_head).exists()


def test_who_only_waited_to_be_let_in_outdates_no_key(cast: Cast, text: NegotiatingText) -> None:
    KeyShare.objects.filter(seat=cast.norway_head).update(wrapped="")
    seats.take(cast.secretary, cast.norway_head)
    assert not rings.ring(cast.norway, text)["left"]


def test_the_new_key_seals_every_note_in_every_text(cast: Cast, text: NegotiatingText) -> None:
    seats.take(cast.secretary, cast.norway_head)
    before = factories.edition(cast.norway)
    assert change(cast, text) == factories.edition(cast.norway) != before
    assert set(SealedNote.objects.values_list("sealed", "rev")) == {("CCCC", 1)}
    ring = rings.ring(cast.norway, text)
    assert (ring["key"]["recovery"], ring["mine"]["wrapped"], ring["left"]) == (NEW, "DDDD", False)


def test_who_is_not_given_the_new_key_waits_to_be_let_in_again(cast: Cast, text: NegotiatingText) -> None:
    change(cast, text)
    assert {one["seat"]: one["in"] for one in rings.ring(cast.norway, text)["members"]} == {
        cast.norway.pk: True,
        cast.norway_head.pk: False,
    }
    change(cast, text)
    with pytest.raises(Forbidden):
        notes.keep(cast.norway_head, text, factories.edition(cast.norway), uuid4(), 0, "AAAA")


def test_nothing_is_sealed_with_the_old_key_any_more(cast: Cast, text: NegotiatingText) -> None:
    old = factories.edition(cast.norway)
    change(cast, text, (cast.norway_head.pk, "BB=="))
    for act in (
        lambda: notes.keep(cast.norway_head, text, old, uuid4(), 0, "AAAA"),
        lambda: notes.recover(cast.norway_head, text, old, "AA==", LOCKED, "AAAA"),
        lambda: notes.let_in(cast.norway_head, text, old, cast.norway.pk, "AA==", "AAAA"),
    ):
        with pytest.raises(StaleVersion):
            act()


@pytest.mark.parametrize("how", ["note added", "note changed", "another public key"])
def test_what_a_colleague_did_meanwhile_leaves_all_as_it_was(cast: Cast, text: NegotiatingText, how: str) -> None:
    before = factories.edition(cast.norway)
    rekeying.reseal(cast.norway, text, before, CHANGE, resealed())
    shares = {cast.norway.pk: Wrapped("AA==", "DDDD"), cast.norway_head.pk: Wrapped("BB==", "DDDD")}
    if how == "another public key":
        shares[cast.norway_head.pk] = Wrapped("EE==", "DDDD")
    else:
        pk, rev = (uuid4(), 0) if how == "note added" else (rings.ring(cast.norway, text)["notes"][0]["id"], 1)
        notes.keep(cast.norway_head, text, before, UUID(str(pk)), rev, "AAAB")
    with pytest.raises(StaleVersion):
        rekeying.change(cast.norway, text, before, CHANGE, NEW, shares)
    assert factories.edition(cast.norway) == before
    assert not SealedNote.objects.filter(sealed="CCCC").exists()


def test_only_who_holds_the_key_changes_it(cast: Cast, text: NegotiatingText) -> None:
    KeyShare.objects.filter(seat=cast.norway_head).update(wrapped="")
    own, edition = {cast.norway_head.pk: Wrapped("BB==", "DDDD")}, factories.edition(cast.norway)
    for seat, refusal in ((cast.norway_head, Forbidden), (cast.kenya, NotFound)):
        with pytest.raises(refusal):
            rekeying.reseal(seat, text, edition, CHANGE, resealed())
        with pytest.raises(refusal):
            rekeying.change(seat, text, edition, CHANGE, NEW, own)
    assert not ResealedNote.objects.exists()


def test_pieces_are_safe_to_repeat_and_the_old_key_holds_until_the_last(cast: Cast, text: NegotiatingText) -> None:
    edition, pieces = factories.edition(cast.norway), [[one] for one in resealed()]
    own = {cast.norway.pk: Wrapped("AA==", "DDDD")}
    for piece in (pieces[0], pieces[0]):
        rekeying.reseal(cast.norway, text, edition, CHANGE, piece)
    with pytest.raises(StaleVersion):
        rekeying.change(cast.norway, text, edition, CHANGE, NEW, own)
    assert set(SealedNote.objects.values_list("sealed", flat=True)) == {"AAAA"}
    rekeying.reseal(cast.norway, text, edition, CHANGE, pieces[1])
    rekeying.change(cast.norway, text, edition, CHANGE, NEW, own)
    assert set(SealedNote.objects.values_list("sealed", flat=True)) == {"CCCC"}
    assert not ResealedNote.objects.exists()


def test_of_two_changes_at_once_one_alone_is_whole(cast: Cast, text: NegotiatingText) -> None:
    edition, other = factories.edition(cast.norway), uuid4()
    rekeying.reseal(cast.norway, text, edition, other, resealed())
    rekeying.reseal(cast.norway_head, text, edition, CHANGE, resealed()[:1])
    with pytest.raises(StaleVersion):
        rekeying.change(cast.norway, text, edition, other, NEW, {cast.norway.pk: Wrapped("AA==", "DDDD")})
    assert set(SealedNote.objects.values_list("sealed", flat=True)) == {"AAAA"}


def test_a_piece_holds_no_more_than_a_request_does(cast: Cast, text: NegotiatingText) -> None:
    edition = factories.edition(cast.norway)
    many = [Resealed(uuid4(), 1, "CCCC")] * (rings.PIECE + 1)
    with pytest.raises(TooLong):
        rekeying.reseal(cast.norway, text, edition, CHANGE, many)
    assert rings.PIECE * (notes.LONGEST_NOTE * 4 // 3 + 200) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_all_notes_are_fetched_piece_after_piece(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rings, "PIECE", 1)
    first = rings.piece(cast.norway, text)
    second = rings.piece(cast.norway, text, UUID(first[0]["id"]))
    assert sorted(one["id"] for one in first + second) == sorted(
        str(pk) for pk in SealedNote.objects.values_list("pk", flat=True)
    )
    assert rings.piece(cast.norway, text, UUID(second[0]["id"])) == []
    with pytest.raises(NotFound):
        rings.piece(cast.stranger, text)
