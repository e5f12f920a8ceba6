"""The legal scrub: every check of a text at once, as one list in document order.

Each check is a module of its own: `references`, `terms`, `spellings`, `numbering`, `enumerations`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from . import enumerations, mentions, numbering, outlines, references, spellings, terms
from .findings import Check, Finding
from .outlines import Entry


def unchecked(language: str) -> tuple[Check, ...]:
    """Return the checks that know too little of a language to find anything in it."""
    known = {Check.REFERENCE: mentions.LANGUAGES, Check.TERM: terms.languages(), Check.SPELLING: spellings.languages()}
    return tuple(check for check, languages in known.items() if language not in languages)


def scrub(
    texts: Sequence[str],
    retired: Collection[int] = (),
    language: str = "en",
    instruments: Collection[int] | None = None,
) -> list[Finding]:
    """Return all findings in document order; tombstones (`retired`, by index) count as such and have none themselves.

    A remedy never touches a bracket.
    """
    entries = outlines.read(texts, instruments)
    standing = ["" if at in retired else text for at, text in enumerate(texts)]
    found = [
        *_references(standing, entries, retired),
        *terms.check(standing, language),
        *spellings.check(standing, language),
        *_labels(entries),
        *enumerations.check(standing),
    ]
    kept = (_safe(texts, one) for one in found if one.provision not in retired)
    return sorted(kept, key=lambda one: (one.provision, one.start, one.check))


def _references(texts: Sequence[str], entries: Sequence[Entry], retired: Collection[int]) -> Iterator[Finding]:
    for one in references.check(texts, entries, retired):
        at = one.mention
        yield Finding(Check.REFERENCE, at.provision, at.start, at.end, one.sentence)


def _labels(entries: Sequence[Entry]) -> Iterator[Finding]:
    for one in numbering.check(entries):
        label = entries[one.provision].label
        if label is not None:
            yield Finding(Check.LIST, one.provision, label.start, label.end, one.sentence, one.remedy or None)


def _safe(texts: Sequence[str], one: Finding) -> Finding:
    """Take the remedy off a finding whose words hold a bracket: brackets are negotiated."""
    words = texts[one.provision][one.start : one.end]
    return replace(one, remedy=None) if set("[]") & set(words) else one
