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
    fields = [meta.get_field(name) for name in names]
    key = meta.pk
    quote = connection.ops.quote_name
    assigned = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    sql = f"UPDATE {quote(meta.db_table)} SET {assigned} WHERE {quote(key.column)} = %s"
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in (*fields, key)] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
