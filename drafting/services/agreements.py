"""Agreement on words: gavelled by whoever presides, reopened with a reason. Absence of brackets is not agreement.

Agreed words are locked for every act (`anchors.refuse_agreed`); their neighbours are not.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db.models import Q, QuerySet
from django.utils import timezone

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, NotFound, ReasonNeeded
from drafting.models import Agreement, Bracket, Provision, Reopening
from drafting.queries import access, ladders
from drafting.queries.ladders import Rung
from drafting.services import audiences, journal, parkings
from drafting.services.audiences import Audience
from drafting.text.errors import ActRefused


def gavel(
    by: Seat,
    provision: Provision,
    level: str,
    forum: str,
    *,
    words: tuple[int, int] | None = None,
    pending: Sequence[Delegation] = (),
    package: str = "",
) -> Agreement:
    """Record that a provision, or the run `words` of it (code points, end excluded), is agreed; return the agreement.

    A higher level ends the lower one over the same words. Raises `ActRefused` where brackets still stand in them.
    """
    negotiated = provision.text
    access.provision(by, negotiated, provision.address)
    access.require(by, Right.DECIDE)
    access.within(by, negotiated, [provision.pk])
    if any(delegation.conference_id != negotiated.conference_id for delegation in pending):
        raise NotFound("There is no such delegation in this conference.")
    with audiences.of_floor(negotiated, by) as audience:
        current, rung = check(provision, level, words)
        _same(current, words).update(ended=True)
        agreement = Agreement.objects.create(
            provision=current,
            start=words[0] if words else None,
            end=words[1] if words else None,
            level=rung.key,
            name=rung.name,
            style=rung.style,
            locks=rung.locks,
            forum=forum,
            reached=timezone.now(),
            by=by,
            package=package,
        )
        agreement.pending.set(pending)
        _tell(audience, agreement, tuple(sorted(delegation.code for delegation in pending)))
        if words is None:
            parkings.end(audience.floor, current)
    return agreement


def check(provision: Provision, level: str, words: tuple[int, int] | None) -> tuple[Provision, Rung]:
    """Return the provision as it stands and the rung, where words of it can be agreed at a level; else refuse."""
    current = Provision.objects.select_related("words", "text__conference").get(pk=provision.pk)
    place, rung = ladders.rung(current.text.conference, level)
    _refuse_open_brackets(current, *_range(current, words))
    higher = [above.key for above in ladders.of(current.text.conference)[place:]]
    if _same(current, words).filter(level__in=higher).exists():
        raise Forbidden(f"{provision} is agreed already.")
    return current, rung


def reopen(by: Seat, agreement: Agreement, reason: str) -> None:
    """Take an agreement back, with a reason; the other agreements stay."""
    provision = agreement.provision
    access.provision(by, provision.text, provision.address)
    access.require(by, Right.DECIDE)
    access.within(by, provision.text, [provision.pk])
    if not reason.strip():
        raise ReasonNeeded("Reopening agreed words needs a reason: who asked for it, and why.")
    with journal.writing(provision.text.floor, by=by) as floor:
        row = Agreement.objects.get(pk=agreement.pk)
        if row.ended:
            raise Closed("This agreement was taken back already.")
        row.ended = agreement.ended = True
        row.save(update_fields=["ended"])
        Reopening.objects.create(agreement=row, by=by, reason=reason.strip(), at=timezone.now())
        floor.append(events.Reopened(agreement=row.pk, provision=provision.pk, reason=reason.strip()))


def take_back(by: Seat, agreement: Agreement, reason: str) -> None:
    """Have a delegation take back its ad referendum agreement, with a reason; other agreements stay.

    The room sees that the words are reopened, and by whom as the conference's policy says; the chair always sees it.
    Raises `Forbidden` for words on the highest rung, agreed for good: there it asks for brackets (`ask_brackets`).
    """
    if agreement.level == ladders.of(agreement.provision.text.conference)[-1].key:
        access.provision(by, agreement.provision.text, agreement.provision.address)
        raise Forbidden("These words are agreed for good: ask for brackets on them.")
    _give_back(by, agreement, reason)


def ask_brackets(by: Seat, agreement: Agreement, reason: str) -> None:
    """Have a delegation ask for brackets on agreed words, on whatever rung: they are reopened, and the chair is told.

    Who asked is told as `take_back` tells it; other agreements stay, and whoever holds the pen puts the brackets.
    """
    _give_back(by, agreement, reason, for_brackets=True)


def _give_back(by: Seat, agreement: Agreement, reason: str, *, for_brackets: bool = False) -> None:
    provision = agreement.provision
    access.provision(by, provision.text, provision.address)
    access.require(by, Right.STAND)
    if by.delegation is None:
        raise Forbidden("That is for a delegation to ask.")
    if not reason.strip():
        raise ReasonNeeded("Say why: the chair will read it.")
    with audiences.of_floor(provision.text, by, [by.delegation]) as audience:
        row = Agreement.objects.get(pk=agreement.pk)
        if row.ended:
            raise Closed("This agreement was taken back already.")
        row.ended = agreement.ended = True
        row.save(update_fields=["ended"])
        Reopening.objects.create(agreement=row, by=by, reason=reason.strip(), at=timezone.now())
        named = events.Reopened(
            agreement=row.pk,
            provision=provision.pk,
            reason=reason.strip(),
            delegation=by.delegation.code,
            for_brackets=for_brackets,
        )
        audience.tell(named, msgspec.structs.replace(named, delegation=None, reason=""))


def _tell(audience: Audience, agreement: Agreement, pending: tuple[str, ...]) -> None:
    named = events.Agreed(
        agreement=agreement.pk,
        provision=agreement.provision_id,
        level=agreement.level,
        name=agreement.name,
        forum=agreement.forum,
        start=agreement.start,
        end=agreement.end,
        pending=pending,
        package=agreement.package,
    )
    audience.tell(named, msgspec.structs.replace(named, pending=()))


def _range(provision: Provision, words: tuple[int, int] | None) -> tuple[int, int]:
    length = len(provision.words.content)
    start, end = words or (0, length)
    if provision.retired:
        raise Closed(f"{provision} was taken out: there are no words to agree on.")
    if not 0 <= start < end <= length:
        raise ActRefused(f"There are no words from {start} to {end} in {provision}.")
    return start, end


def _refuse_open_brackets(provision: Provision, start: int, end: int) -> None:
    """Refuse words with an end of an open, negotiated bracket in them."""
    text = provision.words_id
    inside = Q(start_text=text, start_offset__gte=start, start_offset__lt=end) | Q(
        end_text=text, end_offset__gte=start, end_offset__lt=end
    )
    standing = Bracket.objects.filter(inside, closed=False).exclude(kind=Bracket.Kind.NOTE)
    if found := standing.order_by("number").first():
        raise ActRefused(f"Words are agreed once their brackets are gone: {found} is still open.")


def _same(provision: Provision, words: tuple[int, int] | None) -> QuerySet[Agreement]:
    """Return the agreements that stand over the very same words."""
    start, end = words or (None, None)
    return Agreement.objects.filter(provision=provision, start=start, end=end, ended=False)
