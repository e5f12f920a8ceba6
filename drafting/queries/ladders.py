"""The ladder of agreement: the rungs of a conference in order, each with a name, a style, and whether it locks."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from delegations.models import Conference
from drafting.errors import NotFound
from drafting.models import Agreement, Ladder

#: How a rung is drawn: a dotted grey rule, a dashed green one, a solid green one.
STYLES = {"noted": "dotted, grey", "ad-ref": "dashed, green", "agreed": "solid, green"}


class Rung(msgspec.Struct, frozen=True):
    """One rung; `key` is what an agreement keeps of it, however it is called later."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    style: Literal["noted", "ad-ref", "agreed"]
    locks: bool = True


DEFAULT = (
    Rung(Agreement.Level.AD_REF.value, Agreement.Level.AD_REF.label, "ad-ref"),
    Rung(Agreement.Level.AGREED.value, Agreement.Level.AGREED.label, "agreed"),
)


def of(conference: Conference) -> tuple[Rung, ...]:
    """Return the rungs of a conference, the lowest first; below them words are open."""
    row = Ladder.objects.filter(conference=conference).first()
    return msgspec.convert(row.rungs, tuple[Rung, ...]) if row else DEFAULT


def rung(conference: Conference, key: str) -> tuple[int, Rung]:
    """Return a rung by its key, and its place from below; raises `NotFound`."""
    for place, found in enumerate(of(conference)):
        if found.key == key:
            return place, found
    raise NotFound("There is no such rung on the ladder of this conference.")
