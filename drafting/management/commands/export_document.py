"""export_document SEAT TEXT KIND FILE: write one document of a text, in the format that the file's ending names."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting import exports
from drafting.errors import NotFound
from drafting.queries import documents, listings, packs, seated
from drafting.text.document import LANGUAGES, Document
from drafting.text.errors import RollingTextError


class Command(BaseCommand):
    help = "Write one document of a text to a file, as a seat may read it; the file's ending says in which format."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the seat for whose eyes it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument("kind", choices=[*listings.VARIANTS, "comparison", "pack"])
        parser.add_argument("file", type=Path, help=f"ends in {', '.join(f'.{form}' for form in exports.FORMATS)}")
        parser.add_argument("--revision", type=int, help="the number of an issued one; otherwise the floor")
        parser.add_argument("--since", type=int, default=1, help="the revision a comparison begins at")
        parser.add_argument("--language", choices=list(LANGUAGES), default="")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            form = exports.FORMATS.get(file.suffix[1:])
            if form is None:
                raise NotFound(f"“{file}” ends in none of the formats there are: {', '.join(exports.FORMATS)}.")
            data = form.write(_made(options))
            file.write_bytes(data)
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
        except OSError as error:
            raise CommandError(f"“{file}” cannot be written: {error}.") from error
        self.stdout.write(f"{file}: {len(data)} bytes.")


def _made(options: dict[str, Any]) -> Document:
    by, negotiated = seated.at(options["seat"], options["text"])
    if options["kind"] == "pack":
        return packs.pack(by, negotiated)
    if options["kind"] == "comparison":
        return documents.comparison(by, negotiated, options["since"], options["revision"], options["language"])
    return listings.make(by, negotiated, options["kind"], options["revision"], options["language"])
