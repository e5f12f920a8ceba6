"""What a document is made of: the floor as it stands or an issued revision, in one of its languages, for a seat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from delegations.models import Seat
from drafting.models import FINAL, LanguageVersion, NegotiatingText, Revision
from drafting.queries import access, attribution, languages, revisions, snapshots
from drafting.queries.snapshots import Snapshot
from drafting.text import sayings


@dataclass(frozen=True, slots=True)
class Source:
    """A text at a moment. In another language than its own it has a `title` there, and `untranslated` provisions (ids).

    Those stand in the original's words; `missing` are the addresses of those that have words to translate.
    """

    negotiated: NegotiatingText
    snapshot: Snapshot
    revision: Revision | None
    named: bool
    seq: int
    language: str = ""
    title: str = ""
    untranslated: frozenset[int] = frozenset()
    missing: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The language the document is in."""
        return self.language or self.negotiated.language

    @property
    def is_translated(self) -> bool:
        """Whether it is in another language than the text's own."""
        return bool(self.language)

    @property
    def is_final(self) -> bool:
        """Whether it is a revision of a final kind: nothing in it is undecided."""
        return self.revision is not None and self.revision.kind in FINAL

    def say(self, english: str, *values: object) -> str:
        """Return what the document says around its text, in its language."""
        return sayings.say(self.spoken, english, *values)


def moment(when: datetime) -> str:
    """Return a moment as a file keeps it: ISO 8601, in UTC, to the second."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def source(seat: Seat, negotiated: NegotiatingText, number: int | None = None, language: str = "") -> Source:
    """Return the text to print: revision `number`, or the floor; raises `NotFound` for what the seat may not read.

    In another `language` a revision is as it was issued there, the floor as far as it is translated.
    """
    named = attribution.shows_names(seat, negotiated)
    wanted = "" if language == negotiated.language else language
    if number is not None:
        return _issued(seat, negotiated, number, wanted, named)
    access.floor(seat, negotiated)
    version = access.language(seat, negotiated, wanted) if wanted else None
    with snapshots.reading():
        negotiated.floor.refresh_from_db(fields=["head"])
        taken = snapshots.taken(negotiated, named=named)
        made = languages.made(version) if version else {}
    if version is None:
        return Source(negotiated, taken, None, named, negotiated.floor.head)
    return _rendered(version, Source(negotiated, taken, None, named, negotiated.floor.head), made)


def _issued(seat: Seat, negotiated: NegotiatingText, number: int, language: str, named: bool) -> Source:
    revision = access.revision(seat, negotiated, number)
    if not language:
        issued = revisions.snapshot(revision)
        return Source(negotiated, issued if named else issued.unnamed(), revision, named, revision.at_seq)
    row = access.language_issue(seat, negotiated, number, language)
    taken = snapshots.decode(row.snapshot)
    taken = taken if named else taken.unnamed()
    return Source(negotiated, taken, revision, named, revision.at_seq, language, row.title)


def _rendered(version: LanguageVersion, src: Source, made: languages.AllMade) -> Source:
    found = languages.rendered(src.snapshot, made)
    return Source(
        src.negotiated,
        found.snapshot,
        None,
        src.named,
        src.seq,
        version.language,
        version.title,
        found.original,
        found.missing,
    )
