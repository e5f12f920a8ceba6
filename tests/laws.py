"""Laws whose every example is a session in the database: fewer examples than of a pure law, and each by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from hypothesis import HealthCheck, settings


def session(share: int, least: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Returns the decorator, below `given`, of a law of which an example costs as much as `share` pure ones."""
    examples = settings(
        max_examples=max(least, settings().max_examples // share),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    return lambda law: examples(taken_back(law))


def taken_back(law: Callable[..., None]) -> Callable[..., None]:
    """Takes back what an example wrote, so that the next one does not read through the rows of all before it."""

    @wraps(law)
    def example(*given: object, **named: object) -> None:
        with transaction.atomic():
            law(*given, **named)
            transaction.set_rollback(True)

    return example
