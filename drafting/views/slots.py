"""Places to decide, as the desk shows them one at a time: the wordings, who is behind each, what each would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from drafting.queries import amendments
from drafting.queries.cards import Stand
from drafting.queries.consolidation import DeskBracket, DeskChoice, DeskProvision, DeskSlot
from drafting.text import acts, readings, standing
from drafting.text.document import Mark, Run
from drafting.text.steps import Edit
from drafting.views import holders, redlines
from drafting.views.directories import Directory
from drafting.views.holders import Balance

#: Choices that have a number on the keyboard.
MOST_KEYS = 9
#: Characters shown between two edits that are decided together.
MOST_BETWEEN = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to decide for: `value` is what the form sends, `draw` reads the provision clean with it."""

    value: str
    key: str
    words: str
    note: str
    codes: tuple[str, ...]
    rest: int
    balance: Balance
    draw: Callable[[], SafeString]

    @property
    def preview(self) -> SafeString:
        """The provision read clean with this choice; worked out when asked for, as one place of many is shown."""
        return self.draw()


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a provision: a slot of rival wordings, a bracket, or a group of alternatives.

    `proposals` are the changes in a slot as (id, what to call it), for acts on one of them.
    """

    kind: str
    title: str
    choices: tuple[Choice, ...]
    hunks: tuple[int, ...]
    paragraph: SafeString
    summary: SafeString
    count: int
    is_flagged: bool
    bracket: int | None = None
    proposals: tuple[tuple[int, str], ...] = ()

    @property
    def first(self) -> Choice:
        """Return the choice that is ticked before anybody chose: a slot's first proposal, else the first of all."""
        return self.choices[1 if self.kind == "slot" else 0]


def places(provision: DeskProvision, directory: Directory, language: str) -> list[Place]:
    """Return what there is to decide in a provision: its slots, then its brackets, a group as one place."""
    drawer = _Drawer(provision, directory, language)
    found = [drawer.slot(slot) for slot in _leading(provision.slots)]
    grouped: set[int] = set()
    for bracket in provision.brackets:
        if bracket.id in grouped:
            continue
        rivals = [row for row in provision.brackets if row.id in bracket.rivals] if bracket.group_confirmed else []
        grouped |= {row.id for row in rivals}
        found.append(drawer.group([bracket, *rivals]) if rivals else drawer.bracket(bracket))
    return found


def _leading(listed: Sequence[DeskSlot]) -> Iterator[DeskSlot]:
    """Yield the slots but those whose hunks are all decided with hunks of an earlier one: the other end of a pair."""
    linked: set[int] = set()
    for slot in listed:
        if not linked.issuperset(hunk for choice in slot.choices for hunk in choice.hunks):
            yield slot
        linked.update(pk for choice in slot.choices for proposal in choice.proposals for pk in proposal.linked)


@dataclass(frozen=True, slots=True)
class _Drawer:
    provision: DeskProvision
    directory: Directory
    language: str

    def slot(self, slot: DeskSlot) -> Place:
        """Return the place of rival wordings: the base first, then the wordings, the most supported first."""
        hunks = tuple(hunk for choice in slot.choices for hunk in choice.hunks)
        found = sorted(slot.choices, key=lambda choice: -self._balance(choice).pro)
        base = self._choice("drop-hunk", hunks, "1", slot.words or "(nothing here)", "the text as it stands", (), [])
        rivals = [self._rival(choice, str(number)) for number, choice in enumerate(found, 2)]
        told = [slot.words, *(choice.words for choice in found)]
        at_hand = " / ".join(word.strip() or "no text" for word in dict.fromkeys(told) if word.strip() or slot.words)
        return Place(
            "slot",
            "Rival wordings" if len(found) > 1 else "A proposal",
            (base, *rivals),
            hunks,
            self._paragraph(slot.lo, slot.hi, at_hand),
            mark_safe(" · ".join(redlines.pieces(self._told(choice)) for choice in found)),
            sum(len(choice.proposals) for choice in found),
            any(proposal.flagged for choice in found for proposal in choice.proposals),
            proposals=tuple(named for choice in found for named in _named(choice)),
        )

    def bracket(self, bracket: DeskBracket) -> Place:
        """Return the place of one bracket: take it off, or take its words out."""
        stands = list(bracket.stands)
        lift = self._choice("lift", (bracket.id,), "1", bracket.words, "brackets off, the words stay", (), stands)
        drop = self._choice("drop", (bracket.id,), "2", "no text", "the words go", (), [])
        return self._bracketed("bracket", f"Bracket {bracket.number}", (lift, drop), [bracket])

    def group(self, rivals: Sequence[DeskBracket]) -> Place:
        """Return the place of a group: one of its alternatives stays."""
        ordered = sorted(rivals, key=lambda row: row.number)
        choices = tuple(
            self._choice("pick", (row.id,), str(key), row.words, f"bracket {row.number}", (), list(row.stands))
            for key, row in enumerate(ordered, 1)
        )
        title = f"Alternatives {', '.join(str(row.number) for row in ordered)}"
        return self._bracketed("group", title, choices, ordered)

    def _bracketed(self, kind: str, title: str, choices: tuple[Choice, ...], rows: Sequence[DeskBracket]) -> Place:
        told = " / ".join(row.words.strip() for row in rows)
        summary = format_html("[{}]", told)
        paragraph = redlines.runs(self.provision.runs)
        return Place(kind, title, choices, (), paragraph, summary, len(rows), is_flagged=False, bracket=rows[0].id)

    def _rival(self, choice: DeskChoice, key: str) -> Choice:
        codes = tuple(dict.fromkeys(code for proposal in choice.proposals for code in proposal.sponsors))
        stands = [stand for proposal in choice.proposals for stand in proposal.stands]
        note = ", ".join(_notes(choice))
        words = choice.words.strip("\n") or "no text"
        if len(self._parts(choice)) > 1:
            words = "".join(text for kind, text in self._told(choice) if kind != "deleted")
        return self._choice("accept", choice.hunks, key, words, note, codes, stands, edit=choice)

    def _choice(
        self,
        act: str,
        ids: Sequence[int],
        key: str,
        words: str,
        note: str,
        codes: tuple[str, ...],
        stands: Sequence[Stand],
        edit: DeskChoice | None = None,
    ) -> Choice:
        holding = codes or tuple(stand.delegation for stand in stands if stand.stance in ("propose", "retain"))
        folded = holders.fold(self.directory.sort(dict.fromkeys(holding)), self.directory.groups)
        said = [(stand.delegation, stand.stance) for stand in stands] + [(code, "propose") for code in codes]
        return Choice(
            f"{act}:{','.join(map(str, ids))}",
            key if int(key) <= MOST_KEYS else "",
            words,
            note,
            folded[:4],
            max(0, len(folded) - 4),
            holders.balance(said, self.directory.groups),
            partial(self._preview, act, ids, edit),
        )

    def _parts(self, choice: DeskChoice) -> list[DeskChoice]:
        """Return the edits decided together with a choice in this provision, itself among them, in order."""
        linked = {pk for proposal in choice.proposals for pk in proposal.linked}
        others = (other for slot in self.provision.slots for other in slot.choices)
        parts = [choice, *(other for other in others if linked.intersection(other.hunks) and other != choice)]
        return sorted(parts, key=lambda part: (part.lo, part.hi))

    def _told(self, choice: DeskChoice) -> list[tuple[str, str]]:
        """Return a choice as a redline, with a few of the words between its edits."""
        told: list[tuple[str, str]] = []
        at = -1
        for part in self._parts(choice):
            if at >= 0:
                between = self.provision.words[at : part.lo]
                told.append(("same", between if len(between) <= MOST_BETWEEN else f"{between[:MOST_BETWEEN]}… "))
            told += [("deleted", part.struck), ("inserted", part.words.strip("\n"))]
            at = part.hi
        return told

    def _balance(self, choice: DeskChoice) -> Balance:
        said = [(code, "propose") for proposal in choice.proposals for code in proposal.sponsors]
        said += [(stand.delegation, stand.stance) for proposal in choice.proposals for stand in proposal.stands]
        return holders.balance(said, self.directory.groups)

    def _paragraph(self, lo: int, hi: int, at_hand: str) -> SafeString:
        """Return the provision with the words at hand in place of `lo` to `hi`, its brackets drawn round them."""
        before, after = _split(self.provision.runs, lo)[0], _split(self.provision.runs, hi)[1]
        mark = format_html('<mark class="at-hand">{}</mark>', at_hand)
        drawn = redlines.runs([*before, Run("\x00"), *after])
        return mark_safe(drawn.replace("\x00", mark))

    def _preview(self, act: str, ids: Sequence[int], edit: DeskChoice | None) -> SafeString:
        words = self.provision.words
        if edit is not None and not edit.inserts_after:
            words = amendments.applied(words, [(part.lo, part.hi, part.words) for part in self._parts(edit)])
        if edit is not None and edit.inserts_after:
            words = edit.words.strip("\n")
        if act in ("lift", "pick", "drop"):
            words = self._settled(act, ids[0])
        return clean(words, self.language)

    def _settled(self, act: str, pk: int) -> str:
        """Return the provision's words with one bracket settled, and its rivals gone where it is picked.

        A bracket that ends in another provision is shown as it stands: its words are not all here.
        """
        words = self.provision.words
        document = standing.Bracketed.read([words], language=self.language)
        here = self._numbers(document)
        if pk not in here:
            return words
        row = next(bracket for bracket in self.provision.brackets if bracket.id == pk)
        rivals = [here[rival] for rival in row.rivals if rival in here] if act == "pick" else []
        lifted, dropped = ([], [here[pk]]) if act == "drop" else ([here[pk]], rivals)
        edits = (step for step in acts.unwrap(document, lifted, dropped).steps if isinstance(step, Edit))
        return next((edit.changes.apply(words) for edit in edits), words)

    def _numbers(self, document: standing.Bracketed) -> dict[int, int]:
        """Return the number that each bracket of the provision has where its words are read alone, by its id."""
        at = {pair.start.offset: pair.number for pair in document.pairs}
        found: dict[int, int] = {}
        offset = 0
        for run in self.provision.runs:
            if run.mark is Mark.OPEN and run.pair is not None and offset in at:
                found[run.pair] = at[offset]
            offset += len(run.text)
        return found


def clean(words: str, language: str) -> SafeString:
    """Return the words of one provision read clean: undecided brackets left out, each a mark."""
    read = readings.clean(standing.Bracketed.read([words], language=language))
    if read.gaps and not read.texts[0].strip():
        return format_html('<span class="gap-mark">{}</span>', "Nothing of it: the whole stands in an open bracket.")
    runs: list[Run] = []
    at = 0
    for gap in read.gaps:
        runs += [Run(read.texts[0][at : gap.offset])]
        at = gap.offset
    runs.append(Run(read.texts[0][at:]))
    mark = mark_safe('<span class="gap-mark">open</span>')
    return mark_safe(str(mark).join(str(redlines.runs([run])) for run in runs))


def _split(runs: Sequence[Run], at: int) -> tuple[list[Run], list[Run]]:
    """Return the runs before and after a place, a plain run cut in two where it stands inside."""
    before: list[Run] = []
    after: list[Run] = []
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        if end <= at:
            before.append(run)
        elif start >= at:
            after.append(run)
        else:
            before.append(replace(run, text=run.text[: at - start]))
            after.append(replace(run, text=run.text[at - start :]))
    return before, after


def _named(choice: DeskChoice) -> Iterator[tuple[int, str]]:
    words = Truncator(choice.words.strip() or "no text").chars(60)
    for pk, proposal in zip(choice.hunks, choice.proposals, strict=True):
        yield pk, f"No. {proposal.number} ({', '.join(proposal.sponsors[:3])}): {words}"


def _notes(choice: DeskChoice) -> Iterator[str]:
    if choice.inserts_after:
        yield "a new provision"
    if choice.verdict:
        yield choice.verdict
    strengths = {proposal.strength for proposal in choice.proposals}
    if strengths and max(strengths) < 0:
        yield "weaker"
    elif strengths and min(strengths) > 0:
        yield "stronger"
    numbers = [str(proposal.number) for proposal in choice.proposals]
    yield f"No. {', '.join(numbers[:4])}" + (f" and {len(numbers) - 4} more" if len(numbers) > 4 else "")
