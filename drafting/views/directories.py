"""The delegations of a conference as pages name them: codes, names, groups with their members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from delegations import queries
from delegations.models import Conference
from drafting.views.holders import Groups


@dataclass(frozen=True, slots=True)
class Directory:
    """Names by code, the groups, and the place of each code in the field's fixed order."""

    names: dict[str, str]
    groups: Groups
    rank: dict[str, int]

    def sort(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return codes in the fixed order: groups, then States by their English names, then organisations."""
        return tuple(sorted(codes, key=lambda code: self.rank.get(code, len(self.rank))))


#: The kinds of delegation in the order in which documents name them.
_ORDER = ("group", "regional", "state", "observer-state", "intergovernmental", "other")


def of(conference: Conference, language: str = "en") -> Directory:
    """Return the directory of a conference, names in `language`."""
    rows = {row.pk: row for row in queries.delegations(conference)}
    members = {
        rows[group].code: frozenset(rows[member].code for member in inside)
        for group, inside in queries.membership(conference).items()
    }
    largest_first = dict(sorted(members.items(), key=lambda item: (-len(item[1]), item[0])))
    names = {row.code: row.name(language) for row in rows.values()}
    in_order = sorted(rows.values(), key=lambda row: (_ORDER.index(row.kind), row.name("en"), row.code))
    return Directory(names, Groups(largest_first), {row.code: place for place, row in enumerate(in_order)})
