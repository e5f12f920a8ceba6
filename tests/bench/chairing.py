"""How long the chair's own pages take beside 2,000 amendments, and the what-if over 4,000 brackets × 195 delegations.

    python -m tests.bench.chairing [ROUNDS]

Loads the demo with 1,000 provisions and 2,000 amendments into a database of its own and prints the best of a few rounds
in CPU seconds beside a calibration loop of plain Python. Limits: each page 0.5 s warm; what-if and bilaterals 0.3 s,
which is checked against a plain re-computation.
"""

import logging
import os
import random
import sys
import tempfile
from functools import partial

from drafting.text import whatif
from drafting.text.whatif import Held
from tests.bench.pages import AMENDMENTS, PROVISIONS, measure
from tests.bench.parsing import calibrate

#: Pages under the text, and how many seconds each may take.
PAGES = ("desk/triage/", "desk/triage/?counts=1", "desk/linked/", "desk/pictures/", "desk/")
LIMIT = 0.5
BRACKETS, DELEGATIONS, WHAT_IF = 4_000, 195, 0.3


def main(rounds: int = 5) -> int:
    """Measure the what-if, then the pages; return how many took too long."""
    print(f"calibration: counting to a million   {measure(calibrate, rounds):.3f} s")
    return measure_what_if(rounds) + measure_pages(rounds)


def measure_what_if(rounds: int) -> int:
    """Measure letting go, the bilaterals and who stands alone, on random holders of every bracket."""
    chance = random.Random(1)
    codes = [f"D{n:03}" for n in range(DELEGATIONS)]
    held = [
        Held(
            n,
            frozenset(chance.sample(codes, chance.choice((1, 1, 2, 3, 40, 120)))),
            size=n,
            known=chance.random() < 0.9,
        )
        for n in range(BRACKETS)
    ]
    going = frozenset(chance.sample(codes, 100))

    def reckon() -> None:
        whatif.let_go(held, going)
        whatif.bilaterals(held)
        whatif.alone(held)

    plainly = tuple(row.number for row in held if row.known and all(code in going for code in row.holders))
    assert whatif.let_go(held, going).fall == plainly
    taken = measure(reckon, rounds)
    print(f"what if, {BRACKETS:,} brackets × {DELEGATIONS} delegations   {taken:.3f} s   limit {WHAT_IF} s")
    return taken > WHAT_IF


def measure_pages(rounds: int) -> int:
    """Load the demo and ask for the chair's pages."""
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
    text = conference.load(PROVISIONS, AMENDMENTS).text
    client = Client(SERVER_NAME="localhost")
    client.force_login(Seat.objects.get(user__username="chair").user)
    late = 0
    for page in PAGES:
        address = text.get_absolute_url() + page
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        queries = len(asked)  # before the next request empties the log
        warm = measure(partial(client.get, address), rounds)
        late += warm > LIMIT
        print(f"{address:<40} warm {warm:.3f} s  {queries} queries  limit {LIMIT} s")
    return late


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rolling-bench-") as home:
        os.environ |= {"ROLLING_HOME": home, "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        sys.exit(main(*map(int, sys.argv[1:2])) > 0)
