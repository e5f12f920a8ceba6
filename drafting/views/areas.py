"""The words of a proposal on one or several provisions, as a form sends them back: an area for each.

Which words are proposed is read here; whether they may be is decided by the services.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from uuid import UUID

from django.http import HttpRequest

from delegations.models import Seat
from drafting.errors import EmptyChange
from drafting.models import AmendmentVersion, DraftPart, NegotiatingText, Provision
from drafting.queries import access, amendments
from drafting.services import restructuring
from drafting.services.proposals import Proposed
from drafting.services.restructuring import Restructuring
from drafting.views import previews
from drafting.views.previews import Whole

#: Provisions one form takes; more are proposed throughout the text, or in several proposals.
MOST = 40


@dataclass(frozen=True, slots=True)
class Area:
    """One provision of a proposal, or a new one after it: what stands, what it was written against, the words.

    Of a draft it is also which working `text` and at which revision, and what is `stored` there.
    """

    provision: Provision
    words: str
    base: str
    is_new: bool = False
    text: UUID | None = None
    rev: int = 0
    stored: str = ""
    is_sent: bool = False

    @property
    def standing(self) -> str:
        """The provision as it stands, drawn."""
        return previews.draw(self.provision.words.content)

    @property
    def rows(self) -> int:
        """Lines the field opens with."""
        return min(16, max(3, len(self.words) // 60 + 2))

    def proposed(self) -> Proposed:
        """Return what the area proposes."""
        return Proposed(self.provision, self.words, self.base, self.is_new)


def of(provision: Provision, *, is_new: bool = False, words: str | None = None) -> Area:
    """Return the area of a provision as it stands, to be written in."""
    base = "" if is_new else provision.words.content
    return Area(provision, base if words is None else words, base, is_new)


def of_version(version: AmendmentVersion) -> list[Area]:
    """Return the areas of a version: what it would have the provisions say now, where its edits still stand."""
    rows = version.texts.select_related("provision__words", "provision__text").order_by("provision__order", "pk")
    found: list[Area] = []
    for row in rows:
        if row.inserts_after:
            found.append(of(row.provision, is_new=True, words=row.words))
        elif version.language:
            found.append(of(row.provision))
        else:
            found.append(of(row.provision, words=amendments.current_words(version, row.provision)))
    return found


def of_parts(parts: Iterable[DraftPart]) -> list[Area]:
    """Return the areas of a draft as it is stored."""
    return [
        Area(
            part.provision,
            part.words.content,
            part.base,
            part.inserts_after,
            text=part.words_id,
            rev=part.words.rev,
            stored=part.words.content,
        )
        for part in parts
    ]


def refill(request: HttpRequest, found: Sequence[Area]) -> tuple[list[Area], list[tuple[UUID, str]]]:
    """Return the areas of a draft with the words a form sent, and the words it sent for texts that are gone."""
    sent = {
        named(text): (_lines(words), _number(rev))
        for text, words, rev in zip_longest(*map(request.POST.getlist, ("part", "words", "rev")), fillvalue="")
    }
    filled = [
        replace(area, words=sent[area.text][0], rev=sent[area.text][1], is_sent=True) if area.text in sent else area
        for area in found
    ]
    here = {area.text for area in found}
    return filled, [(text, words) for text, (words, _) in sent.items() if text not in here]


def named(sent: str) -> UUID:
    """Return the text of a draft that a form names; what names none is a text that is not there."""
    try:
        return UUID(sent)
    except ValueError:
        return UUID(int=0)


def refused(sent: Iterable[Area], stored: Iterable[Area]) -> list[Area]:
    """Return the areas of a draft that was refused: what is stored now, with the words sent to be looked at again."""
    words = {area.text: area.words for area in sent}
    return [replace(area, words=words.get(area.text, area.words)) for area in stored]


def read(request: HttpRequest, seat: Seat, negotiated: NegotiatingText, first: Sequence[Area]) -> list[Area]:
    """Return the areas a form sent; `first` are those it began with, and stand where it sent none."""
    sent = [request.POST.getlist(name) for name in ("words", "base", "at", "new")]
    if not sent[0]:
        return list(first)
    found: list[Area] = []
    for place, (words, base, at, new) in enumerate(zip_longest(*sent)):
        if words is None or place >= MOST:
            break
        begun = first[place] if place < len(first) else None
        provision = begun.provision if begun and at in (None, begun.provision.address) else None
        provision = provision or access.provision(seat, negotiated, at or "")
        is_new = bool(new) if new is not None else bool(begun and begun.is_new)
        found.append(Area(provision, _lines(words), _lines(base or ""), is_new))
    return _resized(request, seat, negotiated, found)


def changed(found: Iterable[Area]) -> Restructuring:
    """Return what the areas propose; of several those left as they stand propose nothing."""
    return restructuring.in_words([area.proposed() for area in found])


def refuse_emptied(found: Sequence[Area]) -> None:
    """Raise `EmptyChange` where nothing is left of the one provision: what is to be deleted is deleted by that name."""
    if len(found) == 1 and not found[0].is_new and not found[0].words.strip():
        place = found[0].provision
        raise EmptyChange(
            f"No words are left of {place}. To propose that it goes choose “delete” above; else write what is to stand."
        )


def unseen(request: HttpRequest, shown: Whole) -> list[str]:
    """Return the provisions a proposal takes in, by address, that the page it was sent from did not show."""
    return sorted(set(shown.ends) - set(request.POST.get("ends", "").split()))


def _resized(request: HttpRequest, seat: Seat, negotiated: NegotiatingText, found: list[Area]) -> list[Area]:
    """Take the area out that its button names, and add one for the provision the form names."""
    gone = request.POST.get("remove", "")
    if gone.isascii() and gone.isdigit() and 0 < int(gone[:4]) < len(found):
        del found[int(gone[:4])]
    if "add" in request.POST:
        added = access.provision(seat, negotiated, request.POST.get("add_at", "").strip())
        is_new = "add_new" in request.POST
        if is_new or all(area.is_new or area.provision != added for area in found):
            found.append(of(added, is_new=is_new))
    return found


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0


def _lines(words: str) -> str:
    return words.replace("\r\n", "\n")
