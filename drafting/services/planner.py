"""Tells PostgreSQL how large its tables have become, right after an act that filled them.

Until its own count, a minute later or more, it plans for the tables as they were: for a new text as for an empty one,
which made single queries on 3,700 brackets take a minute.
"""

from django.db import connection
from django.db.models import Model

#: Rows an act must have written before it is worth counting (a tenth of a second for a large text).
MANY = 200


def count_anew(written: int, *tables: type[Model]) -> None:
    """Have the tables counted if `written` rows are many; sees what the transaction around it has written."""
    if connection.vendor != "postgresql" or written < MANY:
        return
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
