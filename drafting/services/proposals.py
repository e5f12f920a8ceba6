"""From words a person sends to a proposal that can be lodged: cleaned, checked, carried to the present text, compared.

Reads the provisions and their agreed ranges, writes nothing. Lodging is in `amendments`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from drafting.errors import EmptyChange, Locked, Retired, StaleVersion, TooLong
from drafting.models import Agreement, NegotiatingText, Provision
from drafting.text import hunks, pair_rule, pairing, rebasing, tokens
from drafting.text.changes import ChangeSet
from drafting.text.errors import UnpairedBrackets
from drafting.text.hunks import Hunk
from drafting.text.pair_rule import Outline
from drafting.text.steps import Edit, Key

#: The most one wording may hold, in bytes of UTF-8.
LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """Words for a provision, or for a new one after it.

    `base` is what they were written against; without it they were written against `provision.words` as loaded.
    """

    provision: Provision
    words: str
    base: str | None = None
    inserts_after: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What a version proposes for one provision, on the words it stands against now: `base` becomes `words`."""

    provision: Provision
    base: str
    words: str
    inserts_after: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A version ready to be lodged: its parts in the order of the document, and the hunks it will be decided by."""

    parts: tuple[Part, ...]
    hunks: tuple[Hunk, ...]

    def stands_on(self, now: Mapping[int, str]) -> bool:
        """Tell whether the provisions, their words now by id, are still what it was prepared on."""
        return all(part.inserts_after or part.base == now.get(part.provision.pk) for part in self.parts)


def prepare(
    negotiated: NegotiatingText, proposed: Sequence[Proposed], now: Mapping[int, str], *, is_one: bool = False
) -> Prepared:
    """Return the version that proposes all of `proposed`, on the provisions' words `now`, by id.

    With `is_one` its hunks are one atom: decided together. Raises `TextError` for control characters, `TooLong`,
    `Retired`, `EmptyChange`, `UnpairedBrackets`, and `StaleVersion`, the words kept in its data, where they cannot be
    carried from the base they were written against.
    """
    parts = [_prepare(one, now[one.provision.pk]) for one in proposed]
    parts.sort(key=lambda part: (part.provision.order, part.inserts_after))
    if not parts:
        raise EmptyChange("A proposal needs words for at least one provision.")
    changed = [part.provision.pk for part in parts if not part.inserts_after]
    if len(set(changed)) < len(changed):
        raise EmptyChange("One provision is changed twice here: put both changes into one wording.")
    uneven = [part for part in parts if pairing.residue(part.words) != pairing.residue(part.base)]
    if uneven:
        _check_pairs(negotiated, uneven)
    found = compare(parts)
    return Prepared(tuple(parts), _bound(found) if is_one else found)


def in_translation(negotiated: NegotiatingText, proposed: Sequence[Proposed], now: Mapping[int, str]) -> Prepared:
    """Return a version in another language than the text's: words on provisions, not compared with them."""
    parts = [
        Part(one.provision, "" if one.inserts_after else now[one.provision.pk], clean(one.words), one.inserts_after)
        for one in proposed
    ]
    if not any(part.words.strip() for part in parts):
        raise EmptyChange("Write the words you propose, in your language.")
    for part in parts:
        refuse_retired(part.provision)
        if not pairing.is_balanced(part.words):
            raise UnpairedBrackets(_unpaired(part.words), words=part.words)
    return Prepared(tuple(parts), ())


def _bound(found: Sequence[Hunk]) -> tuple[Hunk, ...]:
    """Make one atom of hunks; together they are a change of words, whatever each does to brackets."""
    return tuple(replace(hunk, atom=1, verdict="") for hunk in found) if len(found) > 1 else tuple(found)


def compare(parts: Sequence[Part]) -> tuple[Hunk, ...]:
    """Return the hunks of one version, in the order of the document; keys are the provisions' ids."""
    keys = list(dict.fromkeys(part.provision.pk for part in parts))
    texts: dict[int, str] = {}
    after: dict[int, list[str]] = defaultdict(list)
    bases = {part.provision.pk: part.provision.words.content for part in parts if part.inserts_after}
    for part in parts:
        at = keys.index(part.provision.pk)
        if part.inserts_after:
            after[at].append(part.words)
        else:
            texts[at], bases[part.provision.pk] = part.words, part.base
    return hunks.find([bases[key] for key in keys], hunks.Proposal("version", texts, after), keys)


def clean(words: str) -> str:
    """Return `words` in NFC with line feeds; raises `TooLong`, or `TextError` for a control character."""
    if len(words) > LONGEST or len(words.encode(errors="surrogatepass")) > LONGEST:
        raise TooLong(f"This is more than {LONGEST // 1_000_000} MB of text: propose it in parts.")
    return tokens.normalise(words)


def refuse_retired(provision: Provision) -> None:
    """Raise `Retired` for a tombstone."""
    if provision.retired:
        raise Retired(f"{provision} was taken out of the text: propose a new one beside it.")


def refuse_agreed(prepared: Collection[Prepared]) -> None:
    """Raise `Locked` where a proposal changes agreed words."""
    touched = {part.provision.pk: part.provision for one in prepared for part in one.parts if not part.inserts_after}
    agreements: dict[Key, list[Agreement]] = defaultdict(list)
    for agreement in Agreement.objects.filter(provision__in=touched, ended=False, locks=True):
        agreements[agreement.provision_id].append(agreement)
    for hunk in (hunk for one in prepared for hunk in one.hunks if hunk.provision in agreements):
        for agreement in agreements[hunk.provision or 0]:
            if not hunk.inserts_after and _meets(hunk, agreement):
                raise Locked(
                    f"{touched[agreement.provision_id]} is {agreement.name} there. "
                    "Ask the chair to reopen it before you propose a change.",
                    words=hunk.words,
                )


def refuse_spacing(prepared: Iterable[Prepared]) -> None:
    """Raise `EmptyChange` where only spaces change in a provision: mending them is the secretariat's, as editorial."""
    for part in (part for one in prepared for part in one.parts):
        if not part.inserts_after and tokens.differ_in_spaces(part.base, part.words):
            raise EmptyChange(
                f"In {part.provision} only spaces change and no word. Spacing is mended as an editorial change: "
                "tell the secretariat, or change the words too.",
                words=part.words,
            )


def present_words(provisions: Collection[int]) -> dict[int, str]:
    """Return the present words of provisions by id, none for one that is taken out."""
    live = Provision.objects.filter(pk__in=provisions, retired=False)
    return dict(live.values_list("pk", "words__content"))


def _prepare(proposed: Proposed, current: str) -> Part:
    refuse_retired(proposed.provision)
    words = clean(proposed.words)
    if proposed.inserts_after:
        return _prepare_new(proposed, words)
    base = proposed.provision.words.content if proposed.base is None else clean(proposed.base)
    if words == base:
        raise EmptyChange("Nothing is changed: your words are the words that stand.")
    if base != current:
        words = _carry(base, words, current)
    return Part(proposed.provision, current, words)


def _prepare_new(proposed: Proposed, words: str) -> Part:
    words = words.strip()
    if not words:
        raise EmptyChange("A new provision needs words.")
    if not pairing.is_balanced(words):
        raise UnpairedBrackets(_unpaired(words), words=proposed.words)
    return Part(proposed.provision, "", words, inserts_after=True)


def _carry(base: str, words: str, current: str) -> str:
    outcome = rebasing.rebase(base, words, current)
    if outcome.status == "flagged":
        raise StaleVersion(
            f"The text changed while you were writing. {outcome.reason} Your words are kept: compare, and send again.",
            words=words,
            base=base,
            current=current,
        )
    if outcome.text == current:
        raise EmptyChange("The text changed while you were writing, and now says what you propose.", words=words)
    return outcome.text


def _check_pairs(negotiated: NegotiatingText, parts: Sequence[Part]) -> None:
    """Raise `UnpairedBrackets` unless the document with these words keeps every bracket's partner."""
    live = negotiated.provisions.filter(retired=False).order_by("order", "pk")
    rows = live.values_list("pk", "words__closers", "words__openers")
    residues: dict[Key, tuple[int, int]] = {pk: (closers, openers) for pk, closers, openers in rows}
    changed: dict[Key, tuple[int, int]] = {part.provision.pk: pairing.residue(part.words) for part in parts}
    before = Outline(residues, {part.provision.pk: part.base for part in parts})
    after = Outline({**residues, **changed}, {part.provision.pk: part.words for part in parts})
    steps = [Edit(part.provision.pk, _changes(part)) for part in parts]
    try:
        pair_rule.keep(before, after, steps)
    except UnpairedBrackets as broken:
        raise UnpairedBrackets(_unpaired(parts[0].words), words=parts[0].words) from broken


def _changes(part: Part) -> ChangeSet:
    return ChangeSet.of([(hunk.lo, hunk.hi, hunk.words) for hunk in compare([part])], len(part.base))


def _unpaired(words: str) -> str:
    closers, openers = pairing.residue(words)
    if closers and not openers:
        return "A closing bracket in your words has no opening one: add the “[” or take the “]” out."
    if openers and not closers:
        return "An opening bracket in your words has no closing one: add the “]” or take the “[” out."
    return "Brackets in your words have lost their partners: every “[” needs its “]”, as in the text that stands."


def _meets(hunk: Hunk, agreement: Agreement) -> bool:
    if agreement.start is None or agreement.end is None:
        return True
    if hunk.lo == hunk.hi:
        return agreement.start < hunk.lo < agreement.end
    return hunk.lo < agreement.end and agreement.start < hunk.hi
