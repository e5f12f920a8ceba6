"""`manage.py demo`: loads the fictional conference, at any size."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from drafting.demo import conference


class Command(BaseCommand):
    """Loads one more text into the demo conference, seating the conference first if need be."""

    help = "Load the fictional conference with a text of any size; the same seed gives the same text."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the sizes and the seed."""
        parser.add_argument("--provisions", type=int, default=120, metavar="N", help="up to 1,000 (default 120)")
        parser.add_argument("--amendments", type=int, default=300, metavar="M", help="up to 10,000 (default 300)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print as the last line what there is now."""
        loaded = conference.load(options["provisions"], options["amendments"], options["seed"])
        counted = {"text": loaded.text.pk, "provisions": loaded.provisions, "amendments": loaded.amendments}
        self.stdout.write(json.dumps(counted))
