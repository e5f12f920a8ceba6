"""The answer to "are you up"."""

from typing import Any

import pytest
from django.test import Client


@pytest.mark.django_db
def test_it_answers_without_a_seat(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "redis": True})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_lost_redis_is_reported_and_does_not_end_the_service(client: Client, settings: Any, tmp_path: object) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"unix://{tmp_path}/nobody.sock",
        }
    }
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["redis"]) == (200, False)
