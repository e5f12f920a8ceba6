"""Proof-reading before a revision is issued: what the text names and does not hold, labels, the loss report read.

The engine finds the faults (`references`, `numbering`); what else stands against issuing is in `revisions`.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafting.models import LossReading, NegotiatingText
from drafting.queries import reports
from drafting.queries.reports import LossEntry
from drafting.queries.revisions import Check
from drafting.queries.snapshots import Snapshot
from drafting.text import numbering, outlines, references

#: Places that a check lists by name.
_LISTED = 50


def read(taken: Snapshot) -> list[Check]:
    """Return what a proof-reader asks about: mentions of provisions that are not there, labels out of their order."""
    texts = [row.text for row in taken.provisions]
    retired = {at for at, row in enumerate(taken.provisions) if row.retired}
    entries = outlines.read(texts)
    named = [(one.mention.provision, one.sentence) for one in references.check(texts, entries, retired)]
    labelled = [(one.provision, one.sentence) for one in numbering.check(entries)]
    said = {
        "references": (named, "reference names a provision that is not there", "references name no provision there is"),
        "labels": (labelled, "label is not in its order", "labels are not in their order"),
    }
    found: list[Check] = []
    for code, (faults, one, many) in said.items():
        standing = [(taken.provisions[at].address, sentence) for at, sentence in faults if at not in retired]
        if standing:
            message = f"{len(standing)} {one if len(standing) == 1 else many}."
            found.append(Check(code, message, len(standing), asks=True, places=tuple(standing[:_LISTED])))
    return found


def read_losses(negotiated: NegotiatingText, losses: Sequence[LossEntry]) -> list[Check]:
    """Return whether the loss report, as it stands, has been read by somebody of the bureau."""
    if not losses:
        return []
    last = LossReading.objects.filter(text=negotiated).select_related("by").first()
    if last is not None and last.digest == reports.digest(losses):
        return []
    since = f" since {last.by.get_role_display()} read it" if last else ""
    said = (
        f"The loss report has {'changed' if last else 'not been read'}{since}: it accounts for {len(losses)} proposals."
    )
    return [Check("loss-report", said, len(losses), asks=True)]
