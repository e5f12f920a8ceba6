"""What is said of options and brackets in one line: "prefers option 2, can live with 3 and cannot accept 1".

Pure reading of what follows the speaker. Which option or bracket is meant is `drafting.services.preferences`; other
things said in a line are in `interventions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .errors import TextError


class Thing(StrEnum):
    """What somebody stands on by its name."""

    OPTION = "option"
    BRACKET = "bracket"


@dataclass(frozen=True, slots=True)
class Preference:
    """One stance said of one thing: its name as the text has it ("Option 2", "No text") or its number, and of where.

    `stance` is a value of `Stance`; `place` is empty where nobody said it.
    """

    stance: str
    thing: Thing
    name: str
    place: str = ""


#: How each stance is said: a sign, a letter, the words as they are spoken.
SPOKEN = {
    "support": r"\+|(?:s|supports?|p|(?:would )?prefers?|favou?rs?)\b",
    "oppose": r"-|(?:o|opposes?)\b",
    "can-live-with": r"=|(?:(?:can|could) (?:go along with|live with|accept)|goes along with|g)\b",
    "cannot-accept": r"!|(?:cannot accept|can['’]t accept|n)\b",
    "reserve": r"\?|(?:reserves?|r)\b(?: on\b)?",
    "retain": r"(?:k|keeps?|retains?)\b",
    "delete": r"(?:d|deletes?)\b",
}
_VERBS = [(stance, re.compile(rf"\s*(?:{spoken})\s*", re.IGNORECASE)) for stance, spoken in SPOKEN.items()]
_FIGURE = r"(?:\d+(?:\s?(?:bis|ter|quater|quinquies))?|[ivxlcdm]+|[a-z])(?![^\W_])"
_WORD = r"(?:(?:options?|opts?|opción|вариант|الخيار)(?![^\W\d_])\.?)"
_OPTION = re.compile(
    rf"(?:the )?(?:sub-?\s?options?\s*(?P<within>{_FIGURE})(?:\s+of\s+(?={_WORD}))?,?\s*)?"
    rf"(?:{_WORD}\s*(?P<figure>{_FIGURE})(?:,?\s*sub-?\s?options?\s*(?P<inner>{_FIGURE}))?)?",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(r"(?:the option )?no text\b", re.IGNORECASE)
_BRACKET = re.compile(r"(?:the )?(?:brackets?|pair)\s*(?P<figure>\d{1,6})\b", re.IGNORECASE)
_BARE = re.compile(_FIGURE, re.IGNORECASE)
_PLACE = re.compile(
    r"\s+(?:of|in|under|to|on)\s+(?P<place>[^,;]+?)(?=\s*(?:[,;]|\.?\s*$|\b(?:and|but|or)\b))", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:and\b|but\b|or\b)?|\band\b|\bbut\b|\bor\b)\s*", re.IGNORECASE)
_END = re.compile(r"\s*\.?\s*$")


def read(said: str) -> tuple[Preference, ...]:
    """Return what is said of options and brackets; empty where the line is about something else.

    Raises `TextError` where it begins so and does not go on so: nothing that was said is left out.
    """
    first = _verb(said, 0)
    if first is None or _named(said, first[1]) is None:
        return ()
    found = list(_read(said))
    for at, one in reversed(list(enumerate(found[:-1]))):  # "options 1 and 3 of 9.2": both
        if not one.place and one.stance == found[at + 1].stance:
            found[at] = replace(one, place=found[at + 1].place)
    for at, one in enumerate(found[1:], 1):  # "option 2 of 9.2, can live with 3": of 9.2 too
        if not one.place:
            found[at] = replace(one, place=found[at - 1].place)
    return tuple(found)


def _read(said: str) -> Iterator[Preference]:
    at, stance, thing = 0, "", Thing.OPTION
    while True:
        stance, at = _verb(said, at) or (stance, at)
        named = _named(said, at) or _again(said, at, thing)
        if named is None:
            raise TextError(
                f"“{said[at:].strip() or said}” names no option: say “prefers option 2, can live with 3, cannot accept "
                "option 1 of 9.2”, or “retains bracket 4”."
            )
        thing, name, at = named
        place = _PLACE.match(said, at)
        at = place.end() if place else at
        yield Preference(stance, thing, name, place["place"].strip() if place else "")
        if _END.match(said, at):
            return
        between = _BETWEEN.match(said, at)
        at = between.end() if between else at


def _verb(said: str, at: int) -> tuple[str, int] | None:
    """Return the stance said at a place, and where what it is said of begins."""
    found = ((stance, verb.match(said, at)) for stance, verb in _VERBS)
    return next(((stance, match.end()) for stance, match in found if match), None)


def _named(said: str, at: int) -> tuple[Thing, str, int] | None:
    """Return the thing named at a place, its name, and where it ends."""
    if bracket := _BRACKET.match(said, at):
        return Thing.BRACKET, bracket["figure"], bracket.end()
    if none := _NO_TEXT.match(said, at):
        return Thing.OPTION, "No text", none.end()
    option = _OPTION.match(said, at)
    if option is None or not (option["figure"] or option["within"]):
        return None
    figures = (("Option", option["figure"]), ("Sub-option", option["inner"] or option["within"]))
    return Thing.OPTION, _name(figures), option.end()


def _again(said: str, at: int, thing: Thing) -> tuple[Thing, str, int] | None:
    """Return one more thing of the same kind, named by its figure alone: the 3 of "option 2 and 3"."""
    bare = _BARE.match(said, at) if at else None
    if bare is None or (thing is Thing.BRACKET and not bare.group().isdecimal()):
        return None
    return thing, bare.group() if thing is Thing.BRACKET else _name([("Option", bare.group())]), bare.end()


def _name(figures: Sequence[tuple[str, str | None]]) -> str:
    return ", ".join(f"{word} {figure}" for word, figure in figures if figure)
