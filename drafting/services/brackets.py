"""What people do to brackets besides deciding on them: put them round words, say which stand for each other, mend one.

Lifting, dropping and picking are decisions (`decisions`); who holds a bracket is in `positions`; that rows and words
agree is kept in `pairs`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from delegations.models import Delegation, Seat
from delegations.roles import Right
from drafting import events
from drafting.errors import Closed, Forbidden, NotFound
from drafting.models import AlternativeGroup, Bracket, Decision, ImportAnomaly, NegotiatingText, Provision, Stance
from drafting.queries import access, snapshots
from drafting.services import audiences, decisions, positions, texts
from drafting.services.audiences import Audience
from drafting.services.planning import Plan
from drafting.services.positions import Stand
from drafting.text import acts, brackets
from drafting.text.brackets import Position
from drafting.text.changes import ChangeSet
from drafting.text.errors import ActRefused
from drafting.text.standing import Span
from drafting.text.steps import Edit


def put(by: Seat, first: Provision, start: int, last: Provision, end: int, holders: Sequence[Delegation]) -> Bracket:
    """Put one pair of brackets round the words from `start` of `first` to `end` of `last`, for who asked for it.

    Offsets are code points; spaces at the edges stay outside. Each of `holders` *proposes* on the pair, so holds it.
    Whoever types in the room puts it for anybody; a delegation for itself, where the conference's policy lets it.
    Raises `UnpairedBrackets` where it would cross a pair, `Locked` where a mark would stand in agreed words.
    """
    negotiated = _door(by, first, last)
    heard = by.may(Right.RECORD)
    if not heard and [holder.pk for holder in holders] != [by.delegation_id]:
        raise Forbidden("A delegation brackets for itself alone.")
    for holder in holders:
        if holder.conference_id != negotiated.conference_id:
            raise Forbidden(f"{holder.code} does not take part in this conference.")
    if not holders:
        raise Forbidden("Say who brackets these words: a bracket is somebody's.")
    with audiences.of_floor(negotiated, by, holders) as audience:
        document = snapshots.bracketed(snapshots.taken(negotiated, named=False), negotiated.language)
        at = {key: index for index, key in enumerate(document.keys)}
        if first.pk not in at or last.pk not in at:
            raise Closed("A provision of these has been taken out of the text.")
        effect = acts.bracket(document, Span(Position(at[first.pk], start), Position(at[last.pk], end)))
        applied = texts.apply_steps(audience.floor, negotiated, effect.steps)
        (opened,) = applied.opened.values()
        stands = [Stand(holder, opened, Stance.PROPOSE) for holder in holders]
        positions.store(audience, by, stands, from_the_floor=heard)
    return opened


def may_put(by: Seat, negotiated: NegotiatingText) -> bool:
    """Tell whether a seat puts brackets itself: who types in the room, and delegations where that is the policy."""
    own = by.may(Right.STAND) and by.delegation_id is not None and negotiated.conference.delegations_bracket
    return own or by.may(Right.RECORD)


def confirm(by: Seat, group: AlternativeGroup) -> None:
    """Confirm that the brackets of a group stand for each other: exactly one of them will survive."""
    negotiated = _grouping(by, group)
    with audiences.of_floor(negotiated, by) as audience:
        row = _open_group(group)
        row.confirmed = group.confirmed = True
        row.save(update_fields=["confirmed"])
        audience.floor.append(events.GroupConfirmed(group=row.pk))


def dissolve(by: Seat, group: AlternativeGroup) -> None:
    """Say that the brackets of a group do not stand for each other; each is decided by itself."""
    negotiated = _grouping(by, group)
    with audiences.of_floor(negotiated, by) as audience:
        _dissolve(audience, _open_group(group))


def form(by: Seat, negotiated: NegotiatingText, numbers: Collection[int], *, no_text: bool = False) -> AlternativeGroup:
    """Say that brackets, by id, stand for each other; with `no_text` keeping none of them is a choice too.

    They leave groups that only an import suggested. Raises `ActRefused` where they cannot be rivals: fewer than two
    choices, one inside another, or one that is in a confirmed group already.
    """
    access.floor(by, negotiated)
    _require_grouping(by, negotiated, negotiated.brackets.filter(pk__in=numbers))
    with audiences.of_floor(negotiated, by) as audience:
        rows = list(negotiated.brackets.filter(pk__in=numbers, closed=False).select_related("group").order_by("pk"))
        if len(rows) < len(set(numbers)):
            raise NotFound("One of these brackets is closed, or not of this text.")
        _refuse_no_rivals(rows, no_text)
        for suggested in {row.group for row in rows if row.group is not None and not row.group.closed}:
            _dissolve(audience, suggested)
        group = AlternativeGroup.objects.create(text=negotiated, confirmed=True, no_text=no_text)
        Bracket.objects.filter(pk__in=[row.pk for row in rows]).update(group=group)
        members = [row.pk for row in rows]
        audience.floor.append(events.GroupFormed(group=group.pk, brackets=members, confirmed=True, no_text=no_text))
    return group


def mend(by: Seat, anomaly: ImportAnomaly, *, remove: bool = False) -> Decision:
    """Give a bracket that stands alone the partner the import proposed, or take it away; an editorial decision."""
    access.floor(by, anomaly.text)
    access.require(by, Right.IMPORT)
    negotiated = anomaly.text
    with audiences.of_floor(negotiated, by) as audience:
        row = ImportAnomaly.objects.select_related("words__provision").get(pk=anomaly.pk)
        if row.mended:
            raise Closed("This bracket has been mended already.")
        edit = _removal(row) if remove else _partner(negotiated, row)
        plan = Plan(
            seq=audience.floor.seq,
            act=Decision.Act.BRIDGE,
            hunks=(),
            brackets=frozenset(),
            provisions=frozenset({int(edit.text)}),
            steps=[edit],
        )
        why = "A bracket without its partner was taken away." if remove else "A bracket was given its missing partner."
        return decisions.carry_out(audience, by, negotiated, plan, Decision.Authority.EDITORIAL, why)


def _door(by: Seat, first: Provision, last: Provision) -> NegotiatingText:
    access.floor(by, first.text)
    if not may_put(by, first.text):
        access.require(by, Right.RECORD)
    if first.text_id != last.text_id:
        raise NotFound("A bracket begins and ends in one text.")
    access.within(by, first.text, [first.pk, last.pk])
    return first.text


def _require_grouping(by: Seat, negotiated: NegotiatingText, members: QuerySet[Bracket]) -> None:
    if not (by.may(Right.DECIDE) or by.may(Right.IMPORT)):
        raise Forbidden("Which brackets stand for each other is said by the chair or the secretariat.")
    ends = members.values_list("start_text__provision", "end_text__provision")
    access.within(by, negotiated, {pk for pair in ends for pk in pair})


def _grouping(by: Seat, group: AlternativeGroup) -> NegotiatingText:
    access.floor(by, group.text)
    _require_grouping(by, group.text, group.brackets.all())
    return group.text


def _open_group(group: AlternativeGroup) -> AlternativeGroup:
    row = AlternativeGroup.objects.get(pk=group.pk)
    if row.closed:
        raise Closed("This group of alternatives is decided or dissolved.")
    return row


def _dissolve(audience: Audience, group: AlternativeGroup) -> None:
    members = list(group.brackets.filter(closed=False).order_by("pk").values_list("pk", flat=True))
    group.brackets.filter(closed=False).update(group=None)
    group.closed = True
    group.save(update_fields=["closed"])
    audience.floor.append(events.GroupClosed(group=group.pk))
    audience.floor.append(events.Regrouped(brackets=[(pk, None) for pk in members]))


def _refuse_no_rivals(rows: Sequence[Bracket], no_text: bool) -> None:
    if len(rows) + no_text < 2 or not rows:
        raise ActRefused("A group needs two choices at least.")
    if len({row.parent_id for row in rows}) > 1:
        raise ActRefused("Brackets that stand in different brackets are not alternatives of each other.")
    if any(row.group is not None and row.group.confirmed and not row.group.closed for row in rows):
        raise ActRefused("One of these brackets is in another group already: dissolve that one first.")
    if any(row.kind == Bracket.Kind.NOTE for row in rows):
        raise ActRefused("The brackets of a note are not negotiated.")


def _removal(row: ImportAnomaly) -> Edit:
    changes = ChangeSet.of([(row.offset, row.offset + 1, "")], len(row.words.content))
    return Edit(row.words.provision.pk, changes)


def _partner(negotiated: NegotiatingText, row: ImportAnomaly) -> Edit:
    """Return the edit that puts the missing partner where the engine proposes it now."""
    live = negotiated.provisions.filter(retired=False).order_by("order", "pk")
    rows = list(live.values_list("pk", "words_id", "words__content"))
    at = next(index for index, (_, words, _) in enumerate(rows) if words == row.words_id)
    parsed = brackets.parse([words for _, _, words in rows])
    found = next(one for one in parsed.anomalies if (one.provision, one.offset) == (at, row.offset))
    pk, _, words = rows[found.partner.provision]
    mark = "]" if found.kind == "unclosed" else "["
    return Edit(pk, ChangeSet.of([(found.partner.offset, found.partner.offset, mark)], len(words)))
