"""issue_revision SEAT TEXT: issue the floor as a revision, or say what stands against it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.models import Revision
from drafting.queries import seated
from drafting.services import revisions
from drafting.text.errors import RollingTextError


class Command(BaseCommand):
    help = "Issue the floor as the next revision and print its symbol and digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the chair's seat, whose act it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument("--kind", choices=Revision.Kind.values, default=Revision.Kind.REVISION)
        parser.add_argument("--symbol", default="")
        parser.add_argument("--note", default="", help="status note")
        parser.add_argument("--issued-by", default="", help="in whose name")
        parser.add_argument("--conventions", default="", help="printed as the cover note")
        parser.add_argument("--no-basis", action="store_true", help="without status: the earlier basis stays")
        parser.add_argument("--check", action="store_true", help="only say what stands against it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            if options["check"]:
                for check in revisions.check(by, negotiated):
                    self.stdout.write(f"{'stands in the way' if check.blocks else 'note'}: {check.message}")
                return
            named = {name: options[name] for name in ("kind", "symbol", "note", "issued_by", "conventions")}
            row = revisions.issue(by, negotiated, basis=not options["no_basis"], **named)
            self.stdout.write(f"{row.symbol} {row.digest}")
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
