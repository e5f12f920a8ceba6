"""Nobody waits for what a delegation does in private: a wait would tell that it is doing something.

Its acts are held open in a transaction; whoever then waited for a lock is refused by PostgreSQL, not timed by us.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from delegations.models import Seat
from drafting.live.writer import Writer
from drafting.models import Draft, NegotiatingText, Stream
from drafting.services import (
    agreements,
    amendments,
    attendances,
    drafts,
    guests,
    notes,
    pen_sessions,
    positions,
    revisions,
    typing,
    watches,
)
from drafting.services.draft_texts import Wording
from drafting.services.proposals import Proposed
from drafting.services.typing import Ack, Op, Part
from tests import factories
from tests.cast import Cast
from tests.matrix.stages import LOCKED
from tests.waiting import soon

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one lock for all that is written")
    return factories.text(cast, "1. Each [Party] shall act.", "2. Costs lie where they fall.")


def typed(by: Seat, draft: Draft, n: int = 1) -> Op:
    words = factories.drafted(draft)
    return Op(by.pk, "tab", 0, n, [Part(words.pk, words.rev, [len(words.content), [0, " Soon."]])])


def act_in_private(cast: Cast, text: NegotiatingText) -> None:
    """Do, as Norway, what is its own affair, on the very provisions the others act on."""
    draft = drafts.open(cast.norway, factories.provision(text, "1"))
    assert isinstance(typing.apply(draft.stream, [typed(cast.norway, draft)])[0], Ack)
    factories.write(cast.norway, draft, "1. Each [Party] shall act at once.")
    drafts.widen(cast.norway, draft, Wording(factories.provision(text, "2")))
    guests.invite(cast.norway, draft, factories.delegations(cast, ["SWE"])[0])
    drafts.discard(cast.norway, drafts.open(cast.norway, factories.provision(text, "2")))
    notes.found_key(cast.norway, text, LOCKED, "AA==", LOCKED, "AA==")
    notes.keep(cast.norway, text, factories.edition(cast.norway), uuid4(), 0, "AAAA")
    watches.add(cast.norway, text, "word", "costs")


def act_in_the_open(cast: Cast, text: NegotiatingText) -> Iterator[Callable[[], object]]:
    """Yield what others do meanwhile, on the floor and in private."""
    first, second = (factories.provision(text, address) for address in "12")
    yield lambda: drafts.open(cast.kenya, first)
    yield lambda: amendments.submit(cast.kenya, text, [Proposed(first, "1. Each [Party] should act.")])
    yield lambda: amendments.submit(cast.kenya, text, [Proposed(second, "2. Costs are shared.")])
    yield lambda: positions.take(cast.kenya, factories.bracket(text), "retain")
    yield lambda: notes.found_key(cast.kenya, text, LOCKED, "AA==", LOCKED, "AA==")
    yield lambda: watches.add(cast.kenya, text, "word", "costs")
    yield lambda: pen_sessions.take(cast.chair, first.words_id, "editorial")
    yield lambda: agreements.gavel(cast.chair, second, "ad-ref", "Plenary")
    yield lambda: attendances.list_room(cast.secretary, wanted=True)
    yield lambda: attendances.note([cast.kenya.pk], timezone.now() + timedelta(hours=1))
    yield lambda: revisions.issue(cast.secretary, text)


def without_waiting(acts: Iterator[Callable[[], object]]) -> None:
    """Act on a connection of its own, where whatever would wait for a lock fails."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        for act in acts:
            act()
    finally:
        connection.close()


def test_no_act_of_others_waits_for_a_private_one(cast: Cast, text: NegotiatingText) -> None:
    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        act_in_private(cast, text)
        other.submit(without_waiting, act_in_the_open(cast, text)).result()
    assert text.amendments.count() == 2
    assert Draft.objects.filter(delegation=cast.norway.delegation).count() == 1


def test_who_types_on_the_floor_does_not_wait_for_those_who_type_in_drafts(cast: Cast, text: NegotiatingText) -> None:
    first = factories.provision(text, "1")
    private = [drafts.open(cast.norway, first) for _ in range(12)]
    pen_sessions.take(cast.chair, first.words_id, "editorial")
    floor = Op(cast.chair.pk, "tab", 0, 1, [Part(first.words_id, 0, [len(first.words.content), [0, " Now."]])])
    writer, answers = Writer(), dict[str, object]()

    async def type_everywhere() -> None:
        for draft in private:
            op = ops[draft.pk]
            writer.store(draft.stream_id, op, lambda outcome: answers.update(draft=outcome), is_private=True)
        writer.store(text.floor_id, floor, lambda outcome: answers.update(floor=outcome))
        await soon(lambda: "floor" in answers)

    ops = {draft.pk: typed(cast.norway, draft) for draft in private}
    with asyncio.Runner() as runner:
        with transaction.atomic():
            list(Stream.objects.select_for_update().filter(draft__in=private))
            runner.run(type_everywhere())
        writer.stop()
        assert isinstance(answers["floor"], Ack)
        assert "draft" not in answers
        runner.run(soon(lambda: isinstance(answers.get("draft"), Ack)))
