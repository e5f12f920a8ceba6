"""Positions of a text in code points, used inside, and in UTF-16 units, used on the wire."""

from bisect import bisect_left

from .errors import ChangeMismatch


class Units:
    """The two scales of one text; only texts with characters beyond U+FFFF cost anything."""

    __slots__ = ("_astral", "_length", "_starts")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = [] if text.isascii() else [at for at, char in enumerate(text) if char > "\uffff"]
        self._starts = [at + earlier for earlier, at in enumerate(self._astral)]

    def to_units(self, point: int) -> int:
        """Return the UTF-16 offset of a code-point offset."""
        return point + bisect_left(self._astral, point)

    def to_points(self, unit: int) -> int:
        """Return the code-point offset of a UTF-16 offset.

        Raises `ChangeMismatch` for one outside the text or inside a surrogate pair.
        """
        earlier = bisect_left(self._starts, unit)
        if earlier and self._starts[earlier - 1] == unit - 1:
            raise ChangeMismatch(f"Position {unit} lies inside a character.")
        if not 0 <= unit - earlier <= self._length:
            raise ChangeMismatch(f"Position {unit} lies outside a text of {self._length}.")
        return unit - earlier
