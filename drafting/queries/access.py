"""The one door from a seat to an object: found and allowed, or refused. Nothing else decides who sees what.

Deny unless granted. What a seat may not know of is `NotFound`, as if it were not there; what it may see but not do is
`Forbidden`. Every function takes the acting seat first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from delegations.models import Delegation, Seat
from delegations.queries import membership
from delegations.roles import Right, Role
from drafting.errors import Forbidden, NotFound
from drafting.models import (
    Amendment,
    AmendmentVersion,
    Annotation,
    Bracket,
    Consolidation,
    Decision,
    DelegationKey,
    Draft,
    DraftPart,
    EditorialChange,
    LanguageIssue,
    LanguageVersion,
    NegotiatingText,
    Option,
    Provision,
    ReadMark,
    Revision,
    SealedNote,
    Stream,
    Viewer,
    Watch,
)
from drafting.queries import mandates
from drafting.text import addresses


def require(seat: Seat, right: Right) -> None:
    """Refuse with a sentence unless `seat` has `right`."""
    if not seat.may(right):
        raise Forbidden(f"Your seat ({seat}) may not {right.label}.")


def within(seat: Seat, negotiated: NegotiatingText, provisions: Collection[int]) -> None:
    """Refuse a facilitator's seat what is not, all of it, inside its mandates; other seats are not limited so."""
    own = mandates.limit(seat, negotiated)
    if own is not None and (outside := set(provisions) - own):
        rows = negotiated.provisions.filter(pk__in=outside).order_by("order")
        named = addresses.say_all(rows.values_list("address", flat=True)[:5])
        raise Forbidden(f"This is outside your mandate ({named}): ask the chair.")


def whole(seat: Seat) -> None:
    """Refuse a facilitator's seat what is about the whole of a text."""
    if mandates.is_limited(seat):
        raise Forbidden("This is about the whole text: it is for the chair.")


def texts(seat: Seat) -> QuerySet[NegotiatingText]:
    """Return the texts of the seat's conference; what of a text it may read depends on its rights."""
    if not seat.may(Right.READ_PUBLIC):
        return NegotiatingText.objects.none()
    found = NegotiatingText.objects.filter(conference=seat.conference_id)
    return found.select_related("conference", "floor", "public", "bureau")


def text(seat: Seat, conference: str, slug: str) -> NegotiatingText:
    """Return the text at an address, for a seat of that conference."""
    found = texts(seat).filter(conference__slug=conference, slug=slug).first()
    if found is None:
        raise NotFound("There is no such text, or it is not open to your seat.")
    return found


def floor(seat: Seat, negotiated: NegotiatingText) -> None:
    """Refuse unless `seat` may read the floor of `negotiated`; others read what is issued."""
    if negotiated.conference_id != seat.conference_id or not seat.may(Right.READ_FLOOR):
        raise NotFound("The floor text is open to the delegations; you can read what has been issued.")


def provision(seat: Seat, negotiated: NegotiatingText, address: str) -> Provision:
    """Return the provision at an address of a text whose floor the seat may read."""
    floor(seat, negotiated)
    found = negotiated.provisions.select_related("words", "text").filter(address=address).first()
    if found is None:
        raise NotFound(f"There is no provision {address} in this text.")
    return found


def bracket(seat: Seat, pk: int) -> Bracket:
    """Return a bracket of a floor the seat may read."""
    found = Bracket.objects.select_related("text", "start_text", "end_text").filter(pk=pk).first()
    if found is None or found.text.conference_id != seat.conference_id or not seat.may(Right.READ_FLOOR):
        raise NotFound("There is no such bracket.")
    return found


def annotation(seat: Seat, negotiated: NegotiatingText, pk: int) -> Annotation:
    """Return a note or box beside a floor the seat may read, also one that was taken back."""
    floor(seat, negotiated)
    rows = Annotation.objects.select_related("provision__text__floor", "provision__words")
    found = rows.filter(pk=pk, provision__text=negotiated).first()
    if found is None:
        raise NotFound("There is no such note in this text.")
    return found


def option(seat: Seat, negotiated: NegotiatingText, address: str, name: str) -> Option:
    """Return an option of a floor the seat may read, unsaved where nobody stands on it yet.

    Whether the text has such an option is not asked here: `options.read` knows.
    """
    place = provision(seat, negotiated, address)
    found = Option.objects.select_related("provision__text").filter(provision=place, name=name).first()
    return found or Option(provision=place, name=name)


def amendment(seat: Seat, pk: UUID) -> Amendment:
    """Return an amendment lodged on a floor the seat may read."""
    found = Amendment.objects.select_related("text").filter(pk=pk).first()
    if found is None or found.text.conference_id != seat.conference_id or not seat.may(Right.READ_FLOOR):
        raise NotFound("There is no such proposal.")
    return found


def version(seat: Seat, pk: UUID) -> AmendmentVersion:
    """Return a version of an amendment the seat may read."""
    found = AmendmentVersion.objects.select_related("amendment__text").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such proposal.")
    amendment(seat, found.amendment_id)
    return found


def drafts(seat: Seat) -> QuerySet[Draft]:
    """Return the private drafts of the seat's delegation, and those it is invited to; nobody else learns of them."""
    if seat.delegation_id is None or not seat.may(Right.PROPOSE):
        return Draft.objects.none()
    own = Q(delegation=seat.delegation_id) | Q(pk__in=_invited_to(seat))
    found = Draft.objects.filter(own, submitted=False, text__conference=seat.conference_id)
    return found.select_related("text", "delegation", "stream").prefetch_related(
        Prefetch("parts", DraftPart.objects.select_related("provision", "words"))
    )


def draft(seat: Seat, pk: UUID) -> Draft:
    """Return one draft of the seat's own delegation, or one it is invited to."""
    found = drafts(seat).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such draft.")
    return found


def own_draft(seat: Seat, pk: UUID) -> Draft:
    """Return one draft of the seat's own delegation; raises `Forbidden` for a guest, who reads and types in it only."""
    found = draft(seat, pk)
    if found.delegation_id != seat.delegation_id:
        raise Forbidden(f"This is a draft of {found.delegation}: it alone submits, discards and shares it.")
    return found


def _invited_to(seat: Seat) -> QuerySet[Any]:
    return Draft.invited.through.objects.filter(delegation=seat.delegation_id).values("draft")


def own_delegation(seat: Seat, negotiated: NegotiatingText) -> Delegation:
    """Return the delegation whose desk the seat sits at: one that reads the floor, its capital included."""
    floor(seat, negotiated)
    if seat.delegation is None:
        raise NotFound("This is a delegation's own page; an office has none.")
    return seat.delegation


def note_key(seat: Seat, negotiated: NegotiatingText) -> DelegationKey | None:
    """Return the key that seals the notes of the seat's own delegation, if it has made one."""
    return DelegationKey.objects.filter(delegation=own_delegation(seat, negotiated)).first()


def notes(seat: Seat, negotiated: NegotiatingText) -> QuerySet[SealedNote]:
    """Return the sealed notes of the seat's own delegation; nobody else learns that there are any."""
    return SealedNote.objects.filter(text=negotiated, key__delegation=own_delegation(seat, negotiated))


def read_marks(seat: Seat, negotiated: NegotiatingText) -> QuerySet[ReadMark]:
    """Return how far this very seat has read, the newest mark first; not even its colleagues see that."""
    floor(seat, negotiated)
    return ReadMark.objects.filter(seat=seat, text=negotiated)


def watches(seat: Seat, negotiated: NegotiatingText) -> QuerySet[Watch]:
    """Return what this very seat watches in a text; not even its colleagues see that."""
    floor(seat, negotiated)
    return Watch.objects.filter(seat=seat, text=negotiated)


def decision(seat: Seat, pk: int) -> Decision:
    """Return a decision on a floor the seat may read."""
    found = Decision.objects.select_related("text").filter(pk=pk).first()
    if found is None or found.text.conference_id != seat.conference_id or not seat.may(Right.READ_FLOOR):
        raise NotFound("There is no such decision.")
    return found


def editorial(seat: Seat, pk: int) -> EditorialChange:
    """Return an editorial change sent round on a floor the seat may read."""
    found = EditorialChange.objects.select_related("text__floor", "text__conference").filter(pk=pk).first()
    if found is None or found.text.conference_id != seat.conference_id or not seat.may(Right.READ_FLOOR):
        raise NotFound("There is no such editorial change.")
    return found


def consolidation(seat: Seat, pk: UUID) -> Consolidation:
    """Return a consolidation: the bureau's own until its revision is issued."""
    found = Consolidation.objects.select_related("text").filter(pk=pk).first()
    if found is None or found.text.conference_id != seat.conference_id or not reads_bureau(seat):
        raise NotFound("There is no such consolidation.")
    return found


def revision(seat: Seat, negotiated: NegotiatingText, number: int) -> Revision:
    """Return an issued revision, public to every seat of the conference; number 0, as imported, is the floor's."""
    found = negotiated.revisions.filter(number=number).first()
    right = Right.READ_PUBLIC if number else Right.READ_FLOOR
    if found is None or negotiated.conference_id != seat.conference_id or not seat.may(right):
        raise NotFound("There is no such revision.")
    return found


def language(seat: Seat, negotiated: NegotiatingText, language: str) -> LanguageVersion:
    """Return a text's version in another language as it is worked on: the floor's, until a revision of it is issued."""
    floor(seat, negotiated)
    found = negotiated.languages.filter(language=language).first()
    if found is None:
        raise NotFound(f"This text has no version in that language ({language}).")
    return found


def language_issue(seat: Seat, negotiated: NegotiatingText, number: int, language: str) -> LanguageIssue:
    """Return a revision as issued in another language; raises `NotFound` until it is."""
    row = revision(seat, negotiated, number)
    found = row.languages.select_related("version").filter(version__language=language).first()
    if found is None:
        raise NotFound(f"{row.symbol} is not issued in that language ({language}) yet.")
    return found


def reads_bureau(seat: Seat) -> bool:
    """Tell whether the seat is of the bureau: who decides and who issues."""
    return seat.may(Right.DECIDE) or seat.may(Right.ISSUE)


def pictures(seat: Seat, negotiated: NegotiatingText) -> None:
    """Refuse unless the seat is a chair's, or one that a chair named for this text."""
    floor(seat, negotiated)
    if seat.role != Role.CHAIR and not Viewer.objects.filter(text=negotiated, seat=seat).exists():
        raise Forbidden("The pictures are for the chair and whom the chair names.")


def groups(seat: Seat) -> frozenset[int]:
    """Return the groups, by id, whose inner life the seat may see: those its delegation belongs to, and its own."""
    own = seat.delegation_id
    if own is None or not seat.may(Right.READ_FLOOR):
        return frozenset()
    found = membership(seat.conference)
    return frozenset(group for group, members in found.items() if own in members or own == group)


def streams(seat: Seat) -> QuerySet[Stream]:
    """Return the streams the seat may follow, in its own conference."""
    if not seat.active:
        return Stream.objects.none()
    kinds = Q(kind=Stream.Kind.PUBLIC) if seat.may(Right.READ_PUBLIC) else Q(pk__in=[])
    if seat.may(Right.READ_FLOOR):
        kinds |= Q(kind=Stream.Kind.FLOOR)
    if reads_bureau(seat):
        kinds |= Q(kind=Stream.Kind.BUREAU)
    if seat.delegation_id is not None and seat.may(Right.READ_FLOOR):
        kinds |= Q(kind=Stream.Kind.DELEGATION, delegation=seat.delegation_id)
        kinds |= Q(kind=Stream.Kind.GROUP, delegation__in=groups(seat))
    if seat.delegation_id is not None and seat.may(Right.PROPOSE):
        kinds |= Q(kind=Stream.Kind.DRAFT, delegation=seat.delegation_id)
        kinds |= Q(kind=Stream.Kind.DRAFT, draft__in=_invited_to(seat))
    return Stream.objects.filter(kinds, conference=seat.conference_id)


def stream(seat: Seat, pk: UUID) -> Stream:
    """Return a stream the seat may follow."""
    found = streams(seat).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such stream.")
    return found
