"""Runs typst on markup from its input, in a process of its own: what typst keeps of a document goes with the process.

    python typesetting.py MOMENT bundled|machine [FONTS]

Writes the PDF to its output and ends with 0; with 3 where no font holds a character. It imports nothing of the site, as
it is started for every document. In one process typst keeps 300 MB of each long document.
"""

from __future__ import annotations

import sys

import typst

#: The exit status for a character that no font holds.
MISSING = 3
_SAID = "could not be displayed with font"


def main(moment: str, whose: str, *folders: str) -> int:
    """Typeset standard input as PDF/UA-1 with that time of making (seconds since 1970)."""
    fonts = typst.Fonts(include_system_fonts=whose == "machine", font_paths=list(folders))
    compiler = typst.Compiler(sys.stdin.buffer.read(), font_paths=fonts)
    try:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(moment))
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return MISSING if _SAID in error.message else 1
    if not isinstance(made, bytes):
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
