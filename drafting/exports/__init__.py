"""Writers of finished documents: one module a format, each a pure function of the frozen model.

`FORMATS` lists them by the ending of the file. What a document holds is built in `drafting.queries.documents`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drafting.exports import akomantoso, docx, html, json, markdown, pdf, text
from drafting.text.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its writer, what it is called, its media type; a slow one is written in the background."""

    label: str
    media_type: str
    write: Callable[[Document], bytes]
    is_slow: bool = False


FORMATS: dict[str, Format] = {
    "docx": Format("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.write),
    "pdf": Format("PDF", "application/pdf", pdf.write, is_slow=True),
    "html": Format("HTML", "text/html; charset=utf-8", html.write),
    "md": Format("Markdown", "text/markdown; charset=utf-8", markdown.write),
    "txt": Format("plain text", "text/plain; charset=utf-8", text.write),
    "xml": Format("Akoma Ntoso", "application/akn+xml", akomantoso.write),
    "json": Format("JSON", "application/json", json.write),
}
