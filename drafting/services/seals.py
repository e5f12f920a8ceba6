"""Sealing a pen session: what was typed for delegations becomes one amendment, bracketed already.

The amendment's base are the words without what was put in, its words those the speakers would have the provision say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db.models import F, Q

from drafting.errors import EmptyChange
from drafting.models import Amendment, JournalEntry, Pen, Position, Stance
from drafting.services import amendments, stances, wakes
from drafting.services.audiences import Audience
from drafting.services.proposals import Proposed
from drafting.text import joins, wire
from drafting.text.changes import ChangeSet
from drafting.text.marking import Range
from drafting.text.units import Units


def doubt(audience: Audience, pen: Pen) -> None:
    """Put in doubt the stances on pairs across provisions round what was typed meanwhile, save the speakers' own."""
    provision = pen.provision
    provision.words.refresh_from_db(fields=["content"])
    rows = JournalEntry.objects.filter(text=provision.words_id, at__gte=pen.opened.isoformat(timespec="microseconds"))
    bodies = rows.filter(body__isnull=False, through__isnull=True).order_by("rev").values_list("body", flat=True)
    changes = [wire.read(json.loads(body or "")["changes"]) for body in bodies]
    speakers = list(pen.speakers.values_list("pk", flat=True))
    stood: set[tuple[int, int]] = set()
    crossing = Position.objects.filter(bracket__text=provision.text_id, bracket__closed=False, stale=False).exclude(
        Q(bracket__start_text=F("bracket__end_text")) | Q(delegation__in=speakers)
    )
    units = Units(provision.words.content)
    for start, end in (map(units.to_points, span) for span in wakes.spans(changes)):
        starts = Q(bracket__start_text__provision__order__lt=provision.order)
        starts |= Q(bracket__start_text=provision.words_id, bracket__start_offset__lt=start)
        ends = Q(bracket__end_text__provision__order__gt=provision.order)
        ends |= Q(bracket__end_text=provision.words_id, bracket__end_offset__gte=end)
        stood.update(crossing.filter(starts, ends).values_list("pk", "bracket_id"))
    stances.mark(audience.floor, sorted(stood), speakers)


def seal(audience: Audience, pen: Pen) -> Amendment | None:
    """Record the amendment of a session held for delegations and return it; None where nothing was proposed."""
    if pen.authority != Pen.For.DELEGATION:
        return None
    provision = pen.provision
    words = provision.words
    words.refresh_from_db(fields=["content"])
    put_in, struck = _pairs(pen, Stance.PROPOSE), _pairs(pen, Stance.DELETE)
    if not put_in and not struck:
        return None
    base = _without(words.content, put_in, struck)
    wanted = _closed_up(words.content, put_in, struck)
    try:
        proposed = Proposed(provision, wanted, base=base)
        return amendments.record(audience, pen.typist, provision.text, list(pen.speakers.all()), proposed)
    except EmptyChange:
        return None


def _pairs(pen: Pen, stance: str) -> list[Range]:
    """Return where the pairs stand that were opened in the session with this stance, in order."""
    stood = Position.objects.filter(
        recorder=pen.typist,
        from_the_floor=True,
        delegation__in=pen.speakers.all(),
        taken__gte=pen.opened,
        stance=stance,
        bracket__closed=False,
        bracket__start_text=pen.provision.words_id,
        bracket__end_text=pen.provision.words_id,
    )
    return sorted(set(stood.values_list("bracket__start_offset", "bracket__end_offset")))


def _without(content: str, put_in: Sequence[Range], struck: Sequence[Range]) -> str:
    """Return the words as they were: what was put in gone, what was struck out without its brackets."""
    gone = [(start, end + 1) for start, end in put_in] + _marks(struck)
    return _drop(content, gone)


def _closed_up(content: str, put_in: Sequence[Range], struck: Sequence[Range]) -> str:
    """Return the words as the speakers would have them, closed up where words were struck out."""
    gone = [(start, end + 1) for start, end in struck]
    kept = joins.cut(content, gone)
    marks = [(at, to) for at, to in _marks(put_in) if not any(low <= at < high for low, high in gone)]
    unmarked = ChangeSet.of([(at, to, "") for at, to in sorted(marks)], len(content))
    return kept.compose(unmarked.map(kept)).apply(content)


def _marks(pairs: Sequence[Range]) -> list[Range]:
    return [(at, at + 1) for pair in pairs for at in pair]


def _drop(content: str, gone: Sequence[Range]) -> str:
    edits = [(start, end, "") for start, end in joins.merge(gone)]
    return ChangeSet.of(edits, len(content)).apply(content)
