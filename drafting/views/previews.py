"""What a proposal would do, shown before it is sent: the redline, and the provision as it would stand in brackets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from drafting.models import NegotiatingText
from drafting.queries import focuses
from drafting.services import proposals, restructuring
from drafting.services.proposals import Prepared, Proposed
from drafting.services.restructuring import Restructuring
from drafting.text import brackets, deciding, merging, readings
from drafting.text import rendering as printing
from drafting.views import redlines, rendering
from drafting.views.rendering import Drawn, Mark


@dataclass(frozen=True, slots=True)
class Preview:
    """Both views of a proposal; `moved` says that the text changed since it was begun and the words were carried."""

    redline: SafeString
    bracketed: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a proposal; `taken_in` where only the other end of a bracket goes with it."""

    address: str
    is_new: bool
    taken_in: bool
    redline: SafeString
    bracketed: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All places of a proposal; `moved` as in `Preview`, `ends` the provisions that were taken in."""

    places: tuple[Place, ...]
    moved: bool
    ends: tuple[str, ...]
    is_one: bool


def of(proposed: Proposed, by: str) -> Preview:
    """Return the preview of words that `by` would propose; raises what lodging them would raise."""
    shown = of_all(proposed.provision.text, Restructuring("replace", (proposed,)), by)
    return Preview(shown.places[0].redline, shown.places[0].bracketed, shown.moved)


def of_all(negotiated: NegotiatingText, what: Restructuring, by: str) -> Whole:
    """Return the preview of a proposal on several provisions, with the other ends of brackets taken in."""
    whole = restructuring.take_in(negotiated, what)
    now = {one.provision.pk: one.provision.words.content for one in whole.proposed}
    ready = proposals.prepare(negotiated, whole.proposed, now, is_one=whole.is_one)
    proposals.refuse_agreed([ready])
    proposals.refuse_spacing([ready])
    given = {one.provision.pk for one in what.proposed}
    standing = _bracketed(negotiated, ready, by)
    places = tuple(
        Place(
            part.provision.address,
            part.inserts_after,
            part.provision.pk not in given,
            redlines.pieces([("inserted", part.words)]) if part.inserts_after else compared(part.base, part.words),
            draw(words),
        )
        for part, words in zip(ready.parts, standing, strict=True)
    )
    moved = any(_has_moved(one) for one in what.proposed)
    ends = tuple(place.address for place in places if place.taken_in)
    return Whole(places, moved, ends, whole.is_one)


def in_translation(proposed: Sequence[Proposed]) -> Whole:
    """Return the preview of words in another language than the text's: compared once they are translated."""
    places = [
        Place(one.provision.address, one.inserts_after, False, redlines.pieces([("inserted", one.words)]), "")
        for one in proposed
    ]
    return Whole(tuple(places), moved=False, ends=(), is_one=False)


def draw(words: str) -> str:
    """Return words that are on no floor yet as HTML; their brackets have no numbers, which the floor gives."""
    found = brackets.parse([words]).pairs
    marks = [Mark(pair.start.offset, True, Drawn(pair.number)) for pair in found]
    marks += [Mark(pair.end.offset, False, Drawn(pair.number)) for pair in found]
    return rendering.words(words, sorted(marks, key=lambda mark: mark.offset))


def beside(words: str, offered: str, by: str) -> str:
    """Return words with others offered to them as brackets inside, drawn."""
    return draw(printing.bracketed(merging.consolidate_one(words, {by: offered})))


def compared(before: str, after: str) -> SafeString:
    """Return the redline from one wording to another."""
    return redlines.pieces((run.kind, run.text) for run in readings.comparison(before, after))


def _bracketed(negotiated: NegotiatingText, ready: Prepared, by: str) -> list[str]:
    """Return what each part of a version would leave in the text, were all of it bracketed now by the chair."""
    document = focuses.read(negotiated, {part.provision.pk for part in ready.parts})
    table = deciding.Table(document, tuple(deciding.Item(replace(hunk, by=by)) for hunk in ready.hunks))
    after = deciding.bracket(table).table.document
    texts = dict(zip(after.keys, after.texts, strict=True))
    created: dict[int, int] = defaultdict(int)
    found: list[str] = []
    for part in ready.parts:
        key = part.provision.pk
        if part.inserts_after:
            created[key] += 1
            found.append(texts.get(f"{key}+{created[key]}", f"[{part.words.strip()}]"))
        else:
            found.append(texts[key])
    return found


def _has_moved(one: Proposed) -> bool:
    if one.base is None or one.inserts_after:
        return False
    return proposals.clean(one.base) != one.provision.words.content
