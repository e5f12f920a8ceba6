"""A real session of two authors, replayed through the typing service, ends on its exact text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drafting.services import pen_sessions, typing
from drafting.services.typing import Ack, Op, Part
from drafting.text.changes import ChangeSet
from tests import factories
from tests.cast import Cast

#: Keystrokes an op holds, and ops a batch holds.
KEYSTROKES, OPS = 40, 64


def ops(trace: dict[str, Any]) -> Iterator[tuple[ChangeSet, str]]:
    """Yield the trace in ops of some keystrokes, with the words each applies to; a pair of brackets is in one op."""
    words = before = trace["startContent"]
    change, keystrokes = ChangeSet.of([], len(words)), 0
    for at, deleted, inserted in (patch for transaction in trace["txns"] for patch in transaction["patches"]):
        edit = ChangeSet.of([(at, at + deleted, inserted)], len(words))
        words, change, keystrokes = edit.apply(words), change.compose(edit), keystrokes + 1
        if keystrokes >= KEYSTROKES and words.count("[") == words.count("]"):
            yield change, before
            before, change, keystrokes = words, ChangeSet.of([], len(words)), 0
    yield change, before


def test_a_real_session_ends_on_its_exact_text(cast: Cast, corpus: Path) -> None:
    with gzip.open(corpus / "traces" / "friendsforever_flat.json.gz") as file:
        trace = json.load(file)
    text = factories.text(cast, "1. x")
    words = factories.provision(text).words
    pen_sessions.take(cast.chair, words.pk, "editorial")
    clear = Op(cast.chair.pk, "trace", 0, 1, [Part(words.pk, 0, [[4]])])
    batch = [clear]
    for n, (change, before) in enumerate(ops(trace), 2):
        batch.append(Op(cast.chair.pk, "trace", 0, n, [Part(words.pk, n - 1, change.to_json(before))]))
    for first in range(0, len(batch), OPS):
        assert all(isinstance(answer, Ack) for answer in typing.apply(text.floor, batch[first : first + OPS]))
    words.refresh_from_db()
    assert words.content == trace["endContent"]
