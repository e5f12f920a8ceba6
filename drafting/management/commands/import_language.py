"""import_language SEAT TEXT LANGUAGE FILE: put a translator's file into the text's version in a language."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.errors import UnreadableImport
from drafting.imports import languages as files
from drafting.imports import reading
from drafting.queries import access, languages, seated
from drafting.services import languages as acts
from drafting.text.document import LANGUAGES
from drafting.text.errors import RollingTextError


class Command(BaseCommand):
    help = "Put a file with the text in another language into that version, provision by provision, and say what waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the secretariat's seat, whose act it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument("language", choices=list(LANGUAGES))
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="", help="opens the version, under this title, where there is none yet")
        parser.add_argument("--dry-run", action="store_true", help="only say what it would put in")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            if options["title"]:
                acts.open(by, negotiated, options["language"], options["title"])
            version = access.language(by, negotiated, options["language"])
            if file.stat().st_size > reading.LARGEST:
                raise UnreadableImport(reading.TOO_LARGE)
            read = reading.open(file.read_bytes(), file.name)
            plan = files.plan(version, languages.rows(by, version), read)
            for words in plan.unplaced:
                self.stdout.write(f"Without a provision here: {words}")
            if options["dry_run"]:
                self.stdout.write(
                    f"Provisions that would change: {len(plan.wordings)}; that read as before: {plan.unchanged}."
                )
                return
            written, refused = acts.translate_all(by, version, [wording for _, wording in plan.wordings])
        except RollingTextError as error:
            raise CommandError(f"{error.code}: {error.message}") from error
        except OSError as error:
            raise CommandError(f"“{file}” cannot be read: {error}.") from error
        for wording, why in refused:
            self.stdout.write(f"{wording.provision.address} was left as it is: {why.message}")
        (found,) = (row for row in languages.progress(by, negotiated) if row.version.pk == version.pk)
        counts = ", ".join(f"{count} {state}" for state, count in found.counts.items() if count)
        self.stdout.write(f"Provisions put in: {len(written)}. The version now: {counts}.")
