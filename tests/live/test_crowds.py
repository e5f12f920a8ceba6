"""Who gets what of a tick: each browser once, with all it watches, and whoever came or went since counts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from drafting.live.crowds import Crowd, Crowds
from drafting.live.outlets import Frame
from drafting.live.transports import Gate

TEXTS = [UUID(int=number) for number in range(4)]


class Listener:
    """Stands for a browser whose gate is shut: keeps what it is sent."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.heard: list[str] = []

    def write(self, frame: Frame) -> None:
        self.heard += frame.texts


def told(crowds: Crowds, texts: set[UUID], is_told: bool) -> None:
    """Send every browser the numbers of the texts changed that it watches, followers the news before them."""
    shares, rest = crowds.share(texts, is_told)
    for watched, followers, others in shares:
        frame = Frame(*sorted(str(text.int) for text in watched))
        followers.write(Frame("news") + frame)
        others.write(frame)
    rest.write(Frame("news"))


@given(
    st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from(TEXTS))), max_size=6),
    st.lists(st.tuples(st.sets(st.sampled_from(TEXTS)), st.booleans(), st.integers(0, 5)), max_size=6),
)
def test_each_hears_once_what_it_follows_and_watches_whoever_comes_or_goes(
    people: list[tuple[bool, set[UUID]]], ticks: list[tuple[set[UUID], bool, int]]
):
    crowds, here = Crowds(), {}
    for follows, watched in people:
        here[Listener()] = follows, watched
    for one, (follows, watched) in here.items():
        join(crowds, one, follows, watched)
    for texts, is_told, leaving in ticks:
        told(crowds, texts, is_told)
        for one, (follows, watched) in here.items():
            words = sorted(str(text.int) for text in watched & texts)
            assert one.heard == (["news"] if follows and is_told else []) + words
            one.heard.clear()
        for gone in list(here)[leaving : leaving + 1]:
            leave(crowds, gone, here.pop(gone)[1])


def join(crowds: Crowds, one: Any, follows: bool, watched: set[UUID]) -> None:
    """Let somebody in, who hears from then on."""
    if follows:
        crowds.follow(one)
    for text in watched:
        crowds.watch(one, text)


def leave(crowds: Crowds, one: Any, watched: set[UUID]) -> None:
    """Let somebody go, who hears nothing more."""
    crowds.leave(one)
    for text in watched:
        crowds.unwatch(one, text)


def test_who_is_there_is_counted_once():
    crowds, one = Crowds(), Listener()
    join(crowds, one, True, set(TEXTS))
    assert crowds.all == {one}
    leave(crowds, one, set(TEXTS))
    assert (crowds.all, crowds.watchers) == (set(), {})


def test_who_left_and_a_crowd_of_nobody_are_told_nothing():
    crowds, one = Crowds(), Listener()
    join(crowds, one, True, set(TEXTS))
    leave(crowds, one, set(TEXTS))
    shares, rest = crowds.share(TEXTS, True)
    rest.write(Frame("x"))
    Crowd([]).write(Frame("x"))
    assert (shares, one.heard) == ([], [])
