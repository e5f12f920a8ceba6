"""The special list before the final text: words of force, junctions, numbers, dates and cross-references that differ.

Read by everybody who reads the floor. Each difference names what the change of its provision rests on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from delegations.models import Seat
from drafting.models import NegotiatingText, Revision
from drafting.queries import access, certificates, reports, revisions, snapshots
from drafting.queries.chronicles import LogEntry
from drafting.text import differences, excerpts
from drafting.text.differences import Sort


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A word with what stands around it."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A word that gave way to another, came in (no `old`) or went (no `new`); `grounds` says what it rests on."""

    address: str
    is_gone: bool
    sort: Sort
    old: Excerpt | None
    new: Excerpt | None
    grounds: tuple[str, ...]


def base(seat: Seat, negotiated: NegotiatingText, number: int | None = None) -> Revision | None:
    """Return the revision to compare with: the one asked for, or the last basis of negotiation; None for none."""
    access.floor(seat, negotiated)
    if number is not None:
        return access.revision(seat, negotiated, number)
    return revisions.listed(seat, negotiated).filter(basis=True).first()


def listed(seat: Seat, negotiated: NegotiatingText, revision: Revision) -> list[Difference]:
    """Return every difference of the floor from a revision, in the order of the document."""
    access.floor(seat, negotiated)
    revision = access.revision(seat, negotiated, revision.number)
    before = {row.id: row.text for row in revisions.snapshot(revision).standing()}
    grounds = _grounds(negotiated, revision)
    found: list[Difference] = []
    with snapshots.reading():
        rows = list(negotiated.provisions.select_related("words").order_by("order", "pk"))
    for row in rows:
        now = "" if row.retired else row.words.content
        then = before.get(row.pk, "")
        for one in differences.find(then, now, negotiated.language) if then != now else ():
            old = _excerpt(then, one.old) if one.old else None
            new = _excerpt(now, one.new) if one.new else None
            said = tuple(sorted(grounds.get(row.address, ())))
            found.append(Difference(row.address, row.retired, one.sort, old, new, said))
    return found


def count(found: list[Difference]) -> Counter[Sort]:
    """Return how many differences there are of each sort."""
    return Counter(one.sort for one in found)


def _grounds(negotiated: NegotiatingText, revision: Revision) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in _entries(negotiated, revision):
        for change in entry.changes:
            found[change.address].add(certificates.ground(entry) or "nothing")
    return found


def _entries(negotiated: NegotiatingText, revision: Revision) -> Iterator[LogEntry]:
    """Yield the change log from a revision on, those of later revisions and then the floor's own."""
    later = negotiated.revisions.filter(number__gt=revision.number).order_by("number")
    for row in later.only("change_log", "number"):
        yield from reports.log(row)
    yield from reports.change_log(negotiated)


def _excerpt(text: str, item: differences.Item) -> Excerpt:
    before, after = excerpts.around(text, item.start, item.end)
    return Excerpt(before, item.words, after)
