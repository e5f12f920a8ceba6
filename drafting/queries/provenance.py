"""Who wrote this word, who struck that one, when, for whom: every word a provision has or had, from the journal.

Names are delegations', as the policy shows them to the reader; who typed them never leaves the office or delegation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from delegations.models import Seat
from drafting.models import NegotiatingText, Provision, Revision
from drafting.queries import access, attribution, authorship, snapshots
from drafting.text.changes import ChangeSet


class Told(NamedTuple):
    """Whose a change was and when; empty for what stood there from the beginning."""

    by: str = ""
    at: str = ""


class Piece(NamedTuple):
    """Words that came together and, if they are gone, left together."""

    words: str
    came: Told
    left: Told | None


@dataclass(slots=True)
class Trace:
    """Every character a provision has or had, in order: what it is, how it came, how it left."""

    chars: list[tuple[str, Told, Told | None]] = field(default_factory=list)

    @staticmethod
    def of(words: str) -> Trace:
        """Return the trace of words that stood there from the beginning."""
        return Trace([(char, Told(), None) for char in words])

    def take(self, changes: ChangeSet, author: str, at: str = "") -> None:
        """Take one more change; what it takes out stays where it stood, as gone."""
        told = Told(author, at)
        present = [index for index, (_, _, left) in enumerate(self.chars) if left is None]
        for start, end, inserted in reversed(list(changes.edits())):
            for index in present[start:end]:
                char, came, _ = self.chars[index]
                self.chars[index] = (char, came, told)
            where = present[end] if end < len(present) else len(self.chars)
            self.chars[where:where] = [(char, told, None) for char in inserted]

    def pieces(self) -> Iterator[Piece]:
        """Yield the words in order, cut where they came or left by another hand or at another time."""
        for (came, left), run in groupby(self.chars, key=lambda char: char[1:]):
            yield Piece("".join(char for char, _, _ in run), came, left)


def of(seat: Seat, provision: Provision) -> list[Piece]:
    """Return the words a provision has and had, in order; raises `NotFound` for who may not read the floor."""
    negotiated = provision.text
    access.floor(seat, negotiated)
    words, since = _imported(negotiated)
    trace = authorship.trace(negotiated, words, Trace.of, provision.pk, since)
    if trace is None:
        return [Piece(provision.words.content, Told(), None)]
    named = attribution.shows_names(seat, negotiated)
    return [piece if named else _unnamed(piece) for piece in trace.pieces()]


def _imported(negotiated: NegotiatingText) -> tuple[dict[int, str], int]:
    """Return the words of the text as imported, by provision, and the floor's seq then."""
    first = Revision.objects.filter(text=negotiated, number=0).values_list("snapshot", "at_seq").first()
    return ({row.id: row.text for row in snapshots.provisions(first[0])}, first[1]) if first else ({}, 0)


def _unnamed(piece: Piece) -> Piece:
    left = Told("", piece.left.at) if piece.left else None
    return Piece(piece.words, Told("", piece.came.at), left)
