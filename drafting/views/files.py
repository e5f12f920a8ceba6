"""A document as a file to download, in any of the formats there are."""

from __future__ import annotations

from django.http import HttpResponse

from drafting import exports
from drafting.errors import NotFound
from drafting.text.document import Document


def answer(made: Document, name: str, form: str) -> HttpResponse:
    """Return the document in the format `form`, under its symbol and `name`; raises `NotFound` for another format."""
    if form not in exports.FORMATS:
        labels = ", ".join(each.label for each in exports.FORMATS.values())
        raise NotFound(f"Documents are written in these formats: {labels}.")
    written = exports.FORMATS[form]
    symbol = "".join(char if char.isalnum() else "-" for char in made.masthead.symbol)
    headers = {"Content-Disposition": f'attachment; filename="{symbol}-{name}.{form}"'}
    return HttpResponse(written.write(made), content_type=written.media_type, headers=headers)
