"""The only door to zip packages and XML of strangers: bounded, without entities, nothing fetched, nothing run.

Everything is counted while it is unpacked, as what a package declares of itself may be a lie.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from drafting.errors import UnreadableImport

#: Parts of a package, and bytes of one part and of all parts that are read: the largest real text known has 9 MB.
MOST_PARTS, LARGEST_PART, LARGEST_WHOLE = 2_000, 40_000_000, 80_000_000
#: How often a part may be larger than it was packed; markup of real texts packs 10 to 40 times.
MOST_UNPACKING = 400
#: Parts below this (bytes) may pack as well as they like.
_SMALL = 1_000_000
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = "The file is damaged or cut off: save it again, or bring it another way."


class Package:
    """A zip package whose parts are read one by one, never more than the limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableImport(_BROKEN) from error
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            raise UnreadableImport(f"The file holds more than {MOST_PARTS} parts: no document has as many.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableImport(LOCKED)
        self.names = {entry.filename: entry for entry in entries}
        self._read = 0

    def bytes(self, name: str) -> bytes:
        """Return a part; raises `UnreadableImport` where it is damaged or larger than the limits."""
        entry = self.names[name]
        limit = min(LARGEST_PART, LARGEST_WHOLE - self._read)
        try:
            with self._zip.open(entry) as part:
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableImport(_BROKEN) from error
        self._read += len(data)
        if len(data) > limit or (len(data) > _SMALL and len(data) > MOST_UNPACKING * entry.compress_size):
            raise UnreadableImport("The file unpacks to more than any text holds: it is not let in.")
        return data

    def tree(self, name: str) -> etree._Element | None:
        """Return a part as XML, None where there is no such part."""
        return parse(self.bytes(name)) if name in self.names else None


LOCKED = "The file is protected by a password: save it without one."


def pruned(data: bytes) -> bytes:
    """Return the package with its XML parts alone."""
    package = Package(data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in package.names:
            if name.endswith((".xml", ".rels")):
                kept.writestr(name, package.bytes(name))
    return out.getvalue()


def is_package(data: bytes) -> bool:
    """Tell whether the file begins as zip packages do."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def refuse_compound(data: bytes) -> None:
    """Refuse the container of Word before 2007, which is also that of files with a password."""
    if data.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableImport(LOCKED)
        raise UnreadableImport("The file is in the format of Word before 2007 (.doc): save it as .docx.")


def parse(data: bytes) -> etree._Element:
    """Return the root of an XML file; raises `UnreadableImport` for a document type, which entities would need."""
    if b"<!DOCTYPE" in data[:4096].replace(b"\0", b"") or b"<!ENTITY" in data.replace(b"\0", b""):
        raise UnreadableImport("The file declares a document type or entities of its own: it is not let in.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableImport(f"The file is damaged: {str(error).splitlines()[0]}.") from error
