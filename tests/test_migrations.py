"""The migrations make the very tables of the models, which the other tests are run on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from psycopg import sql

from tests.processes.site import spell_database

ROOT = Path(__file__).resolve().parents[1]
MIGRATE = (sys.executable, "manage.py", "migrate", "--verbosity", "0")


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Yields the address of one more database, of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'migrated.sqlite3'}"
        return
    beside, name = spell_database(), f"{connection.settings_dict['NAME']}_migrated"
    with psycopg.connect(beside, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{beside.rpartition('/')[0]}/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def describe(database: BaseDatabaseWrapper) -> dict[str, Any]:
    """Returns the columns and the constraints of every table of ours; Django names some of its own by their history."""
    look = database.introspection
    with database.cursor() as cursor:
        return {
            table: (sorted(map(repr, look.get_table_description(cursor, table))), constraints(database, cursor, table))
            for table in look.table_names(cursor)
            if table.startswith(("drafting_", "delegations_"))
        }


def constraints(database: BaseDatabaseWrapper, cursor: Any, table: str) -> list[str]:
    """Returns what holds of a table. SQLite names some of it by a number, and a key's columns in the table's order."""
    found = database.introspection.get_constraints(cursor, table)
    if database.vendor == "sqlite":
        found["__primary__"]["columns"].sort()
    return sorted(f"{re.sub(r'^(fk_|__unnamed).*', '', name)} {rule}" for name, rule in found.items())


@pytest.mark.django_db
def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    with empty_database(tmp_path) as address:
        environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        subprocess.run(MIGRATE, cwd=ROOT, env=environment, check=True)
        place = address.removeprefix("sqlite:///") if connection.vendor == "sqlite" else address.rpartition("/")[2]
        other = ConnectionHandler({"default": {**connection.settings_dict, "NAME": place}})["default"]
        migrated = describe(other)
        other.close()
    assert migrated == describe(connection)
    assert {"drafting_journal", "delegations_seat"} <= set(migrated)


@pytest.mark.django_db
def test_no_model_is_ahead_of_the_migrations(settings: Any) -> None:
    settings.MIGRATION_MODULES = {}
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)  # ends with 1 where one is ahead
    assert said.getvalue().startswith("No changes detected")
