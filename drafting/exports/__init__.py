"""Writers of finished documents: one module a format, each a pure function of the frozen model.

`FORMATS` lists them by the ending of the file. What a document holds is built in `drafting.queries.documents`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drafting.exports import docx, html, json, markdown, text
from drafting.text.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its writer, what it is called, and its media type."""

    label: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS: dict[str, Format] = {
    "docx": Format("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.write),
    "html": Format("HTML", "text/html; charset=utf-8", html.write),
    "md": Format("Markdown", "text/markdown; charset=utf-8", markdown.write),
    "txt": Format("plain text", "text/plain; charset=utf-8", text.write),
    "json": Format("JSON", "application/json", json.write),
}
