"""Reads of a text in its other languages: how far each is, its provisions beside the original's, its snapshots.

A provision is *fresh* where words were made for those that stand, *stale* where they were made for others, *missing*
where there are none. Acts are in `drafting.services.languages`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from delegations.models import Seat
from drafting.models import BaseText, LanguageIssue, LanguageVersion, NegotiatingText
from drafting.queries import access, snapshots
from drafting.queries.snapshots import PairSnapshot, ProvisionSnapshot, Snapshot
from drafting.text import readings, translations
from drafting.text.document import LANGUAGES

FRESH, STALE, MISSING, SAME = "fresh", "stale", "missing", "same in all"


@dataclass(frozen=True, slots=True)
class Made:
    """A provision's words in another language, made from the words whose SHA-256 is `source`."""

    source: str
    words: str
    order: tuple[int, ...]
    id: int


#: Every translation there is, by provision id, the newest last.
AllMade = Mapping[int, Sequence[Made]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A snapshot in another language; provisions without words there keep the original's and are `missing`."""

    snapshot: Snapshot
    missing: tuple[str, ...]
    original: frozenset[int]


@dataclass(frozen=True, slots=True)
class Row:
    """One provision beside its original: `changed` is (kind, words) of what changed since it was translated.

    `brackets` are the numbers of the brackets that both begin and end in the original, `order` those of its words.
    `translation` is the id of the newest translation, 0 for none.
    """

    id: int
    address: str
    kind: str
    depth: int
    original: str
    source: str
    words: str
    state: str
    changed: tuple[tuple[str, str], ...] = ()
    brackets: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    translation: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a version is: provisions by state, and the numbers of the revisions issued in it."""

    version: LanguageVersion
    name: str
    counts: Mapping[str, int]
    issued: tuple[int, ...]


def made(version: LanguageVersion) -> dict[int, list[Made]]:
    """Return, per provision id, every translation there is, the newest last."""
    found: dict[int, list[Made]] = defaultdict(list)
    rows = version.translations.order_by("pk").values_list("provision", "source", "words", "order", "pk")
    for provision, source, words, order, pk in rows:
        found[provision].append(Made(source, words, tuple(order), pk))
    return found


def fresh(words: str, all_made: Sequence[Made]) -> Made | None:
    """Return the last translation made for these very words; they may have stood before, and then it holds again."""
    wanted = BaseText.key_of(words)
    return next((one for one in reversed(all_made) if one.source == wanted), None)


def rendered(taken: Snapshot, all_made: AllMade) -> Rendering:
    """Return a snapshot in another language: words, and each bracket at its place there under its own number.

    A bracket without a counterpart is left out, and so is what is anchored to words inside a provision: the baseline
    of a group, agreement on some words. Whole provisions keep theirs.
    """
    there: dict[int, dict[int, int]] = {}
    missing: list[str] = []
    kept: set[int] = set()
    provisions: list[ProvisionSnapshot] = []
    for row in taken.provisions:
        found = None if row.retired else fresh(row.text, all_made.get(row.id, ()))
        if found is None:
            kept.add(row.id)
            missing += [row.address] if not row.retired and translations.needs_words(row.text) else []
            provisions.append(row)
            continue
        there[row.id] = translations.places(row.text, found.words, found.order)
        provisions.append(msgspec.structs.replace(row, text=found.words))
    snapshot = Snapshot(
        provisions=provisions,
        pairs=[pair for row in taken.pairs if (pair := _moved(row, there)) is not None],
        groups=[
            msgspec.structs.replace(group, baseline=None) if group.baseline and group.baseline[0] in there else group
            for group in taken.groups
        ],
        agreements=[row for row in taken.agreements if row.start is None or row.provision not in there],
        annotations=taken.annotations,
    )
    return Rendering(snapshot, tuple(missing), frozenset(kept))


def _moved(pair: PairSnapshot, there: Mapping[int, Mapping[int, int]]) -> PairSnapshot | None:
    ends: list[tuple[int, int]] = []
    for provision, offset in (pair.start, pair.end):
        at = there[provision].get(offset) if provision in there else offset
        if at is None:
            return None
        ends.append((provision, at))
    return msgspec.structs.replace(pair, start=ends[0], end=ends[1])


def progress(seat: Seat, negotiated: NegotiatingText) -> list[Progress]:
    """Return how far each version is, in the order of the six languages; raises `NotFound` for who may not read it."""
    access.floor(seat, negotiated)
    standing = snapshots.taken(negotiated, named=False).standing()
    versions = {row.language: row for row in negotiated.languages.all()}
    found: list[Progress] = []
    for code in (code for code in LANGUAGES if code in versions):
        all_made = made(versions[code])
        counts = dict.fromkeys((STALE, MISSING, FRESH, SAME), 0)
        for row in standing:
            counts[_state(row.text, all_made.get(row.id, ()))] += 1
        issued = versions[code].issues.order_by("revision__number").values_list("revision__number", flat=True)
        found.append(Progress(versions[code], LANGUAGES[code], counts, tuple(issued)))
    return found


def rows(seat: Seat, version: LanguageVersion) -> list[Row]:
    """Return every provision that stands, in order, with its words in that language and what changed since."""
    negotiated = version.text
    access.language(seat, negotiated, version.language)
    taken = snapshots.taken(negotiated, named=False)
    all_made = made(version)
    numbers = _numbers(taken)
    stale = {one.source for row in taken.standing() if (one := _last(row.text, all_made.get(row.id, ()))) is not None}
    sources = BaseText.objects.in_bulk(list(stale))
    return [
        _row(row, all_made.get(row.id, ()), numbers[row.id], {name: base.content for name, base in sources.items()})
        for row in taken.standing()
    ]


def there(seat: Seat, negotiated: NegotiatingText, number: int | None = None) -> list[str]:
    """Return the languages a revision was issued in, or the floor is put into, in the order of the six."""
    if number is None:
        access.floor(seat, negotiated)
        found = {*negotiated.languages.values_list("language", flat=True)}
    else:
        row = access.revision(seat, negotiated, number)
        found = {*row.languages.values_list("version__language", flat=True)}
    return [code for code in LANGUAGES if code in found or code == negotiated.language] or [negotiated.language]


def spread(negotiated: NegotiatingText) -> set[int]:
    """Return the numbers of the revisions that were issued in more than one language."""
    return {*LanguageIssue.objects.filter(version__text=negotiated).values_list("revision__number", flat=True)}


def _state(words: str, all_made: Sequence[Made]) -> str:
    if fresh(words, all_made) is not None:
        return FRESH
    if not translations.needs_words(words):
        return SAME
    return STALE if all_made else MISSING


def _last(words: str, all_made: Sequence[Made]) -> Made | None:
    """Return the translation that stands beside words: one made for them, else the newest."""
    return fresh(words, all_made) or (all_made[-1] if all_made else None)


def _row(row: ProvisionSnapshot, all_made: Sequence[Made], at: Mapping[int, int], bases: Mapping[str, str]) -> Row:
    state = _state(row.text, all_made)
    last = _last(row.text, all_made)
    brackets = tuple(at.get(offset, 0) for offset in translations.pairs(row.text))
    changed: Iterable[tuple[str, str]] = ()
    if state == STALE and last is not None:
        changed = ((str(part.kind), part.text) for part in readings.comparison(bases[last.source], row.text))
    order = tuple(brackets[n - 1] for n in last.order) if last is not None and state == FRESH else ()
    return Row(
        id=row.id,
        address=row.address,
        kind=row.kind,
        depth=row.depth,
        original=row.text,
        source=BaseText.key_of(row.text),
        words=last.words if last else "",
        state=state,
        changed=tuple(changed),
        brackets=brackets,
        order=order,
        translation=all_made[-1].id if all_made else 0,
    )


def _numbers(taken: Snapshot) -> dict[int, dict[int, int]]:
    """Return, per provision id, the number of the bracket that opens at each offset."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for pair in taken.pairs:
        found[pair.start[0]][pair.start[1]] = pair.number
    return found
