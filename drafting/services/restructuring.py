"""Structural proposals as words for provisions: delete, move, merge, split, alternative, change throughout.

Works out which provisions change and how; nothing is written. Where a bracket reaches out of what changes, the other
end is taken in, so that the pair goes whole. Lodging is in `amendments`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from drafting.errors import EmptyChange, NotFound
from drafting.models import Amendment, Bracket, NegotiatingText, Provision
from drafting.services.proposals import Proposed, clean
from drafting.text import edits, joins, labels
from drafting.text.errors import ActRefused
from drafting.text.wordings import Wording

Op = Amendment.Op

#: The most places one change throughout the text may have.
MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Restructuring:
    """What a structural proposal comes to; with `is_one` its edits are decided together."""

    op: str
    proposed: tuple[Proposed, ...]
    is_one: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A provision in which words stand, with how often, and what it would say without them or with others."""

    provision: Provision
    times: int
    words: str


def in_words(proposed: Sequence[Proposed]) -> Restructuring:
    """Propose words as they are written: an insertion, a deletion, a new title or a change; what stands is left out."""
    changed = [one for one in proposed if one.inserts_after or one.words != _base(one)]
    wanted = tuple(changed or proposed)
    headings = (Provision.Kind.HEADING, Provision.Kind.ARTICLE)
    if all(one.inserts_after for one in wanted):
        return Restructuring(Op.INSERT, wanted)
    if all(one.provision.kind in headings and not one.inserts_after for one in wanted):
        return Restructuring(Op.RETITLE, wanted)
    return Restructuring(Op.REPLACE if any(one.words.strip() for one in wanted) else Op.DELETE, wanted)


def delete(provisions: Sequence[Provision]) -> Restructuring:
    """Propose that provisions be taken out: "no text"."""
    return Restructuring(Op.DELETE, tuple(Proposed(one, "") for one in provisions), is_one=len(provisions) > 1)


def move(provision: Provision, after: Provision) -> Restructuring:
    """Propose that a provision stand after another one: out here and in there, as one."""
    if after.pk == provision.pk or before(provision) == after:
        raise EmptyChange("It stands there already: choose another place.")
    words = provision.words.content
    proposed = (Proposed(provision, ""), Proposed(after, words, inserts_after=True))
    return Restructuring(Op.MOVE, proposed, is_one=True)


def merge(provision: Provision, other: Provision, glue: str = " ") -> Restructuring:
    """Propose that the words of `other`, without its label, go to the end of `provision`."""
    if other.pk == provision.pk:
        raise EmptyChange("Choose another provision to merge with.")
    added = other.words.content[other.label_length :].strip()
    merged = f"{provision.words.content.rstrip()}{glue}{added}"
    return Restructuring(Op.MERGE, (Proposed(provision, merged), Proposed(other, "")), is_one=True)


def split(provision: Provision, words: str) -> Restructuring:
    """Propose that a provision be divided: `words` are its own with an empty line where each new one begins."""
    parts = [part.strip() for part in clean(words).split("\n\n") if part.strip()]
    if len(parts) < 2:
        raise EmptyChange("Put an empty line where the provision is to be divided.")
    first, *rest = parts
    after = (Proposed(provision, part, inserts_after=True) for part in rest)
    return Restructuring(Op.SPLIT, (Proposed(provision, first), *after), is_one=True)


def offer_alternative(provisions: Sequence[Provision], words: str) -> Restructuring:
    """Propose one wording in place of whole provisions, beside them until one of the two is chosen."""
    last = max(provisions, key=lambda one: one.order)
    wanted = (*(Proposed(one, "") for one in provisions), Proposed(last, words, inserts_after=True))
    return Restructuring(Op.ALTERNATIVE, wanted, is_one=True)


def alternative_label(provision: Provision) -> str:
    """Return how an alternative to a provision begins: "9 alt. "."""
    read = labels.read(provision.words.content)
    return f"{read.printed.rstrip('. ')} alt. " if read else "Alt. "


def find_throughout(negotiated: NegotiatingText, words: str, instead: str = "") -> list[Found]:
    """Return every provision in which `words` stand, in order, with what it would say; spaces are mended."""
    wanted = clean(words).strip()
    if not wanted:
        raise EmptyChange("Write the words that are to change throughout the text.")
    rows = negotiated.provisions.filter(retired=False, words__content__contains=wanted)
    pattern, other = _pattern(wanted, negotiated.language), clean(instead).strip()
    every = (_found(row, pattern, other) for row in rows.select_related("words", "text").order_by("order"))
    found = [one for one in every if one is not None]
    if not found:
        raise NotFound(f"“{wanted}” stands nowhere in the text: copy the words exactly as they are.")
    if len(found) > MOST_PLACES:
        raise ActRefused(f"“{wanted}” stands in {len(found)} provisions: take a few more words, to mean fewer places.")
    return found


def throughout(found: Iterable[Found], chosen: Collection[str], *, is_one: bool = False) -> Restructuring:
    """Propose the change in the places that were confirmed, by address; each is decided by itself unless `is_one`."""
    wanted = tuple(Proposed(one.provision, one.words) for one in found if one.provision.address in chosen)
    if not wanted:
        raise EmptyChange("Tick the places where the words are to change.")
    return Restructuring(Op.THROUGHOUT, wanted, is_one)


def before(provision: Provision) -> Provision | None:
    """Return the provision that stands before one, tombstones passed over."""
    rows = Provision.objects.filter(text=provision.text_id, retired=False, order__lt=provision.order)
    return rows.select_related("words", "text").order_by("-order").first()


def take_in(negotiated: NegotiatingText, what: Restructuring) -> Restructuring:
    """Return what is proposed with the other ends of brackets that would lose one end by it.

    A bracket of another provision whose partner goes is taken off there too, and nothing else of that provision.
    """
    changed = {one.provision.pk: one for one in what.proposed if not one.inserts_after}
    near = Q(start_text__provision__in=changed) | Q(end_text__provision__in=changed)
    rows = Bracket.objects.filter(near, ~Q(start_text=F("end_text")), text=negotiated, closed=False)
    struck = {pk: _struck(one) for pk, one in changed.items()}
    others: dict[int, set[int]] = defaultdict(set)
    for row in rows.select_related("start_text__provision", "end_text__provision"):
        ends = [(row.start_text.provision.pk, row.start_offset), (row.end_text.provision.pk, row.end_offset)]
        for (own, at), (far, offset) in (ends, ends[::-1]):
            if at in struck.get(own, ()) and far not in changed:
                others[far].add(offset)
    taken = Provision.objects.filter(pk__in=others).select_related("words", "text").order_by("order")
    added = [_without(row, others[row.pk]) for row in taken]
    is_one = what.is_one or (bool(added) and what.op != Op.REPLACE)
    return Restructuring(what.op, (*what.proposed, *added), is_one)


def _struck(one: Proposed) -> set[int]:
    """Return the offsets of the characters a proposal takes out of the words it was written against."""
    base = clean(_base(one))
    found = edits.find(Wording.of(base), Wording.of(clean(one.words)))
    return {at for edit in found for at in range(edit.low, edit.high)}


def _base(one: Proposed) -> str:
    return one.provision.words.content if one.base is None else one.base


def _without(provision: Provision, offsets: Iterable[int]) -> Proposed:
    words = provision.words.content
    changes = joins.cut(words, [(at, at + 1) for at in sorted(offsets)], provision.text.language)
    return Proposed(provision, changes.apply(words))


def _found(row: Provision, wanted: re.Pattern[str], instead: str) -> Found | None:
    words, language = row.words.content, row.text.language
    places = [place.span() for place in wanted.finditer(words)]
    if not places:
        return None
    if instead:
        changes = joins.compose(words, [(low, high, instead) for low, high in places])
    else:
        changes = joins.cut(words, [_with_marks(words, low, high) for low, high in places], language)
    return Found(row, len(places), changes.apply(words))


def _with_marks(words: str, low: int, high: int) -> tuple[int, int]:
    """Return the range with the commas on both sides of it, and with a pair of brackets that would be left empty."""
    while True:
        wider = low, high
        if words[:low].endswith(", ") and words[high : high + 1] == ",":
            low, high = low - 2, high + 1
        if words[:low].endswith(",") and words[high : high + 1] == ",":
            low, high = low - 1, high + 1
        if words[:low].endswith("[") and words[high : high + 1] == "]":
            low, high = low - 1, high + 1
        if words[:low].endswith("[, ") and words[high : high + 1] == "]":
            low, high = low - 3, high + 1
        if wider == (low, high):
            return wider


def _pattern(wanted: str, language: str) -> re.Pattern[str]:
    """Return a pattern for whole words; Chinese has no spaces to tell them by."""
    if language == "zh":
        return re.compile(re.escape(wanted))
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1].isalnum() else ""
    return re.compile(before + re.escape(wanted) + after)
