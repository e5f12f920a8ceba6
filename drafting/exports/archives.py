"""A text with its whole history as one ZIP that proves itself: every issued text, the journal, the decisions.

What goes out to whom is decided in `drafting.queries.ledgers`; `verify_archive`, which travels inside, proves the rest.
The same history gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from delegations.models import Seat
from drafting.exports import akomantoso
from drafting.exports import json as json_form
from drafting.exports import text as text_form
from drafting.models import Decision, LanguageIssue, NegotiatingText, Revision
from drafting.queries import attribution, certificates, documents, ledgers, rectifications, revisions, snapshots
from drafting.queries.ledgers import Ledger
from drafting.text.document import Document

#: The script that proves an archive, as it is shipped: it imports nothing of ours.
SCRIPT = Path(__file__).with_name("verify_archive.py")
#: The ending of the file, what it is called to who waits for it, its media type.
FORM, LABEL, MEDIA_TYPE = "zip", "archive", "application/zip"
#: The version of the layout, for whoever reads archives by a program.
LAYOUT = 1

_README = """{title}
{symbol}

This archive proves itself. With Python 3.9 or later, and nothing else:

    python3 verify_archive.py ARCHIVE.zip

It ends with PROVED, or names the stream and the seq of the first fault. Keep the heads of the chains that it prints
where nobody can change them: --against compares a later archive with them.

manifest.json           what is in here, with the SHA-256 of every file and the head of every chain
revisions/N/            each issued text: snapshot.json is what its hash was taken of, text.txt its words,
                        document.json and document.xml (Akoma Ntoso 3.0) the bracketed text for other programs,
                        certificate.txt its hash, its row in the journal and what every change rests on (.json
                        the same for programs); fr/, ar/ … the same text as issued in that language;
                        corrigendum-N, reissue-N, proces-verbal-N what corrects it, the text itself staying as issued
journal/NAME.jsonl      every act, one row a line, in order; NAME.folded.jsonl the rows that a "folded" row stands for
decisions.json          what was decided, by which act, on whose authority

Written for: {audience}. What these readers may not see is in the journal as its SHA-256 alone (with a salt that is
withheld too): the chain verifies, and nothing can be guessed. "erased" rows name what is gone for good.
"""
_AUDIENCES = {
    "public": "everybody at the conference (what has been issued)",
    "floor": "the delegations (the floor and what has been issued)",
    "bureau": "the chair and the secretariat",
}


def write(seat: Seat, negotiated: NegotiatingText) -> bytes:
    """Return the archive of a text as this seat may read it; raises `NotFound` for a seat that may read nothing."""
    with snapshots.reading():
        ledger = ledgers.Ledger(seat, negotiated)
        files = dict(_files(seat, negotiated, ledger))
        manifest = _manifest(seat, negotiated, ledger, files)
    return _packed({"manifest.json": _json(manifest), **files})


def name(negotiated: NegotiatingText) -> str:
    """Return what the file is called."""
    symbol = negotiated.symbol or negotiated.slug
    return f"{''.join(char if char.isalnum() else '-' for char in symbol)}-archive.zip"


def _files(seat: Seat, negotiated: NegotiatingText, ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    said = {"title": negotiated.title, "symbol": negotiated.symbol, "audience": _AUDIENCES[ledger.audience]}
    yield "README.txt", _README.format(**said).encode()
    yield "verify_archive.py", SCRIPT.read_bytes()
    for revision in revisions.listed(seat, negotiated).order_by("number"):
        yield from _revision(seat, negotiated, revision)
    for stream in ledger.streams:
        yield f"journal/{stream.kind}.jsonl", b"".join(ledger.rows(stream))
        if folded := b"".join(ledger.folded(stream)):
            yield f"journal/{stream.kind}.folded.jsonl", folded
    if ledger.audience != "public":
        yield "decisions.json", _json(list(_decisions(negotiated)))


def _revision(seat: Seat, negotiated: NegotiatingText, revision: Revision) -> Iterator[tuple[str, bytes]]:
    folder = f"revisions/{revision.number}"
    yield from _text(folder, _shown(seat, negotiated, revision), documents.bracketed(seat, negotiated, revision.number))
    for issue in _languages(revision):
        spoken = documents.bracketed(seat, negotiated, revision.number, issue.version.language)
        yield from _text(f"{folder}/{issue.version.language}", _shown(seat, negotiated, issue), spoken)
    yield f"{folder}/certificate.json", _json(asdict(certificates.of(seat, revision)))
    yield f"{folder}/certificate.txt", text_form.write(certificates.document(seat, negotiated, revision.number))
    for row in rectifications.listed(seat, revision):
        stem = f"{folder}/{row.form}-{row.number}"
        yield f"{stem}.json", row.body.encode()
        yield f"{stem}.txt", text_form.write(rectifications.document(seat, row))


def _text(folder: str, shown: str, document: Document) -> Iterator[tuple[str, bytes]]:
    """Yield an issued text in one language: what its hash was taken of, its words, the text for other programs."""
    standing = (row.text for row in snapshots.decode(shown).provisions if not row.retired)
    yield f"{folder}/snapshot.json", shown.encode()
    yield f"{folder}/text.txt", ("\n\n".join(standing) + "\n").encode()
    yield f"{folder}/document.json", json_form.write(document)
    yield f"{folder}/document.xml", akomantoso.write(document)


def _languages(revision: Revision) -> QuerySet[LanguageIssue]:
    """Return what a revision was issued as in other languages; it is as public as the revision."""
    return revision.languages.select_related("version").order_by("version__language")


def _shown(seat: Seat, negotiated: NegotiatingText, issued: Revision | LanguageIssue) -> str:
    """Return the snapshot as this seat may read it: the very words that were hashed, or these without names."""
    if attribution.shows_names(seat, negotiated):
        return issued.snapshot
    decoded = snapshots.decode(issued.snapshot)
    is_nameless = not any(pair.holders for pair in decoded.pairs)
    return issued.snapshot if is_nameless else snapshots.encode(decoded.unnamed())


def _decisions(negotiated: NegotiatingText) -> Iterator[dict[str, Any]]:
    for row in Decision.objects.filter(text=negotiated).order_by("seq", "pk"):
        told = {"decision": row.pk, "act": row.act, "authority": row.authority, "reason": row.reason}
        yield told | {"forum": row.forum, "seq": row.seq, "undone": row.undone, "at": row.at.isoformat()}


def _manifest(seat: Seat, negotiated: NegotiatingText, ledger: Ledger, files: dict[str, bytes]) -> dict[str, Any]:
    streams = [
        {"id": str(row.pk), "kind": row.kind, "head": row.head, "digest": bytes(row.digest).hex()}
        for row in ledger.streams
    ]
    issued = [
        {
            "number": row.number,
            "symbol": row.symbol,
            "kind": row.kind,
            "issued": row.issued.isoformat(),
            "digest": row.digest,
            "rectifications": [
                {"form": one.form, "number": one.number, "symbol": one.symbol, "digest": one.digest}
                for one in rectifications.listed(seat, row)
            ],
            "languages": [
                {
                    "language": one.version.language,
                    "title": one.title,
                    "issued": one.issued.isoformat(),
                    "digest": one.digest,
                    "names_withheld": _is_unlike(files, f"revisions/{row.number}/{one.version.language}", one.digest),
                }
                for one in _languages(row)
            ],
            "names_withheld": _is_unlike(files, f"revisions/{row.number}", row.digest),
        }
        for row in revisions.listed(seat, negotiated).order_by("number")
    ]
    named = {"title": negotiated.title, "symbol": negotiated.symbol, "language": negotiated.language}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    layout = {"format": "negotiating-text-archive", "layout": LAYOUT, "audience": ledger.audience}
    return {**layout, **named, "streams": streams, "revisions": issued, "files": digests}


def _is_unlike(files: dict[str, bytes], folder: str, digest: str) -> bool:
    """Tell whether a snapshot is not the one that was hashed at issue."""
    return hashlib.sha256(files[f"{folder}/snapshot.json"]).hexdigest() != digest


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for named in sorted(files):
            entry = zipfile.ZipInfo(named, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            packed.writestr(entry, files[named])
    return out.getvalue()
