"""The state of a text as tables of plain rows, and what a rule does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, QuerySet

from drafting import events

Row = dict[str, Any]


@dataclass
class State:
    """Tables by id, each row a plain dictionary."""

    provisions: dict[int, Row] = field(default_factory=dict)
    texts: dict[str, Row] = field(default_factory=dict)
    brackets: dict[int, Row] = field(default_factory=dict)
    groups: dict[int, Row] = field(default_factory=dict)
    anomalies: dict[int, Row] = field(default_factory=dict)
    positions: dict[tuple[str, str], Row] = field(default_factory=dict)
    amendments: dict[str, Row] = field(default_factory=dict)
    sponsors: dict[tuple[str, str], bool] = field(default_factory=dict)
    hunks: dict[int, Row] = field(default_factory=dict)
    agreements: dict[int, Row] = field(default_factory=dict)
    parkings: dict[int, Row] = field(default_factory=dict)
    notes: dict[int, Row] = field(default_factory=dict)
    askings: dict[int, Row] = field(default_factory=dict)
    editorials: dict[int, Row] = field(default_factory=dict)
    confirmations: dict[int, Row] = field(default_factory=dict)
    rectifications: dict[int, Row] = field(default_factory=dict)
    versions: dict[str, Row] = field(default_factory=dict)
    reserves: dict[int, Row] = field(default_factory=dict)
    deadline: Row = field(default_factory=dict)
    mandates: dict[int, tuple[int, str, list[int]]] = field(default_factory=dict)
    pens: dict[tuple[int, str], bool] = field(default_factory=dict)
    packages: dict[str, list[int]] = field(default_factory=dict)
    languages: dict[int, Row] = field(default_factory=dict)
    translations: dict[int, Row] = field(default_factory=dict)


Rule = Callable[[State, Any], object]
Rules = dict[type[events.Event], Rule]


def change(table: str, key: str, **values: Any) -> Rule:
    """Return the rule that sets these fields of the row that the event names."""

    def rule(state: State, event: Any) -> None:
        getattr(state, table)[getattr(event, key)] |= values

    return rule


def plain(rows: QuerySet[Any] | Manager[Any], *fields: str) -> Iterable[Any]:
    """Return these fields of rows, and their `pk`, as values with names, in no order: a model is not made of them."""
    return rows.order_by().values_list("pk", *fields, named=True)
