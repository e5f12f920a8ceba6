"""Stacks: new provisions entering a document at one place, each under the next free suffix.

Which provisions are proposed at a place is `places`; labels themselves are `labels`.
"""

from collections.abc import Iterator, Sequence

from . import labels
from .changes import ChangeSet
from .hunks import Hunk
from .standing import Bracketed
from .steps import Create, Edit, Key, Step

_LAST_SUFFIX = 26  # sexvicies


def create(document: Bracketed, chosen: Sequence[Hunk]) -> Iterator[Step]:
    """Yield the steps that create the new provisions `chosen`, after those created at the same place before.

    Where a label is taken there, its suffix becomes the next free one (*5 bis* → *5 ter*); no other word changes.
    """
    keys, texts = list(document.keys), list(document.texts)
    for hunk in chosen:
        place = _place(keys, hunk.provision)
        key = _name(keys, hunk.provision)
        words = relabel(hunk.words, texts, place)
        yield Create(key, None, place)
        yield Edit(key, ChangeSet.of([(0, 0, words)], 0))
        keys.insert(place, key)
        texts.insert(place, words)


def relabel(words: str, texts: Sequence[str], place: int) -> str:
    """Return `words`, to stand before `texts[place]`, with the next suffix free among its neighbours of one number."""
    own = labels.read(words)
    if own is None or own.suffix < 2:
        return words
    taken = set()
    for step, start in ((-1, place - 1), (1, place)):
        at = start
        while 0 <= at < len(texts):
            label = labels.read(texts[at])
            if label is None or (label.kind, label.number) != (own.kind, own.number):
                break
            taken.add(label.suffix)
            at += step
    free = next((suffix for suffix in range(own.suffix, _LAST_SUFFIX + 1) if suffix not in taken), own.suffix)
    if free == own.suffix:
        return words
    return words[: own.start] + labels.renumber(own, suffix=free).printed + words[own.end :]


def _place(keys: Sequence[Key], after: Key | None) -> int:
    """Return where the next new provision after `after` goes: behind those that came there earlier."""
    place = 0 if after is None else keys.index(after) + 1
    while place < len(keys) and str(keys[place]).startswith(_stem(after)):
        place += 1
    return place


def _name(keys: Sequence[Key], after: Key | None) -> Key:
    number = 1
    while f"{_stem(after)}{number}" in keys:
        number += 1
    return f"{_stem(after)}{number}"


def _stem(after: Key | None) -> str:
    return f"{'' if after is None else after}+"
