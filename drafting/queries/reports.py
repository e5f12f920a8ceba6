"""What happened and what became of it: the change log from the journal, the loss report from the proposals.

Both are stored with a revision at issue and can be read for the present floor at any time. They name delegations as
they acted; `unnamed` takes the names out for a seat that may not see them. How the log is gathered is in `chronicles`.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from drafting.models import Amendment, Hunk, NegotiatingText, Provision, Revision, Sponsorship
from drafting.queries import amendments, endings, histories, snapshots
from drafting.queries.chronicles import Chronicle, LogEntry


class HunkFate(msgspec.Struct, frozen=True):
    """What became of one edit of a proposal: at `address`, `struck` was to give way to `words`."""

    index: int
    address: str
    struck: str
    words: str
    verdict: str
    outcome: str
    reason: str


class LossEntry(msgspec.Struct, frozen=True):
    """What became of one proposal; `final` once nothing of it waits for anybody."""

    amendment: str
    number: int
    fate: str
    final: bool
    sponsors: list[str]
    hunks: list[HunkFate]


class _Ending(msgspec.Struct, frozen=True):
    """What is read of an entry of an earlier report."""

    amendment: str
    fate: str
    final: bool


_endings = msgspec.json.Decoder(list[_Ending])
_log = msgspec.json.Decoder(list[LogEntry])
_losses = msgspec.json.Decoder(list[LossEntry])

#: The fields read of each hunk, in the order of its struct.
_HUNK = ("index", "provision__address", "struck", "words", "verdict", "outcome", "reason")


def last_revision(negotiated: NegotiatingText) -> Revision | None:
    """Return the revision issued last, without its snapshot and reports."""
    return negotiated.revisions.defer("snapshot", "change_log", "loss_report").order_by("-number").first()


def change_log(negotiated: NegotiatingText) -> list[LogEntry]:
    """Return every act that changed the text since the last revision, in order, typing folded to one a pen session."""
    revision = negotiated.revisions.order_by("-number").first()
    words: dict[int, str] = {}
    since = 0
    if revision is not None:
        words = {provision.id: provision.text for provision in snapshots.provisions(revision.snapshot)}
        since = revision.at_seq
    chronicle = Chronicle(dict(Provision.objects.filter(text=negotiated).values_list("pk", "address")))
    for replayed in histories.replay(negotiated, words, since):
        chronicle.take(replayed)
    return chronicle.close()


def loss_report(negotiated: NegotiatingText) -> list[LossEntry]:
    """Return what became of every proposal that the last revision left open, that came or came back since, once.

    The fate is the first that holds of `semantics.md`, law 6; the hunks stand beneath it. Four queries, at any size.
    """
    settled = _settled(negotiated)
    found = Amendment.objects.filter(text=negotiated).order_by("number").only("number", "state")
    hunks = _hunks(negotiated)
    sponsors = _sponsors(negotiated)
    entries = [_loss(row, hunks[row.pk], sponsors[row.pk]) for row in found]
    # What an earlier report settled is told again where a decision was taken back since.
    return [entry for entry in entries if entry.fate != settled.get(UUID(entry.amendment))]


def _settled(negotiated: NegotiatingText) -> dict[UUID, str]:
    """Return the fate of each proposal that the report which told of it last told as final."""
    settled: dict[UUID, str] = {}
    for report in negotiated.revisions.order_by("number").values_list("loss_report", flat=True):
        for entry in _endings.decode(report):
            settled.pop(UUID(entry.amendment), None)
            if entry.final:
                settled[UUID(entry.amendment)] = entry.fate
    return settled


def log(revision: Revision) -> list[LogEntry]:
    """Return the change log a revision was issued with."""
    return _log.decode(revision.change_log)


def losses(revision: Revision) -> list[LossEntry]:
    """Return the loss report a revision was issued with."""
    return _losses.decode(revision.loss_report)


def unnamed(entries: Iterable[LossEntry]) -> list[LossEntry]:
    """Return loss entries without their sponsors, for seats the policy hides them from."""
    return [msgspec.structs.replace(entry, sponsors=[]) for entry in entries]


def counted(entries: Iterable[LossEntry]) -> list[LossEntry]:
    """Return loss entries with the number and the fate of each proposal, for seats that may not read proposals."""
    return [msgspec.structs.replace(entry, sponsors=[], hunks=[]) for entry in entries]


def unnamed_log(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Return log entries without those for whom the acts were done."""
    return [msgspec.structs.replace(entry, for_whom=[]) for entry in entries]


def digest(entries: Sequence[LossEntry]) -> str:
    """Return the SHA-256 of a loss report, by which to tell whether it is still the one that was read."""
    return hashlib.sha256(msgspec.json.encode(entries)).hexdigest()


def encode(entries: Sequence[LogEntry] | Sequence[LossEntry]) -> str:
    """Return the JSON that a revision keeps: at 10,000 proposals the database's own way holds the process 0.3 s."""
    return msgspec.json.encode(entries).decode()


def as_json(entries: Sequence[LogEntry] | Sequence[LossEntry]) -> list[Any]:
    """Return entries as the plain lists and dicts that the results of a consolidation are made of."""
    return list(msgspec.to_builtins(entries))


def _sponsors(negotiated: NegotiatingText) -> dict[UUID, list[str]]:
    rows = Sponsorship.objects.filter(
        version__amendment__text=negotiated, version__current=True, withdrawn=False, withheld=False
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for amendment, code in rows.order_by("delegation__code").values_list("version__amendment", "delegation__code"):
        found[amendment].append(code)
    return found


def _hunks(negotiated: NegotiatingText) -> dict[UUID, list[HunkFate]]:
    """Return the edits of the current version of each amendment, in order."""
    rows = Hunk.objects.filter(version__amendment__text=negotiated, version__current=True).order_by("version", "index")
    found: dict[UUID, list[HunkFate]] = defaultdict(list)
    # As bare values: with rows of models the report of 2,000 proposals took three times as long.
    for amendment, *fate in rows.values_list("version__amendment", *_HUNK):
        found[amendment].append(HunkFate(*fate))
    return found


def _loss(amendment: Amendment, hunks: list[HunkFate], sponsors: list[str]) -> LossEntry:
    outcomes = [hunk.outcome for hunk in hunks]
    is_open = amendment.state in (Amendment.State.OPEN, Amendment.State.FLAGGED)
    return LossEntry(
        amendment=str(amendment.pk),
        number=amendment.number,
        fate=endings.fate(amendment.state, outcomes),
        final=not (is_open and amendments.UNDECIDED.intersection(outcomes)),
        sponsors=sponsors,
        hunks=hunks,
    )
