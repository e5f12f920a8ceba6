"""Files on the shelf: looked at, then taken as confirmed; who comes second changes nothing of what was done."""

from __future__ import annotations

import pytest

from drafting.errors import EmptyImport, NotFound
from drafting.imports import shelves
from drafting.imports.shelves import DONE, READY, Brought, Shelf, State
from tests.cast import Cast

SHELF: Shelf[Brought, str] = Shelf("tried")


def brought(cast: Cast, *, confirmed: bool = False) -> Brought:
    return SHELF.put(Brought(seat=cast.secretary.pk, name="a.txt", data=b"Act.", side="accepted", confirmed=confirmed))


def refuse(file: Brought) -> State:
    raise EmptyImport("There is nothing in it.")


def work(file: Brought) -> None:
    SHELF.work(file.key, lambda one: one.read().form, refuse)


def test_what_was_found_is_kept_and_nobody_looks_twice(cast: Cast) -> None:
    file = brought(cast)
    work(file)
    assert (SHELF.state(file).step, SHELF.found(file)) == (READY, "plain text")
    SHELF.work(file.key, lambda one: "again", refuse)
    assert SHELF.found(file) == "plain text"


def test_a_confirmed_file_that_is_refused_stays_to_be_confirmed_otherwise(cast: Cast) -> None:
    file = brought(cast, confirmed=True)
    work(file)
    assert SHELF.state(file) == State(READY, refusal="There is nothing in it.", code="empty-file", status=422)
    assert SHELF.fetch(cast.secretary, file.key).data == b"Act."


def test_a_refusal_does_not_stand_over_what_another_worker_did_meanwhile(cast: Cast) -> None:
    file = brought(cast, confirmed=True)

    def take(one: Brought) -> State:
        SHELF.tell(one, State(DONE, made=3))
        return refuse(one)

    SHELF.work(file.key, lambda one: "", take)
    assert SHELF.state(file) == State(DONE, made=3)


def test_an_error_of_the_program_is_said_and_not_swallowed(cast: Cast) -> None:
    file = brought(cast)

    def look(one: Brought) -> str:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        SHELF.work(file.key, look, refuse)
    assert SHELF.state(file).refusal == shelves.STOPPED


def test_a_key_gives_nothing_to_another_seat(cast: Cast) -> None:
    file = brought(cast)
    with pytest.raises(NotFound):
        SHELF.fetch(cast.chair, file.key)
