"""The cast with a text on the floor, and a browser without scripts for any seat."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.services import amendments, languages, revisions
from drafting.services.proposals import Proposed
from drafting.text.structures import Entry, Structure
from tests import cast as casting
from tests import factories
from tests.cast import Cast

STRUCTURE = Structure(
    (
        Entry("PART I General", "partI", "PART I", 6, kind="heading", article="partI"),
        Entry("Article 9 Abstraction", "9", "Article 9", 9, kind="article", article="9"),
        Entry("1. Each Party [shall][should] take [all [necessary] measures].", "9.1", "1", 2, article="9"),
        Entry("(a) [keep a register;", "9.1(a)", "(a)", 3, kind="subparagraph", depth=1, article="9"),
        Entry("(b) publish it;]", "9.1(b)", "(b)", 3, kind="subparagraph", depth=1, article="9"),
        Entry("2. Nothing here affects drinking <water>.", "9.2", "2", 2, article="9"),
    )
)


@pytest.fixture
def cast(db: None) -> Cast:
    return casting.assemble()


@pytest.fixture
def treaty(cast: Cast) -> NegotiatingText:
    return factories.opened(cast, STRUCTURE)


@pytest.fixture
def browse() -> Callable[[Seat], Client]:
    """A browser signed in under a seat, with `Client`'s usual verbs."""

    def sign_in(seat: Seat) -> Client:
        client = Client()
        client.force_login(seat.user)
        return client

    return sign_in


@pytest.fixture
def floor(cast: Cast, treaty: NegotiatingText) -> NegotiatingText:
    """The treaty with one proposal and one revision issued."""
    provision = factories.provision(treaty, "9.2")
    words = provision.words.content.replace("Nothing here", "Nothing in this article")
    amendments.submit(cast.norway, treaty, [Proposed(provision, words)])
    revisions.issue(cast.secretary, treaty)
    languages.open(cast.secretary, treaty, "fr", "Traité")
    return treaty
