"""The parts of a Word package beside its body: footnotes, and our own part that tells what the body's marks are.

The part holds no word of the text: who reads the file again takes the words from the body, as somebody may have edited
them, and from here the ids, addresses, names and times.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as Package
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafting.text import packing
from drafting.text.document import Document

#: The namespace of our own part; its text is the document as `packing` writes it, without words.
NAMESPACE = "urn:rolling-text:document:1"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def add_footnotes(package: Package, notes: str) -> None:
    """Add the part of the footnotes (`w:footnote` elements), with the two separators every such part has."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    blob = f"{_HEAD}<w:footnotes {nsdecls('w')}>{separators}{notes}</w:footnotes>"
    _add(package, "/word/footnotes.xml", _FOOTNOTES, blob, RT.FOOTNOTES)
    settings = package.settings.element
    props = parse_xml(f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    after = settings.find("{*}compat")
    settings.append(props) if after is None else after.addprevious(props)


def add_identity(package: Package, document: Document) -> None:
    """Add the part that says what stands where: the document without its words, its blocks in order."""
    held = escape(packing.pack(packing.without_words(document)).decode())
    blob = f'{_HEAD}<document xmlns="{NAMESPACE}">{held}</document>'
    own = _add(package, "/customXml/item9.xml", "application/xml", blob, RT.CUSTOM_XML)
    props = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{{6F2A7C5E-4F0B-4B51-9C53-8D1B0E0E7A11}}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    name = PackURI("/customXml/itemProps9.xml")
    own.relate_to(Part(name, CT.OFC_CUSTOM_XML_PROPERTIES, props.encode(), package.part.package), RT.CUSTOM_XML_PROPS)


def _add(package: Package, name: str, media_type: str, blob: str, relation: str) -> Part:
    part = Part(PackURI(name), media_type, blob.encode(), package.part.package)
    package.part.relate_to(part, relation)
    return part
