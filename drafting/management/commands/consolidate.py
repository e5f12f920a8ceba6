"""consolidate SEAT TEXT: consolidate a text here and now, without a worker, and print its figures."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.queries import seated
from drafting.services import consolidation
from drafting.text.errors import RollingTextError


class Command(BaseCommand):
    help = "Consolidate a text in this process and print what it found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the chair's seat, whose act it is")
        parser.add_argument("text", help="the text, as conference/text in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            asked = consolidation.request(by, negotiated)
            consolidation.run(asked.pk)
            asked.refresh_from_db()
            if asked.state != asked.State.DONE:
                raise CommandError(asked.failure or str(asked.get_state_display()))
            for name, count in asked.results["figures"].items():
                self.stdout.write(f"{name} {count}")
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
