"""What stands in brackets for a proposal, and its sponsors' letting go of that when they withdraw or correct it.

The words stay where they are: what becomes of a bracket that nobody holds any more is for the chair to decide.
"""

from __future__ import annotations

import msgspec
from django.db.models import Q

from drafting import events
from drafting.models import Amendment, Decision, Hunk, Position, Stance
from drafting.services.audiences import Audience


def is_in_brackets(row: Amendment) -> bool:
    """Tell whether all that an amendment proposes stands in brackets, and nothing of it is in the text or dropped."""
    if row.state != Amendment.State.DECIDED:
        return False
    outcomes = set(Hunk.objects.filter(version__amendment=row, version__current=True).values_list("outcome", flat=True))
    return outcomes == {Hunk.Outcome.BRACKETED}


def let_go(audience: Audience, row: Amendment) -> None:
    """Take back, inside an open act, what the sponsors say of the brackets that were opened for an amendment."""
    sponsors = row.versions.get(current=True).sponsorships.filter(withdrawn=False).values("delegation")
    held = Position.objects.filter(_opened(row), delegation__in=sponsors, bracket__closed=False)
    own = held.filter(stance__in=(Stance.PROPOSE, Stance.DELETE, Stance.RESERVE)).select_related("delegation")
    for position in own.order_by("pk"):
        named = events.StanceLifted(delegation=position.delegation.code, bracket=position.bracket_id)
        audience.tell(named, msgspec.structs.replace(named, delegation=None))
        position.delete()


def _opened(row: Amendment) -> Q:
    """Return which stances are on brackets opened for the amendment: by a decision, or typed with a pen."""
    hunks = set(Hunk.objects.filter(version__amendment=row).values_list("pk", flat=True))
    decided = Decision.objects.filter(act=Decision.Act.BRACKET, undone=False, hunks__in=hunks).distinct()
    spoken = [one for noted in decided.values_list("undo", flat=True) for one in noted["spoken"]]
    found = Q(bracket__in={bracket for bracket, _, of in spoken if hunks.intersection(of)})
    for pen in row.pens.filter(closed__isnull=False).select_related("provision"):
        found |= Q(
            bracket__start_text=pen.provision.words_id,
            recorder=pen.typist_id,
            from_the_floor=True,
            taken__range=(pen.opened, pen.closed),
        )
    return found
