"""How long the worker's whole job takes on a large text, how often it shows progress, and what acts on it cost.

    python -m tests.bench.consolidation_job [PROVISIONS AMENDMENTS]

Loads the demo into a database of its own, runs the job as the worker does, then the comparison with the text as
imported, which pages make when asked: the six results. Prints CPU and wall seconds beside a calibration loop of plain
Python; and what the job takes after one more proposal, beside working all of it out again with nothing kept. Limits on
1,000 provisions: 10 s for 2,000 amendments, 30 s for 10,000, progress at least every second; a decision holds the floor
for at most 0.2 s.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TypeVar
from unittest import mock

from tests.bench.parsing import calibrate

Answer = TypeVar("Answer")
#: Seconds of CPU for all six results, by amendments on 1,000 provisions.
LIMITS = {2_000: 10, 10_000: 30}


def timed(name: str, work: Callable[[], Answer]) -> Answer:
    """Do the work once, print what it took, and return its result."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<44} {cpu:7.2f} s of CPU, {wall:7.2f} s of the clock", flush=True)
    return answer


def main(provisions: int = 1_000, proposals: int = 2_000) -> None:
    """Load, consolidate, decide, undo, issue and print."""
    import django

    django.setup()
    from django.core.management import call_command

    from delegations.models import Seat
    from drafting import exports
    from drafting.demo import conference
    from drafting.models import Consolidation
    from drafting.queries import amendments, documents, listings
    from drafting.services import amendments as acts
    from drafting.services import consolidating, consolidation, decisions, journal, revisions
    from drafting.services.proposals import Proposed
    from drafting.text.shelves import Shelf

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    timed("calibration: counting to a million", calibrate)
    text = timed(f"load {provisions:,} and {proposals:,}", lambda: conference.load(provisions, proposals)).text
    chair = Seat.objects.get(user__username="chair")
    signs: list[float] = []
    tell, journal.progress = journal.progress, lambda *_: signs.append(time.perf_counter())
    asked = consolidation.request(chair, text)
    began = time.process_time()
    timed("consolidation job", lambda: consolidation.run(asked.pk))
    journal.progress = tell
    asked = Consolidation.objects.get(pk=asked.pk)
    timed("comparison with the text as imported", lambda: documents.comparison(chair, text, 0))
    taken = time.process_time() - began
    limit = LIMITS.get(proposals, 0)
    print(f"all six results {taken:.2f} s of CPU{f', limit {limit} s' if limit else ''}")
    longest = max((later - sign for sign, later in pairwise(signs)), default=0.0)
    size = len(json.dumps(asked.results)) / 1e6
    print(f"    {asked.state}; {len(signs)} signs of progress, {longest:.2f} s apart at most; results {size:.1f} MB")
    last = text.provisions.filter(retired=False).select_related("words", "text").order_by("-order")[0]
    delegate = Seat.objects.get(user__username="nor-delegate")
    acts.submit(delegate, text, [Proposed(last, f"{last.words.content} This applies to all Parties.")])
    timed("the job after one more proposal", lambda: consolidation.run(consolidation.request(chair, text).pk))
    with mock.patch.object(consolidating, "_shelf", Shelf(10_000)):
        timed("the same, with nothing kept", lambda: consolidation.run(consolidation.request(chair, text).pk))
    hunk = amendments.open_hunks(text).filter(outcome="open", inserts_after=False).order_by("pk").first()
    if hunk is not None:
        made = timed("accept a hunk", lambda: decisions.decide(chair, text, "accept", "room", hunks=[hunk.pk]))
        timed("take it back", lambda: decisions.undo(chair, made))
    timed("issue a revision", lambda: revisions.issue(chair, text))
    document = timed("bracketed document", lambda: listings.make(chair, text, "bracketed", None))
    for name, format_ in exports.FORMATS.items():
        timed(f"    as {name}", partial(format_.write, document))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="rolling-bench-") as home:
        os.environ |= {"ROLLING_HOME": home, "DJANGO_SETTINGS_MODULE": "drafting.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        main(*map(int, sys.argv[1:3]))
