"""The inner life of groups: what a group says on the floor, and which of its members endorse it or opt out.

Only its members and the group itself read this; the floor learns of neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from delegations.models import Delegation, Seat
from drafting.models import Endorsement, NegotiatingText, Position, Sponsorship
from drafting.queries import access, options
from drafting.text.choices import Choice

#: What was said lists at most: the newest first.
MOST = 200

#: A group, and the bracket, version and option it spoke of: one of the three.
About = tuple[int, int | None, UUID | None, int | None]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a group says, `called` as people say it; `about` is what a form names it by.

    That is a bracket, an amendment, or an option `at` a place.

    Members that answered another stance than the one it takes now have said nothing yet.
    """

    about: Mapping[str, Any]
    called: str
    stance: str
    stale: bool
    endorsed: tuple[str, ...]
    opted_out: tuple[str, ...]
    mine: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A group as one of its own sees it."""

    group: Delegation
    is_member: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a group says, before its members' answers are looked up."""

    key: About
    about: Mapping[str, Any]
    called: str
    stance: str
    label: str
    stale: bool = False


def listed(seat: Seat, negotiated: NegotiatingText) -> list[Circle]:
    """Return the groups the seat's delegation belongs to, or is, with what each says on the text."""
    access.floor(seat, negotiated)
    groups = Delegation.objects.filter(pk__in=access.groups(seat)).order_by("code")
    keys = [group.pk for group in groups]
    answers = _answers(keys)
    said: dict[int, list[Said]] = defaultdict(list)
    for spoken in _spoken(negotiated, keys):
        said[spoken.key[0]].append(_said(seat, spoken, answers.get((*spoken.key, spoken.stance), ())))
    return [Circle(group, group.pk != seat.delegation_id, tuple(said[group.pk])) for group in groups]


def _spoken(negotiated: NegotiatingText, groups: Sequence[int]) -> Iterator[_Spoken]:
    """Yield stances, then the sponsorship of what the groups took no stance on; each thing of a group once."""
    of_text = (
        Q(bracket__text=negotiated, bracket__closed=False)
        | Q(version__amendment__text=negotiated, version__current=True)
        | Q(option__provision__text=negotiated)
    )
    rows = Position.objects.filter(of_text, delegation__in=groups).order_by("-taken", "pk")
    related = ("bracket__start_text__provision", "version__amendment", "option__provision")
    positions = list(rows.select_related(*related)[:MOST])
    found = options.read(negotiated) if any(row.option_id for row in positions) else {}
    yield from (_taken(row, found) for row in positions)
    behind = Sponsorship.objects.filter(
        delegation__in=groups, version__amendment__text=negotiated, version__current=True, withdrawn=False
    )
    stood = {(row.delegation_id, row.version_id) for row in positions}
    for one in behind.select_related("version__amendment").order_by("-version__amendment__number", "pk")[:MOST]:
        if (one.delegation_id, one.version_id) not in stood:
            number = one.version.amendment.number
            key = one.delegation_id, None, one.version_id, None
            yield _Spoken(key, {"amendment": number}, f"proposal {number}", one.role, one.get_role_display())


def _taken(row: Position, found: Mapping[options.Place, Choice]) -> _Spoken:
    key = row.delegation_id, row.bracket_id, row.version_id, row.option_id
    stale, called = row.stale, ""
    about: dict[str, Any] = {}
    if row.bracket is not None:
        place = row.bracket.start_text.provision
        about, called = {"bracket": row.bracket.pk}, f"{place}, bracket {row.bracket.number}"
    elif row.version is not None:
        number = row.version.amendment.number
        about, called = {"amendment": number}, f"proposal {number}"
    elif row.option is not None:
        name = row.option.name
        about, called = {"at": row.option.provision.address, "option": name}, row.option.called
        stale = options.is_stale(row.words, found.get((row.option.provision_id, name)))
    return _Spoken(key, about, called, row.stance, row.get_stance_display(), stale)


def _answers(groups: Sequence[int]) -> Mapping[tuple[Any, ...], list[Endorsement]]:
    """Return what members said, by the group, the thing and the stance they said it of."""
    found: dict[tuple[Any, ...], list[Endorsement]] = defaultdict(list)
    for row in Endorsement.objects.filter(group__in=groups).select_related("member").order_by("member__code"):
        found[row.group_id, row.bracket_id, row.version_id, row.option_id, row.stance].append(row)
    return found


def _said(seat: Seat, spoken: _Spoken, answers: Sequence[Endorsement]) -> Said:
    mine = next((row.endorses for row in answers if row.member_id == seat.delegation_id), None)
    return Said(
        about=spoken.about,
        called=spoken.called,
        stance=spoken.label,
        stale=spoken.stale,
        endorsed=tuple(row.member.code for row in answers if row.endorses),
        opted_out=tuple(row.member.code for row in answers if not row.endorses),
        mine="" if mine is None else "endorse" if mine else "opt-out",
    )
