"""fold_journal: put typing that issued revisions have made history into archives, one row a run in its place."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.errors import Superseded
from drafting.services import folds


class Command(BaseCommand):
    help = "Fold typing up to the last revision, at least 48 hours old, and print how many rows went into archives."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folded = folds.fold_all()
        except Superseded as meanwhile:
            raise CommandError(meanwhile.message) from meanwhile
        self.stdout.write(f"{folded}")
