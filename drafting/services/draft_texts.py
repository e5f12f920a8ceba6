"""The texts of a draft, inside an open act on its stream: begun, written, merged with a colleague's, erased.

Who may do what to a draft is decided in `drafts`; typing it letter by letter is in `typing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafting import events
from drafting.errors import StaleVersion
from drafting.models import Draft, DraftPart, Provision, WorkingText
from drafting.queries import histories
from drafting.services import journal, proposals
from drafting.services.journal import Writer
from drafting.services.proposals import Proposed
from drafting.text import pairing, readings, rebasing
from drafting.text.changes import ChangeSet


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a provision, or for a new one after it; without `words` those that stand. A draft to be opened."""

    provision: Provision
    words: str | None = None
    rationale: str = ""
    inserts_after: bool = False

    def cleaned(self) -> str:
        """Return the words it begins with; raises `TextError`, `TooLong`."""
        if self.words is None:
            return self.standing
        return proposals.clean(self.words)

    @property
    def standing(self) -> str:
        """The words it is written against."""
        return "" if self.inserts_after else self.provision.words.content


def begin(writer: Writer, draft: Draft, wording: Wording, *, is_first: bool) -> DraftPart:
    """Store one part of a draft as the floor has it, then write its words."""
    content = wording.standing
    words = WorkingText.objects.create(stream=writer.stream, content=content)
    _note_brackets(words)
    part = DraftPart.objects.create(
        draft=draft,
        provision=wording.provision,
        inserts_after=wording.inserts_after,
        base=content,
        words=words,
    )
    key, at, is_new = str(draft.pk), wording.provision.pk, wording.inserts_after
    if is_first:
        writer.append(events.DraftOpened(draft=key, provision=at, content=content, inserts_after=is_new))
    else:
        text = str(words.pk)
        writer.append(events.DraftWidened(draft=key, text=text, provision=at, content=content, inserts_after=is_new))
    write(writer, words, wording.cleaned())
    return part


def write(writer: Writer, words: WorkingText, wanted: str, rev: int | None = None) -> None:
    """Write a text anew; `rev` is the revision it was written on.

    Where a colleague wrote meanwhile the two are merged; where they cannot be, raises `StaleVersion` with both texts.
    """
    if rev is not None and rev != words.rev:
        wanted = _merge(words, wanted, rev)
    if wanted == words.content:
        return
    changes = _changes(words.content, wanted)
    before, words.content = words.content, wanted
    words.rev += 1
    _note_brackets(words)
    writer.append(events.Typed(text=str(words.pk), provision=None, rev=words.rev, changes=changes.to_json(before)))


def erase(writer: Writer, part: DraftPart, reason: str) -> None:
    """Erase a part's words and all that was ever typed in it."""
    words = part.words
    words.content, words.closers, words.openers = "", 0, 0
    words.save(update_fields=["content", "closers", "openers"])
    journal.erase_in(writer, "typed", reason, text=words.pk)


def parts(draft: Draft) -> list[DraftPart]:
    """Return the parts of a draft as they are now, in the order of the text."""
    rows = DraftPart.objects.filter(draft=draft)
    return list(rows.select_related("provision__words", "provision__text", "words"))


def proposed(part: DraftPart) -> Proposed:
    """Return what a part proposes."""
    return Proposed(part.provision, part.words.content, part.base, part.inserts_after)


def _merge(words: WorkingText, wanted: str, rev: int) -> str:
    before = histories.draft_at(words, rev)
    outcome = rebasing.rebase(before, wanted, words.content)
    if outcome.status == "flagged":
        raise StaleVersion(
            "A colleague changed the same words meanwhile. Yours are kept: compare, and save again.",
            words=wanted,
            current=words.content,
            rev=words.rev,
        )
    return outcome.text


def _changes(old: str, new: str) -> ChangeSet:
    found: list[tuple[int, int, str]] = []
    at = 0
    for run in readings.comparison(old, new):
        if run.kind == "inserted":
            found.append((at, at, run.text))
            continue
        if run.kind == "deleted":
            found.append((at, at + len(run.text), ""))
        at += len(run.text)
    return ChangeSet.of(found, len(old))


def _note_brackets(words: WorkingText) -> None:
    words.closers, words.openers = pairing.residue(words.content)
    words.save(update_fields=["content", "rev", "closers", "openers"])
