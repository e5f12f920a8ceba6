"""Two processes write to one stream at the same time: no gap, no row lost, one chain, and all hear them in order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests import postgres
from tests.processes.site import MAKE_TABLES, Site
from tests.processes.test_faults import ROOT, Redis, run_python

ROWS = 30

FURNISH = f"""
{MAKE_TABLES}
import json
from tests import cast, factories
from tests.live.talk import sign_in
people = cast.assemble()
text = factories.text(people, "a")
print(json.dumps({{"stream": str(text.floor_id), "chair": people.chair.pk, "norway": sign_in(people.norway)}}))
"""

#: Appends rows; a "late" process says so of each only when it has written all, the last one first.
APPEND = """
import sys
import django
django.setup()
from delegations.models import Seat
from drafting import broadcast, events
from drafting.models import Stream
from drafting.services import journal
stream, by = Stream.objects.get(pk=sys.argv[1]), Seat.objects.get(pk=sys.argv[2])
send, unsaid = broadcast._send, []
if sys.argv[4] == "late":
    broadcast._send = lambda *said: unsaid.append(said)
for number in range(int(sys.argv[3])):
    with journal.writing(stream, by=by) as writer:
        writer.append(events.ProvisionRevived(provision=number))
for said in reversed(unsaid):
    send(*said)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rolling.sqlite3'}"
        return
    with postgres.serve() as address:
        yield address


@pytest.fixture
def site(database: str, tmp_path: Path) -> Iterator[Site]:
    """A site on that database, with a Redis of its own."""
    with ExitStack() as ends:
        redis = Redis(tmp_path)
        ends.callback(redis.stop)
        made = Site(tmp_path, f"unix://{redis.at}")
        made.environment = {**made.environment, "DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
        ends.callback(made.stop)
        yield made


def test_two_processes_append_without_a_gap_and_what_is_published_out_of_order_is_heard_in_order(site: Site) -> None:
    room = json.loads(run_python(site, "-c", FURNISH))
    with closing(site.serve().join(room["norway"])) as reader:
        reader.say("sub", stream=room["stream"], since=None)
        head = reader.hear("tick")["seq"]
        _append(site, room)
        heard = [item["seq"] for item in reader.hear_items(2 * ROWS)]
    assert heard == list(range(head + 1, head + 2 * ROWS + 1))
    assert run_python(site, "manage.py", "verify_journal")


def _append(site: Site, room: dict[str, str]) -> None:
    """Let two processes write at once; one publishes each row as it comes, the other all of them late and backwards."""
    command = [sys.executable, "-c", APPEND, room["stream"], str(room["chair"]), str(ROWS)]
    writers = [
        subprocess.Popen([*command, manner], env=site.environment, cwd=ROOT, stderr=subprocess.PIPE)
        for manner in ("late", "at once")
    ]
    failures = [writer.communicate(timeout=240)[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], failures
