"""export_archive SEAT TEXT FILE: write a text with its whole history as one file that proves itself."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.exports import archives
from drafting.queries import seated
from drafting.text.errors import RollingTextError


class Command(BaseCommand):
    help = "Write all issued texts, the journal and the decisions, as a seat may read them, to a ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the seat for whose eyes it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument("file", type=Path, help="the archive to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = archives.write(*seated.at(options["seat"], options["text"]))
            options["file"].write_bytes(data)
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
        except OSError as error:
            raise CommandError(f"“{options['file']}” cannot be written: {error}.") from error
        self.stdout.write(f"{options['file']}: {len(data)} bytes. python3 verify_archive.py, inside it, proves it.")
