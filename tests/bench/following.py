"""How long the server takes for a delegation's own pages beside 2,000 amendments of 195 delegations, and its queries.

    python -m tests.bench.following [ROUNDS]

Loads the demo with 1,000 provisions and 2,000 amendments into a database of its own, has one delegation stand behind
all of them, watch twenty things and read nothing since the import, and prints the best of a few rounds in CPU seconds
beside a calibration loop of plain Python. Limit: 0.3 s warm for the board, the fates, the digest, the home,
what changed and the report.
"""

import logging
import os
import sys
import tempfile
import time
from functools import partial

from tests.bench.pages import AMENDMENTS, PROVISIONS, measure
from tests.bench.parsing import calibrate

LIMIT = 0.3
#: Pages under the text, and whether the limit holds for them.
PAGES = {
    "board/": True,
    "fates/": True,
    "fates/?rev=1": True,
    "watches/": True,
    "/aquifers/": True,
    "since/": True,
    "find/?q=shall": False,
    "report/": True,
    "notes/ring/": False,
}


def main(rounds: int = 5) -> int:
    """Load, then ask for the pages as a delegate, cold once and then warm; return how many took too long."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from delegations.models import Seat
    from drafting.demo import conference
    from drafting.models import NegotiatingText

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    print(f"calibration: counting to a million   {measure(calibrate, rounds):.3f} s")
    text = NegotiatingText.objects.get(pk=conference.load(PROVISIONS, AMENDMENTS).text.pk)
    seat = Seat.objects.get(user__username="nor-delegate")
    stand_behind_all(seat, text)
    client = Client(SERVER_NAME="localhost")
    client.force_login(seat.user)
    late = 0
    for page, is_limited in PAGES.items():
        address = page if page.startswith("/") else text.get_absolute_url() + page
        began = time.process_time()
        assert client.get(address).status_code == 200, address
        cold = time.process_time() - began
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        queries = len(asked)  # before the next request empties the log
        warm = measure(partial(client.get, address), rounds)
        late += is_limited and warm > LIMIT
        limit = f"limit {LIMIT} s" if is_limited else ""
        print(f"{address:<40} cold {cold:.3f} s  warm {warm:.3f} s  {queries} queries  {limit}")
    return late


def stand_behind_all(seat: object, text: object) -> None:
    """Have the seat's delegation co-sponsor every amendment, watch twenty things, and have read nothing."""
    from django.utils import timezone

    from delegations.models import Seat
    from drafting.models import AmendmentVersion, NegotiatingText, ReadMark, Sponsorship, Watch

    assert isinstance(seat, Seat)
    assert isinstance(text, NegotiatingText)
    assert seat.delegation is not None
    first = text.revisions.get(number=0)
    ReadMark.objects.create(seat=seat, text=text, seq=first.at_seq + 1, at=timezone.now())
    taken = set(Sponsorship.objects.filter(delegation=seat.delegation).values_list("version", flat=True))
    others = AmendmentVersion.objects.filter(amendment__text=text, current=True).exclude(pk__in=taken)
    role = Sponsorship.Role.COSPONSOR
    Sponsorship.objects.bulk_create(Sponsorship(version=row, delegation=seat.delegation, role=role) for row in others)
    addresses = text.provisions.values_list("address", flat=True)[:10]
    watched = [("provision", address) for address in addresses]
    watched += [("word", word) for word in ("shall", "should", "may", "States", "data")]
    watched += [("delegation", code) for code in ("KEN", "JPN", "EU", "G77", "CHE")]
    Watch.objects.bulk_create(Watch(seat=seat, text=text, kind=kind, value=value) for kind, value in watched)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rolling-bench-") as home:
        os.environ |= {"ROLLING_HOME": home, "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        sys.exit(main(*map(int, sys.argv[1:2])) > 0)
