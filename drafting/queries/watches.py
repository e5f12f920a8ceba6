"""What one seat watches, and whether a provision is among it. What the watches caught is in `digests`."""

from __future__ import annotations

from collections import defaultdict

from delegations.models import Seat
from drafting.models import DigestOrder, NegotiatingText, Watch
from drafting.queries import access


class Watched:
    """What a seat watches in one text."""

    def __init__(self, seat: Seat, negotiated: NegotiatingText) -> None:
        values: dict[str, set[str]] = defaultdict(set)
        for kind, value in access.watches(seat, negotiated).values_list("kind", "value"):
            values[kind].add(value)
        self._provisions = values[Watch.Kind.PROVISION]
        self._articles = values[Watch.Kind.ARTICLE]
        self._words = [word.casefold() for word in values[Watch.Kind.WORD]]

    def holds(self, address: str, article: str, words: str) -> bool:
        """Tell whether a provision is watched: by its address, its article, or a word in it."""
        if address in self._provisions or article in self._articles:
            return True
        content = words.casefold() if self._words else ""
        return any(word in content for word in self._words)


def hour(seat: Seat) -> int | None:
    """Return the hour at which the seat has its digest sent, in the conference's time, or None."""
    return DigestOrder.objects.filter(seat=seat).values_list("hour", flat=True).first()
