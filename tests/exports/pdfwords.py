"""The words of a PDF in the order they are read, by what the standard says of text: marked content and its properties.

Artifacts are left out, `ActualText` stands for what it encloses, `ReversedChars` are turned round. Source: ISO 32000-1,
14.6 to 14.9. What programs make of a page by looking at it is another thing, and for Arabic mostly wrong.
"""

import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def words(data: bytes) -> str:
    """Return the words of all pages."""
    with pikepdf.open(io.BytesIO(data)) as file:
        return "".join(part for page in file.pages for part in _Page(page).words())


def copied(data: bytes) -> str:
    """Return what a browser copies from all pages, line by line from what stands where (PDFium, with its own bidi)."""
    with pypdfium2.PdfDocument(data) as file:
        pages = [page.get_textpage() for page in file]
        found = "\n".join(page.get_text_range() for page in pages)
        for page in pages:
            page.close()
    return found


def told(data: bytes) -> str:
    """Return the words in the order of the tags: what a screen reader says, artifacts left out."""
    with pikepdf.open(io.BytesIO(data)) as file:
        pieces: dict[tuple[tuple[int, int], int], str] = {}
        for page in file.pages:
            read = _Page(page)
            list(read.words())
            pieces |= {(page.objgen, number): said for number, said in read.pieces.items()}
        return "".join(_told(file.Root.StructTreeRoot, pieces))


def _told(tag: pikepdf.Object, pieces: dict[tuple[tuple[int, int], int], str]) -> Iterator[str]:
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _told(kid, pieces)
        elif not isinstance(kid, pikepdf.Dictionary):
            yield pieces[tag.Pg.objgen, int(kid)]
        elif "/MCID" in kid:
            yield pieces[kid.get("/Pg", tag.get("/Pg")).objgen, int(kid.MCID)]


class _Page:
    def __init__(self, page: pikepdf.Page) -> None:
        self._page = page
        self._font: dict[bytes, str] = {}
        #: What is open: the tag, what stands for its words, the words in it so far.
        self._open: list[tuple[str, str | None, list[str]]] = [("", None, [])]
        #: What each piece of marked content says, and the numbers of those that are open.
        self.pieces: dict[int, str] = {}
        self._numbers: list[int | None] = []

    def words(self) -> Iterator[str]:
        fonts = {name: _decoded(font) for name, font in self._page.resources.get("/Font", {}).items()}
        for instruction in pikepdf.parse_content_stream(self._page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "Tf":
                self._font = fonts[str(operands[0])]
            elif operator in ("BMC", "BDC"):
                self._begin(operands)
            elif operator == "EMC":
                self._end()
            elif operator in ("Tj", "TJ"):
                self._show(operands[0])
        yield from self._open[0][2]

    def _begin(self, operands: list[pikepdf.Object]) -> None:
        properties = operands[1] if len(operands) > 1 else {}
        actual = properties.get("/ActualText") if isinstance(properties, pikepdf.Dictionary) else None
        self._open.append((str(operands[0]), None if actual is None else str(actual), []))
        number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        self._numbers.append(None if number is None else int(number))

    def _end(self) -> None:
        tag, actual, inside = self._open.pop()
        said = "".join(inside) if actual is None else actual
        if (number := self._numbers.pop()) is not None:
            self.pieces[number] = said
        if tag != "/Artifact":
            self._open[-1][2].append(said[::-1] if tag == "/ReversedChars" and actual is None else said)

    def _show(self, shown: pikepdf.Object) -> None:
        for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
            if isinstance(piece, pikepdf.String):
                codes = bytes(piece)
                self._open[-1][2].extend(self._font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _decoded(font: pikepdf.Object) -> dict[bytes, str]:
    """Return the characters of a font by their codes of two bytes."""
    found: dict[bytes, str] = {}
    cmap = font.ToUnicode.read_bytes()
    for block in _CHARS.findall(cmap):
        codes = [bytes.fromhex(each.decode()) for each in _HEX.findall(block)]
        found |= {code: text.decode("utf-16-be") for code, text in zip(codes[::2], codes[1::2], strict=True)}
    for block in _RANGES.findall(cmap):
        codes = [bytes.fromhex(each.decode()) for each in _HEX.findall(block)]
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start = int.from_bytes(text, "big")
            for step in range(int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1):
                found[(int.from_bytes(first, "big") + step).to_bytes(2, "big")] = chr(start + step)
    return found
