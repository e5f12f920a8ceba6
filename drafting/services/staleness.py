"""Whether what was looked at still stands: a decision on words that moved since is shown again with both texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drafting.errors import StaleDecision
from drafting.models import Bracket, JournalEntry, NegotiatingText, Provision
from drafting.queries import histories, journal
from drafting.services.anchors import map_range
from drafting.services.planning import Plan
from drafting.text import rebasing, tokens
from drafting.text.changes import ChangeSet

Range = tuple[int, int]
_TYPING = ("typed",)
_EVERY = ("typed", "edited")


def refuse(negotiated: NegotiatingText, plan: Plan, seen: int | None) -> None:
    """Raise `StaleDecision` where words that a plan decides on changed since the floor's seq `seen`.

    Typing within two words of a hunk counts (the gap rule); so does any change inside a bracket. Other decisions do not
    count beside a hunk: all were written against one base.
    """
    if seen is None:
        return
    for provision, ranges, kinds in _looked_at(negotiated, plan):
        later = JournalEntry.objects.filter(journal.happened(seen), text=provision.words_id)
        if later.filter(kind__in=(*kinds, "folded")).exists():
            _refuse_touched(provision, ranges, kinds, seen)


def _looked_at(negotiated: NegotiatingText, plan: Plan) -> Iterator[tuple[Provision, list[Range], Sequence[str]]]:
    """Yield each provision decided on, the ranges that matter in it, and the kinds of change that count."""
    by_provision: dict[int, list[Range]] = {}
    for hunk in plan.hunks:
        if not hunk.inserts_after:
            by_provision.setdefault(hunk.provision_id, []).append((hunk.lo, hunk.hi))
    rows = Provision.objects.select_related("words").in_bulk(list(by_provision))
    for pk, ranges in by_provision.items():
        yield rows[pk], ranges, _TYPING
    pairs = Bracket.objects.filter(text=negotiated, pk__in=plan.brackets)
    for pair in pairs.select_related("start_text__provision__words", "end_text__provision__words"):
        first, last = pair.start_text.provision, pair.end_text.provision
        if first.pk == last.pk:
            yield first, [(pair.start_offset, pair.end_offset + 1)], _EVERY
        else:
            yield first, [(pair.start_offset, len(first.words.content))], _EVERY
            yield last, [(0, pair.end_offset + 1)], _EVERY


def _refuse_touched(provision: Provision, ranges: Iterable[Range], kinds: Sequence[str], seen: int) -> None:
    then, since = histories.words_at(provision.words, seen)
    now = provision.words.content
    for place in _places(since, kinds):
        if any(_meets(now, place, looked_at, "edited" in kinds) for looked_at in ranges):
            raise StaleDecision(
                f"The words of {provision} changed since you looked: see both, and decide again.",
                seen=then,
                now=now,
                provision=provision.pk,
            )


def _places(since: Sequence[tuple[str, ChangeSet]], kinds: Sequence[str]) -> Iterator[Range]:
    """Yield where, in the words as they stand, each change of these kinds was made."""
    for n, (kind, change) in enumerate(since):
        for start, _, inserted in change.edits() if kind in kinds else ():
            at = change.map_pos(start, -1) or 0
            yield map_range(at, at + len(inserted), [later for _, later in since[n + 1 :]])


def _meets(words: str, place: Range, looked_at: Range, only_inside: bool) -> bool:
    """Tell whether a change reaches into what was looked at or, unless `only_inside`, comes within two words of it."""
    (start, end), (lo, hi) = place, looked_at
    if (start < hi and lo < end) or lo < start < hi:
        return True
    if only_inside:
        return False
    between = words[end:lo] if end <= lo else words[hi:start]
    return sum(map(tokens.is_word, tokens.tokenize(between))) < rebasing.GAP
