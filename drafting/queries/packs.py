"""The offline pack: the text in its brackets and the delegation's own proposals, as one document.

What is sealed is not in it: the browser adds notes to the file on its own, where somebody asks it to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from delegations.models import Seat
from drafting.models import NegotiatingText, ProposedText
from drafting.queries import access, amendments, documents, selections
from drafting.queries.cards import Card
from drafting.text import addresses, readings
from drafting.text.document import Block, Document, Form, Mark, Run

_MARKS = {"inserted": Mark.INSERTED, "deleted": Mark.DELETED}
#: Own proposals a pack holds at most; more than a delegation has in any real text.
MOST = 5_000


def pack(seat: Seat, negotiated: NegotiatingText) -> Document:
    """Return the floor in its brackets, then each own proposal: its redline as lodged, and what became of it."""
    delegation = access.own_delegation(seat, negotiated)
    text = documents.bracketed(seat, negotiated)
    cards = amendments.listed(seat, negotiated, selections.OURS, size=MOST).cards
    title = Block((Run(f"Proposals of {delegation.name()} ({len(cards)})"),), Form.HEADING, "our-proposals")
    notes = (f"Taken along by {delegation.name()}: the text as it stood, and our proposals behind it.", *text.notes)
    return Document(text.masthead, notes, (*text.body, title, *_proposals(cards)))


def _proposals(cards: Sequence[Card]) -> Iterable[Block]:
    lodged = ProposedText.objects.filter(version__in=[card.version for card in cards]).select_related("base")
    texts: dict[object, list[ProposedText]] = {}
    for row in lodged.order_by("pk"):
        texts.setdefault(row.version_id, []).append(row)
    for card in cards:
        said = f"No. {card.number} on {addresses.say_all(card.addresses)}: {card.fate_label}"
        reasons = [hunk.reason for hunk in card.hunks if hunk.reason]
        yield Block((Run(f"{said}. {' '.join(reasons)}".strip()),), Form.NOTE, f"proposal-{card.number}")
        for row in texts.get(card.version, ()):
            old = "" if row.inserts_after else row.base.content
            yield Block(_redline(old, row.words), Form.PARAGRAPH, depth=1)


def _redline(old: str, new: str) -> tuple[Run, ...]:
    return tuple(Run(part.text, _MARKS.get(part.kind, Mark.PLAIN)) for part in readings.comparison(old, new))
