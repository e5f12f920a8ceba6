"""The floor text as far as an act needs it: the words it touches, and of all others only their unmatched brackets.

A text of thousands of provisions is so read in one short query, whatever its words. The rule for pairs is the engine's
(`drafting.text.pair_rule`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from drafting.models import NegotiatingText, Provision
from drafting.services.pairs import Restoring
from drafting.text import bodies, pairing
from drafting.text.bodies import Body
from drafting.text.steps import Cut, Edit, Join, Step


def know(negotiated: NegotiatingText, act: Sequence[Step], returning: Restoring) -> dict[int, Provision]:
    """Return, with their words, the provisions whose every bracket must be known.

    Those an act touches; and where it may give a partner to a bracket that stands alone, those in which one does.
    """
    keys = {step.text if isinstance(step, Edit | Cut | Join) else step.provision for step in act}
    places = {provision for provision, _ in (*returning.pairs, *returning.anomalies)}
    known = _load(negotiated, Q(pk__in=[*places, *(key for key in keys if isinstance(key, int))]))
    if _shifts(act, known):
        known |= _load(negotiated, Q(words__anomalies__mended=False))
    return known


def body(negotiated: NegotiatingText, known: Mapping[int, Provision]) -> Body:
    """Return the text as the engine's steps see it; a provision that is not `known` is its unmatched brackets."""
    rows = negotiated.provisions.order_by("order", "pk")
    fields = rows.values_list("pk", "parent_id", "retired", "words__closers", "words__openers")
    return Body(
        tuple(
            bodies.Provision(pk, parent, known[pk].words.content if pk in known else "]" * closers + "[" * openers, out)
            for pk, parent, out, closers, openers in fields
        )
    )


def _load(negotiated: NegotiatingText, wanted: Q) -> dict[int, Provision]:
    rows = negotiated.provisions.select_related("words", "instrument").filter(wanted).distinct()
    return {row.pk: row for row in rows}


def _shifts(act: Iterable[Step], known: Mapping[int, Provision]) -> bool:
    """Tell whether an act changes which brackets find no partner inside their provision."""
    words = {pk: row.words.content for pk, row in known.items()}
    for step in act:
        if not isinstance(step, Edit) or not isinstance(step.text, int) or step.text not in words:
            return True
        if step.changes.length != len(words[step.text]):
            return True
        words[step.text] = step.changes.apply(words[step.text])
    return any(pairing.residue(words[pk]) != (row.words.closers, row.words.openers) for pk, row in known.items())
