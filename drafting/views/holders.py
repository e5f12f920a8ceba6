"""Who stands behind a thing, said shortly: members folded into their groups, a few codes, the rest as a count.

Codes in, words out; who may see them is decided before. Counting who stands where is here too, because a group's
stance counts for its members that took none of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

#: A group is named with its exceptions while these are few: "G77 except ARG".
MOST_EXCEPTIONS = 2
#: The least members a group must have for a fold with exceptions to say more than the codes themselves.
LEAST_MEMBERS = 8


@dataclass(frozen=True)
class Groups:
    """The groups of a conference: code to the codes of the delegations it speaks for, the largest first."""

    members: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return id(self)

    def expand(self, codes: Iterable[str]) -> frozenset[str]:
        """Return `codes` with every group replaced by its members; a group without any stands for itself."""
        found: set[str] = set()
        for code in codes:
            found |= self.members.get(code) or {code}
        return frozenset(found)


@lru_cache(maxsize=8192)
def fold(codes: tuple[str, ...], groups: Groups, apart: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return `codes` with the members of a group that all stand here replaced by the group's code.

    Groups first, the largest first, then the others in their order; "G77 except ARG" where one or two are missing, or
    where a group speaks and members of it, in `apart`, took another stance of their own.
    """
    left = set(codes)
    folded: list[str] = []
    for code, members in groups.members.items():
        missing = members - left
        if code in left:
            folded.append(_excepting(code, sorted(members & apart - left)))
        elif not missing:
            folded.append(code)
        elif len(missing) <= MOST_EXCEPTIONS and len(members) >= LEAST_MEMBERS:
            folded.append(f"{code} except {', '.join(sorted(missing))}")
        else:
            continue
        left -= members | {code}
    return (*folded, *(code for code in codes if code in left))


def lead(labels: tuple[str, ...], codes: Iterable[str], first: Iterable[str]) -> tuple[str, ...]:
    """Return the labels with the reader's own delegation and the pinned in front, also where a group holds them."""
    standing = set(codes)
    own = [code for code in dict.fromkeys(first) if code in standing]
    return (*own, *(label for label in labels if label not in own))


def _excepting(group: str, away: Sequence[str]) -> str:
    if not away:
        return group
    return f"{group} except {', '.join(away) if len(away) <= MOST_EXCEPTIONS else len(away)}"


def shorten(labels: tuple[str, ...], most: int = 3) -> str:
    """Return the first labels and how many more there are: "EU NOR CHE +22"."""
    shown = " ".join(labels[:most])
    return f"{shown} +{len(labels) - most}" if len(labels) > most else shown


def say(labels: tuple[str, ...], names: Mapping[str, str], most: int = 6) -> str:
    """Return the labels as a person would read them out: full names where a code stands alone, the rest as a count."""
    said = ", ".join(names.get(label, label) for label in labels[:most])
    return f"{said} and {len(labels) - most} more" if len(labels) > most else said


@dataclass(frozen=True, slots=True)
class Balance:
    """How many delegations stand where, groups expanded; `between` reserve or can live with it."""

    pro: int
    between: int
    against: int

    @property
    def total(self) -> int:
        """All that took a stance."""
        return self.pro + self.between + self.against


_PRO = frozenset({"propose", "support", "retain"})
_AGAINST = frozenset({"delete", "oppose", "cannot-accept"})


def balance(stances: Iterable[tuple[str, str]], groups: Groups) -> Balance:
    """Count (code, stance) pairs as delegations: a member that took a stance of its own leaves its group's count."""
    said = dict(stances)
    counted = {code: stance for code, stance in said.items() if code not in groups.members}
    for group, members in groups.members.items():
        if group in said:
            for member in members:
                counted.setdefault(member, said[group])
    pro = sum(stance in _PRO for stance in counted.values())
    against = sum(stance in _AGAINST for stance in counted.values())
    return Balance(pro, len(counted) - pro - against, against)
