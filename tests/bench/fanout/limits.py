"""What must hold of the live floor: each limit measured, told in a sentence with the figure, and judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from tests.bench.fanout import meters, ours
from tests.bench.fanout.crowd import Client, Crowd, gather

Judged = list[tuple[str, bool]]
OURS, BARE = "ours", "ours, nothing committed"

#: Ours must deliver so many times what a rival does, for a CPU-second, at a thousand sockets.
TIMES = (
    (BARE, "hocuspocus", 1.2),
    (BARE, "y-websocket", 1.0),
    (BARE, "plain Channels", 15.0),
    (OURS, "hocuspocus", 1.0),
)


def compare(rates: Mapping[tuple[str, str, int], float]) -> Judged:
    """Judge our rates against the rivals', under each load both served at a thousand sockets."""
    found = []
    for mine, other, times in TIMES:
        for load in ("single", "busy"):
            if (mine, load, 1000) in rates and (other, load, 1000) in rates:
                ratio = rates[mine, load, 1000] / rates[other, load, 1000]
                found.append((f"{mine}, {load}: {ratio:.2f}× {other}, at least {times}×", ratio >= times))
    return found


def busy_floor(floor: ours.Floor, redis: int) -> Judged:
    """200 edits a second over 100 provisions, all watched by 1,000 sockets, take at most one core."""
    port, pid = floor.serve()
    share = ours.PROVISIONS // ours.SENDERS
    crowd = Crowd(floor.listeners(port, 1000, ours.PROVISIONS), ours.SIGN)
    typists = [floor.typist(port, first, share) for first in range(0, ours.PROVISIONS, share)]
    edits = ours.turns(typists)
    crowd.play(edits, 200, 200)
    before, began = meters.cpu([pid, redis]), time.monotonic()
    crowd.play(edits, 200, 1000)
    cores = (meters.cpu([pid, redis]) - before) / (time.monotonic() - began)
    figures = f"p50 {crowd.percentile(0.5):.0f}, p99 {crowd.percentile(0.99):.0f} ms"
    crowd.close()
    floor.site.stop()
    return [
        (f"200 edits/s over 100 provisions to 1,000 sockets take {cores:.2f} cores ({figures}), at most 1", cores <= 1)
    ]


def two_processes(floor: ours.Floor, redis: int) -> Judged:
    """Two web processes carry 1.6 times what one carries: deliveries a second if each had a core."""
    capacities = []
    for number in (1, 2):
        webs = [floor.serve() for _ in range(number)]
        clients: list[Client] = []
        for port, _ in webs:
            clients = floor.listeners(port, 500, 1, clients)
        crowd = Crowd(clients, ours.SIGN)
        typist = floor.typist(webs[0][0], 0, 1)
        edits = ours.turns([typist])
        crowd.play(edits, 50, 50)
        before = [meters.cpu([pid]) for _, pid in webs]
        crowd.play(edits, 50, 250)
        spent = [meters.cpu([pid]) - earlier for (_, pid), earlier in zip(webs, before, strict=True)]
        capacities.append(sum(250 * 500 / each for each in spent))
        crowd.close()
        floor.site.stop()
    ratio = capacities[1] / capacities[0]
    return [(f"two web processes carry {ratio:.2f}× what one carries, at least 1.6×", ratio >= 1.6)]


def idle_sockets(floor: ours.Floor, redis: int) -> Judged:
    """A socket that follows the floor and does nothing takes at most 30 kB."""
    port, pid = floor.serve()
    warm = floor.listeners(port, 100, 1)
    empty = meters.memory(pid)
    clients = floor.listeners(port, 1000, 1)
    kilobytes = (meters.memory(pid) - empty) / 1000 / 1000
    hang_up(warm + clients)
    floor.site.stop()
    return [(f"an idle socket takes {kilobytes:.1f} kB, at most 30", kilobytes <= 30)]


def cold_start(floor: ours.Floor, redis: int) -> Judged:
    """On a process that has served nobody, a text of 1,000 provisions and 10,000 anchors is typed in after 0.5 s."""
    from tests import factories

    words = " ".join(["[x] y"] * 5)
    text = factories.text(floor.cast, *(f"{number}. {words}" for number in range(1, 1001)), slug="large")
    last = text.provisions.select_related("words").order_by("-order")[0].words
    port, _ = floor.serve()
    began = time.monotonic()
    (client,) = gather(port, "/live/", floor.headers(port), 1)
    client.say(ours.message("sub", stream=text.floor_id, since=None))
    client.say(ours.message("watch", texts=[last.pk]))
    client.say(ours.message("pen", text=last.pk, **{"for": "editorial"}))
    client.await_word(b'"pen_ok"')
    part = {"text": last.pk, "base_rev": 0, "changes": [len(last.content), [0, "z"]]}
    client.say(ours.message("op", client="cold", epoch=0, n=1, parts=[part]))
    client.await_word(b'"ack"')
    seconds = time.monotonic() - began
    hang_up([client])
    floor.site.stop()
    return [
        (
            f"cold, a text of 1,000 provisions and 10,000 anchors is typed in after {seconds:.2f} s, at most 0.5",
            seconds <= 0.5,
        )
    ]


def coming_back(floor: ours.Floor, redis: int) -> Judged:
    """A thousand sockets that come back at once are live within 30 s."""
    port, _ = floor.serve()
    began = time.monotonic()
    clients = floor.listeners(port, 1000, 1)
    seconds = time.monotonic() - began
    hang_up(clients)
    floor.site.stop()
    return [(f"1,000 sockets that come back at once are live after {seconds:.1f} s, at most 30", seconds <= 30)]


def slow_sockets(floor: ours.Floor, redis: int) -> Judged:
    """Two sockets that never read cost the others at most a fifth of their p99."""
    port, _ = floor.serve()
    crowd = Crowd(floor.listeners(port, 200, 1), ours.SIGN)
    typist = floor.typist(port, 0, 1)
    edits = ours.turns([typist])
    waits = []
    for number in (0, 2):
        slow = floor.listeners(port, number, 1)
        crowd.play(edits, 50, 50)
        crowd.play(edits, 50, 400)
        waits.append(crowd.percentile(0.99))
        hang_up(slow)
    crowd.close()
    floor.site.stop()
    ratio = waits[1] / waits[0]
    return [
        (
            f"beside sockets that do not read p99 is {ratio:.2f}× ({waits[0]:.0f} to {waits[1]:.0f} ms), at most 1.2×",
            ratio <= 1.2,
        )
    ]


def hang_up(clients: list[Client]) -> None:
    """Close the sockets."""
    for client in clients:
        client.line.close()


PARTS: dict[str, Callable[[ours.Floor, int], Judged]] = {
    "floor": busy_floor,
    "processes": two_processes,
    "memory": idle_sockets,
    "cold": cold_start,
    "return": coming_back,
    "slow": slow_sockets,
}
