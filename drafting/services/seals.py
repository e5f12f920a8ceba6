"""Sealing a pen session: what was typed for delegations becomes one amendment, bracketed already.

The amendment's base are the words without what was put in, its words those the speakers would have the provision say.
Where a session typed on in a pair that an earlier one of the same speakers opened, that one's amendment is reworded.
When a session is sealed is in `pen_sessions` and `rests`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from drafting.errors import EmptyChange
from drafting.models import Amendment, Hunk, JournalEntry, Pen, Position, Provision, Stance
from drafting.services import amendments, lodging, proposals, stances, versions, wakes
from drafting.services.audiences import Audience
from drafting.services.lodging import Lodged
from drafting.services.proposals import Proposed
from drafting.text import joins, wire
from drafting.text.changes import ChangeSet
from drafting.text.marking import Range
from drafting.text.units import Units


def doubt(audience: Audience, pen: Pen) -> None:
    """Put in doubt the stances on pairs across provisions round what was typed meanwhile, save the speakers' own."""
    provision = pen.provision
    provision.words.refresh_from_db(fields=["content"])
    changes = [wire.read(body["changes"]) for body in _typed(pen)]
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
    provision.words.refresh_from_db(fields=["content"])
    _reword(audience, pen)
    proposed = _proposed(pen, provision)
    if proposed is None:
        return None
    try:
        return amendments.record(audience, pen.typist, provision.text, list(pen.speakers.all()), proposed)
    except EmptyChange:
        return None


def _reword(audience: Audience, pen: Pen) -> None:
    """Give earlier amendments of the same speakers the words that stand in their pairs now, if this pen typed there."""
    rows = _typed(pen)
    own = [number for number, body in enumerate(rows) if body.get("pen") == str(pen.pk)]
    units = Units(pen.provision.words.content)
    spans = wakes.spans((wire.read(body["changes"]) for body in rows), own)
    typed = [(units.to_points(start), units.to_points(end)) for start, end in spans]
    speakers = set(pen.speakers.values_list("pk", flat=True))
    sessions = Pen.objects.filter(provision=pen.provision, typist=pen.typist, closed__isnull=False)
    for earlier in sessions.filter(amendment__state=Amendment.State.DECIDED).order_by("closed") if typed else ():
        pairs = _pairs(earlier, Stance.PROPOSE)
        typed_on = any(start < at and to <= end for start, end in pairs for at, to in typed)
        if typed_on and set(earlier.speakers.values_list("pk", flat=True)) == speakers:
            _renew(audience, pen.provision, earlier)


def _renew(audience: Audience, provision: Provision, session: Pen) -> None:
    """Make the words as they stand a version of what a session recorded; its speakers are asked to confirm it anew."""
    row, proposed = session.amendment, _proposed(session, provision)
    if row is None or proposed is None:
        return
    old = row.versions.get(current=True)
    if old.hunks.exclude(outcome=Hunk.Outcome.BRACKETED).exists():
        return
    ready = proposals.prepare(provision.text, [proposed], {provision.pk: proposed.base or ""})
    old.current = False
    old.save(update_fields=["current"])
    row.confirmed = False
    row.save(update_fields=["confirmed"])
    speakers = tuple(session.speakers.all())
    words = Lodged(speakers, ready, from_the_floor=True, outcome=Hunk.Outcome.BRACKETED)
    lodging.renew(audience, row, words, versions.next_ordinal(row))


def _proposed(pen: Pen, provision: Provision) -> Proposed | None:
    """Return what the pairs of a session say, on the words without them; None where nothing was proposed."""
    content = provision.words.content
    put_in, struck = _pairs(pen, Stance.PROPOSE), _pairs(pen, Stance.DELETE)
    if not put_in and not struck:
        return None
    return Proposed(provision, _closed_up(content, put_in, struck), base=_without(content, put_in, struck))


def _typed(pen: Pen) -> list[dict[str, Any]]:
    """Return, as the journal has them, the changes of a provision's words since a session began, whoever made them."""
    since = pen.opened.isoformat(timespec="microseconds")
    rows = JournalEntry.objects.filter(text=pen.provision.words_id, at__gte=since, through__isnull=True)
    bodies = rows.filter(body__isnull=False).order_by("rev").values_list("body", flat=True)
    return [json.loads(body or "") for body in bodies]


def _pairs(pen: Pen, stance: str) -> list[Range]:
    """Return where the pairs stand that were opened in the session with this stance, in order."""
    stood = Position.objects.filter(
        recorder=pen.typist,
        from_the_floor=True,
        delegation__in=pen.speakers.all(),
        taken__range=(pen.opened, pen.closed or timezone.now()),
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
