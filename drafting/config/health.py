"""The answer a reverse proxy, a container or a supervisor asks for: whether we serve, never how we are built."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from redis.exceptions import RedisError


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the database does; Redis is reported only, since its loss costs latency and no act.

    A database that fails raises, which is a 500: the process is not fit to serve.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": True, "redis": _reach_redis()})


def _reach_redis() -> bool:
    try:
        cache.get("health")
    except RedisError:
        return False
    return True
