"""Rooms that all tests of a module begin with: laid in the database once, not before each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafting.models import NegotiatingText
from tests import cast as casting
from tests.cast import Cast


def shared(lay: Callable[[Cast], NegotiatingText]) -> tuple[Any, Any, Any, Any]:
    """Returns fixtures for a module: `furnished, room, cast, text = rooms.shared(lay)`.

    Each test has the cast and the text that `lay` returned, as objects of its own, and takes back what it writes.
    """

    @pytest.fixture(scope="module")
    def furnished(furnish: Callable[..., Any]) -> Any:
        def both() -> tuple[Cast, NegotiatingText]:
            cast = casting.assemble()
            return cast, lay(cast)

        return furnish(both)

    @pytest.fixture
    def room(db: None, furnished: Callable[[], Any]) -> Any:
        return furnished()

    @pytest.fixture
    def cast(room: Any) -> Cast:
        return room[0]

    @pytest.fixture
    def text(room: Any) -> NegotiatingText:
        return room[1]

    return furnished, room, cast, text
