"""issue_revision SEAT TEXT: issue the floor as a revision, or say what stands against it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from delegations.models import Seat
from drafting.models import NegotiatingText, Revision, Unreflected
from drafting.queries import seated
from drafting.queries import unreflected as announced
from drafting.services import readings, revisions, unreflected
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
        parser.add_argument("--loss-report-read", action="store_true", help="record that you have read the loss report")
        parser.add_argument("--unreflected", choices=Unreflected.Policy.values, help="what proposals not in it do")
        parser.add_argument("--anyway", action="store_true", help="with what a check asks about as it stands")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            if options["loss_report_read"]:
                readings.mark(by, negotiated)
            if options["unreflected"]:
                unreflected.choose(by, negotiated, options["unreflected"])
            if options["check"]:
                self._check(by, negotiated)
                return
            named = {name: options[name] for name in ("kind", "symbol", "note", "issued_by", "conventions")}
            named |= {"basis": not options["no_basis"], "careful": not options["anyway"]}
            row = revisions.issue(by, negotiated, **named)
            self.stdout.write(f"{row.symbol} {row.digest}")
            ended = unreflected.settle(row.pk)
            lapse = announced.lapse(by, row)
            if ended and lapse:
                self.stdout.write(f"{ended} proposals not reflected: {lapse.get_policy_display()}")
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused

    def _check(self, by: Seat, negotiated: NegotiatingText) -> None:
        for check in revisions.check(by, negotiated):
            weight = "stands in the way" if check.blocks else "asks" if check.asks else "note"
            self.stdout.write(f"{weight}: {check.message}")
            for address, sentence in check.places:
                self.stdout.write(f"  {address}: {sentence}")
