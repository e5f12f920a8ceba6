"""Two processes write to one stream at the same time: no gap, no row lost, one chain."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from drafting.models import NegotiatingText, Stream
from drafting.queries import journal
from tests import cast as people
from tests import factories
from tests.processes.site import spell_database

ROOT = Path(__file__).resolve().parents[2]
ROWS = 30
APPEND = """
import sys
import django
django.setup()
from delegations.models import Seat
from drafting import events
from drafting.models import Stream
from drafting.services import journal
stream, by = Stream.objects.get(pk=sys.argv[1]), Seat.objects.get(pk=sys.argv[2])
for number in range(int(sys.argv[3])):
    with journal.writing(stream, by=by) as writer:
        writer.append(events.ProvisionRevived(provision=number))
"""


@pytest.fixture
def text(transactional_db: None) -> NegotiatingText:
    return factories.text(people.assemble(), "a")


def test_two_processes_append_to_one_stream_without_a_gap(text: NegotiatingText, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": spell_database(),
        "PYTHONPATH": str(ROOT),
        "ROLLING_HOME": str(tmp_path),
    }
    seat = text.conference.seats.get(role="chair")
    command = [sys.executable, "-c", APPEND, str(text.floor_id), str(seat.pk), str(ROWS)]
    writers = [subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    failures = [writer.communicate(timeout=120)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], failures
    stream = Stream.objects.get(pk=text.floor_id)
    assert journal.verify_stream(stream) == stream.head
    assert stream.entries.filter(kind="provision-revived").count() == 2 * ROWS
