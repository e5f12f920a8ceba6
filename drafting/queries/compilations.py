"""The compilation: each provision followed by the proposals on it that wait, with whoever proposes as the policy shows.

Of the floor it is worked out now; of a revision from the loss report it was issued with, so that it stays as it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from delegations.models import Seat
from drafting.models import NegotiatingText
from drafting.queries import amendments, documents, revisions
from drafting.queries.cards import Card, HunkCard
from drafting.queries.reports import LossEntry
from drafting.queries.selections import Asked
from drafting.text import sayings
from drafting.text.document import Block, Document, Form, Mark, Proposal, Run, Table

#: Proposals a compilation holds at most; more than any real text has open at a time.
MOST = 20_000
_WAITING = ("open", "flagged")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One proposal on one provision: who says what, its changes, and its words for new provisions after it."""

    number: int
    by: tuple[str, ...]
    said: str
    runs: tuple[Run, ...]
    new: tuple[str, ...] = ()
    fate: str = "open"
    lodged: str = ""


def compilation(seat: Seat, negotiated: NegotiatingText, number: int | None = None, language: str = "") -> Document:
    """Return the text in its brackets, each provision followed by the proposals on it in order."""
    text = documents.bracketed(seat, negotiated, number, language)
    ids = {block.anchor: block.provision for block in text.blocks if block.provision is not None}
    found: dict[int, list[_Entry]] = defaultdict(list)
    for provision, entry in _of_floor(seat, negotiated) if number is None else _issued(seat, negotiated, number, ids):
        found[provision].append(entry)
    body: list[Block | Table] = []
    proposals: list[Proposal] = []
    for part in text.body:
        body.append(part)
        if not isinstance(part, Block):
            continue
        for entry in found.get(part.provision or 0, ()):
            spoken = negotiated.language if language and language != negotiated.language else ""
            body += _blocks(entry, part, spoken)
            proposals.append(Proposal(entry.number, entry.by, entry.fate, part.provision, entry.lodged))
    say = partial(sayings.say, text.masthead.language)
    kind = text.masthead.kind
    for title in documents.TITLES:
        kind = kind.replace(say(title), say("Compilation"), 1)
    said = say("Proposals that wait, each behind every provision it is on: {}.", len({one.number for one in proposals}))
    return replace(
        text,
        masthead=replace(text.masthead, kind=kind),
        notes=(said, *text.notes),
        body=tuple(body),
        proposals=tuple(proposals),
    )


def _blocks(entry: _Entry, on: Block, language: str) -> Iterator[Block]:
    anchor = f"amendment-{entry.number}-{on.anchor}"
    yield Block((Run(entry.said),), Form.NOTE, anchor, on.depth + 1, proposal=entry.number)
    if entry.runs:
        yield Block(entry.runs, Form.PARAGRAPH, "", on.depth + 1, language=language, proposal=entry.number)
    for words in entry.new:
        run = Run(words, Mark.INSERTED, by=entry.by, when=entry.lodged)
        yield Block((run,), Form.PARAGRAPH, "", on.depth + 1, language=language, proposal=entry.number)


def _of_floor(seat: Seat, negotiated: NegotiatingText) -> Iterator[tuple[int, _Entry]]:
    """Yield (provision, entry) of every proposal that waits, as this seat may see it."""
    words = dict(negotiated.provisions.values_list("pk", "words__content"))
    page = amendments.listed(seat, negotiated, Asked(states=frozenset(_WAITING)), size=MOST)
    for card in reversed(page.cards):
        by_provision: dict[int, list[HunkCard]] = defaultdict(list)
        for hunk in card.hunks:
            if hunk.outcome in _WAITING:
                by_provision[hunk.provision].append(hunk)
        for provision, hunks in by_provision.items():
            yield provision, _entry(card, words.get(provision, ""), hunks)


def _entry(card: Card, words: str, hunks: Iterable[HunkCard]) -> _Entry:
    own = list(hunks)
    when = f"{card.lodged[:19]}Z"
    edits = [(hunk.lo, hunk.hi, hunk.words) for hunk in own if not hunk.inserts_after and hunk.outcome == "open"]
    redline = amendments.redline(words, edits, card.sponsors) if edits else ()
    runs = tuple(replace(run, when=when) if run.mark is not Mark.PLAIN else run for run in redline)
    # A flagged edit's place is lost: it is printed as what it struck and what it put in.
    runs += tuple(
        run for hunk in own if hunk.outcome != "open" for run in _change(hunk.struck, hunk.words, card.sponsors)
    )
    new = tuple(hunk.words.strip("\n") for hunk in own if hunk.inserts_after)
    with_them = f"; with {', '.join(card.cosponsors)}" if card.cosponsors else ""
    return _Entry(
        card.number,
        card.sponsors,
        _said(card.number, card.sponsors, with_them, card.rationale),
        runs,
        new,
        card.fate,
        when,
    )


def _issued(
    seat: Seat, negotiated: NegotiatingText, number: int, ids: Mapping[str, int | None]
) -> Iterator[tuple[int, _Entry]]:
    """Yield the same of the proposals that waited when a revision was issued."""
    for entry in revisions.loss_report(seat, negotiated, number):
        by_address: dict[str, list[Run]] = defaultdict(list)
        for hunk in entry.hunks:
            if hunk.outcome in _WAITING:
                by_address[hunk.address] += _change(hunk.struck, hunk.words, tuple(entry.sponsors))
        for address, runs in by_address.items():
            provision = ids.get(address)
            if provision is not None:
                yield provision, _told(entry, tuple(runs))


def _told(entry: LossEntry, runs: tuple[Run, ...]) -> _Entry:
    by = tuple(entry.sponsors)
    return _Entry(entry.number, by, _said(entry.number, by), runs, fate=entry.fate)


def _change(struck: str, words: str, by: tuple[str, ...]) -> Iterator[Run]:
    if struck:
        yield Run(struck, Mark.DELETED, by=by)
    if words:
        yield Run(words.strip("\n"), Mark.INSERTED, by=by)


def _said(number: int, by: tuple[str, ...], with_them: str = "", rationale: str = "") -> str:
    who = f", {', '.join(by)}{with_them}" if by else ""
    return f"No. {number}{who}" + (f": {rationale.strip()}" if rationale.strip() else "")
