"""What is said in the room as one typed line: "Norway: after Parties insert jointly", by signs "nor>Parties>jointly".

Pure reading of a line. Who may record it and what it does to the text is `drafting.services.interventions`. Every verb
is a word, its first letter where that is enough, or one sign, so that a floor can be typed as fast as it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from . import preferences
from .errors import TextError
from .preferences import SPOKEN, Preference

#: For whom words themselves change.
OFFICES = ("chair", "room", "editorial")


class Verb(StrEnum):
    """What a speaker does with words, or says of a proposal."""

    INSERT = "insert"
    REPLACE = "replace"
    DELETE = "delete"
    BRACKET = "bracket"
    SUPPORT = "support"
    OPPOSE = "oppose"
    RESERVE = "reserve"
    CAN_LIVE_WITH = "can-live-with"
    CANNOT_ACCEPT = "cannot-accept"
    PREFER = "prefer"


#: Those that say where a speaker stands and change no word.
STANCES = frozenset({Verb.SUPPORT, Verb.OPPOSE, Verb.RESERVE, Verb.CAN_LIVE_WITH, Verb.CANNOT_ACCEPT})

#: One way to say each verb for every reader: a sign, a letter, the word as it is spoken.
_SPOKEN = (
    (Verb.INSERT, r">|a(?:fter)?\b"),
    (Verb.INSERT, r"<|before\b"),
    (Verb.REPLACE, r"~|c(?:hanges?)?\b|replaces?\b"),
    (Verb.DELETE, r"d(?:eletes?)?\b"),
    (Verb.BRACKET, r"\[|b(?:rackets?)?\b"),
    *((verb, SPOKEN[verb]) for verb in sorted(STANCES)),
)
_INSERTED = re.compile(r"(?P<at>.*?)(?:[><]|\s+(?:insert|i)\s+)(?P<words>.+)", re.DOTALL)
_REPLACED = re.compile(r"(?P<at>.+?)(?:~|\s+(?:by|with|to)\s+)(?P<words>.+)", re.DOTALL)
_THROUGHOUT = re.compile(r"\s*\*$|(?:^|\s+)t(?:hroughout)?$")
_WHOLE = re.compile(r"(?:the )?(?:whole |entire )?(?:paragraph|provision)|", re.IGNORECASE)
_BECAUSE = re.compile(r"\s+because\s+(?P<reason>.+)$", re.DOTALL)
_BETWEEN = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intervention:
    """One line: who speaks (codes, or one office; nobody goes on for whoever spoke last), and what they say.

    `at` are the words it is said of, `words` those that come in; `target` is the code, or the number, of the proposal a
    stance is on, empty for the last one; `throughout` means the whole text. `preferences` are said of options and
    brackets (`Verb.PREFER`).
    """

    speakers: tuple[str, ...]
    verb: Verb
    at: str = ""
    words: str = ""
    is_before: bool = False
    throughout: bool = False
    target: str = ""
    reason: str = ""
    preferences: tuple[Preference, ...] = ()


def read(line: str, names: Mapping[str, str]) -> Intervention:
    """Return what a line says; `names` are the delegations' by code. Raises `TextError` for a line nobody would say."""
    speakers, said = _speakers(line.strip(), names)
    reason = ""
    if speakers and speakers[0] in OFFICES and (because := _BECAUSE.search(said)):
        said, reason = said[: because.start()], because["reason"].strip()
    if preferred := preferences.read(said):
        return Intervention(speakers, Verb.PREFER, preferences=preferred)
    for verb, spoken in _SPOKEN:
        if found := re.match(spoken, said, re.IGNORECASE):
            return _object(speakers, verb, found.group(), said[found.end() :].strip(), reason, names)
    raise TextError(
        "Say who speaks and what they do: “NOR after Parties insert jointly”, “EU supports”, “IND brackets”, "
        "“BRA reserves”, “JPN prefers option 2, can live with 3”, “delete as appropriate throughout”."
    )


def _speakers(line: str, names: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Return who speaks, and the rest of the line."""
    found: list[str] = []
    rest = line
    while name := _leading(rest, names):
        code, behind = name
        found.append(code)
        rest = behind.lstrip()
        joined = _BETWEEN.match(rest)
        if joined is None or _leading(rest[joined.end() :], names) is None:
            break
        rest = rest[joined.end() :]
    if len(found) > 1 and set(found) & set(OFFICES):
        raise TextError("The chair, the room and an editor speak alone.")
    return tuple(dict.fromkeys(found)), rest.removeprefix(":").lstrip()


def _leading(words: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the code of the delegation or office the words begin with, and what follows it."""
    called = {name.casefold(): code for code, name in names.items()} | {code.casefold(): code for code in names}
    called |= {office: office for office in OFFICES} | {f"the {office}": office for office in OFFICES}
    for length in range(min(len(words), max(map(len, called), default=0)), 0, -1):
        code = called.get(words[:length].casefold())
        if code is not None and not words[length : length + 1].isalnum():
            return code, words[length:]
    return None


def _object(
    speakers: tuple[str, ...], verb: Verb, spoken: str, rest: str, reason: str, names: Mapping[str, str]
) -> Intervention:
    match verb:
        case Verb.INSERT | Verb.REPLACE:
            parts = (_INSERTED if verb == Verb.INSERT else _REPLACED).fullmatch(rest)
            if parts is None:
                raise TextError(
                    "Say where and what: “after Parties insert jointly”, “before shall insert not”, "
                    "“change may to shall”."
                )
            is_before = spoken == "<" or spoken.lower() == "before"
            return Intervention(speakers, verb, _bare(parts["at"]), _bare(parts["words"]), is_before, reason=reason)
        case Verb.DELETE:
            kept = _THROUGHOUT.sub("", rest)
            if not kept:
                raise TextError("Say which words are to be deleted.")
            return Intervention(speakers, verb, _bare(kept), throughout=kept != rest, reason=reason)
        case Verb.BRACKET:
            return Intervention(speakers, verb, "" if _WHOLE.fullmatch(rest) else _bare(rest))
    return Intervention(speakers, verb, target=_target(rest, names))


def _target(words: str, names: Mapping[str, str]) -> str:
    """Return the code or the number of the proposal a stance is on; empty for the last one."""
    bare = re.sub(r"^(?:the )?(?:proposal of |proposal |amendment |#)", "", re.sub(r"['’]s(?: proposal)?$", "", words))
    if not bare or (bare.isascii() and bare.isdigit()):
        return bare
    found = _leading(bare, names)
    if found is None or found[1].strip() or found[0] in OFFICES:
        raise TextError(f"“{words}” is neither a delegation nor the number of a proposal.")
    return found[0]


def _bare(words: str) -> str:
    """Return words without the quotation marks they were quoted in."""
    stripped = words.strip()
    for opening, closing in ('""', "“”", "''", "‘’", "«»"):
        if len(stripped) > 1 and stripped[0] == opening and stripped[-1] == closing:
            return stripped[1:-1].strip()
    return stripped
