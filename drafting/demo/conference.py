"""Loads the demo: people, a text, amendments with stances, and a first revision. Everything goes through services.

The same seed and sizes give the same text; who did it, ids and times of day differ.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction

from delegations.models import Conference, Delegation
from delegations.roles import Role
from drafting.demo import delegates, holders, people, phrases, proposing, stances, states, writing
from drafting.demo.people import People
from drafting.imports import reading
from drafting.models import (
    Agreement,
    AlternativeGroup,
    Amendment,
    Decision,
    Hunk,
    NegotiatingText,
    Provision,
)
from drafting.services import agreements, amendments, brackets, decisions, mandates, openings, revisions
from drafting.services.amendments import Lodging
from drafting.services.proposals import Proposed
from drafting.text.errors import ActRefused, UnpairedBrackets

SLUG = "convention"
SYMBOL = "A/CONF.999/L.1"
AGENDA = "Agenda item 4: draft convention"
#: Delegations that propose; the others only read and take positions.
PROPOSERS = 40
#: The share of amendments made on the zero draft and decided before Rev.1, and the most decisions taken on them.
_FIRST_WAVE, _MOST_DECIDED = 0.15, 60
#: The most members a group has that hold a bracket one by one.
_SMALL = 14


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, counted in the database."""

    text: NegotiatingText
    provisions: int
    amendments: int


def load(provisions: int = 120, proposals: int = 300, seed: int = 1) -> Loaded:
    """Load one text of the demo conference with its amendments, all or nothing.

    The first text also seats the conference; later ones get an address of their own.
    """
    chance = random.Random(seed)
    with transaction.atomic():
        seated = people.seated() or people.seat_everybody()
        negotiated = _open(seated, provisions, seed)
        first = round(proposals * _FIRST_WAVE)
        lodged = _propose(chance, seated, negotiated, first)
        _decide(chance, seated, negotiated, lodged)
        _confirm_alternatives(seated, negotiated)
        _agree(chance, seated, negotiated)
        _name_facilitator(seated, negotiated)
        revisions.issue(seated.chair, negotiated, note="Issued after the first reading.")
        _propose(chance, seated, negotiated, proposals - first)
        stances.take(chance, seated, negotiated)
        delegates.act(chance, seated, negotiated)
    return Loaded(
        negotiated,
        Provision.objects.filter(text=negotiated).count(),
        Amendment.objects.filter(text=negotiated).count(),
    )


def _name_facilitator(seated: People, negotiated: NegotiatingText) -> None:
    """Let the chair give the second half of the articles to the facilitator."""
    articles = list(negotiated.provisions.filter(kind="article").order_by("order"))
    facilitator = seated.conference.seats.filter(role=Role.FACILITATOR).first()
    if facilitator is not None and articles:
        mandates.give(seated.chair, negotiated, facilitator, articles[len(articles) // 2 :])


def _open(seated: People, provisions: int, seed: int) -> NegotiatingText:
    taken = NegotiatingText.objects.filter(conference=seated.conference).count()
    written = reading.read(writing.write(provisions, seed).encode())
    small = {code: sorted(members) for code, (_, members) in states.GROUPS.items() if len(members) <= _SMALL}
    return openings.open(
        seated.secretary,
        seated.conference,
        holders.recall(random.Random(seed), written, small),
        title=phrases.TITLE,
        slug=SLUG if not taken else f"{SLUG}-{taken + 1}",
        symbol=SYMBOL if not taken else f"{SYMBOL}/Add.{taken}",
        agenda=AGENDA,
    )


def _propose(chance: random.Random, seated: People, negotiated: NegotiatingText, proposals: int) -> list[Amendment]:
    """Lodge `proposals` amendments in one act; every fifth repeats the wording of an earlier one, as rooms do."""
    open_ones = Provision.objects.filter(text=negotiated, retired=False, agreements__isnull=True)
    standing = open_ones.select_related("words").order_by("order")
    amendable = [provision for provision in standing if len(provision.words.content) > 60]
    if not amendable or not proposals:
        return []
    sponsors = _sponsors(chance, seated.conference)
    earlier: list[Proposed] = []
    lodgings = []
    for _ in range(proposals):
        if earlier and chance.random() < 0.2:
            proposed = chance.choice(earlier)
        else:
            provision = chance.choice(amendable)
            proposed = Proposed(provision, proposing.amend(chance, provision.words.content))
            earlier.append(proposed)
        lodgings.append(Lodging((chance.choice(sponsors),), (proposed,), chance.choice(phrases.RATIONALES)))
    return amendments.submit_all(seated.secretary, negotiated, lodgings)


def _confirm_alternatives(seated: People, negotiated: NegotiatingText) -> None:
    """Let the chair confirm the groups that stand bracket by bracket, as a secretary does after an import."""
    for group in AlternativeGroup.objects.filter(text=negotiated, closed=False, sure="adjacent").order_by("pk")[
        :_MOST_DECIDED
    ]:
        brackets.confirm(seated.chair, group)


def _agree(chance: random.Random, seated: People, negotiated: NegotiatingText) -> None:
    """Gavel most of what has no bracket and no open proposal: some agreed, some ad referendum."""
    quiet = Provision.objects.filter(
        text=negotiated, retired=False, kind__in=(Provision.Kind.PARAGRAPH, Provision.Kind.SUBPARAGRAPH)
    ).exclude(hunks__outcome=Hunk.Outcome.OPEN)
    levels = (Agreement.Level.AGREED, Agreement.Level.AD_REF)
    for provision in quiet.select_related("words", "text__conference", "text__floor").order_by("order"):
        if "[" not in provision.words.content and "]" not in provision.words.content and chance.random() < 0.8:
            level = chance.choice(levels)
            with suppress(ActRefused):  # the words stand inside a bracket that begins and ends elsewhere
                agreements.gavel(seated.chair, provision, level, chance.choice(("Plenary", "Working Group II")))


def _sponsors(chance: random.Random, conference: Conference) -> Sequence[Delegation]:
    """Return the delegations that propose, the cast's first, in an order that only the seed decides."""
    kinds = Delegation.Kind
    speaking = conference.delegations.exclude(kind=kinds.OTHER).order_by("code")
    cast = {code for _, code, *_ in people.CAST}
    first = [delegation for delegation in speaking if delegation.code in cast]
    others = [delegation for delegation in speaking if delegation.code not in cast]
    return first + chance.sample(others, PROPOSERS - len(first))


def _decide(chance: random.Random, seated: People, negotiated: NegotiatingText, lodged: Sequence[Amendment]) -> None:
    """Decide most of the first wave in the room, one amendment after the other; the rest stays open."""
    acts = Decision.Act
    for amendment in lodged[:_MOST_DECIDED]:
        open_hunks = Hunk.objects.filter(version__amendment=amendment, outcome=Hunk.Outcome.OPEN)
        hunks = list(open_hunks.order_by("index").values_list("pk", flat=True))
        act = chance.choices((acts.ACCEPT, acts.BRACKET, acts.DROP_HUNK, None), (30, 30, 20, 20))[0]
        if not hunks or act is None:
            continue
        reason = "Not supported in the room." if act == acts.DROP_HUNK else ""
        # Words decided before may stand in brackets that this act would part or take from others: it stays open.
        with suppress(UnpairedBrackets, ActRefused):
            decisions.decide(seated.chair, negotiated, act, Decision.Authority.ROOM, hunks=hunks, reason=reason)
