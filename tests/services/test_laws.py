"""Laws of a negotiation, on random ones: amendments by several delegations, every act of the chair, in any order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delegations.models import Seat
from drafting.demo import proposing
from drafting.models import AlternativeGroup, Amendment, Bracket, Decision, Hunk, NegotiatingText, Position, Revision
from drafting.queries import amendments as cards
from drafting.queries import histories
from drafting.queries import journal as history
from drafting.queries import revisions as reads
from drafting.services import amendments, decisions, mandates, revisions
from drafting.services.proposals import Proposed
from drafting.text.errors import RollingTextError
from tests import factories, laws, replay
from tests.cast import Cast

PROVISIONS = (
    "1. Each Party shall [, as appropriate,] take [necessary] measures to protect groundwater and report on them.",
    "2. [Parties [should][may] exchange data, and publish them in a transparent manner.",
    "3. Developed country Parties shall provide support.]",
    "4. The secretariat is established at the seat of the depositary.",
)
ACTS = [act.value for act in Decision.Act]
slugs = count()

negotiations = laws.session(share=10, least=5)


def negotiate(cast: Cast, seed: int, acts: int = 12) -> tuple[NegotiatingText, list[Decision]]:
    """A text, a dozen amendments, and as many acts of the chair as the semantics allow."""
    chance = random.Random(seed)
    text = factories.text(cast, *PROVISIONS, slug=f"law-{next(slugs)}")
    made: list[Decision] = []
    told = replay.Follower(text)
    for _ in range(acts):
        with suppress(RollingTextError):
            propose(cast, chance, text)
        with suppress(RollingTextError):
            made += act(cast, chance, text)
            told.check()
    return text, made


def propose(cast: Cast, chance: random.Random, text: NegotiatingText) -> None:
    row = chance.choice(list(text.provisions.filter(retired=False).select_related("words")))
    who = chance.choice([cast.norway, cast.kenya, cast.group])
    if chance.random() < 0.1:
        amendments.submit(who, text, [Proposed(row, "2 bis. Parties cooperate.", inserts_after=True)])
    else:
        words = proposing.amend(chance, row.words.content)
        if chance.random() < 0.5:
            words = proposing.amend(chance, words)
        amendments.submit(who, text, [Proposed(row, words)])


def act(cast: Cast, chance: random.Random, text: NegotiatingText) -> Iterator[Decision]:
    found = dict(cards.open_hunks(text).order_by("pk").values_list("pk", "version"))
    waiting = list(found)
    standing = list(text.brackets.filter(closed=False).order_by("pk").values_list("pk", flat=True))
    name = chance.choice(ACTS)
    if name == "split":
        several = Counter(found.values())
        waiting = [pk for pk, version in found.items() if several[version] > 1]
    what = {"brackets": standing} if name in ("lift", "drop", "pick") else {"hunks": waiting}
    some = 2 if name == "merge" else 1
    chosen: dict[str, Any] = {key: chance.sample(ids, min(some, len(ids))) for key, ids in what.items() if ids}
    if name == "merge" and waiting:
        chosen["into"] = chosen["hunks"][0]
    words = "" if name == "split" else "is expected to"
    yield decisions.decide(
        presiding(cast, chance, text), text, name, "room", reason="So agreed.", words=words, **chosen
    )


def presiding(cast: Cast, chance: random.Random, text: NegotiatingText) -> Seat:
    """The chair, or now and then a facilitator, who works on the first half of the text alone."""
    if chance.random() < 0.8:
        return cast.chair
    if not text.mandates.exists():
        mandates.give(cast.chair, text, cast.facilitator, list(text.provisions.order_by("order")[:2]))
    return cast.facilitator


def rows(text: NegotiatingText) -> dict[str, object]:
    """The words and every row a decision may touch."""
    hunks = Hunk.objects.filter(version__amendment__text=text, version__current=True).order_by("pk")
    hunks = hunks.exclude(version__amendment__state="joined")
    lodged = Amendment.objects.filter(text=text).exclude(state="joined")
    positions = Position.objects.filter(bracket__text=text, bracket__closed=False).order_by("pk")
    groups = AlternativeGroup.objects.filter(text=text, closed=False, brackets__closed=False).distinct()
    return {
        "words": factories.words(text),
        "pairs": factories.open_pairs(text),
        "nest": list(
            Bracket.objects.filter(text=text, closed=False).order_by("pk").values_list("pk", "parent", "group")
        ),
        "groups": list(groups.order_by("pk").values_list("pk", "confirmed")),
        "hunks": list(hunks.values_list("pk", "lo", "hi", "outcome")),
        "positions": list(positions.values_list("delegation", "bracket", "stance")),
        "amendments": list(lodged.order_by("number").values_list("number", "state")),
    }


@given(seed=st.integers(0, 2**32))
@negotiations
def test_what_is_issued_is_what_the_journal_tells_and_accounts_for_every_proposal(cast: Cast, seed: int) -> None:
    text, _ = negotiate(cast, seed)
    issued = revisions.issue(cast.chair, text)
    is_what_the_journal_tells(text, issued)
    accounts_for_every_proposal(cast, text, issued)


def is_what_the_journal_tells(text: NegotiatingText, issued: Revision) -> None:
    """Base and acts, replayed from the journal, are the text that was issued."""
    base = reads.snapshot(text.revisions.get(number=0))
    words = {row.id: row.text for row in base.provisions}
    for row in histories.replay(text, words, since=0):
        if row.provision is not None:
            words[row.provision] = row.after
    assert {row.id: row.text for row in reads.snapshot(issued).provisions} == words
    assert history.verify_stream(type(text.floor).objects.get(pk=text.floor_id)) > 0


def accounts_for_every_proposal(cast: Cast, text: NegotiatingText, first: Revision) -> None:
    """The loss report has every proposal once; the open ones go on to the next."""
    reported = [entry.number for entry in reads.loss_report(cast.chair, text, first.number)]
    assert reported == list(text.amendments.order_by("number").values_list("number", flat=True))
    undecided = set(cards.open_hunks(text).values_list("version__amendment__number", flat=True))
    second = revisions.issue(cast.chair, text)
    again = [entry.number for entry in reads.loss_report(cast.chair, text, second.number)]
    assert set(again) == undecided
    assert reads.snapshot(second) == reads.snapshot(first)


@given(seed=st.integers(0, 2**32))
@negotiations
def test_undoing_all_decisions_gives_text_brackets_groups_hunks_and_stances_back(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    text = factories.text(cast, *PROVISIONS, slug=f"law-{next(slugs)}")
    for _ in range(8):
        with suppress(RollingTextError):
            propose(cast, chance, text)
    before = rows(text)
    made: list[Decision] = []
    for _ in range(8):
        with suppress(RollingTextError):
            made += act(cast, chance, text)
    told = replay.Follower(text)
    for decision in reversed(made):
        decisions.undo(cast.chair, decision)
        told.check()
    assert rows(text) == before


def test_random_negotiations_do_take_decisions_and_merge_and_split(cast: Cast) -> None:
    first, second, third = (negotiate(cast, seed)[1] for seed in range(3))
    assert min(len(first), len(second), len(third)) >= 3
    assert {"merge", "split"} <= {made.act for made in (*first, *second)}


@pytest.mark.parametrize("seed", range(2))
def test_going_back_to_a_basis_gives_words_brackets_and_proposals_back(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    text = factories.text(cast, *PROVISIONS, slug=f"law-{next(slugs)}")
    for _ in range(6):
        with suppress(RollingTextError):
            propose(cast, chance, text)
    basis = revisions.issue(cast.chair, text)
    before = rows(text)
    made: list[Decision] = []
    for _ in range(6):
        with suppress(RollingTextError):
            made += act(cast, chance, text)
    revisions.issue(cast.chair, text, kind="chairs-text", basis=False)
    assert revisions.return_to(cast.chair, basis) == len(made) > 0
    assert rows(text) == before
