"""Acts on every pair of the real texts: none leaves a double space or a loose comma that was not there."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from drafting.text import acts, following, readings
from drafting.text.brackets import Kind
from drafting.text.changes import ChangeSet
from drafting.text.standing import Bracketed, Effect, whole
from drafting.text.steps import Edit
from tests.text import revisions


def test_no_drop_or_lift_of_a_real_pair_leaves_a_space_too_many(corpus: Path) -> None:
    acted = 0
    for document in _documents(corpus):
        for pair in document.pairs:
            effects = [acts.drop(document, pair.number)]
            if pair.kind is not Kind.PLACEHOLDER:
                effects.append(acts.lift(document, pair.number))
            for effect in effects:
                acted += 1
                assert list(_spaces_too_many(document.texts, effect)) == [], document.words(pair.number)
    assert acted > 10_000


def test_real_texts_read_clean_without_a_negotiation_bracket(corpus: Path) -> None:
    for document in _documents(corpus):
        read = readings.clean(document)
        assert not any(mark in text for text in read.texts for mark in "[]")
        assert {number for gap in read.gaps for number in gap.pairs} == set(document.by_number)


def test_acts_one_after_another_keep_the_numbers_of_real_pairs(corpus: Path) -> None:
    random = Random(3)
    for document in _documents(corpus):
        for _ in range(min(12, len(document.pairs))):
            number = random.choice(document.pairs).number
            before, after = document, following.follow(document, acts.drop(document, number))
            closed = {pair.number for pair in before.inside(whole(before.pair(number)))}
            assert set(after.by_number) == set(before.by_number) - closed
            far = [other for other in after.by_number if not closed & _around(before, other)]
            assert all(after.words(other) == before.words(other) for other in far)
            document = after


def _documents(corpus: Path) -> Iterator[Bracketed]:
    return (Bracketed.read(revisions.provisions(path)) for path in sorted((corpus / "texts").glob("*.txt")))


def _around(document: Bracketed, number: int) -> set[int]:
    """Return the pairs inside a pair: those whose going changes its words."""
    return {pair.number for pair in document.inside(whole(document.pair(number)))}


def _spaces_too_many(texts: Sequence[str], effect: Effect) -> Iterator[str]:
    """Yield what stands round each double space, and space before a comma or full stop, that was not there."""
    for step in effect.steps:
        if isinstance(step, Edit):
            assert isinstance(step.text, int)
            text = texts[step.text]
            after = step.changes.apply(text)
            origins = _origins(step.changes)
            for at in range(len(after) - 1):
                if after[at] == " " and after[at + 1] in " ,.":
                    behind = origins[at + 1]
                    if behind < 0 or text[behind - 1 : behind] != " ":
                        yield after[max(0, at - 20) : at + 20]


def _origins(changes: ChangeSet) -> list[int]:
    """Return, for each character after the change, where it stood before; -1 for one put in."""
    origins: list[int] = []
    at = 0
    for start, end, new in changes.edits():
        origins += [*range(at, start), *[-1] * len(new)]
        at = end
    return [*origins, *range(at, changes.length)]
