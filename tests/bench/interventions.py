"""How long each of six things said in the room takes until it is stored and answered, and how many queries it asks.

    python -m tests.bench.interventions [PROVISIONS AMENDMENTS]

Loads the demo into a database of its own, says six lines over HTTP as the secretary's page does, and prints the time
each waited, beside a calibration loop of plain Python. Limit: 0.25 s each, the one on every provision included.
"""

import logging
import os
import sys
import tempfile
import time

from tests.bench.pages import measure
from tests.bench.parsing import calibrate

LINES = (
    "NOR after Parties insert jointly",
    "EU supports",
    "IND brackets the whole paragraph",
    "JPN can go along with NOR",
    "BRA reserves",
    "BRA deletes appropriate throughout",
)
LIMIT = 0.25


def main(provisions: int = 120, amendments: int = 300) -> int:
    """Load, say the lines one after the other, and return how many were answered too late."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from delegations.models import Seat
    from drafting.demo import conference
    from drafting.models import Provision

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    text = conference.load(provisions, amendments).text
    print(f"calibration: counting to a million   {measure(calibrate, 5):.3f} s")
    client = Client(SERVER_NAME="localhost")
    client.force_login(Seat.objects.get(user__username="secretary").user)
    open_ones = text.provisions.filter(retired=False, agreements__isnull=True).select_related("words").order_by("order")
    clean = [one for one in open_ones if "[" not in one.words.content and one.words.content.count("Parties") == 1]
    where = min(clean, key=lambda one: (one.hunks.count(), one.order))
    address = f"{text.get_absolute_url()}{where.address}/said/"

    def say(line: str, **more: str) -> str:
        answer = client.post(address, {"line": line, **more}, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.content
        return str(answer.json()["said"])

    say(LINES[0], peek="1")
    late = 0
    for line in LINES:
        with CaptureQueriesContext(connection) as asked:
            began, worked = time.perf_counter(), time.process_time()
            said = say(line)
            waited, worked = time.perf_counter() - began, time.process_time() - worked
        late += waited > LIMIT
        changed = Provision.objects.filter(
            address__in=said.partition(", in ")[2].rstrip(".").split(", "), text=text
        ).count()
        print(f"{line:<36} {waited:.3f} s  {worked:.3f} s of CPU  {len(asked):>3} queries  {changed:>3} provisions")
    return late


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rolling-bench-") as home:
        os.environ |= {"ROLLING_HOME": home, "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        sys.exit(main(*map(int, sys.argv[1:3])) > 0)
