"""What a final kind of text still wants: nothing undecided, every note in brackets and every blank confirmed.

An edited version or adopted text is issued only when these are empty; confirming is in `services.finals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Amendment, Confirmation, EditorialChange, NegotiatingText, Revision
from drafting.queries import access, amendments, packages, snapshots
from drafting.queries.revisions import Check
from drafting.queries.snapshots import Snapshot
from drafting.text import blanks, excerpts, readings

Form = Confirmation.Form


@dataclass(frozen=True, slots=True)
class Place:
    """A note in brackets or a blank, from `lo` to `hi` of a provision; `sort` is date, place, symbol, or empty."""

    provision: int
    address: str
    lo: int
    hi: int
    form: str
    words: str
    sort: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place to confirm on the floor at `rev`, and when it was, None for not yet."""

    place: Place
    rev: int
    confirmed: datetime | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A place of an issued text that was confirmed, and when (ISO 8601)."""

    address: str
    form: str
    words: str
    at: str


def checks(negotiated: NegotiatingText) -> list[Check]:
    """Return what stands against issuing a final kind now; all of it blocks."""
    taken = snapshots.taken(negotiated)
    gaps = readings.clean(snapshots.bracketed(taken, negotiated.language)).gaps
    hunks = amendments.open_hunks(negotiated).values("version").distinct().count()
    untranslated = negotiated.amendments.filter(state=Amendment.State.AWAITING).count()
    sent = negotiated.editorials.filter(state=EditorialChange.State.PROPOSED).count()
    waiting = sum(not package.is_agreed for package in packages.of(negotiated))
    left = [place for place, _, confirmed in _standing(negotiated, taken) if confirmed is None]
    notes = sum(place.form == Form.NOTE for place in left)
    said = {
        "gaps": (len(gaps), "place of the text is undecided", "places of the text are undecided"),
        "undecided-amendments": (hunks, "proposal is undecided", "proposals are undecided"),
        "untranslated": (untranslated, "proposal awaits its translation", "proposals await their translation"),
        "open-editorials": (sent, "editorial change is open to objection", "editorial changes are open to objection"),
        "waiting-packages": (waiting, "package is not agreed as a whole", "packages are not agreed as a whole"),
        "notes": (notes, "note in brackets is to be confirmed", "notes in brackets are to be confirmed"),
        "blanks": (
            len(left) - notes,
            "blank is to be completed or confirmed",
            "blanks are to be completed or confirmed",
        ),
    }
    return [
        Check(code, f"{count} {one if count == 1 else many}.", count, blocks=True)
        for code, (count, one, many) in said.items()
        if count
    ]


def listed(seat: Seat, negotiated: NegotiatingText) -> list[Shown]:
    """Return every note in brackets and every blank of the floor, for who issues."""
    access.floor(seat, negotiated)
    access.require(seat, Right.ISSUE)
    taken = snapshots.taken(negotiated)
    return [Shown(place, rev, confirmed) for place, rev, confirmed in _standing(negotiated, taken)]


def places(snapshot: Snapshot) -> list[Place]:
    """Return the notes in brackets and the blanks of a text, in order; a blank inside a bracket is the bracket's."""
    rows = snapshot.standing()
    texts = {row.id: row for row in rows}
    found = [_note(pair, texts[pair.start[0]]) for pair in snapshot.pairs if pair.kind == "note"]
    spans = [(pair.start[0], pair.start[1], pair.end[1]) for pair in snapshot.pairs if pair.start[0] == pair.end[0]]
    for one in blanks.find([row.text for row in rows]):
        row = rows[one.provision]
        if not any(pk == row.id and low <= one.start and one.end <= high + 1 for pk, low, high in spans):
            found.append(_place(row, Form.BLANK, one.start, one.end, one.sort))
    order = {row.id: at for at, row in enumerate(rows)}
    return sorted(found, key=lambda place: (order[place.provision], place.lo))


def confirmed(revision: Revision) -> list[Confirmed]:
    """Return what was confirmed of an issued text of a final kind, in its order."""
    rows = Confirmation.objects.filter(provision__text=revision.text_id, at__lte=revision.issued).order_by("at")
    known = {(row.provision_id, row.lo, row.words): row.at for row in rows}
    found: list[Confirmed] = []
    for place in places(snapshots.decode(revision.snapshot)):
        at = known.get((place.provision, place.lo, place.words[:400]))
        if at is not None:
            found.append(Confirmed(place.address, str(place.form), place.words, at.isoformat(timespec="seconds")))
    return found


def _standing(negotiated: NegotiatingText, taken: Snapshot) -> Iterator[tuple[Place, int, datetime | None]]:
    """Yield each place with the revision of its words and when these very words were confirmed."""
    revs = dict(negotiated.provisions.values_list("pk", "words__rev"))
    rows = Confirmation.objects.filter(provision__text=negotiated)
    known = {(row.provision_id, row.rev, row.lo): row.at for row in rows}
    for place in places(taken):
        rev = revs[place.provision]
        yield place, rev, known.get((place.provision, rev, place.lo))


def _note(pair: snapshots.PairSnapshot, row: snapshots.ProvisionSnapshot) -> Place:
    """Return the place of a note; of one that goes on in another provision, as far as its first goes."""
    return _place(row, Form.NOTE, pair.start[1], pair.end[1] + 1 if pair.end[0] == row.id else len(row.text))


def _place(row: snapshots.ProvisionSnapshot, form: Form, lo: int, hi: int, sort: str = "") -> Place:
    before, after = excerpts.around(row.text, lo, hi)
    return Place(row.id, row.address, lo, hi, form, row.text[lo:hi], sort, before, after)
