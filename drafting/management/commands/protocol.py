"""Prints the protocol of the live socket, for whoever writes a client: the JSON Schema and a worked session."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from drafting.live import protocol

SCHEMA = Path(protocol.__file__).with_name("protocol.schema.json")
SESSION = SCHEMA.with_name("protocol.session.txt")


class Command(BaseCommand):
    """`manage.py protocol` prints; with `--write` it brings the schema file up to date."""

    help = "Print the JSON Schema of every live message and a worked session."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the schema file anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            SCHEMA.write_text(protocol.schema(), encoding="utf-8")
        self.stdout.write(protocol.schema())
        self.stdout.write(SESSION.read_text(encoding="utf-8"))
