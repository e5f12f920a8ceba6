"""Saving some columns of many rows at once: one statement done over and over, for all databases.

Django's own way, a CASE for each row and column, takes ten times as long, and acts on the floor wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model


def save(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Store the named fields of rows of one model, each under its key; nothing happens for no rows."""
    if not rows:
        return
    meta = rows[0]._meta
    known = {field.name: field for field in meta.concrete_fields}
    fields = [*(known[name] for name in names), *(field for field in meta.concrete_fields if field.primary_key)]
    *columns, key = [f"{connection.ops.quote_name(str(field.column))} = %s" for field in fields]
    sql = f"UPDATE {connection.ops.quote_name(meta.db_table)} SET {', '.join(columns)} WHERE {key}"
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
