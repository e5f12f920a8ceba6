"""What may be stood on: a bracket, an amendment's version, an option; where it is, and whether it is settled.

Taking and lifting stances is in `positions`; which options there are in `queries.options`.
"""

from __future__ import annotations

from typing import Any

from delegations.models import Seat
from drafting.errors import Closed, Forbidden
from drafting.models import AmendmentVersion, Bracket, NegotiatingText, Option, Stance
from drafting.queries import access, options
from drafting.queries.amendments import GONE

Target = Bracket | AmendmentVersion | Option

#: What can be said of a bracket, of an amendment's version, and of an option, in the floor's words.
ON_BRACKETS = frozenset(Stance) - {Stance.SUPPORT, Stance.OPPOSE}
ON_VERSIONS = frozenset(Stance) - {Stance.PROPOSE, Stance.RETAIN, Stance.DELETE}
ON_OPTIONS = frozenset(Stance) - {Stance.PROPOSE}


def find(by: Seat, target: Target) -> NegotiatingText:
    """Return the text of a target the seat may see."""
    match target:
        case Bracket():
            return access.bracket(by, target.pk).text
        case Option():
            access.floor(by, target.provision.text)
            return target.provision.text
    return access.version(by, target.pk).amendment.text


def text(target: Target) -> int:
    """Return the id of the text a target is of."""
    match target:
        case Bracket():
            return target.text_id
        case Option():
            return target.provision.text_id
    return target.amendment.text_id


def places(target: Target) -> set[int]:
    """Return the provisions, by id, that a target stands in; an option in the one that opens it."""
    match target:
        case Bracket():
            return {target.start_text.provision.pk, target.end_text.provision.pk}
        case Option():
            return {target.provision_id}
    return set(target.hunks.values_list("provision", flat=True))


def check(target: Target, stance: str) -> None:
    """Refuse what is never said of such a thing."""
    match target:
        case Bracket():
            sayable, thing = ON_BRACKETS, "a bracket"
        case Option():
            sayable, thing = ON_OPTIONS, "an option"
        case _:
            sayable, thing = ON_VERSIONS, "a proposal"
    if stance not in sayable:
        raise Forbidden(f"“{stance}” cannot be said of {thing}.")


def refuse_settled(target: Bracket | AmendmentVersion) -> None:
    """Refuse a stance on what is closed already, read under the lock."""
    if isinstance(target, Bracket):
        row = Bracket.objects.get(pk=target.pk)
        if row.closed:
            raise Closed(f"This comes too late: {row} is closed, and its words stand or fell.")
        if row.kind == Bracket.Kind.NOTE:
            raise Forbidden("These are the brackets of a note: they are not negotiated.")
        return
    version = AmendmentVersion.objects.select_related("amendment").get(pk=target.pk)
    if version.amendment.state in GONE:
        raise Closed(f"Proposal {version.amendment.number} is {version.amendment.get_state_display()}.")
    if not version.current:
        raise Closed("There is a newer version of this proposal: stand on that one.")


def anchor(target: Option) -> tuple[Option, str]:
    """Return an option's row, made where nobody stood on it yet, and the print of its words, read under the lock.

    Raises `Closed` where the text has no such option any more, or where brackets of its own are to be stood on.
    """
    choice = options.read(target.provision.text).get((target.provision_id, target.name))
    if choice is None:
        raise Closed(f"There is no {target.name} in {target.provision} any more: look again.")
    if choice.is_bracketed:
        raise Closed(f"{target.name} stands in brackets of its own: say it of the bracket.")
    row, _ = Option.objects.get_or_create(provision=target.provision, name=target.name)
    return row, choice.print


def named(target: Target) -> dict[str, Any]:
    """Return a target as the fields of an event name it."""
    match target:
        case Bracket():
            return {"bracket": target.pk}
        case Option():
            return {"provision": target.provision_id, "option": target.name}
    return {"version": str(target.pk)}


def columns(target: Target) -> dict[str, Any]:
    """Return a target as the columns of a position name it."""
    match target:
        case Bracket():
            return {"bracket": target}
        case Option():
            return {"option": target}
    return {"version": target}
