"""scrub SEAT TEXT: the checks before a final text, one finding a line; exit 0 whatever they find."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.models import NegotiatingText
from drafting.queries import scrubs, seated, specials
from drafting.text.errors import RollingTextError
from drafting.text.findings import Check
from drafting.text.renumberings import Way


class Command(BaseCommand):
    help = "Print what the checks of a text find; or its special list; or what a renumbering would change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the seat that reads")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument("--only", choices=[str(check) for check in Check], help="this check alone")
        parser.add_argument("--special", type=int, metavar="N", help="the special list since revision N")
        parser.add_argument("--renumber", choices=[str(way) for way in Way], help="old and new numbers")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            for line in _lines(by, negotiated, options):
                self.stdout.write(line)
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused


def _lines(by: Seat, negotiated: NegotiatingText, options: dict[str, Any]) -> Iterator[str]:
    if options["special"] is not None:
        base = specials.base(by, negotiated, options["special"])
        if base is None:
            raise NotFound("There is no such revision.")
        for row in specials.listed(by, negotiated, base):
            old, new = (side.words if side else "" for side in (row.old, row.new))
            yield f"{row.address}\t{row.sort}\t{old} → {new}\t{', '.join(row.grounds)}"
    elif options["renumber"]:
        for place in scrubs.renumber(by, negotiated, Way(options["renumber"])):
            what = "label" if place.is_label else f"mention of {place.target}"
            yield f"{place.spot.address}\t{what}\t{place.spot.struck} → {place.words}"
    else:
        for one in scrubs.scrub(by, negotiated):
            if options["only"] in (None, one.check):
                remedy = f" → {one.remedy}" if one.remedy is not None else ""
                yield f"{one.spot.address}\t{one.check}\t{one.spot.struck}{remedy}\t{one.sentence}"
