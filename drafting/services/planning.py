"""What a wish of the chair comes to, worked out by the engine before anything is locked or written.

A plan holds for one seq of the floor; where the floor moved on it is made again. Carrying it out is in `decisions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from drafting.errors import Closed, EmptyChange, NotFound
from drafting.models import Bracket, Decision, Hunk, NegotiatingText, Stance
from drafting.queries import amendments
from drafting.services import proposals, rivalries, splits, tables
from drafting.services.plans import Plan as Plan
from drafting.services.plans import Wish as Wish
from drafting.services.tables import Laid
from drafting.text import acts, deciding
from drafting.text.brackets import Pair
from drafting.text.deciding import Table
from drafting.text.errors import ActRefused, RollingTextError
from drafting.text.standing import Effect, PairClosed
from drafting.text.steps import Create, Key, Step

Act = Decision.Act

_ON_BRACKETS: Mapping[str, acts.Act] = {Act.LIFT: "lift", Act.DROP: "drop", Act.PICK: "pick"}
_ON_WORDS = frozenset({Act.ACCEPT, Act.BRACKET, Act.BRIDGE, Act.MERGE})
_NOTHING = Effect((), ())


def plan(negotiated: NegotiatingText, wish: Wish) -> Plan:
    """Return what the wish comes to; raises `NotFound`, `Closed`, or `ActRefused` and its kin from the engine."""
    if wish.act == Act.TAKE_OVER:
        raise ActRefused("A file is taken over where it is brought: nothing else is decided so.")
    laid = tables.lay(negotiated, wish.hunks, wish.brackets)
    if wish.act in _ON_BRACKETS:
        return _close_brackets(negotiated, laid, wish)
    if wish.act == Act.BRIDGE and wish.brackets and not wish.hunks:
        return _replace_bracket(negotiated, laid, wish)
    chosen = _choose(negotiated, laid, wish)
    if wish.act == Act.ACCEPT:
        return _accept(negotiated, laid, chosen)
    if wish.act == Act.MERGE:
        return _merge(negotiated, laid, chosen, wish.into)
    if wish.act == Act.SPLIT:
        return splits.plan(laid, [hunk for hunk in chosen if hunk.pk in wish.hunks], wish.words)
    if wish.act == Act.BRACKET:
        return _bracket(negotiated, laid, chosen)
    if wish.act == Act.BRIDGE:
        return _bridge(laid, chosen, wish.words)
    outcomes = {hunk.pk: str(Hunk.Outcome.DROPPED) for hunk in chosen} if wish.act == Act.DROP_HUNK else {}
    return _plan(laid, wish.act, chosen, outcomes)


def _choose(negotiated: NegotiatingText, laid: Laid, wish: Wish) -> list[Hunk]:
    """Return the hunks of a wish with their atoms; refused where one is unknown or its amendment has ended."""
    if not wish.hunks:
        raise ActRefused("Choose what to decide: no change of a proposal is named.")
    known = {hunk.pk: hunk for hunk in laid.hunks}
    if wish.hunks - known.keys():
        raise NotFound("There is no such change in this text.")
    for pk in wish.hunks:
        amendment = known[pk].version.amendment
        if amendment.state in amendments.GONE:
            raise Closed(f"Proposal {amendment.number} is {amendment.get_state_display()}.")
        if known[pk].outcome not in amendments.UNDECIDED:
            raise Closed(f"Proposal {amendment.number} is decided there: take that decision back first.")
    chosen = laid.whole_atoms(wish.hunks)
    if wish.act in _ON_WORDS:
        laid.refuse_flagged(chosen)
    return chosen


def _accept(negotiated: NegotiatingText, laid: Laid, chosen: Sequence[Hunk]) -> Plan:
    table, freed = rivalries.free(laid.table(), rivalries.find(negotiated, laid, chosen).values())
    steps: list[Step] = [*freed.steps]
    ids = {(str(hunk.version_id), hunk.index): hunk.pk for hunk in chosen}
    landed: dict[int, Key] = {}
    for by in dict.fromkeys(str(hunk.version_id) for hunk in chosen):
        wanted = {hunk.index for hunk in chosen if str(hunk.version_id) == by}
        left = [item for item in table.of(by) if item.hunk.index in wanted and item.outcome != "done"]
        if any(item.outcome == "dropped" for item in left):
            raise ActRefused("These changes are rivals: both cannot go into the text.")
        if left:
            done = deciding.accept(table, by, *(item.hunk.index for item in left))
            table, steps = done.table, [*steps, *done.effect.steps]
            new = [ids[by, item.hunk.index] for item in left if item.hunk.inserts_after]
            landed |= zip(new, (step.provision for step in _creating(done.effect)), strict=True)
    outcomes = _changed(laid, table) | _followed(negotiated, freed)
    plan = _plan(laid, Act.ACCEPT, chosen, outcomes, Effect(tuple(steps), ()), table)
    return replace(plan, landed=landed)


def _merge(negotiated: NegotiatingText, laid: Laid, chosen: Sequence[Hunk], into: int) -> Plan:
    """Accept the proposal that has the hunk `into`, and close the others as the same as it."""
    kept = next((hunk for hunk in chosen if hunk.pk == into), None)
    stays = [hunk for hunk in chosen if kept and hunk.version_id == kept.version_id]
    if kept is None or len(stays) == len(chosen):
        raise ActRefused("Name the wording that stays, and at least one of another proposal to merge into it.")
    accepted = _accept(negotiated, laid, stays)
    merged = {hunk.pk: str(Hunk.Outcome.DONE) for hunk in chosen if hunk not in stays}
    reason = f"Merged: the same as proposal {kept.version.amendment.number}."
    return replace(
        accepted,
        act=Act.MERGE,
        hunks=tuple(chosen),
        provisions=frozenset(hunk.provision_id for hunk in chosen),
        outcomes={**accepted.outcomes, **merged},
        reasons=dict.fromkeys(merged, reason),
        into=into,
    )


def _bracket(negotiated: NegotiatingText, laid: Laid, chosen: Sequence[Hunk]) -> Plan:
    chosen = laid.with_twins(chosen)
    done = deciding.bracket(*rivalries.restate(laid, chosen, rivalries.find(negotiated, laid, chosen)))
    outcomes = {hunk.pk: str(Hunk.Outcome.BRACKETED) for hunk in chosen}
    planned = _plan(laid, Act.BRACKET, chosen, outcomes, done.effect, done.table, verdicts=_verdicts(laid, chosen))
    return replace(planned, rivals=rivalries.note(laid, chosen))


def _bridge(laid: Laid, chosen: Sequence[Hunk], words: str) -> Plan:
    places = {hunk.provision_id for hunk in chosen}
    if len(places) > 1 or any(hunk.inserts_after for hunk in chosen):
        raise ActRefused("Bridging words stand in one place of one provision: choose changes of the same words.")
    lo, hi = min(hunk.lo for hunk in chosen), max(hunk.hi for hunk in chosen)
    done = deciding.bridge(laid.table(), laid.keys.get(*places, *places), lo, hi, _bridging(words))
    outcomes = _changed(laid, done.table) | {hunk.pk: str(Hunk.Outcome.BRIDGED) for hunk in chosen}
    return _plan(laid, Act.BRIDGE, chosen, outcomes, done.effect, done.table)


def _replace_bracket(negotiated: NegotiatingText, laid: Laid, wish: Wish) -> Plan:
    """Put the chair's words in place of one bracket and all it holds, as a placeholder asks for."""
    rows = _brackets(negotiated, wish.brackets)
    pair = laid.document.pair(next(iter(wish.brackets)))
    if len(rows) > 1 or pair.is_crossing:
        raise ActRefused("Bridging words replace one bracket that begins and ends in one provision.")
    key = laid.document.keys[pair.start.provision]
    done = deciding.bridge(laid.table(), key, pair.start.offset, pair.end.offset + 1, _bridging(wish.words))
    return _plan(laid, Act.BRIDGE, (), _changed(laid, done.table), done.effect, done.table, brackets=wish.brackets)


def _close_brackets(negotiated: NegotiatingText, laid: Laid, wish: Wish) -> Plan:
    rows = _brackets(negotiated, wish.brackets)
    numbers = sorted(wish.brackets)
    try:
        effect = acts.settle(laid.document, _ON_BRACKETS[wish.act], numbers)
    except RollingTextError as refused:
        raise _called_by_name(refused, rows) from refused
    outcomes = dict(_overtaken(laid, effect)) | _followed(negotiated, effect)
    return _plan(laid, wish.act, (), outcomes, effect, brackets=wish.brackets, sparing=frozenset(outcomes))


def _plan(
    laid: Laid,
    act: Act,
    chosen: Sequence[Hunk],
    outcomes: Mapping[int, str],
    effect: Effect = _NOTHING,
    after: Table | None = None,
    *,
    brackets: frozenset[int] = frozenset(),
    verdicts: Mapping[int, Sequence[tuple[str, Sequence[str]]]] | None = None,
    sparing: frozenset[int] | None = None,
) -> Plan:
    return Plan(
        seq=laid.seq,
        act=act,
        hunks=tuple(chosen),
        brackets=brackets,
        provisions=frozenset(hunk.provision_id for hunk in chosen),
        steps=laid.by_ids(effect.steps),
        rows=effect.rows,
        keys=[laid.id(key) for key in (after.document if after else laid.document).keys],
        outcomes=outcomes,
        verdicts=verdicts or {},
        stacked=[(int(str(step.provision).partition("+")[0]), step.provision) for step in _creating(effect)],
        sparing=frozenset(hunk.pk for hunk in laid.hunks) if sparing is None else sparing,
    )


def _creating(effect: Effect) -> Iterator[Create]:
    """Yield the steps that make new provisions, in the order of the hunks they are made for."""
    return (step for step in effect.steps if isinstance(step, Create))


def _changed(laid: Laid, table: Table) -> dict[int, str]:
    """Return the outcomes an act gave to hunks, by id."""
    rows = {(str(hunk.version_id), hunk.index): hunk for hunk in laid.hunks}
    found = ((rows[item.hunk.by, item.hunk.index], str(item.outcome)) for item in table.items)
    return {row.pk: outcome for row, outcome in found if outcome != row.outcome}


def _verdicts(laid: Laid, chosen: Iterable[Hunk]) -> dict[int, list[tuple[str, Sequence[str]]]]:
    """Return, by bracket, what proposals that only act on brackets say of it once they are bracketed."""
    found: dict[int, list[tuple[str, Sequence[str]]]] = {}
    for hunk in chosen:
        for pair in _meant(laid, hunk) if hunk.verdict else ():
            found.setdefault(pair.number, []).append((hunk.verdict, (str(hunk.version_id),)))
    return found


def _meant(laid: Laid, hunk: Hunk) -> Iterator[Pair]:
    """Yield the pairs a hunk takes off or out: those with an end in its range, inner ones left out when both are."""
    at = laid.document.keys.index(laid.keys.get(hunk.provision_id, hunk.provision_id))
    inside = [
        pair
        for pair in laid.document.pairs
        if any(end.provision == at and hunk.lo <= end.offset < hunk.hi for end in (pair.start, pair.end))
    ]
    numbers = {pair.number for pair in inside}
    return (pair for pair in inside if pair.parent not in numbers)


def _overtaken(laid: Laid, effect: Effect) -> Iterator[tuple[int, str]]:
    """Yield the outcome of each undecided proposal on brackets that the act has done, or made idle."""
    closed = {row.pair: row.by for row in effect.rows if isinstance(row, PairClosed)}
    wanted = {"retain": "lifted", "delete": "dropped"}
    for hunk in laid.undecided():
        ends = [closed.get(pair.number) for pair in _meant(laid, hunk)] if hunk.verdict else []
        if ends and all(end == wanted[hunk.verdict] for end in ends):
            yield hunk.pk, str(Hunk.Outcome.DONE)
        elif ends and hunk.verdict == "retain" and "dropped" in ends:
            yield hunk.pk, str(Hunk.Outcome.DROPPED)


def _followed(negotiated: NegotiatingText, effect: Effect) -> dict[int, str]:
    """Return what becomes of hunks bracketed before whose brackets close: in the text, or dropped."""
    closed = {row.pair: row.by for row in effect.rows if isinstance(row, PairClosed)}
    earlier = Decision.objects.filter(text=negotiated, act=Act.BRACKET, undone=False, brackets__in=closed).distinct()
    goes_in: dict[int, bool] = {}
    for decision in earlier:
        for bracket, stance, hunks in decision.undo["spoken"]:
            for pk in hunks if bracket in closed else ():
                goes_in[pk] = goes_in.get(pk, True) and (closed[bracket] == "lifted") == (stance != Stance.DELETE)
    bracketed = Hunk.objects.filter(pk__in=goes_in, outcome=Hunk.Outcome.BRACKETED).values_list("pk", flat=True)
    return {pk: str(Hunk.Outcome.ACCEPTED if goes_in[pk] else Hunk.Outcome.DROPPED) for pk in bracketed}


def _brackets(negotiated: NegotiatingText, wanted: Collection[int]) -> dict[int, Bracket]:
    if not wanted:
        raise ActRefused("Choose what to decide: no bracket is named.")
    rows = Bracket.objects.filter(text=negotiated).in_bulk(list(wanted))
    if len(rows) < len(wanted):
        raise NotFound("There is no such bracket in this text.")
    for row in rows.values():
        if row.closed:
            raise Closed(f"Nothing is left to decide here: {row} is closed already.")
    return rows


def _called_by_name(refused: RollingTextError, rows: Mapping[int, Bracket]) -> RollingTextError:
    """Return the engine's refusal with brackets called as the floor calls them."""
    message = refused.message
    for pk, row in rows.items():
        message = message.replace(f"racket {pk} ", f"racket {row.number} ")
    return type(refused)(message, **refused.data)


def _bridging(words: str) -> str:
    cleaned = proposals.clean(words).strip()
    if not cleaned:
        raise EmptyChange("Bridging words are needed; to take words out, drop them.")
    return cleaned
