"""Who may do what: one row for each door and act, the seats it opens to; every other seat of the cast is refused.

Whoever is refused learns no more than a sentence: what a seat may not know of is not found.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from drafting.errors import Forbidden, NotFound
from tests import cast
from tests.matrix import ACTS, DOORS, stages
from tests.matrix.stages import Stage


@pytest.fixture(scope="module")
def furnished(furnish: Callable[..., Callable[[], Stage]]) -> Callable[[], Stage]:
    """What all these tests begin with, furnished once: whatever an act does is taken back."""
    return furnish(lambda: stages.furnish(cast.assemble()))


@pytest.fixture
def stage(furnished: Callable[[], Stage], db: None) -> Stage:
    return furnished()


@pytest.mark.parametrize("name", [*DOORS, *ACTS])
def test_it_opens_to_these_seats_and_to_no_other(stage: Stage, name: str) -> None:
    act, wanted = (DOORS | ACTS)[name]
    opened = {called for called, seat in stage.cast.everybody() if opens(partial(act, stage, seat))}
    assert opened == set(wanted.split())


def opens(act: Callable[[], Any]) -> bool:
    """Tell whether an act is allowed, and leave no trace of it."""
    sentence = ""
    with transaction.atomic():
        try:
            act()
        except (Forbidden, NotFound) as refused:
            sentence = refused.message
        transaction.set_rollback(True)
    assert not sentence or sentence.endswith(".")
    return not sentence


def test_what_another_conference_does_not_know_of_is_not_found(stage: Stage) -> None:
    for act, _ in DOORS.values():
        with pytest.raises(NotFound):
            act(stage, stage.cast.other_chair)
