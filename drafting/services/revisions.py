"""Issuing a revision: checks, an immutable hashed snapshot, the change log, the loss report.

Open amendments travel on by themselves: their hunks are ranges of the floor's present words, carried or flagged by
every act. What is read of a revision is in `drafting.queries.revisions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils import timezone

from delegations.models import Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import NotIssuable, StaleVersion
from drafting.models import FINAL, Decision, Lapse, NegotiatingText, Revision, Stream
from drafting.queries import access, certificates, finals, proofs, reports, revisions, snapshots
from drafting.queries.chronicles import LogEntry
from drafting.queries.reports import LossEntry
from drafting.queries.revisions import Check
from drafting.queries.snapshots import Snapshot
from drafting.services import audiences, boxes, decisions, journal, kinds, unreflected

#: How often a revision is prepared anew outside the lock before it is prepared inside, the floor standing still.
_PATIENCE = 3


def begin(by: Seat, negotiated: NegotiatingText, floor: journal.Writer) -> Revision:
    """Record, inside the act that opens a text, its words as imported: revision 0, the first basis of negotiation.

    It is recorded, not issued: only who reads the floor may read it.
    """
    first = Revision(text=negotiated, kind=Revision.Kind.ZERO_DRAFT, symbol=_symbol(negotiated), by=by)
    taken = snapshots.taken(negotiated)
    _freeze(first, floor.seq, taken)
    _store(first, _Prepared([], boxes.printed(taken)), [floor])
    return first


def check(
    by: Seat, negotiated: NegotiatingText, kind: str = "", losses: Sequence[LossEntry] | None = None
) -> list[Check]:
    """Return what stands for or against issuing now, what blocks first; of a final `kind`, also what it still wants.

    `losses` are the loss report, where it was read just before.
    """
    access.floor(by, negotiated)
    access.require(by, Right.ISSUE)
    with snapshots.reading():
        taken = snapshots.taken(negotiated, named=False)
        losses = reports.loss_report(negotiated) if losses is None else losses
        found = _checks(negotiated, kind, reports.change_log(negotiated)) + _asked(negotiated, taken, losses)
    return sorted(found, key=lambda one: (not one.blocks, not one.asks))


def issue(
    by: Seat,
    negotiated: NegotiatingText,
    *,
    kind: str = Revision.Kind.REVISION,
    symbol: str = "",
    note: str = "",
    issued_by: str = "",
    conventions: str = "",
    basis: bool = True,
    careful: bool = False,
    after: int | None = None,
) -> Revision:
    """Issue the floor text as the next revision and return it; unless `basis` is false it is the basis of negotiation.

    Issuing changes no word. Without a `symbol` it is the text's with /Rev.n. `conventions` are printed as the cover
    note, `issued_by` says in whose name. Raises `NotIssuable` while a check blocks, where acts were limited to another
    kind than this, for a final kind where anything is undecided, unconfirmed, or it would have no symbol and, if it is
    `careful`, where a check asks for a look: issued anyway, it is not. With `after`, the number of the revision it was
    to follow, raises `StaleVersion` where another one was issued since: two clicks are one revision.
    """
    access.floor(by, negotiated)
    access.require(by, Right.ISSUE)
    _refuse_other_kind(negotiated, kind)
    _refuse_overtaken(negotiated, after)
    if kind in FINAL and not (symbol or negotiated.symbol):
        raise NotIssuable("A final text has a symbol: write it.", checks=["symbol"])
    issued = Revision(text=negotiated, kind=kind, symbol=symbol, note=note, by=by, basis=basis)
    issued.issued_by, issued.conventions = issued_by.strip()[:120], conventions.strip()
    for attempt in range(_PATIENCE):
        prepared = _prepare(issued, careful)
        with journal.writing_all([negotiated.floor, negotiated.public], by=by) as writers:
            if issued.at_seq != writers[0].seq and attempt + 1 == _PATIENCE:
                prepared = _prepare(issued, careful)
            if issued.at_seq == writers[0].seq:
                _refuse_overtaken(negotiated, after)
                _store(issued, prepared, writers)
                return issued
    raise AssertionError("The last attempt prepares under the lock.")


def return_to(by: Seat, revision: Revision) -> int:
    """Make an earlier revision the basis of negotiation again and return how many decisions were taken back.

    Every decision since is taken back, the last first, all or none: brackets, holders and proposals are as they were,
    what ended with a later basis is open again, and what was lodged since stays open. Raises `CannotUndo` where
    something else hangs on one of them, and `NotIssuable` where words were changed since other than by decisions.
    """
    negotiated = revision.text
    access.floor(by, negotiated)
    access.require(by, Right.ISSUE)
    access.require(by, Right.DECIDE)
    # Held round all of them, for all or none; each act inside appends by itself.
    with audiences.of_floor(negotiated, by):
        since = Decision.objects.filter(text=negotiated, seq__gt=revision.at_seq, undone=False)
        count = since.count()
        for row in since.order_by("-seq"):
            decisions.undo(by, row)
        _refuse_other_words(revision)
        with journal.writing(negotiated.floor, by=by) as floor:
            later = Lapse.objects.filter(revision__text=negotiated, revision__number__gt=revision.number, revived=None)
            for ended in later.order_by("-pk"):
                unreflected.reopen(floor, ended)
        negotiated.revisions.filter(basis=True).update(basis=False)
        revision.basis = True
        revision.save(update_fields=["basis"])
        with journal.writing(negotiated.floor, by=by) as floor:
            floor.append(events.BasisChosen(revision=revision.pk, number=revision.number))
    return count


def _refuse_other_words(revision: Revision) -> None:
    then = {row.id: row.text for row in revisions.snapshot(revision).standing()}
    now = dict(revision.text.provisions.filter(retired=False).values_list("pk", "words__content"))
    if changed := sorted(pk for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk)):
        places = revision.text.provisions.filter(pk__in=changed).order_by("order").values_list("address", flat=True)
        raise NotIssuable(
            f"The words of {', '.join(places[:5])} were changed since {revision.symbol} other than by decisions: "
            "take these changes back first."
        )


def _refuse_overtaken(negotiated: NegotiatingText, after: int | None) -> None:
    last = reports.last_revision(negotiated)
    if after is not None and last is not None and last.number != after:
        raise StaleVersion(f"{last.symbol} was issued meanwhile: look at it before you issue another.")


def _refuse_other_kind(negotiated: NegotiatingText, kind: str) -> None:
    prepared = kinds.prepared(negotiated)
    if prepared and prepared != kind:
        label = Revision.Kind(prepared).label
        raise NotIssuable(f"A {label} is being prepared, and acts were limited to it: issue that, or change the kind.")


class _Prepared(NamedTuple):
    """What a revision has beside itself: what became of the proposals, and the notes (ids) that are printed in it."""

    losses: list[LossEntry]
    notes: list[int]


def _prepare(issued: Revision, careful: bool) -> _Prepared:
    """Write into a revision all of it that takes time, as of the floor's seq it then holds; return what goes with it.

    What stands against issuing is looked at here: at the same seq it is the same under the lock.
    """
    negotiated = issued.text
    named = negotiated.conference.attribution_shown
    with snapshots.reading():
        at_seq = Stream.objects.values_list("head", flat=True).get(pk=negotiated.floor_id)
        taken = snapshots.taken(negotiated, named=named)
        log, losses = reports.change_log(negotiated), reports.loss_report(negotiated)
        found = _checks(negotiated, str(issued.kind), log)
        found += _asked(negotiated, taken, losses) if careful else ()
    _refuse(found, careful)
    # What a policy hides today is not kept for a later, looser one to show.
    losses = losses if named else reports.unnamed(losses)
    _freeze(issued, at_seq, taken, log, losses)
    return _Prepared(losses, boxes.printed(taken))


def _freeze(
    issued: Revision, at_seq: int, taken: Snapshot, log: Sequence[LogEntry] = (), losses: Sequence[LossEntry] = ()
) -> None:
    issued.at_seq, issued.snapshot = at_seq, snapshots.encode(taken)
    issued.digest = snapshots.digest(issued.snapshot)
    issued.change_log, issued.loss_report = reports.encode(log), reports.encode(losses)


def _checks(negotiated: NegotiatingText, kind: str, log: list[LogEntry]) -> list[Check]:
    found = [*revisions.checks(negotiated), *_untraced(log)]
    return [*found, *finals.checks(negotiated)] if kind in FINAL else found


def _asked(negotiated: NegotiatingText, taken: Snapshot, losses: Sequence[LossEntry]) -> list[Check]:
    """Return what else whoever issues is asked to look at: what a proof-reader finds, a loss report not read."""
    return [*proofs.read(taken), *proofs.read_losses(negotiated, losses)]


def _refuse(found: Sequence[Check], careful: bool) -> None:
    if careful and (asking := [one for one in found if one.asks]):
        said = " ".join(one.message for one in asking)
        raise NotIssuable(f"{said} Look at it, or issue anyway.", checks=[one.code for one in asking])
    if blocking := [one for one in found if one.blocks]:
        raise NotIssuable(" ".join(one.message for one in blocking), checks=[one.code for one in blocking])


def _store(issued: Revision, prepared: _Prepared, writers: Iterable[journal.Writer]) -> None:
    negotiated = issued.text
    last = reports.last_revision(negotiated)
    issued.number = last.number + 1 if last else 0
    issued.symbol = issued.symbol or _numbered(negotiated, issued.number)
    issued.issued = timezone.now()
    if issued.basis:
        negotiated.revisions.filter(basis=True).update(basis=False)
    issued.save(force_insert=True)
    boxes.enter(issued, prepared.notes)
    unreflected.announce(issued, prepared.losses)
    for writer in writers:
        writer.append(
            events.RevisionIssued(
                revision=issued.pk,
                number=issued.number,
                symbol=issued.symbol,
                form=str(issued.kind),
                digest=issued.digest,
            )
        )


def _untraced(log: list[LogEntry]) -> list[Check]:
    """Return what stands in the way where words were changed that no decision, pen or editorial mandate answers for."""
    found = certificates.untraced(log)
    if not found:
        return []
    places = sorted({change.address for entry in found for change in entry.changes})
    said = f"Words were changed that no act answers for, in {', '.join(places[:5])}: look at the change log."
    return [Check("untraced-changes", said, len(found), blocks=True)]


def next_symbol(negotiated: NegotiatingText) -> str:
    """Return the symbol that the next revision has where none is given."""
    last = reports.last_revision(negotiated)
    return _numbered(negotiated, last.number + 1) if last else _symbol(negotiated)


def _numbered(negotiated: NegotiatingText, number: int) -> str:
    return f"{_symbol(negotiated)}/Rev.{number}"


def _symbol(negotiated: NegotiatingText) -> str:
    return negotiated.symbol or negotiated.slug
