"""The journal: gap-free, chained, and true to the last column; what is erased is gone and the chain holds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from drafting import events
from drafting.errors import BrokenChain
from drafting.models import JournalEntry, NegotiatingText, Stream
from drafting.queries import journal as reading
from drafting.services import drafts, journal, openings
from drafting.text import structures
from tests import factories
from tests.cast import Cast, assemble

TABLE = JournalEntry._meta.db_table


def filled(cast: Cast, rows: int = 3) -> Stream:
    """Return a stream with some rows, one of them an edit."""
    stream = Stream(kind=Stream.Kind.FLOOR, conference=cast.conference)
    with journal.writing(stream, by=cast.chair) as writer:
        for number in range(rows - 1):
            writer.append(events.ProvisionRetired(provision=number, disposition=f"row {number}"))
        writer.append(events.Edited(text=str(uuid4()), provision=1, rev=1, changes=[1, [0, "a"]]))
    return stream


def test_rows_are_numbered_without_a_gap_and_the_chain_verifies(cast: Cast) -> None:
    stream = filled(cast)
    with journal.writing(stream, by=cast.secretary) as writer:
        writer.append(events.ProvisionRevived(provision=1))
    assert list(stream.entries.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert reading.verify_stream(stream) == 4


def test_a_block_that_fails_leaves_no_row_and_the_next_one_goes_on(cast: Cast) -> None:
    stream = filled(cast)
    with pytest.raises(ZeroDivisionError):
        append_and_fail(stream, cast)
    with journal.writing(Stream.objects.get(pk=stream.pk), by=cast.chair) as writer:
        writer.append(events.ProvisionRevived(provision=2))
    assert reading.verify_stream(Stream.objects.get(pk=stream.pk)) == 4


def append_and_fail(stream: Stream, cast: Cast) -> float:
    with journal.writing(stream, by=cast.chair) as writer:
        writer.append(events.ProvisionRevived(provision=1))
        return 1 / 0


def change(column: str) -> Callable[[JournalEntry], object]:
    """Return what a hand in the database would put into a column."""
    return {
        "seq": lambda row: 99,
        "at": lambda row: row.at.replace("T", " "),
        "kind": lambda row: "agreed",
        "version": lambda row: 2,
        "text": lambda row: uuid4(),
        "rev": lambda row: 7,
        "through": lambda row: row.seq,
        "body": lambda row: (row.body or "").replace("{", "{ ", 1),
        "body_salt": lambda row: b"0" * 16,
        "body_digest": lambda row: b"0" * 32,
        "author": lambda row: (row.author or "").replace('"seat":', '"seat":1'),
        "author_salt": lambda row: b"0" * 16,
        "author_digest": lambda row: b"0" * 32,
        "digest": lambda row: b"0" * 32,
        "stream": lambda row: Stream.objects.create(kind="public", conference=row.stream.conference),
    }[column]


COLUMNS = [field.name for field in JournalEntry._meta.get_fields() if field.name != "pk"]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 3])
def test_a_change_of_any_column_of_a_row_is_found_and_named(cast: Cast, column: str, seq: int) -> None:
    stream = filled(cast)
    row = stream.entries.get(seq=seq)
    stream.entries.filter(seq=seq).update(**{column: change(column)(row)})
    with pytest.raises(BrokenChain) as broken:
        reading.verify()
    assert broken.value.data["seq"] in (seq, 1)


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_dropped_row_is_found_be_it_the_last(cast: Cast, seq: int) -> None:
    stream = filled(cast)
    stream.entries.filter(seq=seq).delete()
    with pytest.raises(BrokenChain) as broken:
        reading.verify_stream(stream)
    assert (broken.value.data["stream"], broken.value.data["seq"]) == (str(stream.pk), seq)


def test_a_tail_cut_off_together_with_the_head_is_found_by_heads_kept_elsewhere(cast: Cast) -> None:
    stream = filled(cast)
    kept = reading.heads()
    before = stream.entries.get(seq=2)
    stream.entries.filter(seq=3).delete()
    Stream.objects.filter(pk=stream.pk).update(head=2, digest=before.digest)
    assert reading.verify() == 2
    with pytest.raises(BrokenChain, match="seq 3"):
        reading.verify_heads(kept)


def test_a_body_emptied_without_an_erasure_is_found(cast: Cast) -> None:
    stream = filled(cast)
    stream.entries.filter(seq=2).update(body=None, body_salt=None)
    with pytest.raises(BrokenChain, match="seq 2: words are gone that no erasure names"):
        reading.verify_stream(stream)


def test_an_author_emptied_without_an_erasure_is_found(cast: Cast) -> None:
    stream = filled(cast)
    stream.entries.filter(seq=3).update(author=None, author_salt=None)
    with pytest.raises(BrokenChain, match="seq 3"):
        reading.verify_stream(stream)


def test_a_withdrawn_drafts_words_are_gone_and_the_chain_holds(cast: Cast) -> None:
    text = factories.text(cast, "Each Party acts.")
    draft = drafts.open(cast.norway, factories.provision(text))
    factories.write(cast.norway, draft, "A secret of the capital.")
    stream = draft.stream
    drafts.discard(cast.norway, draft)
    assert reading.verify_stream(Stream.objects.get(pk=stream.pk)) > 2
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT body, author FROM {TABLE}")
        stored = " ".join(str(value) for row in cursor.fetchall() for value in row)
    assert "secret" not in stored


def test_streams_of_several_audiences_are_locked_and_written_together(cast: Cast) -> None:
    text = factories.text(cast, "a")
    with journal.writing_all([text.floor, text.bureau], by=cast.chair) as (floor, bureau):
        floor.append(events.StanceLifted(delegation=None, bracket=1))
        bureau.append(events.StanceLifted(delegation="NOR", bracket=1))
    bodies = [stream.entries.order_by("seq").last() for stream in (text.floor, text.bureau)]
    assert ["NOR" in str(row and row.body) for row in bodies] == [False, True]


def append_rows(cast: Cast, stream: Stream, rows: int, failures: list[BaseException]) -> None:
    """Append rows from a thread of its own, one block each."""
    try:
        for number in range(rows):
            with journal.writing(stream, by=cast.chair) as writer:
                writer.append(events.ProvisionRetired(provision=number, disposition=threading.current_thread().name))
    except BaseException as failure:  # noqa: BLE001  (whatever it is, the test's own thread reports it)
        failures.append(failure)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_threads_append_to_one_stream_without_a_gap() -> None:
    cast = assemble()
    text = openings.open(cast.secretary, cast.conference, structures.plain(["a"]), title="t", slug="t")
    failures: list[BaseException] = []
    threads = [
        threading.Thread(target=append_rows, args=(cast, Stream.objects.get(pk=text.floor_id), 20, failures))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    stream = NegotiatingText.objects.get(pk=text.pk).floor
    assert list(stream.entries.order_by("seq").values_list("seq", flat=True)) == list(range(1, stream.head + 1))
    assert reading.verify_stream(stream) == stream.head
    assert stream.entries.filter(kind="provision-retired").count() == 40


def test_nothing_is_announced_of_a_block_whose_transaction_is_rolled_back(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    stream = filled(cast)
    with django_capture_on_commit_callbacks() as announced, transaction.atomic():  # type: ignore[attr-defined]  # a fixture
        with journal.writing(stream, by=cast.chair) as writer:
            writer.append(events.ProvisionRevived(provision=1))
        transaction.set_rollback(True)
    assert announced == []
