"""Finding a place in a text by what the floor calls it: "9.2", "article 9", "para 5 bis", "(a)".

Finding words, proposals and delegations is in `searches`.
"""

from __future__ import annotations

import re

from drafting.models import NegotiatingText
from drafting.queries import editorials
from drafting.text import addresses as names

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_FILLERS = frozenset({"article", "art", "paragraph", "para", "subparagraph", "the"})

#: What somebody calls a place, cut into figures and words: ("9", "1", "a") for "9.1(a)", "9 1 a" and "Art. 9.1 (a)".
Called = tuple[str, ...]


def read(asked: str) -> Called:
    """Return the figures and words of a name as people type it, without "article" and its like."""
    return tuple(token for token in _TOKEN.findall(asked.casefold()[:200]) if token not in _FILLERS)


def address(negotiated: NegotiatingText, asked: str) -> str:
    """Return the address of the provision that `asked` names, or nothing where none or several may be meant."""
    found = addresses(negotiated, asked)
    exact = [one for one in found if read(asked) in (read(one), read(names.say(one)))]
    return exact[0] if exact else found[0] if len(found) == 1 else ""


def addresses(negotiated: NegotiatingText, asked: str) -> list[str]:
    """Return the addresses of all provisions that are called so: by address, by label, or by one they had before."""
    wanted = read(asked)
    if not wanted:
        return []
    rows = negotiated.provisions.filter(retired=False).order_by("order").values_list("address", "label")
    found = [one for one, label in rows if wanted in (read(one), read(names.say(one)), read(label))]
    before = (one for one, label in editorials.former_labels(negotiated) if wanted == read(label))
    return list(dict.fromkeys((*found, *before)))


def article(negotiated: NegotiatingText, asked: str) -> str:
    """Return the address of the article, preamble or annex that `asked` names, or nothing."""
    wanted = read(asked)
    rows = negotiated.provisions.exclude(article="").order_by("article").values_list("article", flat=True).distinct()
    return next((one for one in rows if wanted and read(one) == wanted), "")
