"""What one act of the chair is to a command: its name, its arguments, the service it calls. The acts are beside it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from delegations import queries
from delegations.models import Delegation, Seat
from drafting.errors import NotFound
from drafting.models import NegotiatingText, Provision
from drafting.queries import access
from drafting.text.errors import ActRefused

Arguments = Mapping[str, Any]
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `run` does it as the seat and returns what is to be said of it, as JSON."""

    help: str
    spell: Callable[[ArgumentParser], None]
    run: Callable[[Seat, NegotiatingText, Arguments], Said]


def nothing(parser: ArgumentParser) -> None:
    """Take no argument."""


def on_provision(parser: ArgumentParser) -> None:
    """Take the provision an act is on."""
    parser.add_argument("provision", help="its address, such as 9.2")


def on_words(parser: ArgumentParser) -> None:
    """Take a provision, and words of it where the act is not on the whole."""
    on_provision(parser)
    parser.add_argument(
        "--words", default="", help="the words, exactly as they stand; without them the whole provision"
    )


def provision(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Provision:
    """Return the provision an act names."""
    return access.provision(by, negotiated, given["provision"])


def words(on: Provision, given: Arguments) -> tuple[int, int] | None:
    """Return the range (code points) of the words an act names, None for the whole; raises `ActRefused`."""
    quoted = given["words"]
    if not quoted:
        return None
    if on.words.content.count(quoted) != 1:
        raise ActRefused(f"These words stand {on.words.content.count(quoted)} times in {on.address}: quote them once.")
    at = on.words.content.index(quoted)
    return at, at + len(quoted)


def delegations(by: Seat, codes: str) -> list[Delegation]:
    """Return the delegations of a list of codes, "NOR,KEN"; raises `NotFound`."""
    known = {row.code: row for row in queries.delegations(by.conference)}
    wanted = [code.strip().upper() for code in codes.split(",") if code.strip()]
    if strangers := [code for code in wanted if code not in known]:
        raise NotFound(f"There is no delegation called {', '.join(strangers)} in this conference.")
    return [known[code] for code in wanted]
