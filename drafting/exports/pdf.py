"""PDF for a registry: tagged, PDF/UA-1 (checked while it is made), numbered lines, equal bytes for equal documents.

Typeset by typst from `typstml`: five seconds for 160 pages, so the site makes it in the background. Fonts are those
that typst brings and those of our own build; where they lack a character (Chinese is too large to bring), the
machine's are asked.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from drafting.errors import Unprintable
from drafting.exports import typstml
from drafting.text.document import Document

#: Where the build puts the fonts that are not typst's own.
_FONTS = Path(__file__).resolve().parents[2] / "static" / "dist" / "print"
_MISSING = "could not be displayed with font"


def write(document: Document) -> bytes:
    """Return the document as PDF; raises `Unprintable` where no font holds a character of it."""
    markup = typstml.write(document).encode()
    moment = int(datetime.fromisoformat(document.masthead.moment).timestamp())
    try:
        return _typeset(markup, moment, of_machine=False)
    except typst.TypstError as error:
        if _MISSING not in error.message:
            raise
    try:
        return _typeset(markup, moment, of_machine=True)
    except typst.TypstError as error:
        if _MISSING not in error.message:
            raise
        raise Unprintable(
            "No font of this server holds every character of the text: take Word or HTML, or have one installed "
            "(for Chinese: Noto Serif CJK)."
        ) from error


def _typeset(markup: bytes, moment: int, *, of_machine: bool) -> bytes:
    compiler = typst.Compiler(markup, font_paths=_fonts(of_machine))
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=moment)
    if not isinstance(made, bytes):
        raise TypeError("A document is one PDF.")
    return made


@cache
def _fonts(of_machine: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=of_machine, font_paths=[str(_FONTS)] if _FONTS.is_dir() else [])
