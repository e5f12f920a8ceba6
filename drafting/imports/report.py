"""What an import tells its user: what was found, what does not balance and how to mend it, what waits for a person.

Made from addresses and words, so that the page after an import and the command say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafting.imports.lowering import Change
from drafting.models import NegotiatingText
from drafting.text import labels, markup
from drafting.text.brackets import Group, Pair, Parse
from drafting.text.markup import Markup
from drafting.text.structures import Structure

#: Characters of the text shown on each side of an anomaly.
_AROUND = 40
#: Characters shown of each alternative of a group.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class OddLabel:
    """A label printed otherwise than labels of its kind are."""

    address: str
    printed: str
    regular: str


@dataclass(frozen=True, slots=True)
class FoundAnomaly:
    """A bracket without a partner: where it stands, the words before and after it, and a way to mend it."""

    address: str
    kind: str
    before: str
    after: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Brackets side by side that may be alternatives; `sure` says how likely, a person confirms."""

    address: str
    sure: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """Words to which a text itself writes who stands on them; `stances` are (stance, names as written)."""

    address: str
    words: str
    stances: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All an import found; `kinds` counts the pairs of each kind, `depth` is the deepest nest.

    `options` counts the sets of which one option survives, `notes` what stands in the text and is not negotiated.
    """

    provisions: int
    articles: int
    labels: int
    odd_labels: tuple[OddLabel, ...]
    pairs: int
    kinds: Mapping[str, int]
    crossing: int
    depth: int
    anomalies: tuple[FoundAnomaly, ...]
    groups: tuple[FoundGroup, ...]
    attributions: tuple[FoundAttribution, ...]
    options: int
    notes: int

    @property
    def groups_to_confirm(self) -> int:
        """How many groups stand side by side without a space: alternatives almost surely."""
        return len(self.sure_groups)

    @property
    def sure_groups(self) -> tuple[FoundGroup, ...]:
        """The groups without a space between, which are alternatives almost surely."""
        return tuple(group for group in self.groups if group.sure == "adjacent")

    @property
    def other_groups(self) -> tuple[FoundGroup, ...]:
        """The groups that are as often additions as alternatives."""
        return tuple(group for group in self.groups if group.sure != "adjacent")


@dataclass(frozen=True, slots=True)
class FoundChanges:
    """What one author changed in a file: how many of each kind, and the first of them."""

    author: str
    inserted: int
    deleted: int
    moved: int
    first: str


def authors(changes: Iterable[Change]) -> tuple[FoundChanges, ...]:
    """Return the tracked changes by their authors, who are named as the file names them."""
    by: dict[str, list[Change]] = {}
    for change in changes:
        by.setdefault(change.author or "nobody named", []).append(change)
    return tuple(
        FoundChanges(
            author,
            sum(change.kind == "inserted" for change in own),
            sum(change.kind == "deleted" for change in own),
            sum(change.kind in ("moved-to", "moved-from") for change in own),
            _short(own[0].text),
        )
        for author, own in sorted(by.items())
    )


def make(structure: Structure) -> Report:
    """Return the report on a structure that has been read."""
    articles = {entry.article for entry in structure.entries if entry.article}
    return _report([entry.address for entry in structure.entries], structure.texts(), len(articles))


def of(negotiated: NegotiatingText) -> Report:
    """Return the report on a text as it stands now."""
    live = negotiated.provisions.filter(retired=False).order_by("order", "pk")
    rows = list(live.values_list("address", "words__content", "article"))
    articles = {article for _, _, article in rows if article}
    return _report([address for address, _, _ in rows], [words for _, words, _ in rows], len(articles))


def _report(addresses: Sequence[str], texts: Sequence[str], articles: int) -> Report:
    found_markup = markup.read(texts)
    parsed = found_markup.parse
    read = [(address, labels.read(text)) for address, text in zip(addresses, texts, strict=True)]
    found = [(address, label) for address, label in read if label is not None]
    return Report(
        provisions=len(texts),
        articles=articles,
        labels=len(found),
        odd_labels=tuple(
            OddLabel(address, label.printed, labels.write(label)) for address, label in found if not label.is_regular
        ),
        pairs=len(parsed.pairs),
        kinds=Counter(str(pair.kind) for pair in parsed.pairs),
        crossing=sum(pair.is_crossing for pair in parsed.pairs),
        depth=max((pair.depth for pair in parsed.pairs), default=0),
        anomalies=tuple(_anomalies(addresses, texts, parsed)),
        groups=tuple(_group(addresses, texts, parsed, group) for group in parsed.groups),
        attributions=tuple(_attributions(addresses, texts, found_markup)),
        options=len(found_markup.options.sets),
        notes=len(found_markup.annotations),
    )


def _anomalies(addresses: Sequence[str], texts: Sequence[str], parsed: Parse) -> list[FoundAnomaly]:
    return [
        FoundAnomaly(
            address=addresses[anomaly.provision],
            kind=anomaly.kind,
            before=texts[anomaly.provision][max(0, anomaly.offset - _AROUND) : anomaly.offset],
            after=texts[anomaly.provision][anomaly.offset + 1 : anomaly.offset + 1 + _AROUND],
            suggestion=anomaly.suggestion,
        )
        for anomaly in parsed.anomalies
    ]


def _attributions(addresses: Sequence[str], texts: Sequence[str], found: Markup) -> Iterator[FoundAttribution]:
    for one in found.attributions:
        if one.attributions:
            provision = found.parse.pairs[one.pair].start.provision
            words = _short(texts[provision][one.start : one.end])
            stances = tuple((str(each.stance), each.names) for each in one.attributions)
            yield FoundAttribution(addresses[provision], words, stances)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _group(addresses: Sequence[str], texts: Sequence[str], parsed: Parse, group: Group) -> FoundGroup:
    pairs = [parsed.pairs[index] for index in group.pairs]
    return FoundGroup(
        address=addresses[pairs[0].start.provision],
        sure=group.sure,
        alternatives=tuple(_short(_inside(texts, pair)) for pair in pairs),
    )


def _inside(texts: Sequence[str], pair: Pair) -> str:
    """Return the words a pair holds."""
    first, last = pair.start.provision, pair.end.provision
    pieces = list(texts[first : last + 1])
    pieces[-1] = pieces[-1][: pair.end.offset]
    pieces[0] = pieces[0][pair.start.offset + 1 :]
    return " ".join(pieces)
