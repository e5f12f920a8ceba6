"""Proposals without words to decide: a preference, a wish that something move to the decision, a general comment.

They are numbered, listed and answered like amendments, and never consolidated.
"""

from __future__ import annotations

from delegations.models import Seat
from delegations.roles import Right
from drafting.errors import EmptyChange, NotFound
from drafting.models import Amendment, NegotiatingText, Provision
from drafting.queries import access
from drafting.services import audiences, deadlines, lodging, proposals, signoffs, speaking
from drafting.services.lodging import Lodged
from drafting.services.proposals import Prepared

OPS = (Amendment.Op.PREFER, Amendment.Op.TO_DECISION, Amendment.Op.COMMENT)
#: The most a remark may say, in characters.
LONGEST = 20_000


def lodge(
    by: Seat,
    negotiated: NegotiatingText,
    op: str,
    said: str,
    *,
    about: Provision | None = None,
    language: str = "",
) -> Amendment:
    """Lodge a remark of the seat's delegation, on a provision or on the whole text, and return it."""
    access.floor(by, negotiated)
    access.require(by, Right.PROPOSE)
    signoffs.require(by)
    own = speaking.own_delegation(by)
    words = proposals.clean(said).strip()
    if op not in OPS:
        raise NotFound("A remark is a preference, a move to the decision or a general comment.")
    if not words:
        raise EmptyChange("Write what you want to say: a remark needs words.")
    if len(words) > LONGEST:
        raise EmptyChange(f"This is more than {LONGEST:,} characters: shorten it, or make it several remarks.")
    if op != Amendment.Op.COMMENT and about is None:
        raise EmptyChange("Say which provision it is about.")
    spoken = "" if language == negotiated.language else language
    with audiences.of_floor(negotiated, by, [own]) as audience:
        late = deadlines.check(negotiated)
        row = Lodged((own,), Prepared((), ()), words, op=op, late=late, language=spoken, about=about)
        return lodging.store(audience, by, negotiated, [row])[0]
