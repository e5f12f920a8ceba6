"""Runs: whether words are one bracket or a group of them already, and where brackets without a partner stand.

`wrap` needs no second bracket round such words. On a text alone, runs of brackets separated by nothing or one space
count as groups; where groups are rows, `groups` and the rows decide.
"""

from . import pairing


def is_balanced(text: str) -> bool:
    """Tell whether every bracket of `text` finds its partner in it."""
    return ("[" not in text and "]" not in text) or pairing.is_balanced(text)


def separator(text: str) -> str | None:
    """Return what parts the brackets where `text` is nothing but one or a run of them: "" or a space; else None."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    matching = pairing.match([text])
    if matching.unclosed or matching.stray:
        return None
    at, found = 0, ""
    for pair in matching.pairs:
        if pair.depth > 1:
            continue
        between = text[at : pair.start.offset]
        if between not in ("", " "):
            return None
        found = found or between
        at = pair.end.offset + 1
    return found if at == len(text) else None


def without_strays(text: str) -> str:
    """Return `text` without its brackets that have no partner in it."""
    if is_balanced(text):
        return text
    matching = pairing.match([text])
    strays = {place.offset for place in (*matching.unclosed, *matching.stray)}
    return "".join(char for at, char in enumerate(text) if at not in strays)
