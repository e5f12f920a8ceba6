"""Makes what a test needs in one line, through the services themselves wherever there is one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from delegations.models import Delegation, Seat
from drafting.models import Bracket, DelegationKey, Draft, NegotiatingText, Provision, WorkingText
from drafting.services import drafts, openings
from drafting.services.drafts import Written
from drafting.text import structures
from drafting.text.structures import Structure
from tests.cast import Cast


def text(cast: Cast, *words: str, slug: str = "treaty") -> NegotiatingText:
    """Open a text in the cast's conference with a provision for each of `words`, at the addresses 1, 2, 3 …"""
    return opened(cast, structures.plain(words or ("Each Party shall [take [necessary] measures].",)), slug)


def opened(cast: Cast, structure: Structure, slug: str = "treaty") -> NegotiatingText:
    """Open a text with a structure that has been read."""
    return openings.open(cast.secretary, cast.conference, structure, title="Treaty", slug=slug)


def provision(negotiated: NegotiatingText, address: str = "1") -> Provision:
    """Return a provision as it is stored now."""
    return negotiated.provisions.select_related("words", "text").get(address=address)


def words(negotiated: NegotiatingText) -> list[str]:
    """Return the words of the text as they are stored now, tombstones left out."""
    live = negotiated.provisions.filter(retired=False).order_by("order")
    return list(live.values_list("words__content", flat=True))


def write(by: Seat, draft: Draft, words: str, rev: int | None = None, rationale: str | None = None) -> WorkingText:
    """Write the first provision of a draft anew, and return its text as it is stored now."""
    part = draft.parts.order_by("pk")[0]
    drafts.save(by, draft, [Written(part.words_id, words, rev)], rationale=rationale)
    return drafted(draft)


def drafted(draft: Draft) -> WorkingText:
    """Return the text of the first provision of a draft as it is stored now."""
    return WorkingText.objects.filter(drafted__draft=draft).order_by("drafted")[0]


def edition(by: Seat) -> UUID:
    """Return the edition of the key of a seat's delegation, or of none."""
    found = DelegationKey.objects.filter(delegation=by.delegation).values_list("edition", flat=True)
    return found.first() or uuid4()


def bracket(negotiated: NegotiatingText, number: int = 1) -> Bracket:
    """Return a bracket of a text without articles by its number."""
    return Bracket.objects.select_related("text").get(text=negotiated, article="", number=number)


def open_pairs(negotiated: NegotiatingText) -> list[tuple[int, str, int, str, int]]:
    """Return (number, address and offset of each end) of the open pairs, in the order of their numbers."""
    rows = negotiated.brackets.filter(closed=False).order_by("article", "number")
    ends = ("number", "start_text__provision__address", "start_offset", "end_text__provision__address", "end_offset")
    return list(rows.values_list(*ends))


def delegations(cast: Cast, codes: Sequence[str]) -> list[Delegation]:
    """Add delegations to the cast's conference."""
    rows = [Delegation(conference=cast.conference, code=code) for code in codes]
    return Delegation.objects.bulk_create(rows)


def bracket_in(negotiated: NegotiatingText, article: str, number: int) -> Bracket:
    """Return a bracket by its article and its number there."""
    return Bracket.objects.select_related("text").get(text=negotiated, article=article, number=number)
