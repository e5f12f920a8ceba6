"""The ladder of agreement: the rungs of a conference in order, each with a name, a style, and whether it locks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


#: What has little room says for a name too long for it.
_SHORT = {Agreement.Level.AD_REF.label: "ad ref"}


@dataclass(frozen=True, slots=True)
class Share:
    """How many percent of some provisions stand on a rung, drawn from `start` percent on."""

    name: str
    style: str
    percent: int
    start: int

    @property
    def short(self) -> str:
        """The name where there is little room."""
        return short(self.name)


@dataclass(frozen=True, slots=True)
class Mix:
    """What of some provisions is agreed, the highest rung first, and the percent that is open."""

    shares: tuple[Share, ...]
    open: int

    @property
    def is_done(self) -> bool:
        """Tell whether everything stands on the highest rung."""
        return bool(self.shares) and self.shares[0].percent == 100


def mix(rungs: tuple[Rung, ...], counts: Mapping[str, int], total: int) -> Mix:
    """Return the shares of each rung, given how many of `total` provisions stand on it, by the rung's name."""
    shares: list[Share] = []
    start = 0
    for found in reversed(rungs):
        percent = round(100 * counts.get(found.name, 0) / total) if total else 0
        shares.append(Share(found.name, found.style, percent, start))
        start += percent
    return Mix(tuple(shares), max(0, 100 - start))


def short(name: str) -> str:
    """Return the name of a rung where there is little room."""
    return _SHORT.get(name, name)


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
