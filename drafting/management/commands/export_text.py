"""export_text ID: write a text's bracketed words to standard output, a blank line between provisions."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.models import NegotiatingText


class Command(BaseCommand):
    help = "Write the bracketed text to standard output, a blank line between provisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", type=int, help="the text's id, as import_text prints it")

    def handle(self, *args: Any, **options: Any) -> None:
        negotiated = NegotiatingText.objects.filter(pk=options["text"]).first()
        if negotiated is None:
            raise CommandError(f"There is no text {options['text']}.")
        live = negotiated.provisions.filter(retired=False).order_by("order", "pk")
        words = live.values_list("words__content", flat=True)
        self.stdout.write("\n\n".join(words))
