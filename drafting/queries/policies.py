"""The policies of a conference as its pages show them: what each says, whether it is in force, who adopted it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from delegations.models import Conference, Seat
from delegations.roles import Right
from drafting.errors import NotFound
from drafting.models import Adoption, Decision
from drafting.queries import access

#: By the field of the conference that says whether it is in force: its name, what it means, and what without it.
POLICIES = {
    "additions_bracketed": (
        "Additions start bracketed",
        "What is recorded from the floor stands in the text at once, in brackets held by who proposed it.",
        "What is recorded from the floor stays an open proposal; the text is as it was.",
    ),
    "unopposed_go_in": (
        "An unopposed proposal goes in",
        "What nothing competes with and nobody is against may be let in by the chair in one act.",
        "Every proposal is decided by itself.",
    ),
    "delegations_bracket": (
        "Delegations bracket",
        "A delegation puts brackets of its own round words; it holds them.",
        "Whoever holds the pen puts brackets for who asks; delegations propose them.",
    ),
    "attribution_shown": (
        "Attribution printed",
        "Texts and pages name who proposes, holds and opposes.",
        "The bureau sees names; delegations see their own. What was done meanwhile stays unnamed.",
    ),
    "counts_in_triage": (
        "Counts in triage",
        "The chair may look at how many delegations are for and against; nothing is sorted by it.",
        "No count is shown in triage.",
    ),
}
#: Which policy answers for an act that is decided by policy.
_ANSWERS = {Decision.Act.ACCEPT: "unopposed_go_in", Decision.Act.BRACKET: "additions_bracketed"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A policy: what it says now, and, where somebody set it, in which room or by whose act, and when."""

    name: str
    title: str
    means: str
    otherwise: str
    in_force: bool
    forum: str = ""
    by: str = ""
    at: datetime | None = None


def listed(seat: Seat) -> tuple[Shown, ...]:
    """Return the policies of the seat's conference, for who reads its floor."""
    _door(seat)
    now = Conference.objects.get(pk=seat.conference_id)
    last = {row.policy: row for row in reversed(history(seat))}
    return tuple(_shown(name, now, last.get(name)) for name in POLICIES)


def history(seat: Seat) -> list[Adoption]:
    """Return what was adopted when, the newest first."""
    _door(seat)
    return list(Adoption.objects.filter(conference=seat.conference_id).select_related("by__delegation"))


def is_of_the_room(conference: Conference, act: str) -> bool:
    """Tell whether a policy in force that the conference adopted in the room answers for an act."""
    name = _ANSWERS.get(Decision.Act(act))
    last = Adoption.objects.filter(conference=conference, policy=name).first() if name else None
    return last is not None and last.value and bool(last.forum)


def forum(conference: Conference, name: str) -> str:
    """Return the room that adopted a policy as it is in force, and when; empty where the chair alone did."""
    last = Adoption.objects.filter(conference=conference, policy=name).first()
    return last.forum if last is not None and last.value else ""


def title(name: str) -> str:
    """Return how a policy is called; raises `NotFound` for one there is not."""
    if name not in POLICIES:
        raise NotFound(f"There is no such policy: there are {', '.join(POLICIES)}.")
    return POLICIES[name][0]


def _door(seat: Seat) -> None:
    access.require(seat, Right.READ_FLOOR)


def _shown(name: str, now: Conference, last: Adoption | None) -> Shown:
    said = (name, *POLICIES[name], bool(getattr(now, name)))
    return Shown(*said) if last is None else Shown(*said, last.forum, str(last.by), last.at)
