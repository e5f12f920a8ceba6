"""What a Word file from the capital asks for: wordings for the provisions it changes, and all that is not placed.

In our own file the ids say which provision is which; a file of others is aligned by words and labels, and only what is
sure is placed. Nothing is stored here: the drafts are opened in `drafting.services.drafts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import UnreadableImport
from drafting.imports import capital_changes, lowering
from drafting.imports.capital_changes import Asked
from drafting.imports.lowering import Side
from drafting.imports.reading import Read
from drafting.models import DraftPart, NegotiatingText, Provision
from drafting.queries import access, capitals, moments
from drafting.queries.capitals import OwnEdit
from drafting.text import alignment, labels, rebasing, tokens
from drafting.text.alignment import Fate
from drafting.text.document import Block, Document, Mark, Table

#: Words an edit keeps, at least, for a paragraph without ids to be taken for the provision of the same label.
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft to be: `words` for the provision, which reads `current`, or for a new one after it; whose they are."""

    provision: Provision
    current: str
    words: str
    authors: tuple[str, ...]
    inserts_after: bool = False
    remark: str = ""

    @property
    def rationale(self) -> str:
        """What the draft says of whose words they are."""
        return f"From the capital: {'; '.join(self.authors)}."


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What could not be placed: where it stands in the file, whose it is, its words, why, and what stands there now."""

    where: str
    who: str
    words: str
    why: str
    current: str = ""


@dataclass(slots=True)
class Plan:
    """All a file asks for; `unchanged` says of what is known already that it is."""

    placed: list[Placed] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def plan(seat: Seat, negotiated: NegotiatingText, read: Read) -> Plan:
    """Return what the file asks for on the floor as it stands; every change of the file is in one of the lists.

    Raises `Forbidden` for who may not propose, `UnreadableImport` for a file without tracked changes of its own kind,
    or one that was made from another text.
    """
    access.own_delegation(seat, negotiated)
    access.require(seat, Right.PROPOSE)
    if read.document is None:
        raise UnreadableImport(
            "A plain text does not say what was changed in it: bring the Word file, with its tracked changes."
        )
    planner = _Planner(seat, negotiated, read, read.document)
    planner.take()
    return planner.plan


class _Planner:
    """Takes one file paragraph by paragraph."""

    def __init__(self, seat: Seat, negotiated: NegotiatingText, read: Read, document: Document) -> None:
        self.plan = Plan()
        self._read, self._negotiated = read, negotiated
        self._document = replace(document, body=tuple(capital_changes.settled(document.body)))
        self._delegation = access.own_delegation(seat, negotiated)
        found = negotiated.provisions.select_related("words", "text__conference").order_by("order", "pk")
        self._provisions = {row.pk: row for row in found}
        self._ours: dict[int, list[OwnEdit]] = {}
        for edit in capitals.edits(self._delegation, negotiated):
            self._ours.setdefault(edit.provision, []).append(edit)
        self._lodged = capitals.lodged(self._delegation, negotiated)
        self._last: Provision | None = None
        self._divided_by: tuple[str, ...] = ()

    def take(self) -> None:
        """Sort all that the file holds into the plan."""
        is_own = any(block.provision is not None for block in self._document.blocks)
        matched = self._known() if is_own else self._aligned()
        for at, part in enumerate(self._document.body):
            if isinstance(part, Table):
                words = "\n".join("\t".join(row) for row in (part.columns, *part.rows))
                self._leave(part.title, (), words, "A table is no provision.")
            elif (row := matched.get(at)) is not None:
                self._last = row
                self._changed(row, part, is_own=is_own)
            elif is_own:
                self._new(part)
            else:
                self._foreign(part)
            if isinstance(part, Block):
                ends = part.change if part.change and part.change.mark is Mark.INSERTED else None
                self._divided_by = capital_changes.authors((), self._delegation.code, ends)
        self._beside()

    def _known(self) -> dict[int, Provision]:
        """Return the provisions by their place in our own file; those of other texts are not known here."""
        found = {
            at: self._provisions[part.provision]
            for at, part in enumerate(self._document.body)
            if isinstance(part, Block) and part.provision in self._provisions
        }
        if not found:
            raise UnreadableImport("This file was made from another text: bring it to the page of that text.")
        return found

    def _aligned(self) -> dict[int, Provision]:
        """Return the provisions that paragraphs of another's file are for sure: the same words, or label and most."""
        rows = [row for row in self._provisions.values() if not row.retired]
        parts = [(at, part) for at, part in enumerate(self._document.body) if isinstance(part, Block)]
        old = [(at, words) for at, part in parts if (words := lowering.words(part.runs, Side.REJECTED))]
        found: dict[int, Provision] = {}
        for match in alignment.align([row.words.content for row in rows], [words for _, words in old]):
            if match.fate in (Fate.MATCHED, Fate.MOVED):
                row, (at, words) = rows[match.old[0]], old[match.new[0]]
                if _is_sure(row.words.content, words, match.similarity, rows):
                    found[at] = row
        return found

    def _changed(self, row: Provision, block: Block, *, is_own: bool) -> None:
        """Take a paragraph that is a provision of the text."""
        rejected = lowering.words(block.runs, Side.REJECTED)
        current = row.words.content
        then = current
        if rejected != current.strip():
            then = self._then.get(row.pk, current) if is_own else rejected
        known = self._lodged.get(row.pk, set())
        asked = capital_changes.of(block, then, self._delegation.code, known, self._shown(row))
        self._say(row, asked, rejected, is_own=is_own)
        if asked.words is not None and not asked.moved:
            self._carry(row, then, asked)
        elif asked.is_ours:
            self.plan.unchanged.append(f"{row.address}: our proposals stand in the file as lodged.")
        if not is_own and then != current:
            why = "Without a tracked change these words differ from the text: look whether that is meant."
            self._leave(row.address, (), rejected, why, current)

    def _say(self, row: Provision, asked: Asked, rejected: str, *, is_own: bool) -> None:
        """List what was done to a paragraph that is no wording of it."""
        if asked.gone and is_own:
            numbers = ", ".join(f"No. {number}" for number in asked.gone)
            why = (
                f"Our {numbers} is not in the file as it was: withdraw or reword it on its own page, if that is meant."
            )
            self._leave(row.address, asked.authors, rejected, why)
        if asked.joins:
            why = "The end of this paragraph was taken out: propose to merge the two on the provision’s page."
            self._leave(row.address, asked.authors, rejected, why)
        if asked.moved:
            why = "The paragraph was moved away: propose the move on the provision’s page."
            self._leave(row.address, asked.authors, rejected, why)

    def _carry(self, row: Provision, then: str, asked: Asked) -> None:
        """Place the words a provision is to have, carried from what it read when the file was taken."""
        words, current = asked.words or "", row.words.content
        if row.retired:
            self._leave(row.address, asked.authors, words, "The provision was taken out of the text since.")
            return
        if then != current:
            outcome = rebasing.rebase(then, words, current)
            if outcome.status == "flagged":
                self._leave(row.address, asked.authors, words, outcome.reason, current)
                return
            words = outcome.text
        if words == current:
            self.plan.unchanged.append(f"{row.address}: the text says so already.")
            return
        if tokens.differ_in_spaces(current, words):
            why = "Only spaces change and no word: tell the secretariat, which mends spacing as an editorial change."
            self._leave(row.address, asked.authors, words, why, current)
            return
        if words == capital_changes.applied(current, self._ours.get(row.pk, ())):
            self.plan.unchanged.append(f"{row.address}: these are the words of our proposals.")
            return
        remark = "Our own proposals stand in it as the file has them." if asked.takes_in_ours else ""
        if then != current:
            remark = f"{remark} The text moved since the file was taken; the change was carried to the present words."
        self._place(Placed(row, current, words, asked.authors, remark=remark.strip()))

    def _new(self, block: Block) -> None:
        """Take a paragraph of our own file that is no provision yet: a new one, or a new one of ours."""
        words = lowering.words(block.runs, Side.ACCEPTED)
        authors = capital_changes.authors(block.runs, self._delegation.code)
        authors = authors or self._divided_by or (capital_changes.UNTRACKED,)
        if block.anchor.startswith(capitals.OURS):
            number = block.anchor.removeprefix(capitals.OURS).partition("-")[0]
            lodged = {edit.words.strip() for own in self._ours.values() for edit in own if edit.inserts_after}
            if words in lodged:
                self.plan.unchanged.append(f"No. {number}, a new provision, stands in the file as lodged.")
                return
            if not words:
                gone = "".join(run.text for run in block.runs)
                self._leave("", authors, gone, f"Our No. {number} was taken out: withdraw it, if that is meant.")
                return
        elif not words:
            return
        if block.provision is not None:
            self._leave(block.anchor, authors, words, "The provision is not of this text.")
        elif capital_changes.is_moved(block.runs):
            self._leave(self._after(), authors, words, "Words moved here: propose the move on the provision’s page.")
        elif self._last is None or self._last.retired:
            self._leave(self._after(), authors, words, "A new paragraph that follows no provision of the text.")
        else:
            self._place(Placed(self._last, "", words, authors, inserts_after=True))

    def _foreign(self, block: Block) -> None:
        """Take a paragraph of another's file that is no provision for sure: a new one after one that is, or listed."""
        rejected = lowering.words(block.runs, Side.REJECTED)
        if not rejected and self._last is not None:
            self._new(block)
            return
        self._last = None
        words = lowering.words(block.runs, Side.ACCEPTED)
        authors = capital_changes.authors(block.runs, self._delegation.code)
        self._leave("", authors, words or rejected, "It is not sure which provision this is.")

    def _beside(self) -> None:
        """List what stands beside the words: footnotes, comments, and whatever the reader remarks."""
        for note in self._document.footnotes:
            authors = capital_changes.authors(note.runs, self._delegation.code)
            words = lowering.words(note.runs, Side.ACCEPTED)
            self._leave(f"footnote {note.name}", authors, words, "A footnote: add it by hand.")
        for said in self._read.comments:
            why = f"A comment at “{said.words}”." if said.words else "A comment."
            self._leave(said.anchor, (said.by,) if said.by else (), said.text, why)
        for remark in self._read.remarks:
            self._leave("", (), remark.words, remark.what)

    def _place(self, placed: Placed) -> None:
        key = placed.provision.pk, placed.inserts_after, placed.words
        if key in self._drafted:
            self.plan.unchanged.append(f"{placed.provision.address}: a draft of ours has these words already.")
        else:
            self.plan.placed.append(placed)

    def _leave(self, where: str, authors: Iterable[str], words: str, why: str, current: str = "") -> None:
        self.plan.unplaced.append(Unplaced(where, "; ".join(authors), words, why, current))

    def _shown(self, row: Provision) -> list[OwnEdit]:
        """Return the edits of ours that the file showed of a provision."""
        taken = self._document.masthead.second
        shown = capitals.compatible(row.words.content, self._ours.get(row.pk, ()))
        return [edit for edit in shown if not edit.inserts_after and edit.lodged <= taken]

    def _after(self) -> str:
        return f"after {self._last.address}" if self._last else ""

    @cached_property
    def _then(self) -> Mapping[int, str]:
        """What each provision read when the file was taken; nothing where the file does not say when."""
        seq = capitals.taken_at(self._document)
        if seq is None or seq > self._negotiated.floor.head:
            return {}
        return {row.id: row.text for row in moments.snapshot(self._negotiated, seq).provisions}

    @cached_property
    def _drafted(self) -> set[tuple[int, bool, str]]:
        drafted = {"draft__text": self._negotiated, "draft__delegation": self._delegation, "draft__submitted": False}
        own = DraftPart.objects.filter(**drafted)
        return set(own.values_list("provision_id", "inserts_after", "words__content"))


def _is_sure(current: str, words: str, similarity: float, rows: Sequence[Provision]) -> bool:
    """Tell whether a paragraph is the provision: its words stand once in the text, or label and most words agree."""
    if words == current.strip():
        return sum(row.words.content.strip() == words for row in rows) == 1
    one, other = labels.read(words), labels.read(current)
    return one is not None and one == other and similarity >= _SURE
