"""The browsers of one stream in this process, and which of them get the same frame; what is in it is not our matter.

Who gets what of a tick is worked out once for each set of texts that changed, until somebody comes or goes: beside the
kernel's time for a delivery, a look at each of a thousand browsers and their sockets is no small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from drafting.live import transports
from drafting.live.outlets import Frame

if TYPE_CHECKING:
    from drafting.live.browsers import Browser

#: For how many sets of changed texts it is kept who gets what; where many are typed in at once, few come again.
MOST_KNOWN = 64

_number = attrgetter("gate.number")


class Crowd:
    """Browsers that get the same frames, in the order of their sockets: the kernel finds them faster so."""

    def __init__(self, browsers: Iterable[Browser]) -> None:
        self._browsers = sorted(browsers, key=_number)
        self._gates = [browser.gate for browser in self._browsers]

    def write(self, frame: Frame) -> None:
        """Send a frame to each, as `Browser.write` does."""
        for place in transports.push_all(frame.wire, self._gates) if self._gates else ():
            self._browsers[place].write(frame)


class Share(NamedTuple):
    """Browsers that watch the same of the texts that changed, those who also follow the stream apart."""

    texts: set[UUID]
    followers: Crowd
    others: Crowd


class Crowds:
    """Followers of a stream, and watchers by text."""

    def __init__(self) -> None:
        self.followers: set[Browser] = set()
        self.watchers: dict[UUID, set[Browser]] = {}
        self._known: dict[tuple[frozenset[UUID], bool], tuple[list[Share], Crowd]] = {}

    @property
    def all(self) -> set[Browser]:
        """Everybody."""
        return self.followers.union(*self.watchers.values())

    def follow(self, browser: Browser) -> None:
        """Count a follower in."""
        self.followers.add(browser)
        self._known.clear()

    def leave(self, browser: Browser) -> None:
        """Count a follower out."""
        self.followers.discard(browser)
        self._known.clear()

    def watch(self, browser: Browser, text: UUID) -> None:
        """Count a watcher in."""
        self.watchers.setdefault(text, set()).add(browser)
        self._known.clear()

    def unwatch(self, browser: Browser, text: UUID) -> None:
        """Count a watcher out."""
        if text in self.watchers:
            self.watchers[text].discard(browser)
            if not self.watchers[text]:
                del self.watchers[text]
        self._known.clear()

    def share(self, texts: Iterable[UUID], is_told: bool) -> tuple[list[Share], Crowd]:
        """Return who watches which of `texts`, each browser once, and the followers who watch none of them.

        Where followers are not told anything, nobody counts as one.
        """
        wanted = frozenset(texts), is_told
        if wanted not in self._known:
            if len(self._known) == MOST_KNOWN:
                self._known.clear()
            self._known[wanted] = self._work_out(*wanted)
        return self._known[wanted]

    def _work_out(self, texts: frozenset[UUID], is_told: bool) -> tuple[list[Share], Crowd]:
        rest = set(self.followers) if is_told else set()
        shares = []
        for watched, watching in _split(self.watchers, texts):
            shares.append(Share(watched, Crowd(watching & rest), Crowd(watching - rest)))
            rest -= watching
        return shares, Crowd(rest)


def _split(watchers: Mapping[UUID, set[Browser]], texts: Iterable[UUID]) -> list[tuple[set[UUID], set[Browser]]]:
    """Return who watches which of `texts`: each browser once, with all it watches of them.

    The sets are split text by text, so that a thousand browsers that watch the same cost a few operations, not a few
    thousand.
    """
    found: list[tuple[set[UUID], set[Browser]]] = []
    for text in texts:
        rest = watchers.get(text, set())
        split: list[tuple[set[UUID], set[Browser]]] = []
        for others, browsers in found:
            both = browsers & rest
            if len(both) < len(browsers):
                split.append((others, browsers - both))
            if both:
                split.append((others | {text}, both))
                rest = rest - both
        if rest:
            split.append(({text}, set(rest)))
        found = split
    return found
