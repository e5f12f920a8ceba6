"""Provisions as rows: made from a structure or by an act, moved, taken out, brought back; each with its journal row.

Their words change in `texts`; how a new one is called is in `drafting.text.addresses`.
"""

from __future__ import annotations

from django.db.models import F

from drafting import events
from drafting.models import NegotiatingText, Provision, WorkingText
from drafting.services.journal import Writer
from drafting.text import addresses


def create(floor: Writer, negotiated: NegotiatingText, order: int, words: str, parent: int | None = None) -> Provision:
    """Make a new empty provision with `order` others before it, named after `words` and after what stands before it."""
    near = list(negotiated.provisions.filter(order__lte=order).order_by("-order", "-pk")[:2])
    before = next((row for row in near if row.order < order), None)
    model = before or near[0]
    taken = set(negotiated.provisions.filter(article=model.article).values_list("address", flat=True))
    named = addresses.name(words, before.address if before else "", model.article, taken)
    negotiated.provisions.filter(order__gte=order).update(order=F("order") + 1)
    made = Provision.objects.create(
        text=negotiated,
        instrument_id=model.instrument_id,
        parent_id=parent,
        order=order,
        part=model.part,
        kind=named.kind or Provision.Kind.PARAGRAPH,
        depth=named.depth,
        label=named.label,
        label_length=0,
        address=named.address,
        article=model.article,
        words=WorkingText.objects.create(stream=floor.stream),
    )
    floor.append(created(made))
    return made


def created(row: Provision) -> events.ProvisionCreated:
    """Return the event of a provision that has just been made."""
    return events.ProvisionCreated(
        provision=row.pk,
        text=str(row.words_id),
        order=row.order,
        address=row.address,
        label=row.label,
        part=row.part,
        form=row.kind,
        depth=row.depth,
        article=row.article,
        content=row.words.content,
        label_length=row.label_length,
        instrument=row.instrument.order,
        parent=row.parent_id,
    )


def place(floor: Writer, row: Provision, parent: int | None, order: int) -> None:
    """Move a provision under `parent` with `order` others before it, tombstones counted."""
    others = Provision.objects.filter(text=row.text_id)
    others.filter(order__gt=row.order).update(order=F("order") - 1)
    others.filter(order__gte=order).exclude(pk=row.pk).update(order=F("order") + 1)
    row.order, row.parent_id = order, parent
    row.save(update_fields=["order", "parent"])
    floor.append(events.ProvisionPlaced(provision=row.pk, order=order, parent=parent))


def retire(floor: Writer, row: Provision, disposition: str = "") -> None:
    """Make a provision a tombstone; its words stay with it and in the journal."""
    row.retired, row.disposition = True, disposition
    row.save(update_fields=["retired", "disposition"])
    floor.append(events.ProvisionRetired(provision=row.pk, disposition=disposition))


def revive(floor: Writer, row: Provision) -> None:
    """Make a tombstone a provision again."""
    row.retired, row.disposition = False, ""
    row.save(update_fields=["retired", "disposition"])
    floor.append(events.ProvisionRevived(provision=row.pk))
