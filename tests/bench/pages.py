"""How long the server takes for the text page of a large text, and how many queries it asks.

    python -m tests.bench.pages [ROUNDS]

Loads the demo with 1,000 provisions and 2,000 amendments into a database of its own, and prints the best of a few
rounds in CPU seconds beside a calibration loop of plain Python. Limit: 0.4 s warm.
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial

from tests.bench.parsing import calibrate

PROVISIONS, AMENDMENTS = 1_000, 2_000
PAGES = ("", "proposals/", "9.2/")


def measure(work: Callable[[], object], rounds: int) -> float:
    """Return the least CPU seconds that `work` took."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def main(rounds: int = 5) -> None:
    """Load, then ask for the pages as a delegate and as the chair, cold once and then warm."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from delegations.models import Seat
    from drafting.demo import conference

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    print(f"calibration: counting to a million   {measure(calibrate, rounds):.3f} s")
    began = time.process_time()
    text = conference.load(PROVISIONS, AMENDMENTS).text
    print(f"loading {PROVISIONS:,} provisions, {AMENDMENTS:,} amendments   {time.process_time() - began:.1f} s")
    for name, pages in (("nor-delegate", PAGES), ("chair", ("desk/",))):
        client = Client(SERVER_NAME="localhost")
        client.force_login(Seat.objects.get(user__username=name).user)
        for page in pages:
            address = text.get_absolute_url() + page
            began = time.process_time()
            answer = client.get(address)
            cold = time.process_time() - began
            if answer.status_code != 200:
                print(f"{name:<13} {address:<34} refused: {answer.status_code}")
                continue
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            queries = len(asked)
            warm = measure(partial(client.get, address), rounds)
            print(f"{name:<13} {address:<34} cold {cold:.3f} s  warm {warm:.3f} s  {queries} queries")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rolling-bench-") as home:
        os.environ |= {"ROLLING_HOME": home, "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        main(*map(int, sys.argv[1:2]))
