"""Who leaves a delegation loses their part of its key, and a colleague puts a new key in its place."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from drafting.errors import Forbidden, NotFound, StaleVersion
from drafting.models import DelegationKey, KeyShare, NegotiatingText, SealedNote
from drafting.queries import notes as rings
from drafting.services import notes, rekeying, seats
from drafting.services.rekeying import Resealed, Wrapped
from tests import factories
from tests.cast import Cast

LOCKED = {"salt": "AA==", "iterations": 600_000, "iv": "AA==", "sealed": "AA=="}
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
    return rekeying.change(cast.norway, text, edition, NEW, shares, resealed())


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
    seen, before = resealed(), factories.edition(cast.norway)
    shares = {cast.norway.pk: Wrapped("AA==", "DDDD"), cast.norway_head.pk: Wrapped("BB==", "DDDD")}
    if how == "another public key":
        shares[cast.norway_head.pk] = Wrapped("EE==", "DDDD")
    else:
        pk, rev = (uuid4(), 0) if how == "note added" else (rings.ring(cast.norway, text)["notes"][0]["id"], 1)
        notes.keep(cast.norway_head, text, before, UUID(str(pk)), rev, "AAAB")
    with pytest.raises(StaleVersion):
        rekeying.change(cast.norway, text, before, NEW, shares, seen)
    assert factories.edition(cast.norway) == before
    assert not SealedNote.objects.filter(sealed="CCCC").exists()


def test_only_who_holds_the_key_changes_it(cast: Cast, text: NegotiatingText) -> None:
    KeyShare.objects.filter(seat=cast.norway_head).update(wrapped="")
    own = {cast.norway_head.pk: Wrapped("BB==", "DDDD")}
    with pytest.raises(Forbidden):
        rekeying.change(cast.norway_head, text, factories.edition(cast.norway), NEW, own, resealed())
    with pytest.raises(NotFound):
        rekeying.change(cast.kenya, text, factories.edition(cast.norway), NEW, own, resealed())
    assert DelegationKey.objects.count() == 1
