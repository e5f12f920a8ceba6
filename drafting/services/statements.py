"""Plain SQL, one text for PostgreSQL and SQLite, for what runs at every keystroke.

A statement takes 10 µs here, 31 through a cursor of Django's, and more through the ORM: a keystroke needs eight. What
the statements say is where they are used: `sheets`, `cursors`, `typists`, `wakes`, `rests`, `journal`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import connections


def marks(values: Collection[object]) -> str:
    """Return a placeholder for each of `values`, for an IN list; NULL for none."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def key(value: UUID) -> Any:
    """Return a UUID as this database keeps it."""
    return value if _keeps_uuids() else value.hex


def uuid(value: Any) -> UUID:
    """Return a UUID this database gave back."""
    return value if isinstance(value, UUID) else UUID(value)


def moment(value: Any) -> datetime:
    """Return a moment this database gave back; SQLite has no type for them, and gives the words of UTC."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)


def fetch(sql: str, values: Iterable[Any]) -> list[Any]:
    """Return all rows of a query."""
    return list(_run(sql, values).fetchall())


def execute(sql: str, values: Iterable[Any]) -> None:
    """Run one statement."""
    _run(sql, values)


def execute_many(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of values; one who types alone has one."""
    if len(rows) == 1:
        execute(sql, rows[0])
    elif rows:
        with connections["default"].cursor() as cursor:
            cursor.executemany(sql, rows)


def _run(sql: str, values: Iterable[Any]) -> Any:
    """Run a statement on the driver's connection, or by Django's cursor where somebody listens to what is run.

    Errors are Django's either way.
    """
    connection = connections["default"]
    if connection.execute_wrappers or connection.queries_logged:
        cursor = connection.cursor()
        cursor.execute(sql, list(values))
        return cursor
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        return connection.connection.execute(_spell(sql, connection.vendor), list(values))


@cache
def _keeps_uuids() -> bool:
    """Tell whether the database has a type for UUIDs; a process has one database."""
    return bool(connections["default"].features.has_native_uuid_field)


@lru_cache(maxsize=256)
def _spell(sql: str, vendor: str) -> str:
    """Return a statement with its placeholders as the driver wants them."""
    return sql.replace("%s", "?") if vendor == "sqlite" else sql
