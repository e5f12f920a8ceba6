"""A few words around a place, for a reader who is to recognise it: cut at spaces, "…" where words are left out."""

REACH = 52
"""Code points on either side, at most."""


def around(text: str, start: int, end: int, reach: int = REACH) -> tuple[str, str]:
    """Return the words before `start` and behind `end` of a text, as far as they are shown."""
    low, high = max(0, start - reach), min(len(text), end + reach)
    before, after = text[low:start], text[end:high]
    if low and not text[low - 1].isspace():
        before = _behind_space(before)
    if high < len(text) and not text[high].isspace():
        after = _before_space(after)
    return f"…{before}" if low else before, f"{after}…" if high < len(text) else after


def _behind_space(words: str) -> str:
    at = next((n for n, char in enumerate(words) if char.isspace()), -1)
    return words[at + 1 :]


def _before_space(words: str) -> str:
    at = next((n for n in range(len(words) - 1, -1, -1) if words[n].isspace()), len(words))
    return words[:at]
