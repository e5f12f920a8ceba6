"""undo_decision SEAT TEXT ID: take decisions back without a browser, in the order given."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.queries import access, seated
from drafting.services import decisions
from drafting.text.errors import RollingTextError


class Command(BaseCommand):
    help = "Take decisions back, in the order given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the chair's seat, whose act it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument("decisions", type=int, nargs="+", help="ids, as decide printed them")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            for pk in options["decisions"]:
                decisions.undo(by, access.decision(by, pk))
                self.stdout.write(f"{pk} of {negotiated.slug} taken back")
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
