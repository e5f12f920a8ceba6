"""Invents what delegations do besides proposing: words offered to another's amendment, two reserves."""

from __future__ import annotations

import random
from contextlib import suppress

from drafting.demo import proposing
from drafting.demo.people import People
from drafting.errors import EmptyChange
from drafting.models import Amendment, NegotiatingText, Reserve
from drafting.queries import amendments
from drafting.services import offers, reserves
from drafting.services.proposals import Proposed
from drafting.text.errors import UnpairedBrackets

#: Whose amendments others offer words to, who offers them, and to how many.
SPONSOR, OFFERING, OFFERS = "NOR", "KEN", 2


def act(chance: random.Random, seated: People, negotiated: NegotiatingText) -> None:
    """Offer words to the newest amendments of one delegation, and enter two reserves."""
    _offer(chance, seated, negotiated)
    first = negotiated.provisions.exclude(article="").filter(retired=False).select_related("words", "text").first()
    if first is not None:
        scrutiny = Reserve.Kind.SCRUTINY
        reserves.enter(seated.desks["EU"], negotiated, Reserve.Scope.CHAPTER, provision=first, kind=scrutiny)
        reserves.enter(seated.desks[OFFERING], negotiated, Reserve.Scope.PROVISION, provision=first)


def _offer(chance: random.Random, seated: People, negotiated: NegotiatingText) -> None:
    own = Amendment.objects.filter(text=negotiated, state=Amendment.State.OPEN, versions__current=True)
    own = own.filter(versions__sponsorships__delegation__code=SPONSOR).order_by("-number")
    for amendment in own.distinct()[:OFFERS]:
        version = amendment.versions.get(current=True)
        for row in version.texts.filter(inserts_after=False).select_related("provision__words", "provision__text"):
            words = amendments.current_words(version, row.provision)
            with suppress(EmptyChange, UnpairedBrackets):  # not every invented change can be made to these words
                wanted = Proposed(row.provision, proposing.amend(chance, words))
                offers.offer(seated.desks[OFFERING], amendment, [wanted], "We could join with these words.")
