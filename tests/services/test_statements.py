"""Plain SQL: the same rows, listened to or not, and Django's errors."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext

from drafting.models import Stream
from drafting.services import statements
from tests import factories
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _streams(cast: Cast) -> None:
    factories.text(cast, "a")


def test_what_is_listened_to_finds_the_same_rows(cast: Cast) -> None:
    sql = "SELECT id, head FROM drafting_stream WHERE conference_id = %s ORDER BY id"
    unheard = statements.fetch(sql, [cast.conference.pk])
    with CaptureQueriesContext(connection) as heard:
        assert statements.fetch(sql, [cast.conference.pk]) == unheard
    assert len(heard) == 1
    assert {statements.uuid(pk) for pk, _ in unheard} == set(
        Stream.objects.filter(conference=cast.conference).values_list("pk", flat=True)
    )


def test_many_rows_are_written_as_one_is(cast: Cast) -> None:
    streams = list(Stream.objects.filter(conference=cast.conference)[:3])
    sql = "UPDATE drafting_stream SET head = %s WHERE id = %s"
    statements.execute_many(sql, [])
    statements.execute_many(sql, [(7, statements.key(streams[0].pk))])
    statements.execute_many(sql, [(8, statements.key(stream.pk)) for stream in streams[1:]])
    assert [Stream.objects.get(pk=stream.pk).head for stream in streams] == [7, 8, 8]


def test_the_databases_errors_are_djangos(cast: Cast) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), transaction.atomic():
        statements.fetch("SELECT nothing FROM nowhere WHERE id = %s", [1])
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.execute("UPDATE drafting_stream SET kind = NULL WHERE conference_id = %s", [cast.conference.pk])
