"""The Word file a delegation sends home: the floor's words, its own open proposals in them as tracked changes.

Brackets are words here and nothing is printed beside them: what is typed behind a bracket's number in Word takes its
style and would be read as a number. Reading the file when it comes back is in `drafting.imports.capitals`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC

from delegations.models import Delegation, Seat
from drafting.errors import NotFound
from drafting.models import Hunk, NegotiatingText, Sponsorship
from drafting.queries import access, amendments, documents
from drafting.queries.documents import Source
from drafting.queries.snapshots import ProvisionSnapshot
from drafting.text import addresses
from drafting.text.document import Block, Document, Mark, Run

_TAKEN = "The text as it stood after act {seq} of the floor."
_AT = re.compile(re.escape(_TAKEN).replace(r"\{seq\}", r"(\d{1,9})"))
#: How the anchor of a block begins that is a new provision of our own.
OURS = "our-proposal-"


@dataclass(frozen=True, slots=True)
class OwnEdit:
    """An edit of one of our open proposals: `struck` at `lo`–`hi` gives way to `words`, as a file shows it."""

    number: int
    provision: int
    lo: int
    hi: int
    struck: str
    words: str
    inserts_after: bool
    lodged: str


def document(seat: Seat, negotiated: NegotiatingText, which: str = "") -> Document:
    """Return the floor, or the articles and provisions `which` lists, with our own proposals as tracked changes.

    Accepted they give what we propose, rejected what stands. Of proposals of ours that meet, the first is shown and the
    others are named. Raises `NotFound` for what is listed and is not in the text.
    """
    delegation = access.own_delegation(seat, negotiated)
    src = documents.source(seat, negotiated)
    chosen = _chosen(src.snapshot.standing(), which)
    ours: dict[int, list[OwnEdit]] = defaultdict(list)
    for edit in edits(delegation, negotiated):
        ours[edit.provision].append(edit)
    blocks: list[Block] = []
    left: list[str] = []
    for row in chosen:
        shown = compatible(row.text, ours[row.id])
        left += [f"No. {edit.number} on {addresses.say(row.address)}" for edit in ours[row.id] if edit not in shown]
        blocks += _blocks(src, row, shown, delegation.code)
    return Document(documents.masthead(src, f"For {delegation.name()}"), _notes(src, chosen, left), tuple(blocks))


def taken_at(document: Document) -> int | None:
    """Return the act of the floor after which a file was taken, as its notes say; None where they do not."""
    found = next((match for note in document.notes if (match := _AT.fullmatch(note))), None)
    return int(found[1]) if found else None


def edits(delegation: Delegation, negotiated: NegotiatingText) -> list[OwnEdit]:
    """Return the open edits of the delegation's own proposals on the text, in the order of their numbers."""
    own = Sponsorship.objects.filter(delegation=delegation, role=Sponsorship.Role.SPONSOR, withdrawn=False)
    found = amendments.open_hunks(negotiated).filter(outcome=Hunk.Outcome.OPEN, version__in=own.values("version"))
    return [
        OwnEdit(
            hunk.version.amendment.number,
            hunk.provision_id,
            hunk.lo,
            hunk.hi,
            hunk.struck,
            hunk.words,
            hunk.inserts_after,
            f"{hunk.version.amendment.lodged.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        )
        for hunk in found.select_related("version__amendment").order_by("version__amendment__number", "index")
    ]


def lodged(delegation: Delegation, negotiated: NegotiatingText) -> dict[int, set[tuple[Mark, str]]]:
    """Return, per provision id, the words of every change the delegation ever lodged, as a file shows them."""
    own = Sponsorship.objects.filter(delegation=delegation, role=Sponsorship.Role.SPONSOR)
    found: dict[int, set[tuple[Mark, str]]] = defaultdict(set)
    rows = Hunk.objects.filter(version__amendment__text=negotiated, version__in=own.values("version"))
    for provision, struck, words in rows.values_list("provision", "struck", "words"):
        found[provision] |= {(Mark.DELETED, struck), (Mark.INSERTED, words), (Mark.INSERTED, words.strip())}
    return found


def _chosen(standing: Sequence[ProvisionSnapshot], which: str) -> list[ProvisionSnapshot]:
    """Return the provisions of each article or address that is listed, in the order of the text; none listed: all."""
    asked = [one.strip() for one in which.split(",") if one.strip()]
    for one in asked:
        if not any(one in (row.address, row.article) for row in standing):
            raise NotFound(f"There is no article or provision “{one}” here: list addresses as the outline shows them.")
    return [row for row in standing if not asked or row.address in asked or row.article in asked]


def compatible(words: str, edits: Iterable[OwnEdit]) -> list[OwnEdit]:
    """Return the edits that can be shown in one text: each clear of those before it, on the words it was made for."""
    shown: list[OwnEdit] = []
    for edit in edits:
        stands = edit.inserts_after or words[edit.lo : edit.hi] == edit.struck
        if stands and not any(_meet(edit, other) for other in shown):
            shown.append(edit)
    return shown


def _meet(one: OwnEdit, other: OwnEdit) -> bool:
    if one.inserts_after or other.inserts_after:
        return False
    return one.lo <= other.hi and other.lo <= one.hi


def _blocks(src: Source, row: ProvisionSnapshot, shown: Sequence[OwnEdit], code: str) -> Iterable[Block]:
    inside = [edit for edit in shown if not edit.inserts_after]
    yield replace(documents.block(src, row, tuple(_redline(row.text, inside, code))), status="")
    for at, edit in enumerate(edit for edit in shown if edit.inserts_after):
        new = Run(edit.words.strip(), Mark.INSERTED, by=(code,), when=edit.lodged)
        yield Block((new,), depth=row.depth, anchor=f"{OURS}{edit.number}-{row.id}-{at}")


def _redline(words: str, edits: Iterable[OwnEdit], code: str) -> Iterable[Run]:
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.lo):
        if edit.lo > at:
            yield Run(words[at : edit.lo])
        if edit.struck:
            yield Run(edit.struck, Mark.DELETED, by=(code,), when=edit.lodged)
        if edit.words:
            yield Run(edit.words, Mark.INSERTED, by=(code,), when=edit.lodged)
        at = edit.hi
    if at < len(words):
        yield Run(words[at:])


def _notes(src: Source, chosen: Sequence[ProvisionSnapshot], left: Sequence[str]) -> tuple[str, ...]:
    wanted = {row.id: row.address for row in chosen}
    agreed: dict[str, dict[str, None]] = {}
    for row in src.snapshot.agreements:
        if row.provision in wanted:
            agreed.setdefault(row.name or row.level, {})[wanted[row.provision]] = None
    notes = [
        "Edit with tracked changes on. Each provision you change becomes a private draft of the delegation.",
        "Our own proposals stand in the text as tracked changes: leave them, and they stay as they are.",
        "Between two paragraphs a new one becomes a new provision. Comments are read, and placed by hand.",
        _TAKEN.format(seq=src.seq),
    ]
    notes += (f"Wholly or in part {name}: {', '.join(places)}." for name, places in agreed.items())
    if left:
        shown = ", ".join(dict.fromkeys(left))
        notes.append(f"Ours too, but not shown, as they meet another of ours or words that moved: {shown}.")
    return tuple(notes)
