"""JSON: the whole frozen model, for programs; what is read back from it equals what was written.

The shape is in `drafting.text.packing` and documented by its schema.
"""

from __future__ import annotations

from drafting.text import packing
from drafting.text.document import Document


def write(document: Document) -> bytes:
    """Return the document as JSON in UTF-8 with one line feed at the end."""
    return packing.pack(document) + b"\n"
