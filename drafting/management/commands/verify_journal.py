"""verify_journal: prove that no row of the journal was changed or dropped; exit 1 and name stream and seq otherwise."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.errors import BrokenChain
from drafting.queries import journal


class Command(BaseCommand):
    help = "Verify every chain of the journal and print the number of rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--heads", type=Path, help="write the heads of all chains to this file, to keep elsewhere")
        parser.add_argument("--archives", action="store_true", help="verify also the archives of folded rows")
        parser.add_argument("--against", type=Path, help="verify also that the chains go on from heads kept earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = journal.verify()
            if options["archives"]:
                journal.verify_archives()
            if options["against"]:
                journal.verify_heads(_load(options["against"]))
        except BrokenChain as broken:
            raise CommandError(broken.message) from broken
        if options["heads"]:
            options["heads"].write_text(json.dumps(journal.heads(), indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"{rows}")


def _load(path: Path) -> dict[str, tuple[int, str]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {str(stream): (int(seq), str(digest)) for stream, (seq, digest) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CommandError(f"“{path}” holds no heads of chains: {error}.") from error
