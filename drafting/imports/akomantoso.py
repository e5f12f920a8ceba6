"""Reads Akoma Ntoso 3.0: our own files with all their ids and marks, others as the words of their provisions.

In a file of others `ins` and `del` are changes, `authorialNote` footnotes, `num` the labels, and each paragraph of
words a provision of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import msgspec
from lxml import etree

from drafting.errors import EmptyImport, UnreadableImport
from drafting.imports import packages
from drafting.imports.blocks import Remark
from drafting.text import packing
from drafting.text.document import Block, Document, Footnote, Form, Mark, Masthead, Run, Table

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
RT = "{urn:rolling-text:document:1}"
_BODIES = ("preface", "preamble", "body", "mainBody", "conclusions")
#: Elements whose words are one provision.
_BLOCKS = frozenset(f"{AKN}{tag}" for tag in ("p", "heading", "crossHeading", "block", "subheading", "longTitle"))
_NOT_PROVISIONS = frozenset(
    f"{AKN}{tag}" for tag in ("preface", "conclusions", "authorialNote", "table", "meta", "amendmentReference")
)
_OWN_TAGS = (
    *_BLOCKS,
    *(f"{AKN}{tag}" for tag in ("article", "paragraph", "point", "hcontainer", "container", "table")),
    *(f"{AKN}{tag}" for tag in ("amendmentHeading", "amendmentContent")),
)


def recognises(data: bytes) -> bool:
    """Tell whether a file is Akoma Ntoso, by the namespace its beginning names."""
    return AKN[1:-1].encode() in data[:4096]


def read(data: bytes) -> tuple[Document, tuple[Remark, ...]]:
    """Return the document of an Akoma Ntoso file, and remarks on what of it is no words of the text."""
    root = packages.parse(data)
    if root.tag != f"{AKN}akomaNtoso" or not len(root):
        raise UnreadableImport("The file is XML but not Akoma Ntoso 3.0.")
    own = _own(root)
    return (_Own(root, own).document(), ()) if own else _Foreign(root).read()


def _own(root: etree._Element) -> Document | None:
    """Return what our own file says of itself, None for files of others."""
    held = root.find(f".//{AKN}proprietary/{RT}document")
    if held is None:
        return None
    try:
        return packing.unpack(held.text or "")
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None


@dataclass(slots=True)
class _Words:
    """Reads inline content into runs; footnotes are collected by their names."""

    footnotes: dict[str, tuple[Run, ...]] = field(default_factory=dict)

    def runs(self, *elements: etree._Element | None) -> tuple[Run, ...]:
        """Return the runs of elements one after the other, neighbours of one kind joined."""
        found: list[Run] = []
        for element in elements:
            if element is not None:
                self._inside(element, Run(""), found)
        return tuple(found)

    def _inside(self, element: etree._Element, change: Run, found: list[Run]) -> None:
        """Read all that stands in `element`; `change` is an empty run like those its words are to be."""
        _add(found, replace(change, text=element.text or ""))
        for child in element:
            self._child(child, change, found)
            _add(found, replace(change, text=child.tail or ""))

    def _child(self, child: etree._Element, change: Run, found: list[Run]) -> None:
        name = child.get("name", "")
        if child.tag in (f"{AKN}ins", f"{AKN}del"):
            self._inside(child, _change(child, change), found)
        elif child.tag == f"{AKN}eol":
            _add(found, replace(change, text="\n"))
        elif child.tag == f"{AKN}authorialNote":
            marker = child.get("marker") or str(len(self.footnotes) + 1)
            self.footnotes[marker] = self.runs(*child.iter(f"{AKN}p"))
            found.append(Run(marker, Mark.FOOTNOTE))
        elif child.tag == f"{AKN}noteRef":
            found.append(Run(child.get("marker", ""), Mark.FOOTNOTE))
        elif name in ("bracket", "bracketStart", "bracketEnd") and child.get(f"{RT}pair") is not None:
            self._bracket(child, name, change, found)
        elif name == "gap" and child.get(f"{RT}number"):
            found.append(Run("", Mark.GAP, _number(child)))
        elif name == "agreed" and child.get(f"{RT}status"):
            self._inside(child, replace(change, status=child.get(f"{RT}status", "")), found)
        else:
            self._inside(child, change, found)

    def _bracket(self, child: etree._Element, name: str, change: Run, found: list[Run]) -> None:
        """Read one of our own brackets: its first and its last character are its two marks."""
        by = tuple(filter(None, child.get(f"{RT}by", "").split("|")))
        own = Run("", Mark.OPEN, _number(child), by, pair=int(child.get(f"{RT}pair", "0")))
        if name == "bracketEnd":
            found.append(replace(own, text="]", mark=Mark.CLOSE))
            return
        found.append(replace(own, text="["))
        if name == "bracketStart":
            return
        inner: list[Run] = []
        self._inside(child, change, inner)
        words = list(_without_ends(inner))
        found += [*words, replace(own, text="]", mark=Mark.CLOSE)]


class _Own:
    """Puts our own file together again: words from its elements, everything else from what it says of itself."""

    def __init__(self, root: etree._Element, document: Document) -> None:
        self._root = root
        self._document = document
        self._words = _Words()

    def document(self) -> Document:
        """Return the document in its order; what was added stands where it was added, what is gone is gone."""
        said = self._document.body
        placed: list[tuple[int, Block | Table]] = []
        for element in self._root.iter(*_OWN_TAGS):
            at = element.get(f"{RT}at", "")
            known = said[int(at)] if at.isdecimal() and int(at) < len(said) else None
            if isinstance(known, Table):
                placed.append((int(at), _table(element)))
            elif known is not None:
                placed.append((int(at), replace(known, runs=self._words.runs(*_own_words(element)))))
            elif element.tag in _BLOCKS and _is_new(element):
                placed.append((placed[-1][0] if placed else -1, Block(self._words.runs(element))))
        # Amendments stand behind their provisions in the document, and in components at the end of the file.
        body = [part for _, part in sorted(placed, key=lambda each: each[0])]
        for paragraph in self._root.iterfind(f".//{AKN}hcontainer[@name='footnote']/{AKN}content/{AKN}p"):
            self._words.runs(paragraph)
        known_notes = {note.name: note for note in self._document.footnotes}
        footnotes = tuple(
            replace(known_notes.get(name, Footnote(name, ())), runs=runs)
            for name, runs in self._words.footnotes.items()
        )
        return replace(self._document, body=tuple(body), footnotes=footnotes)


class _Foreign:
    """Reads a file of others: each element of words is a provision, its label before it."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._words = _Words()

    def read(self) -> tuple[Document, tuple[Remark, ...]]:
        """Return the document and remarks; the title is the file's own."""
        body = tuple(self._blocks())
        if not body:
            raise EmptyImport("The file holds no words.")
        footnotes = tuple(Footnote(name, runs) for name, runs in self._words.footnotes.items())
        title = self._root.find(f".//{AKN}docTitle")
        head = Masthead("", "", "" if title is None else " ".join("".join(_text(title)).split())[:300], "", "", "")
        tables = sum(1 for _ in self._root.iter(f"{AKN}table"))
        parts = sum(1 for _ in self._root.iter(f"{AKN}component", f"{AKN}attachment"))
        said = {
            f"{tables} × table whose cells became provisions, row by row.": tables,
            f"{parts} × attachment or component: not read, bring it by itself.": parts,
        }
        remarks = tuple(Remark(sentence) for sentence, count in said.items() if count)
        return Document(head, (), body, footnotes=footnotes), remarks

    def _blocks(self) -> Iterator[Block]:
        document = self._root[0]
        for name in _BODIES:
            part = document.find(f"{AKN}{name}")
            if part is not None:
                yield from self._under(part, None)

    def _under(self, element: etree._Element, num: etree._Element | None) -> Iterator[Block]:
        """Yield the provisions under an element; a `num` goes before the words that come first after it."""
        held = num
        for child in element:
            if child.tag == f"{AKN}num":
                held = child
            elif child.tag in _BLOCKS:
                form = Form.HEADING if child.tag in (f"{AKN}heading", f"{AKN}crossHeading") else Form.PARAGRAPH
                label = Run(" ".join("".join(_text(held)).split()) + " ") if held is not None else None
                runs = self._words.runs(child)
                if any(run.text.strip() for run in runs):
                    yield Block((*([label] if label else []), *runs), form)
                    held = None
            elif child.tag != f"{AKN}meta":
                yield from self._under(child, held)
                held = None if len(child) else held
        if held is not None and held is not num:
            yield Block((Run(" ".join("".join(_text(held)).split())),))


def _is_new(element: etree._Element) -> bool:
    """Tell whether words stand outside all that we wrote: under no element of ours, in no note, table or preface."""
    holder = element.getparent()
    if holder is not None and holder.tag in (f"{AKN}content", f"{AKN}intro", f"{AKN}wrapUp"):
        holder = holder.getparent()
    if holder is None or holder.get(f"{RT}at") is not None or holder.get("name") in ("footnote", "empty"):
        return False
    return not any(above.tag in _NOT_PROVISIONS for above in element.iterancestors())


def _own_words(element: etree._Element) -> Iterator[etree._Element | None]:
    """Yield the elements that hold the words of one of our own provisions: its label, then its heading or content."""
    yield element.find(f"{AKN}num")
    yield element.find(f"{AKN}heading")
    for path in ("content", "intro"):
        yield element.find(f"{AKN}{path}/{AKN}p")
    yield element.find(f"{AKN}p")


def _table(element: etree._Element) -> Table:
    rows = [tuple("\n".join("".join(_text(p)) for p in cell) for cell in row) for row in element.iterfind(f"{AKN}tr")]
    caption = element.find(f"{AKN}caption")
    return Table("" if caption is None else "".join(_text(caption)), rows[0], tuple(rows[1:]))


def _text(element: etree._Element) -> Iterator[str]:
    for piece in element.iter():
        if piece.tag == f"{AKN}eol":
            yield "\n"
        yield piece.text or ""
        if piece is not element:
            yield piece.tail or ""


def _change(element: etree._Element, around: Run) -> Run:
    mark = Mark.INSERTED if element.tag == f"{AKN}ins" else Mark.DELETED
    by = tuple(filter(None, element.get(f"{RT}by", "").split("|"))) or tuple(
        ref.removeprefix("#").removeprefix("org-") for ref in (element.get("refersTo") or "").split()
    )
    within = (", ".join(around.by), around.when) if around.mark is Mark.INSERTED and mark is Mark.DELETED else None
    return Run("", mark, None, by, element.get(f"{RT}when", ""), moved=bool(element.get(f"{RT}moved")), within=within)


def _number(element: etree._Element) -> int | None:
    found = element.get(f"{RT}number", "")
    return int(found) if found.isdecimal() and len(found) < 9 else None


def _add(found: list[Run], run: Run) -> None:
    """Add a run, to the one before where that is of its kind."""
    if not run.text:
        return
    if found and found[-1].mark is run.mark and replace(found[-1], text="") == replace(run, text=""):
        found[-1] = replace(run, text=found[-1].text + run.text)
    else:
        found.append(run)


def _without_ends(runs: list[Run]) -> Iterator[Run]:
    """Yield the runs without the bracket that begins the first and the one that ends the last."""
    for at, run in enumerate(runs):
        words = run.text
        words = words[1:] if at == 0 and words.startswith("[") and run.mark is not Mark.OPEN else words
        last = at == len(runs) - 1 and words.endswith("]") and run.mark is not Mark.CLOSE
        words = words[:-1] if last else words
        if words or run.mark is Mark.GAP:
            yield replace(run, text=words)
