"""Taking a file over by command: what it would do line by line, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from drafting.errors import NotFound
from drafting.imports import prospects, successions
from drafting.imports.prospects import Prospect, Row
from drafting.imports.reading import Read
from drafting.models import Decision, NegotiatingText
from drafting.queries import seated
from drafting.services import comments, seats
from drafting.services import successions as acts

#: Characters of words a line shows.
_SHOWN = 80


def bring(
    read: Read, name: str, options: Mapping[str, Any], write: Callable[[str], Any]
) -> tuple[NegotiatingText, dict[str, Any]]:
    """Say what the file would change in a text, take it over unless it is a dry run, and return what to tell machines.

    `options` are those of the command.
    """
    conference, _, _ = options["text"].partition("/")
    if not options["text"] or not (options["seat"] or options["kind"] == "revision"):
        raise NotFound("Name the text as --text conference/text, and for a chair's text the --seat whose act it is.")
    seat = options["seat"] or seats.keeper(conference).pk
    by, negotiated = seated.at(seat, options["text"])
    authority = Decision.Authority.CHAIR if options["kind"] == "chair" else options["authority"]
    acts.require(by, negotiated, authority)
    said = dict(_said(negotiated, options["said"]))
    found = prospects.make(negotiated, read, said)
    for line in _lines(found):
        write(line)
    told = {"differences": found.wanted, "left": found.left, "unchanged": found.unchanged}
    if options["dry_run"] or not found.wanted:
        return negotiated, {**told, "made": 0, "batch": None}
    finder = successions.Finder(negotiated, read, said)
    reason = f"{options['reason']} (from {name})".strip()
    done = acts.take_over(
        by, negotiated, finder.target, shown=found.digest, authority=authority, reason=reason, forum=options["forum"]
    )
    comments.keep(by, negotiated, name, finder.comments(done.provisions))
    return negotiated, {**told, "made": done.made, "batch": str(done.batch)}


def _said(negotiated: NegotiatingText, given: list[str]) -> Iterator[tuple[int, int]]:
    """Yield what is said of provisions of the file, counted from 1."""
    ids = dict(negotiated.provisions.filter(retired=False).values_list("address", "pk"))
    for one in given:
        number, _, address = one.partition("=")
        if not number.isdecimal() or (address and address not in ids):
            raise NotFound(f"“{one}” says nothing: write N=ADDRESS, N counted from 1 in the file.")
        yield int(number) - 1, ids[address] if address else successions.NEW


def _lines(found: Prospect) -> Iterator[str]:
    counts = ", ".join(f"{count} {act}" for act, count in sorted(found.counts.items()))
    yield f"{found.wanted} differences ({counts or 'none'}), {found.unchanged} provisions unchanged."
    for row in found.rows:
        yield from _row(row)
    for conflict in found.conflicts:
        yield f"Changed on both sides at {conflict.address}, the floor's words stay: {conflict.why}"


def _row(row: Row) -> Iterator[str]:
    where = ", ".join(piece.address or f"“{_short(piece.after)}”" for piece in row.pieces)
    number = "" if row.entry is None else f" [{row.entry + 1}]"
    beside = [f"flags No. {number}" for number in row.flagged]
    beside += [f"{name} goes" + (f" (held by {', '.join(who)})" if who else "") for name, who in row.closed]
    beside += [f"left out: {row.why}"] if row.why else []
    yield f"{row.act}{number}: {where}{': ' if beside else ''}{'; '.join(beside)}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
