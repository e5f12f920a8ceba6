"""PDF for a registry: tagged, PDF/UA-1 (checked while it is made), numbered lines, equal bytes for equal documents.

Typeset by typst from `typstml`, three CPU seconds for 160 pages, so the site makes it in the background. Fonts are
those that typst brings, Arabic from our own build, Chinese from a package; where all of them lack a character, the
machine's are asked.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pylopdf_fonts_zh_cn

from drafting.errors import Unprintable
from drafting.exports import readingorders, typesetting, typstml
from drafting.text.document import Document

#: Where the fonts are that are not typst's own: those the build puts there, and Noto Serif SC, 12 MB.
_FONTS = (Path(__file__).resolve().parents[2] / "static" / "dist" / "print", pylopdf_fonts_zh_cn.serif_path().parent)
#: Seconds a document may take: a hundred times what the longest known does.
_PATIENCE = 300


def write(document: Document) -> bytes:
    """Return the document as PDF; raises `Unprintable` where no font holds a character of it."""
    markup = typstml.write(document).encode()
    moment = str(int(datetime.fromisoformat(document.masthead.moment).timestamp()))
    made = _typeset(markup, moment, "bundled")
    if made.returncode == typesetting.MISSING:
        made = _typeset(markup, moment, "machine")
    if made.returncode == typesetting.MISSING:
        raise Unprintable(
            "No font of this server holds every character of the text: take Word or HTML, or have one installed."
        )
    if made.returncode:
        raise RuntimeError(f"Typesetting failed: {made.stderr.decode(errors='replace')[:2000]}")
    return readingorders.turn(made.stdout) if document.is_right_to_left else made.stdout


def _typeset(markup: bytes, moment: str, whose: str) -> subprocess.CompletedProcess[bytes]:
    folders = [str(folder) for folder in _FONTS if folder.is_dir()]
    command = [sys.executable, "-I", typesetting.__file__, moment, whose, *folders]
    return subprocess.run(command, input=markup, capture_output=True, timeout=_PATIENCE, check=False)
