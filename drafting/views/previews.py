"""What a proposal would do, shown before it is sent: the redline, and the provision as it would stand in brackets."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from drafting.services import proposals
from drafting.services.proposals import Proposed
from drafting.text import brackets, merging, readings
from drafting.text import rendering as printing
from drafting.views import redlines, rendering
from drafting.views.rendering import Drawn, Mark


@dataclass(frozen=True, slots=True)
class Preview:
    """Both views of a proposal; `moved` says that the text changed since it was begun and the words were carried."""

    redline: SafeString
    bracketed: str
    moved: bool


def of(proposed: Proposed, by: str) -> Preview:
    """Return the preview of words that `by` would propose; raises what lodging them would raise."""
    provision = proposed.provision
    current = provision.words.content
    part = proposals.prepare(provision.text, [proposed], {provision.pk: current}).parts[0]
    if proposed.inserts_after:
        return Preview(redlines.pieces([("inserted", part.words)]), draw(f"[{part.words.strip()}]"), False)
    compared = ((run.kind, run.text) for run in readings.comparison(part.base, part.words))
    tree = merging.consolidate_one(part.base, {by: part.words})
    moved = proposed.base is not None and proposals.clean(proposed.base) != current
    return Preview(redlines.pieces(compared), draw(printing.bracketed(tree)), moved)


def draw(words: str) -> str:
    """Return words that are on no floor yet as HTML; their brackets have no numbers, which the floor gives."""
    found = brackets.parse([words]).pairs
    marks = [Mark(pair.start.offset, True, Drawn(pair.number)) for pair in found]
    marks += [Mark(pair.end.offset, False, Drawn(pair.number)) for pair in found]
    return rendering.words(words, sorted(marks, key=lambda mark: mark.offset))
