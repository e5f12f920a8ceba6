"""The text in its other languages: a version is opened, provisions are put into it, a revision is issued in it.

Nothing is ever marked as stale: a translation names the words it was made from, and where others stand now it is.
What is read of versions is in `drafting.queries.languages`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import EmptyChange, Forbidden, NotFound, NotIssuable, StaleVersion, Taken, TooLong
from drafting.models import BaseText, LanguageIssue, LanguageVersion, NegotiatingText, Provision, Revision, Translation
from drafting.queries import access, languages, revisions, snapshots
from drafting.services import basetexts, journal
from drafting.services.journal import Writer
from drafting.text import tokens, translations
from drafting.text.document import LANGUAGES
from drafting.text.errors import RollingTextError, TextError

#: Characters a provision may have in any language; real ones have a few thousand at most.
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A provision in another language, `source` (SHA-256) naming the words it was made from.

    `order` says which brackets of the original stand in it; None: all, in the original's order. `replaces` is the id of
    the translation the translator saw, 0 for none; None replaces whatever there is.
    """

    provision: Provision
    source: str
    words: str
    order: Sequence[int] | None = None
    replaces: int | None = None


def open(by: Seat, negotiated: NegotiatingText, language: str, title: str) -> LanguageVersion:
    """Open the text's version in one of the six languages, with its title there, and return it."""
    access.floor(by, negotiated)
    access.require(by, Right.TRANSLATE)
    if language not in LANGUAGES or language == negotiated.language:
        raise NotFound("A text is put into one of the six languages it is not negotiated in.")
    if not title.strip():
        raise EmptyChange("Say what the text is called in that language.")
    with journal.writing(negotiated.floor, by=by) as floor:
        if negotiated.languages.filter(language=language).exists():
            raise Taken(f"There is a version in {LANGUAGES[language]} already.")
        row = LanguageVersion.objects.create(text=negotiated, language=language, title=title.strip()[:300])
        floor.append(events.LanguageOpened(version=row.pk, language=language, title=row.title))
    return row


def translate(by: Seat, version: LanguageVersion, wording: Wording) -> Translation:
    """Put one provision into a language, or say that its words there still hold, and return the translation.

    Raises `StaleVersion` where the original or another translator's words came since it was read, `UnlikeBrackets`
    where the brackets cannot be those of the original; the words come back in `data`.
    """
    _require(by, version)
    with journal.writing(version.text.floor, by=by) as floor:
        return _Desk(floor, by, version, [wording]).write(wording)


def translate_all(
    by: Seat, version: LanguageVersion, wordings: Sequence[Wording]
) -> tuple[list[Translation], list[tuple[Wording, RollingTextError]]]:
    """The same for many at once; returns those written, and those refused with what refused each."""
    _require(by, version)
    written: list[Translation] = []
    refused: list[tuple[Wording, RollingTextError]] = []
    with journal.writing(version.text.floor, by=by) as floor:
        desk = _Desk(floor, by, version, wordings)
        for wording in wordings:
            try:
                written.append(desk.write(wording))
            except RollingTextError as error:
                refused.append((wording, error))
    return written, refused


def issue(by: Seat, version: LanguageVersion, revision: Revision) -> LanguageIssue:
    """Issue a revision in another language, under its symbol; raises `NotIssuable` while words are missing in it.

    What is issued stays as it is; a mistake in it is corrected by a corrigendum.
    """
    access.language(by, version.text, version.language)
    access.require(by, Right.ISSUE)
    access.require(by, Right.TRANSLATE)
    if revision.text_id != version.text_id:
        raise NotFound("There is no such revision.")
    negotiated = version.text
    with journal.writing_all([negotiated.floor, negotiated.public], by=by) as writers:
        if LanguageIssue.objects.filter(revision=revision, version=version).exists():
            raise Taken(f"{revision.symbol} is issued in {LANGUAGES[version.language]} already.")
        rendering = languages.rendered(revisions.snapshot(revision), languages.made(version))
        if rendering.missing:
            places = ", ".join(rendering.missing[:5])
            raise NotIssuable(
                f"{len(rendering.missing)} provisions have no words in {LANGUAGES[version.language]} for "
                f"{revision.symbol}: {places} …",
                missing=list(rendering.missing),
            )
        row = LanguageIssue(revision=revision, version=version, title=version.title, issued=timezone.now(), by=by)
        row.snapshot = snapshots.encode(rendering.snapshot)
        row.digest = snapshots.digest(row.snapshot)
        row.save(force_insert=True)
        for writer in writers:
            writer.append(
                events.LanguageIssued(
                    issue=row.pk,
                    revision=revision.pk,
                    number=revision.number,
                    symbol=revision.symbol,
                    language=version.language,
                    title=row.title,
                    digest=row.digest,
                )
            )
    return row


def _require(by: Seat, version: LanguageVersion) -> None:
    access.language(by, version.text, version.language)
    access.require(by, Right.TRANSLATE)


class _Desk:
    """Writes translations inside an open act; originals and the last translation of each are read at once."""

    def __init__(self, floor: Writer, by: Seat, version: LanguageVersion, wordings: Sequence[Wording]) -> None:
        self._floor, self._by, self._version = floor, by, version
        named = {wording.provision.pk for wording in wordings}
        self._current = version.text.provisions.select_related("words").in_bulk(named)
        self._last = {row.provision_id: row for row in version.translations.filter(provision__in=named)}
        basetexts.keep(row.words.content for row in self._current.values())

    def write(self, wording: Wording) -> Translation:
        """Store one wording and journal it, or refuse it."""
        current = self._current.get(wording.provision.pk)
        if current is None or current.retired:
            raise NotFound("There is no such provision in the text.")
        original = current.words.content
        _refuse_unfit(original, wording, f"{current} changed since you read it: here is what changed.")
        order = translations.order(original, wording.words, wording.order)
        _refuse_overtaken(str(current), wording, order, self._last.get(current.pk))
        row = Translation.objects.create(
            version=self._version,
            provision=current,
            source_id=wording.source,
            words=wording.words,
            order=list(order),
            by=self._by,
            at=timezone.now(),
        )
        self._floor.append(_told(row))
        self._last[current.pk] = row
        return row


def _told(row: Translation) -> events.Translated:
    return events.Translated(
        translation=row.pk,
        version=row.version_id,
        provision=row.provision_id,
        language=row.version.language,
        source=row.source_id,
        words=row.words,
        order=tuple(row.order),
    )


def _refuse_overtaken(called: str, wording: Wording, order: Sequence[int], last: Translation | None) -> None:
    """Refuse words over a translation that was not seen, and those that stand there already."""
    if wording.replaces is not None and wording.replaces != (last.pk if last else 0):
        said = f"{called} was translated by somebody else meanwhile: both wordings are here."
        raise StaleVersion(said, words=wording.words, current=last.words if last else "")
    if last and (last.source_id, last.words, tuple(last.order)) == (wording.source, wording.words, tuple(order)):
        raise EmptyChange(f"{called} reads so already, for the words that stand.")


def _refuse_unfit(original: str, wording: Wording, moved: str) -> None:
    if len(wording.words) > LONGEST:
        raise TooLong(f"A provision has {LONGEST:,} characters at most.")
    if tokens.normalise(wording.words) != wording.words:
        raise TextError("The words are not in the form texts are kept in (Unicode NFC, line feeds).")
    if BaseText.key_of(original) != wording.source:
        raise StaleVersion(moved, words=wording.words, current=original)
    if not wording.words.strip() and original.strip():
        raise Forbidden("A provision that has words in the original has some in every language.")
