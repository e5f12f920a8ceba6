"""What the kind of the revision being prepared allows the chair to decide, and on whose authority.

A compilation folds and places; a streamlined text also merges what its proposers consent to; in a revision of an agreed
round the room decides; a chair's text or non-paper is the chair's. Nothing is limited until a kind is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import NotOfThisKind
from drafting.models import Decision, NegotiatingText, Preparation, Revision
from drafting.models.revisions import FINAL
from drafting.queries import access, policies
from drafting.services import journal
from drafting.services.journal import Writer

Act = Decision.Act
Authority = Decision.Authority
Kind = Revision.Kind

_ANY = frozenset(Authority)

#: By kind: the authorities that suffice for acts that settle words; acts that settle none need no more than the chair.
_SETTLES: Mapping[str, frozenset[Authority]] = {
    Kind.COMPILATION: frozenset(),
    Kind.STREAMLINED: frozenset({Authority.PROPOSER, Authority.ROOM}),
    Kind.REVISION: frozenset({Authority.ROOM, Authority.POLICY}),
    Kind.CHAIRS_TEXT: _ANY,
    Kind.NON_PAPER: _ANY,
    Kind.ZERO_DRAFT: _ANY,
    **dict.fromkeys(FINAL, frozenset({Authority.ROOM, Authority.EDITORIAL})),
}
#: Acts that settle no word: any kind allows them on any authority.
_SETTLES_NONE = frozenset({Act.KEEP, Act.SPLIT})
_WHY: Mapping[str, str] = {
    Kind.COMPILATION: "A compilation folds and places proposals; it drops and rewords nothing",
    Kind.STREAMLINED: "A streamlined text merges with the consent of the proposers",
    Kind.REVISION: "In a revision of an agreed round the room decides",
    **dict.fromkeys(FINAL, "In a final text only the room and the editors still change words"),
}
#: Kinds that a refused act is not sent to: what comes before the first round, and after the last.
_APART = FINAL | {Kind.ZERO_DRAFT}


def prepared(negotiated: NegotiatingText) -> str:
    """Return the kind of the revision being prepared, empty where none was chosen."""
    return Preparation.objects.filter(text=negotiated).values_list("kind", flat=True).first() or ""


def prepare(by: Seat, negotiated: NegotiatingText, kind: str) -> None:
    """Choose the kind of the revision to prepare, or none (empty); decisions already taken stay as they are."""
    access.floor(by, negotiated)
    access.require(by, Right.DECIDE)
    access.whole(by)
    with journal.writing(negotiated.floor, by=by) as floor:
        choose(floor, by, negotiated, kind)


def choose(floor: Writer, by: Seat, negotiated: NegotiatingText, kind: str) -> None:
    """The same inside an open act, for whoever was found to be allowed to."""
    if kind:
        Preparation.objects.update_or_create(text=negotiated, defaults={"kind": Kind(kind), "by": by})
    else:
        Preparation.objects.filter(text=negotiated).delete()
    floor.append(events.PreparationChosen(form=kind))


def allows(kind: str, act: str, authority: str) -> bool:
    """Tell whether a kind of revision allows an act on an authority."""
    if not kind or act in _SETTLES_NONE or (act == Act.BRACKET and kind != Kind.REVISION):
        return True
    return Authority(authority) in _enough(kind, act)


def _enough(kind: str, act: str) -> frozenset[Authority]:
    """Return the authorities that suffice: wordings are merged into a streamlined text by their proposers alone."""
    if kind == Kind.STREAMLINED and act == Act.MERGE:
        return frozenset({Authority.PROPOSER})
    return _SETTLES[kind]


def refuse(negotiated: NegotiatingText, act: str, authority: str) -> None:
    """Raise `NotOfThisKind`, naming the kinds and authorities that would do, where the one being prepared does not."""
    kind = prepared(negotiated)
    is_allowed = allows(kind, act, authority)
    if is_allowed and (kind, authority) == (Kind.REVISION, Authority.POLICY) and act not in _SETTLES_NONE:
        if policies.is_of_the_room(negotiated.conference, act):
            return
        raise NotOfThisKind(
            "In a revision of an agreed round a policy counts if the conference adopted it in the room: do that, "
            f"name another authority ({Authority.ROOM.label}), or prepare a chair's text or non-paper.",
            kinds=[str(Kind.CHAIRS_TEXT), str(Kind.NON_PAPER)],
        )
    if is_allowed:
        return
    others = [other for other in Kind if allows(other, act, authority) and other not in _APART]
    enough = sorted(Authority(name).label for name in _enough(kind, act))
    ways = [f"name another authority ({' or '.join(enough)})"] if enough else []
    ways.append(f"prepare a {' or '.join(str(other.label) for other in others)}")
    raise NotOfThisKind(f"{_WHY[kind]}: {', or '.join(ways)}.", kinds=[str(other) for other in others])
