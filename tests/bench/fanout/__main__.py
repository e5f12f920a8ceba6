"""How many deliveries a CPU-second buys, ours and those of the servers people use today, in one run.

    python -m tests.bench.fanout [PART …]        parts: rivals ours floor processes memory cold return slow

One edit of 200 bytes goes to N sockets; a delivery is one edit arriving at one socket. Server CPU counts the server's
threads, its database and its Redis. All serve the same load from the same client: `single`, one edit at a time, a frame
for each; `busy`, edits in quick succession, where a server may put several in a frame. They take turns, and of
each the median counts: what else the machine does meets them all.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench.fanout import limits, meters, ours, rivals
from tests.bench.fanout.crowd import Client, Crowd
from tests.bench.parsing import calibrate

#: Sockets, and for each load edits a second and edits; plain Channels gets the next edit when the last has arrived.
SIZES = (200, 1000)
LOADS = {("single", 200): (50, 150), ("busy", 200): (80, 400), ("single", 1000): (15, 75), ("busy", 1000): (50, 150)}
WARMING, TURNS = 15, 3
UNDURABLE = "tests.bench.fanout.undurable:application"


class Measured(NamedTuple):
    """One server under one load: deliveries a CPU-second, latencies in ms, kB a socket."""

    name: str
    load: str
    size: int
    rate: float
    p50: float
    p99: float
    kilobytes: float

    def __str__(self) -> str:
        figures = f"{self.rate:>9,.0f} a CPU-second   p50 {self.p50:6.1f}  p99 {self.p99:6.1f} ms"
        return f"{self.name:<28}{self.load:<8}{self.size:>5}{figures}   {self.kilobytes:5.1f} kB a socket"


def measure(crowd: Crowd, edits: Iterator[Callable[[], None]], pids: list[int], load: tuple[float, int]) -> float:
    """Play a load after warming up; return the deliveries a CPU-second."""
    rate, count = load
    crowd.settle()
    crowd.play(edits, rate, min(WARMING, count))
    gc.collect()
    before = meters.cpu(pids)
    crowd.play(edits, rate, count)
    return crowd.deliveries / (meters.cpu(pids) - before)


class Server(NamedTuple):
    """A running server: its processes, its own first, how to listen to it, its edits, the signs of life it wants."""

    name: str
    pids: list[int]
    listen: Callable[[int], list[Client]]
    edits: Callable[[], Iterator[Callable[[], None]]]
    sign: bytes = b""


def serve(server: Server, loads: dict[tuple[str, int], tuple[float, int]]) -> Iterator[Measured]:
    """Yield what a server does under each load."""
    for size in SIZES:
        empty = meters.memory(server.pids[0])
        crowd = Crowd(server.listen(size), server.sign)
        edits = server.edits()
        kilobytes = (meters.memory(server.pids[0]) - empty) / size / 1000
        for (load, wanted), pace in loads.items():
            if wanted == size:
                rate = measure(crowd, edits, server.pids, pace)
                waits = crowd.percentile(0.5), crowd.percentile(0.99)
                yield Measured(server.name, load, size, rate, *waits, kilobytes)
        crowd.close()


def measure_rivals(redis: str, redis_pid: int) -> Iterator[Measured]:
    """Yield what the others do, each in a fresh process."""
    rivals.install()
    for name in rivals.NODE:
        with ExitStack() as ends:
            yjs = rivals.Yjs(name, edits=sum(count + WARMING for _, count in LOADS.values()))
            ends.callback(yjs.stop)
            yield from serve(Server(name, [yjs.process.pid], yjs.listeners, yjs.turns), LOADS)
    with ExitStack() as ends:
        plain = rivals.Plain(redis)
        ends.callback(plain.stop)
        server = Server("plain Channels", [plain.process.pid, redis_pid], plain.listeners, plain.turns)
        yield from serve(server, {("single", size): (0.0, 8) for size in SIZES})


def measure_ours(floor: ours.Floor, redis_pid: int) -> Iterator[Measured]:
    """Yield what we do, with every edit committed before it is acknowledged, and with none."""
    for name, application in ((limits.OURS, ours.APPLICATION), (limits.BARE, UNDURABLE)):
        port, pid = floor.serve(application)
        edits = partial(floor.turns, port)
        listen = partial(floor.listeners, port, texts=1)
        yield from serve(Server(name, [pid, redis_pid], listen, edits, ours.SIGN), LOADS)
        floor.site.stop()


def take_turns(works: Sequence[Callable[[], Iterator[Measured]]]) -> dict[tuple[str, str, int], float]:
    """Do all works, `TURNS` times over, and return the median rate of each server, load and number of sockets."""
    rates = defaultdict(list)
    for turn in range(TURNS if works else 0):
        began = time.process_time()
        calibrate()
        seconds = time.process_time() - began
        print(f"turn {turn + 1}: counting to a million {seconds:.3f} s, load {os.getloadavg()[0]:.1f}", flush=True)
        for one in (one for work in works for one in work()):
            print(one, flush=True)
            rates[one.name, one.load, one.size].append(one.rate)
    medians = {key: median(found) for key, found in rates.items()}
    for (name, load, size), rate in medians.items():
        print(f"median  {name:<28}{load:<8}{size:>5}{rate:>9,.0f} a CPU-second")
    return medians


def main(parts: list[str]) -> int:
    """Run the parts wanted, print what they give, and return how many limits do not hold."""
    wanted = set(parts) or {"ours", "rivals", *limits.PARTS}
    with (
        tempfile.TemporaryDirectory(prefix="rolling-fanout-") as folder,
        ours.private_redis(Path(folder)) as (redis, redis_pid),
    ):
        os.environ["REDIS_URL"] = redis
        home = Path(folder)
        ours.prepare(home)
        with ours.floor(home, redis) as floor:
            works = {
                "ours": partial(measure_ours, floor, redis_pid),
                "rivals": partial(measure_rivals, redis, redis_pid),
            }
            judged = limits.compare(take_turns([work for name, work in works.items() if name in wanted]))
            for name in wanted & limits.PARTS.keys():
                judged += limits.PARTS[name](floor, redis_pid)
    for sentence, holds in judged:
        print(f"{'holds' if holds else 'FAILS':<6} {sentence}")
    return sum(not holds for _, holds in judged)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
