"""chair SEAT TEXT ACT: every act of the chair that has no command of its own, as a seat, without a browser."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.management import agreeing, boxing, mandating, presiding, surveying
from drafting.queries import seated
from drafting.text.errors import RollingTextError

ACTS = surveying.ACTS | agreeing.ACTS | boxing.ACTS | mandating.ACTS | presiding.ACTS


class Command(BaseCommand):
    help = "Do an act as a seat; the last line printed is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the seat whose act it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        known = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        for name, act in ACTS.items():
            act.spell(known.add_parser(name, help=act.help, description=act.help))

    def handle(self, *args: Any, **options: Any) -> None:
        act = ACTS[options["act"]]
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            said = act.run(by, negotiated, options)
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
        self.stdout.write(json.dumps({"act": options["act"], **said}, ensure_ascii=False))
