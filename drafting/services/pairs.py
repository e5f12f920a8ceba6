"""Keeps the rows of pairs true to the words: after an act the parse finds exactly the rows' pairs.

Called by `texts.apply_steps` and by nothing else. What people do to brackets is in `brackets`, which pair stands in
which is kept in `nesting`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import count

from django.db.models import Max

from drafting import events
from drafting.models import Bracket, ImportAnomaly, NegotiatingText, Provision
from drafting.services import columns, nesting
from drafting.services.journal import Writer
from drafting.services.nesting import Place, Standing
from drafting.text import kinds, pairing
from drafting.text.changes import ChangeSet, MapMode
from drafting.text.errors import UnpairedBrackets
from drafting.text.steps import Anchor, Course, Edit, Step

_WORDS = re.compile(r"[^\s\[\]]")


@dataclass(frozen=True, slots=True)
class Restoring:
    """What taking an act back brings again: the pair whose `[` stands at a place, the anomaly that stands at one.

    `undoes` are the revisions of each provision's words that are taken back, the last first.
    """

    pairs: Mapping[Place, int] = field(default_factory=dict)
    anomalies: Mapping[Place, int] = field(default_factory=dict)
    undoes: Mapping[int, list[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """The live provisions before and after an act, in order, each with its words.

    Only those of `provisions` are known to the letter; the others stand there as their unmatched brackets alone, which
    is all that pairing needs of them.
    """

    negotiated: NegotiatingText
    before: Mapping[int, str]
    after: Mapping[int, str]
    steps: Sequence[Step]
    provisions: Mapping[int, Provision]
    restoring: Restoring

    @cached_property
    def _course(self) -> Course:
        return Course(self.steps)

    def follow(self, place: Place) -> Place | None:
        """Return where the character at `place` stands after the act, None where it left."""
        moved = self._course.map_anchor(Anchor(*place), assoc=1, mode=MapMode.TRACK_AFTER)
        return (int(moved.text), moved.offset) if moved and moved.text in self.after else None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What an act made of the rows: pairs `opened` by the place of their `[`; the rest as it was before."""

    opened: dict[Place, Bracket] = field(default_factory=dict)
    closed: list[Standing] = field(default_factory=list)
    mended: list[tuple[int, Place]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)


def reconcile(floor: Writer, turn: Turn) -> Reconciled:
    """Carry the open pairs over the act, close those whose marks left, open a row for each new pair.

    Raises `UnpairedBrackets` where the rows and the words would part ways.
    """
    done = Reconciled()
    standing = _carry(turn, done)
    found = _find(turn)
    for start, pair in standing.items():
        if pair.end[0] in turn.provisions and start[0] in turn.provisions and found.pop(start, None) != pair.end:
            raise UnpairedBrackets("This change would part a bracket from its partner.", bracket=pair.row.pk)
    _carry_anomalies(floor, turn, found, done)
    for closed in done.closed:
        _close(floor, turn, closed)
    done.groups.extend(_settle_groups(floor, done.closed))
    new = _open_all(floor, turn, found)
    done.opened.update((pair.start, pair.row) for pair in new)
    order = {key: index for index, key in enumerate(turn.after)}
    nesting.renew(turn.negotiated, order, list(standing.values()), done.closed, new)
    return done


def _carry(turn: Turn, done: Reconciled) -> dict[Place, Standing]:
    """Move the rows with an end in a known provision; return those that stand on by the place of their `[`."""
    standing: dict[Place, Standing] = {}
    moved: list[Bracket] = []
    for pair in nesting.read(turn.negotiated, [row.words_id for row in turn.provisions.values()]):
        start, end = turn.follow(pair.start), turn.follow(pair.end)
        is_alone_again = turn.restoring.anomalies.keys() & {start, end}
        if start is end is None or ((start is None or end is None) and is_alone_again):
            done.closed.append(pair)
        elif start is None or end is None:
            raise UnpairedBrackets("This change would leave a bracket without its partner.", bracket=pair.row.pk)
        else:
            standing[start] = Standing(pair.row, start, end)
            if (start, end) != (pair.start, pair.end):
                pair.row.start_offset, pair.row.end_offset = start[1], end[1]
                moved.append(pair.row)
    columns.save(moved, ["start_offset", "end_offset"])
    return standing


def _find(turn: Turn) -> dict[Place, Place]:
    """Return the pairs that stand in known provisions after the act, by the place of their `[`."""
    keys = list(turn.after)
    pairs = pairing.match(list(turn.after.values())).pairs
    places = (
        ((keys[pair.start.provision], pair.start.offset), (keys[pair.end.provision], pair.end.offset)) for pair in pairs
    )
    return {start: end for start, end in places if start[0] in turn.provisions and end[0] in turn.provisions}


def _carry_anomalies(floor: Writer, turn: Turn, new: Mapping[Place, Place], done: Reconciled) -> None:
    """Move the anomalies; those that left, or found a partner, are mended; those an undone act mended stand again."""
    mates = {*new, *new.values()}
    provision_of = {row.words_id: pk for pk, row in turn.provisions.items()}
    for anomaly in turn.negotiated.anomalies.filter(mended=False, words__in=provision_of):
        was = (provision_of[anomaly.words_id], anomaly.offset)
        place = turn.follow(was)
        if place is None or place in mates:
            anomaly.mended = True
            done.mended.append((anomaly.pk, was))
            floor.append(events.AnomalyMended(anomaly=anomaly.pk))
        else:
            anomaly.offset = place[1]
        if place != was or anomaly.mended:
            anomaly.save(update_fields=["mended", "offset"])
    for place, pk in turn.restoring.anomalies.items():
        words = turn.provisions[place[0]].words_id
        ImportAnomaly.objects.filter(pk=pk).update(mended=False, words=words, offset=place[1])
        floor.append(events.AnomalyReturned(anomaly=pk, text=str(words), offset=place[1]))


def _close(floor: Writer, turn: Turn, pair: Standing) -> None:
    how = "lifted" if any(map(_WORDS.search, _kept(turn, pair))) else "dropped"
    pair.row.closed = True
    pair.row.save(update_fields=["closed"])
    floor.append(events.BracketClosed(bracket=pair.row.pk, how=how))


def _kept(turn: Turn, pair: Standing) -> Iterator[str]:
    """Yield the runs of words that stood inside the pair and still stand."""
    keys = list(turn.before)
    for key in keys[keys.index(pair.start[0]) : keys.index(pair.end[0]) + 1]:
        words = turn.before[key] if key in turn.provisions else "words"
        at = pair.start[1] + 1 if key == pair.start[0] else 0
        high = pair.end[1] if key == pair.end[0] else len(words)
        for start, end in _struck(turn, key, len(words)):
            yield words[at : min(start, high)]
            at = max(at, end)
        yield words[at:high]


def _struck(turn: Turn, key: int, length: int) -> list[tuple[int, int]]:
    """Return the ranges of a provision's words before the act that left with it."""
    if key not in turn.after:
        return [(0, length)]
    edits = [step.changes for step in turn.steps if isinstance(step, Edit) and step.text == key]
    return [(start, end) for start, end, _ in reduce(ChangeSet.compose, edits).edits()] if edits else []


def _settle_groups(floor: Writer, closed: Sequence[Standing]) -> Iterator[int]:
    """Close each group of which nothing is left to decide, and yield it."""
    left_of: dict[int, list[Standing]] = {}
    for pair in closed:
        if pair.row.group_id is not None:
            left_of.setdefault(pair.row.group_id, []).append(pair)
    for pk, gone in left_of.items():
        group = gone[0].row.group
        left = Bracket.objects.filter(group=pk, closed=False).count()
        if group is None or group.closed or left > 1 or (left and (group.baseline_text_id or group.no_text)):
            continue
        group.closed = True
        group.save(update_fields=["closed"])
        floor.append(events.GroupClosed(group=pk))
        yield pk


def _open_all(floor: Writer, turn: Turn, found: Mapping[Place, Place]) -> list[Standing]:
    """Give each pair its row, journalled: the one it had where it is brought again, or a new one, numbered in order."""
    numbers = _next_numbers(turn.negotiated, {turn.provisions[start[0]].article for start in found})
    rows = {start: _again(turn, start, end) or _new(turn, start, end, numbers) for start, end in found.items()}
    Bracket.objects.bulk_create([row for row in rows.values() if row._state.adding], batch_size=500)
    for start, row in rows.items():
        again = start in turn.restoring.pairs
        floor.append(_reopened(row) if again else opened(row))
    return [Standing(row, start, found[start]) for start, row in rows.items()]


def _again(turn: Turn, start: Place, end: Place) -> Bracket | None:
    """Return the pair that stood here before what is now taken back, open again; None for a new one."""
    old = turn.restoring.pairs.get(start)
    if old is None:
        return None
    row = Bracket.objects.select_related("group").get(pk=old, text=turn.negotiated)
    row.closed, row.start_offset, row.end_offset = False, start[1], end[1]
    row.start_text_id, row.end_text_id = turn.provisions[start[0]].words_id, turn.provisions[end[0]].words_id
    row.save()
    return row


def _new(turn: Turn, start: Place, end: Place, numbers: dict[str, Iterator[int]]) -> Bracket:
    first, last = turn.provisions[start[0]], turn.provisions[end[0]]
    return Bracket(
        text=turn.negotiated,
        article=first.article,
        number=next(numbers[first.article]),
        kind=_classify(turn, start, end),
        start_text_id=first.words_id,
        start_offset=start[1],
        end_text_id=last.words_id,
        end_offset=end[1],
    )


def _reopened(row: Bracket) -> events.BracketReopened:
    ends = (str(row.start_text_id), row.start_offset), (str(row.end_text_id), row.end_offset)
    return events.BracketReopened(bracket=row.pk, start=ends[0], end=ends[1])


def opened(row: Bracket) -> events.BracketOpened:
    """Return the event of a pair that has just been given its row."""
    return events.BracketOpened(
        bracket=row.pk,
        article=row.article,
        number=row.number,
        form=row.kind,
        start=(str(row.start_text_id), row.start_offset),
        end=(str(row.end_text_id), row.end_offset),
        group=row.group_id,
        holders_known=row.holders_known,
    )


def _next_numbers(negotiated: NegotiatingText, articles: Collection[str]) -> dict[str, Iterator[int]]:
    """Return the bracket numbers to come of each article; a closed pair's number is not used again."""
    rows = negotiated.brackets.filter(article__in=articles).values_list("article").annotate(Max("number"))
    last = dict(rows.order_by())
    return {article: count(last.get(article, 0) + 1) for article in articles}


def _classify(turn: Turn, start: Place, end: Place) -> str:
    texts = [turn.after[start[0]]]
    if end[0] != start[0]:
        texts.append(turn.after[end[0]])
    pair = pairing.Matched(pairing.Position(0, start[1]), pairing.Position(len(texts) - 1, end[1]), None, 1)
    return str(kinds.classify(texts, pair, is_alternative=False))
