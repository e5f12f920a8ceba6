"""A chair's file made in instalments: a few differences each, the floor free between them, taken up where it stopped.

All were found, and shown, on the text as it stood then. What somebody else changed meanwhile stays as it is and is
listed; where a worker died, the last decision that was made says how far it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from delegations.models import Seat
from drafting.errors import Superseded
from drafting.models import Decision, JournalEntry, NegotiatingText, Revision
from drafting.services import audiences, boxes, kinds
from drafting.services.audiences import Audience
from drafting.services.makings import Hand, Said
from drafting.text.errors import RollingTextError
from drafting.text.steps import Create, Key, Place
from drafting.text.successions import Difference, Target

Report = Callable[[int, int], None]
"""Told how many differences are made, of how many."""

#: Differences made under one lock: some tenths of a second on a long text, and typing on the floor goes on between.
AT_ONCE = 3
MOVED = "It was changed on the floor meanwhile: look at it, and bring it again."
_SHAPING = frozenset({"provision-created", "provision-placed", "provision-retired", "provision-revived"})


@dataclass(frozen=True)
class Planned:
    """What is to be made: the differences found at the floor's `seq` between a target and the provisions live then."""

    seq: int
    live: tuple[int, ...]
    target: Target
    found: tuple[Difference, ...]

    @property
    def wanted(self) -> list[Difference]:
        """Those that can be made."""
        return [one for one in self.found if one.steps]


@dataclass
class _Course:
    """How far it came: the `next` difference, ids of provisions made, what others changed in what was `read` since."""

    read: int
    next: int = 0
    ids: dict[Key, Key] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    is_reshaped: bool = False


def make(
    by: Seat, negotiated: NegotiatingText, planned: Planned, said: Said, report: Report
) -> tuple[int, list[Difference], Mapping[Key, Key]]:
    """Make what is planned, or the rest of it; return how many decisions were made in all, what was left, the new ids.

    Each instalment is an act of its own. Raises `Superseded` where another worker makes the same file.
    """
    wanted, left = planned.wanted, [one for one in planned.found if not one.steps]
    course = _taken_up(negotiated, planned, said)
    while course.next < len(wanted):
        with audiences.of_floor(negotiated, by) as audience:
            _look(audience, negotiated, course, said)
            if not course.next and not kinds.prepared(negotiated):
                kinds.choose(audience.floor, by, negotiated, Revision.Kind.CHAIRS_TEXT)
            some = wanted[course.next : course.next + AT_ONCE]
            left += _instalment(audience, Hand(audience, by, negotiated, said, course.ids), course, some)
        report(course.next, len(wanted))
    return _batch(negotiated, said).count(), left, course.ids


def _instalment(audience: Audience, hand: Hand, course: _Course, some: Sequence[Difference]) -> list[Difference]:
    """Make some differences, note how far that is, and return those that could not be made, each with its reason."""
    began, last, left = audience.floor.seq, None, []
    for one in some:
        try:
            if _is_moved(one, course):
                raise Superseded(MOVED)
            with audience.attempt():
                last = hand.make([one])
        except RollingTextError as refused:
            left.append(replace(one, steps=(), why=refused.message))
    if hand.made:
        boxes.note(audience.floor, hand.by, hand.created())
    course.next, course.read = course.next + len(some), audience.floor.seq
    course.ids = hand.ids
    if last is not None:
        ids = [[key, made] for key, made in hand.ids.items()]
        last.undo["file"] = {"next": course.next, "ids": ids, "own": [began, course.read]}
        last.save(update_fields=["undo"])
    return left


def _taken_up(negotiated: NegotiatingText, planned: Planned, said: Said) -> _Course:
    """Return how far a file came: from the start, or as the last decision made of it says."""
    course = _Course(planned.seq)
    for noted in _noted(negotiated, said):
        began, ended = noted["own"]
        _watch(course, negotiated, began)
        course.read, course.next = ended, noted["next"]
        course.ids = dict(noted["ids"])
    return course


def _look(audience: Audience, negotiated: NegotiatingText, course: _Course, said: Said) -> None:
    """Look, under the lock, at what others did since; another worker that makes the same file is left to it."""
    if audience.floor.seq == course.read:
        return
    last = list(_noted(negotiated, said))[-1:]
    if last and last[0]["next"] > course.next:
        raise Superseded("Another worker is making this file.")
    _watch(course, negotiated, audience.floor.seq)


def _watch(course: _Course, negotiated: NegotiatingText, until: int) -> None:
    """Take note of what others changed on the floor, from where the course is up to a seq."""
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id, seq__gt=course.read, seq__lte=until)
    words = set(rows.filter(text__isnull=False).values_list("text", flat=True))
    course.changed |= set(negotiated.provisions.filter(words__in=words).values_list("pk", flat=True))
    course.is_reshaped |= rows.filter(kind__in=_SHAPING).exists()
    course.read = until


def _is_moved(one: Difference, course: _Course) -> bool:
    """Tell whether somebody changed what a difference is on: its words, or, where it moves something, the order."""
    is_shaping = any(isinstance(step, Create | Place) for step in one.steps)
    return not course.changed.isdisjoint(key for key in one.old if isinstance(key, int)) or (
        is_shaping and course.is_reshaped
    )


def _batch(negotiated: NegotiatingText, said: Said) -> Any:
    return Decision.objects.filter(text=negotiated, batch=said[-1])


def _noted(negotiated: NegotiatingText, said: Said) -> Iterator[dict[str, Any]]:
    rows = _batch(negotiated, said).filter(undo__has_key="file").order_by("seq")
    return iter(rows.values_list("undo__file", flat=True))
