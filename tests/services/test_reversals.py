"""An act is taken back exactly: words, pairs, groups, anomalies and stances are as they were."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest

from drafting.errors import CannotUndo
from drafting.models import NegotiatingText
from drafting.queries import snapshots
from drafting.services import journal, positions, reversals, texts
from drafting.services.reversals import Note
from drafting.text import acts
from drafting.text.changes import ChangeSet
from drafting.text.errors import ActRefused, UnpairedBrackets
from drafting.text.standing import Bracketed
from drafting.text.steps import Create, Edit, Place, Retire, Step
from tests import factories, replay
from tests.cast import Cast

TEXT = (
    "1. Each [Party [and region]] shall [take][adopt] measures.",
    "2. It [reports",
    "3. on] what [it does.",
    "4. End",
)


def act(cast: Cast, text: NegotiatingText, *steps: Step) -> Note:
    """Do the steps, telling all of it, and return the note as a decision would keep it."""
    with replay.verified(text), journal.writing(text.floor, by=cast.chair) as floor:
        applied = texts.apply_steps(floor, text, steps)
    return dict(json.loads(json.dumps(reversals.note(applied))))


def revert(cast: Cast, text: NegotiatingText, noted: Note) -> None:
    with replay.verified(text), journal.writing(text.floor, by=cast.chair) as floor:
        reversals.revert(floor, text, noted)


def document(text: NegotiatingText) -> Bracketed:
    return snapshots.bracketed(snapshots.taken(text), text.language)


def state(text: NegotiatingText) -> replay.State:
    """Return the state that is taken back: revisions of texts only count up, rows of closed pairs stay."""
    found = replay.read(text)
    found.brackets = {pk: row for pk, row in found.brackets.items() if row["ends"]}
    for row in found.texts.values():
        del row["rev"]
    return found


def edit(text: NegotiatingText, address: str, start: int, end: int, words: str) -> Edit:
    row = factories.provision(text, address)
    return Edit(row.pk, ChangeSet.of([(start, end, words)], len(row.words.content)))


@pytest.mark.parametrize("choose", [acts.lift, acts.drop])
def test_lifting_or_dropping_any_pair_is_taken_back_to_the_letter(
    cast: Cast, choose: Callable[..., acts.Effect]
) -> None:
    text = factories.text(cast, *TEXT)
    positions.take(cast.norway, factories.bracket(text, 1), "retain")
    before, parents = state(text), dict(text.brackets.values_list("pk", "parent"))
    for number in text.brackets.values_list("pk", flat=True):
        noted = act(cast, text, *choose(document(text), number).steps)
        assert state(text) != before
        revert(cast, text, noted)
        assert state(text) == before
        assert dict(text.brackets.values_list("pk", "parent")) == parents


def test_a_pick_is_taken_back_with_its_group(cast: Cast) -> None:
    text = factories.text(cast, *TEXT)
    group = text.groups.get()
    group.confirmed = True
    group.save()
    before = state(text)
    chosen = group.brackets.order_by("number").first()
    assert chosen is not None
    noted = act(cast, text, *acts.pick(document(text), chosen.pk).steps)
    assert text.groups.get().closed
    revert(cast, text, noted)
    assert state(text) == before


def test_what_changed_beside_the_words_since_stays(cast: Cast) -> None:
    text = factories.text(cast, "Each [Party] shall [act] now.")
    first = act(cast, text, *acts.lift(document(text), factories.bracket(text, 1).pk).steps)
    act(cast, text, edit(text, "1", 0, 4, "Every"))
    act(cast, text, *acts.drop(document(text), factories.bracket(text, 2).pk).steps)
    revert(cast, text, first)
    assert factories.words(text) == ["Every [Party] shall now."]
    assert factories.open_pairs(text) == [(1, "1", 6, "1", 12)]


def test_words_changed_again_since_refuse_the_return_and_name_the_later_act(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act.")
    first = act(cast, text, edit(text, "1", 5, 10, "State Party"))
    act(cast, text, edit(text, "1", 11, 16, "Group"))
    with pytest.raises(CannotUndo) as refused:
        revert(cast, text, first)
    later = text.floor.entries.filter(kind="edited").order_by("seq").last()
    assert later is not None
    assert refused.value.data["dependents"] == [later.seq]


def test_a_new_provision_is_taken_back_to_a_tombstone(cast: Cast) -> None:
    text = factories.text(cast, "1. a", "2. b")
    words = ChangeSet.of([(0, 0, "1 bis. [new]")], 0)
    noted = act(cast, text, Create("new", None, 1), Edit("new", words))
    revert(cast, text, noted)
    assert factories.words(text) == ["1. a", "2. b"]
    assert factories.open_pairs(text) == []


def test_a_mended_anomaly_stands_again(cast: Cast) -> None:
    text = factories.text(cast, "a [b", "c")
    before = state(text)
    noted = act(cast, text, edit(text, "2", 1, 1, "]"))
    assert text.anomalies.get().mended
    revert(cast, text, noted)
    assert state(text) == before


def test_a_history_of_acts_is_taken_back_one_by_one_to_its_beginning(cast: Cast) -> None:
    text = factories.text(cast, *TEXT)
    before, chance, done = state(text), random.Random(7), []
    for _ in range(60):
        try:
            done.append(act(cast, text, *_random_act(chance, text)))
        except (ActRefused, UnpairedBrackets):
            continue
    assert len(done) > 15
    for noted in reversed(done):
        revert(cast, text, noted)
    assert state(text) == before


def _random_act(chance: random.Random, text: NegotiatingText) -> tuple[Step, ...]:
    found = document(text)
    kind = chance.choice(["lift", "drop", "edit", "wrap", "retire", "place"])
    numbers = [pair.number for pair in found.pairs]
    if kind in ("lift", "drop") and numbers:
        return {"lift": acts.lift, "drop": acts.drop}[kind](found, chance.choice(numbers)).steps
    live = list(text.provisions.filter(retired=False).values_list("pk", "words__content"))
    key, words = chance.choice(live)
    if kind == "retire" and len(live) > 2:
        return (Retire(key),)
    if kind == "place":
        return (Place(key, None, chance.randrange(len(TEXT))),)
    start = chance.randrange(len(words) + 1)
    end = min(len(words), start + chance.randrange(6))
    if kind == "wrap":
        return (Edit(key, ChangeSet.of([(start, start, "["), (end, end, "]")], len(words))),)
    return (Edit(key, ChangeSet.of([(start, end, chance.choice(["", "x", "[y]"]))], len(words))),)
