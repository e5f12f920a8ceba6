"""Folding: history grows smaller and tells the same; what is folded can be proved, and nothing else may be missing."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from delegations.models import Seat
from drafting import events
from drafting.errors import BrokenChain, StaleDecision, Superseded
from drafting.models import JournalEntry, NegotiatingText, Stream
from drafting.queries import archives, authorship, histories, live
from drafting.queries import journal as reading
from drafting.queries import revisions as issued
from drafting.services import decisions, folds, journal, pen_sessions, revisions, typing
from drafting.services.typing import Ack, Op, Part
from drafting.text.errors import RollingTextError
from tests import factories, laws, replay, rooms
from tests.cast import Cast
from tests.replay import State

slugs, numbers = count(), count(1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ARCHIVES = tmp_path / "archives"
    return tmp_path / "archives"


def later() -> datetime:
    return timezone.now() + folds.AGE + timedelta(hours=1)


def write(negotiated: NegotiatingText, seat: Seat, changes: list[Any], on: str = "1") -> None:
    """Type one op on a provision as it stands."""
    words = factories.provision(negotiated, on).words
    op = Op(seat.pk, f"client-{next(numbers)}", 0, 1, [Part(words.pk, words.rev, changes)])
    typing.apply(negotiated.floor, [op])


def say(negotiated: NegotiatingText, seat: Seat, said: str, on: str = "1") -> None:
    """Type `said` letter by letter at the end of a provision."""
    for letter in said:
        write(negotiated, seat, [len(factories.provision(negotiated, on).words.content), [0, letter]], on)


def held(cast: Cast, negotiated: NegotiatingText, seat: Seat, on: str = "1", whom: str = "editorial") -> None:
    pen_sessions.take(seat, factories.provision(negotiated, on).words.pk, whom)


def laid(cast: Cast, negotiated: NegotiatingText, *addresses: str) -> None:
    for address in addresses:
        for seat in (cast.chair, cast.secretary):
            pen_sessions.lay_down(seat, factories.provision(negotiated, address).words.pk)


def type_a_text(cast: Cast) -> NegotiatingText:
    """A revision issued after the chair typed five letters, two letters of the secretary's between them elsewhere."""
    negotiated = factories.text(cast, "a b c", "x y z", slug=f"fold-{next(slugs)}")
    held(cast, negotiated, cast.chair)
    held(cast, negotiated, cast.secretary, "2")
    say(negotiated, cast.chair, "abc")
    say(negotiated, cast.secretary, "!?", "2")
    say(negotiated, cast.chair, "de")
    laid(cast, negotiated, "1", "2")
    revisions.issue(cast.chair, negotiated)
    return negotiated


furnished, room, cast, text = rooms.shared(type_a_text)


def first(negotiated: NegotiatingText, kind: str) -> JournalEntry:
    """Return the first row of a kind on the floor."""
    return JournalEntry.objects.filter(stream=negotiated.floor_id, kind=kind).order_by("seq")[0]


def told(negotiated: NegotiatingText) -> State:
    """Return the state that the journal tells of from its beginning, folded rows where they happened."""
    state = State()
    rows = JournalEntry.objects.filter(stream=negotiated.floor_id)
    for row in sorted(rows, key=lambda row: row.through or row.seq):
        replay.replay(state, events.decode(row.body or ""))
    return state


def places(negotiated: NegotiatingText) -> list[list[int | None]]:
    """Return where every position of the first words stands now, by the changes that the journal has."""
    found = []
    for row in negotiated.provisions.select_related("words").order_by("order"):
        then, changes = histories.words_at(row.words, 0)
        for side in (-1, 1):
            at: list[int | None] = list(range(len(then) + 1))
            for _, change in changes:
                at = [change.map_pos(place or 0, side) for place in at]
            found.append(at)
    return found


def who_wrote(cast: Cast, negotiated: NegotiatingText) -> Any:
    """Whose words they are; the times are those of the last typing of a run, once it is folded."""
    first = issued.snapshot(negotiated.revisions.get(number=0))
    last = negotiated.revisions.order_by("number").last()
    assert last is not None
    words = {row.id: row.text for row in first.provisions}
    found = authorship.between(negotiated, words, 0, last.at_seq)
    return {pk: (one.origin, one.came, one.struck) for pk, one in found.items()}


def test_each_run_becomes_one_row_and_the_chain_verifies(cast: Cast, text: NegotiatingText) -> None:
    rows = reading.verify_stream(Stream.objects.get(pk=text.floor_id))
    assert folds.fold(text, later()) == 7
    folded = [events.decode(row.body or "") for row in text.floor.entries.filter(kind="folded").order_by("through")]
    assert [(row.since, row.rev) for row in folded if isinstance(row, events.Folded)] == [(0, 2), (0, 5)]
    assert text.floor.entries.filter(kind="typed").count() == 0
    assert reading.verify_stream(Stream.objects.get(pk=text.floor_id)) == rows - 7 + 2
    assert reading.verify_archives() == 1


def test_folding_again_finds_nothing_and_two_at_once_fold_once(
    cast: Cast, text: NegotiatingText, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = folds._find

    def find_late(*given: Any) -> Any:
        found = find(*given)
        monkeypatch.setattr(folds, "_find", find)
        assert folds.fold(text, later()) == 7
        return found

    monkeypatch.setattr(folds, "_find", find_late)
    with pytest.raises(Superseded):
        folds.fold(text, later())
    assert folds.fold(text, later()) == 0
    assert reading.verify_archives() == 1


def test_folded_words_came_when_the_last_of_them_was_typed(cast: Cast, text: NegotiatingText) -> None:
    typed = text.floor.entries.filter(kind="typed", text=factories.provision(text).words.pk).order_by("rev")
    last = list(typed)[-1].at
    folds.fold(text, later())
    rows = histories.replay(
        text, {factories.provision(text).pk: "a b c", factories.provision(text, "2").pk: "x y z"}, 6
    )
    assert [row.at for row in rows if row.provision == factories.provision(text).pk] == [last]


def test_nothing_younger_than_two_days_and_nothing_after_a_revision_is_folded(
    cast: Cast, text: NegotiatingText
) -> None:
    assert folds.fold_all() == 0
    held(cast, text, cast.chair)
    say(text, cast.chair, "xyz")
    laid(cast, text, "1")
    assert folds.fold(text, later()) == 7
    assert text.floor.entries.filter(kind="typed").count() == 3


def test_a_pen_that_is_still_held_is_left_alone(cast: Cast) -> None:
    text = factories.text(cast, "a b c")
    held(cast, text, cast.chair)
    say(text, cast.chair, "abc")
    text.floor.entries.filter(kind="typed").update(at="2026-01-01T00:00:00.000000+00:00")
    revisions.issue(cast.chair, text)
    assert folds.fold(text, later()) == 0


def test_another_seat_on_the_same_text_and_another_act_end_a_run(cast: Cast) -> None:
    text = factories.text(cast, "a b c", "x [y] z")
    held(cast, text, cast.chair)
    held(cast, text, cast.secretary)
    for seat in (cast.chair, cast.secretary, cast.chair):
        say(text, seat, "ab")
    decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk])
    say(text, cast.chair, "cd")
    laid(cast, text, "1")
    revisions.issue(cast.chair, text)
    assert folds.fold(text, later()) == 8
    assert list(text.floor.entries.filter(kind="folded").order_by("rev").values_list("rev", flat=True)) == [2, 4, 6, 8]


def test_a_row_after_which_a_place_would_map_otherwise_begins_another_run(cast: Cast) -> None:
    text = factories.text(cast, "a b c")
    held(cast, text, cast.chair)
    for changes in ([4, [1]], [4, [0, "d"]], [5, [0, "e"]]):
        write(text, cast.chair, changes)
    laid(cast, text, "1")
    revisions.issue(cast.chair, text)
    before = places(text)
    assert folds.fold(text, later()) == 2
    assert places(text) == before


def test_whoever_has_words_from_within_a_fold_gets_the_text_instead_of_changes(
    cast: Cast, text: NegotiatingText
) -> None:
    words = factories.provision(text).words
    folds.fold(text, later())
    held(cast, text, cast.chair)
    for base in (0, 3, 4):
        op = Op(cast.chair.pk, f"late-{base}", 0, 1, [Part(words.pk, base, [5 + base, [0, "?"]])])
        (answer,) = typing.apply(text.floor, [op])
        assert not isinstance(answer, Ack)
        assert answer.code == "stale"
        assert live.changes(words.pk, base, 100) == []


def test_a_decision_on_words_last_looked_at_before_a_fold_is_shown_again(cast: Cast) -> None:
    text = factories.text(cast, "a [b c] d")
    seen = Stream.objects.get(pk=text.floor_id).head
    held(cast, text, cast.chair)
    for at in (4, 5):
        write(text, cast.chair, [at, [0, "x"], 9 + at - 4 - at])
    laid(cast, text, "1")
    revisions.issue(cast.chair, text)
    assert folds.fold(text, later()) == 2
    with pytest.raises(StaleDecision):
        decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk], seen=seen)


def test_a_decision_before_typing_that_was_folded_is_still_taken_back(cast: Cast) -> None:
    text = factories.text(cast, "a [b] c d e f")
    decision = decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text).pk])
    held(cast, text, cast.chair)
    say(text, cast.chair, "ghi")
    laid(cast, text, "1")
    revisions.issue(cast.chair, text)
    assert folds.fold(text, later()) == 3
    decisions.undo(cast.chair, decision)
    assert factories.words(text) == ["a [b] c d e fghi"]


ACTS = st.lists(
    st.tuples(st.sampled_from(["type", "type", "type", "turn", "lift"]), st.integers(0, 2**32)), max_size=40
)


@given(acts=ACTS)
@laws.session(share=10, least=10)
def test_what_the_journal_tells_is_the_same_before_and_after(cast: Cast, acts: list[tuple[str, int]]) -> None:
    text = factories.text(cast, "1. a 😀 b [c] d", "2. x [y z] u", slug=f"fold-{next(slugs)}")
    for act, seed in acts:
        with suppress(RollingTextError):
            _act(cast, text, act, random.Random(seed))
    laid(cast, text, "1", "2")
    revisions.issue(cast.chair, text)
    before = told(text), who_wrote(cast, text), places(text)
    folded = folds.fold(text, later())
    assert (told(text), who_wrote(cast, text), places(text)) == before
    assert told(text).texts == replay.read(text).texts
    assert reading.verify_stream(Stream.objects.get(pk=text.floor_id)) > 0
    assert folded == 0 or reading.verify_archives() > 0


def _act(cast: Cast, text: NegotiatingText, act: str, chance: random.Random) -> None:
    seat, on = chance.choice([cast.chair, cast.secretary]), chance.choice("12")
    words = factories.provision(text, on).words
    if act == "turn":
        pen_sessions.take(seat, words.pk, chance.choice(["editorial", "room", "NOR"]))
    elif act == "lift":
        row = text.brackets.filter(closed=False).order_by("pk").first()
        decisions.decide(cast.chair, text, "lift", "room", brackets=[row.pk] if row else [])
    else:
        length = len(words.content.encode("utf-16-le")) // 2
        start = chance.randint(0, length)
        end = min(length, start + chance.choice([0, 0, 0, 1]))
        write(text, seat, [start, [end - start, *chance.choice([["q"], ["é r"], []])], length - end], on)


def drop_a_row(text: NegotiatingText) -> None:
    first(text, "pen-closed").delete()


def drop_a_folded_row(text: NegotiatingText) -> None:
    first(text, "folded").delete()


def change(field: str, value: Any) -> Callable[[NegotiatingText], None]:
    def tamper(text: NegotiatingText) -> None:
        row = first(text, "folded")
        body = json.loads(row.body or "")
        body[field] = value(body[field])
        text.floor.entries.filter(seq=row.seq).update(body=json.dumps(body, separators=(",", ":"), ensure_ascii=False))

    return tamper


def lengthen(ranges: list[list[Any]]) -> list[list[Any]]:
    (first, last, before, after), *rest = ranges
    return [[first, last + 1, before, after], *rest]


@pytest.mark.parametrize(
    "tamper",
    [
        drop_a_row,
        drop_a_folded_row,
        change("ranges", lengthen),
        change("ranges", lambda ranges: ranges[1:] or [[99, 99, "00", "00"]]),
        change("archive", lambda digest: "00" * 32),
        change("changes", lambda changes: [*changes, 1]),
        lambda text: text.floor.entries.filter(kind="folded").update(through=3),
        lambda text: text.floor.entries.filter(kind="folded").update(through=None),
    ],
)
def test_whoever_meddles_with_a_fold_is_found_out(
    cast: Cast, text: NegotiatingText, tamper: Callable[[NegotiatingText], None]
) -> None:
    folds.fold(text, later())
    reading.verify()
    tamper(text)
    with pytest.raises(BrokenChain) as broken:
        reading.verify()
    assert broken.value.data["stream"] == str(text.floor_id)
    assert int(str(broken.value.data["seq"])) > 0


def test_a_folded_row_that_stands_for_rows_that_stand_is_found_out(cast: Cast, text: NegotiatingText) -> None:
    rows = text.floor.entries.filter(kind="typed").order_by("seq")
    kept = list(rows)
    folds.fold(text, later())
    JournalEntry.objects.bulk_create(kept[:1])
    with pytest.raises(BrokenChain, match=f"seq {kept[0].seq + 1}|stands for row"):
        reading.verify()


def test_an_archive_that_is_gone_or_changed_is_found_where_it_is_asked_for(
    cast: Cast, text: NegotiatingText, folder: Path
) -> None:
    folds.fold(text, later())
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] + b"x" + whole[-8:])
    with pytest.raises(BrokenChain, match="does not hold"):
        reading.verify_archives()
    file.unlink()
    with pytest.raises(BrokenChain, match="is not here"):
        reading.verify_archives()
    assert reading.verify() > 0


def test_an_archive_gives_every_column_of_every_row_back(cast: Cast, text: NegotiatingText, folder: Path) -> None:
    rows = {row.seq: row for row in text.floor.entries.filter(kind="typed")}
    folds.fold(text, later())
    (file,) = folder.iterdir()
    kept = archives.read(file.name.partition(".")[0]) or []
    assert {row.seq: (row.body, row.author, row.digest, row.at) for row in kept} == {
        seq: (row.body, row.author, bytes(row.digest).hex(), row.at) for seq, row in rows.items()
    }


def test_heads_kept_before_a_fold_are_still_proved_after_it(cast: Cast, text: NegotiatingText) -> None:
    stream = str(text.floor_id)
    kept = {row.seq: (row.seq, bytes(row.digest).hex()) for row in text.floor.entries.all()}
    folds.fold(text, later())
    for head in kept.values():
        reading.verify_heads({stream: head})
    with pytest.raises(BrokenChain):
        reading.verify_heads({stream: (kept[4][0], "00" * 32)})


def test_folding_needs_every_row_it_takes_out(cast: Cast, text: NegotiatingText) -> None:
    row = first(text, "typed")
    gone = events.Folded(
        text=str(row.text), provision=1, rev=2, changes=[], since=0, typed=("", ""), archive="",
        ranges=[(row.seq, row.seq + 500, "", "")],
    )  # fmt: skip
    with pytest.raises(Superseded):
        journal.fold(text.floor, [(gone, row.author or "")])
    assert text.floor.entries.filter(seq=row.seq).exists()
