"""The parts of a Word package beside its body: what is refused, what our own files say of themselves, notes, comments.

The body is read in `docx`. Source: ECMA-376 parts 1 and 2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from lxml import etree

from drafting.errors import UnreadableImport
from drafting.imports import packages
from drafting.imports.packages import Package
from drafting.imports.wordnumbers import W
from drafting.text import packing
from drafting.text.document import Comment, Document, Pair

NAMESPACE = "urn:rolling-text:document:1"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HARMLESS = ("/hyperlink",)


@dataclass(slots=True)
class Own:
    """What our own file says of itself, and how far its blocks and pairs have been met again."""

    document: Document
    pairs: dict[int, Pair] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)


def refuse_code(package: Package) -> None:
    """Refuse programs, and whatever would have to be fetched from elsewhere; links are words and stay."""
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in package.names):
        raise UnreadableImport("The file carries macros: save it as .docx, which holds none.")
    for name in package.names:
        if name.startswith("word/") and name.endswith(".rels"):
            relations = package.tree(name)
            for relation in relations.iter(_RELATIONS) if relations is not None else ():
                if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith(_HARMLESS):
                    kind = relation.get("Type", "").rpartition("/")[2] or "part"
                    raise UnreadableImport(
                        f"The file refers to something outside itself ({kind}): break the link, then save it again."
                    )


def part(package: Package, name: str) -> etree._Element | None:
    """Return a part as XML in the namespace of the transitional form, None where there is none."""
    if name not in package.names:
        return None
    return packages.parse(package.bytes(name).replace(_STRICT, _TRANSITIONAL))


def own(package: Package) -> Own | None:
    """Return what our own part says, None for files of others; a part that is not of its shape is as if it were not."""
    for name in package.names:
        if name.startswith("customXml/") and "Props" not in name and name.endswith(".xml"):
            root = package.tree(name)
            if root is not None and root.tag == f"{{{NAMESPACE}}}document":
                try:
                    document = packing.unpack(root.text or "")
                except (msgspec.ValidationError, msgspec.DecodeError):
                    return None
                return Own(document, {pair.id: pair for pair in document.pairs})
    return None


def notes(package: Package, said: Own | None) -> dict[str, tuple[str, etree._Element]]:
    """Return footnotes and endnotes by kind and id: the name each has in the text, and its element."""
    found: dict[str, tuple[str, etree._Element]] = {}
    for kind, name, tag in (("f", "footnotes", "footnote"), ("e", "endnotes", "endnote")):
        root = part(package, f"word/{name}.xml")
        for note in root.iterfind(f"{W}{tag}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                found[kind + note.get(f"{W}id", "")] = str(len(found) + 1), note
    names = [note.name for note in said.document.footnotes] if said else []
    if len(names) == len(found):
        return {key: (name, note) for name, (key, (_, note)) in zip(names, found.items(), strict=True)}
    return found


def comments(package: Package) -> dict[str, Comment]:
    """Return the comments by their id; where they stand is found in the body."""
    root = part(package, "word/comments.xml")
    return {
        comment.get(f"{W}id", ""): Comment(
            comment.get(f"{W}author", ""),
            comment.get(f"{W}date", ""),
            "\n".join("".join(text.text or "" for text in line.iter(f"{W}t")) for line in comment.iter(f"{W}p")),
        )
        for comment in (root.iterfind(f"{W}comment") if root is not None else ())
    }
