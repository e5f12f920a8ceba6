"""What every test may ask for: how hard Hypothesis tries, real texts, a private Redis, a second run on PostgreSQL."""

import copy
import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, is_hypothesis_test, settings

from drafting.config import children, embedded
from tests import office, waiting

if TYPE_CHECKING:
    from tests.cast import Cast

#: HYPOTHESIS_PROFILE chooses. No deadline anywhere: a test that measures time fails on a busy machine. A `ci` run
#: takes the same examples each time, so that what fails is what changed; `nightly` looks for new ones.
for name, examples in (("ci", 300), ("nightly", 5000)):
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        derandomize=name == "ci",
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only the tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts laws, which take longest, first; keeps for the second run what can hang on the database."""
    items.sort(key=lambda item: not is_hypothesis_test(getattr(item, "obj", None)))
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if _uses_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_collection_finish() -> None:
    """Leaves what was imported and collected out of the looks for garbage, and has fewer: a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _uses_database(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or bool({"db", "transactional_db"}.intersection(names))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real texts."""
    folder = os.environ.get("ROLLING_CORPUS")
    if not folder:
        pytest.skip("ROLLING_CORPUS names no folder of real texts")
    return Path(folder).absolute()


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """LibreOffice, that opens what we write and writes it again."""
    found = office.find()
    if not found:
        pytest.skip("there is no LibreOffice, and it cannot be installed here: only root can, with apt-get")
    return found


@pytest.fixture(scope="session")
def redis_address() -> Iterator[str]:
    """The address of a private Redis, ended with the tests; REDIS_URL wins."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="rolling-redis-") as folder:
        home = Path(folder)
        at = home / "redis.sock"
        server = children.Child("redis", embedded.spell_command(at, home), os.environ, home / "redis.log")
        server.start()
        waiting.until(lambda: embedded.answers(at), server)
        yield f"unix://{at}"
        children.stop([server], patience=5)


@pytest.fixture
def cast(db: None) -> "Cast":
    """The standing cast, seated."""
    from tests.cast import assemble  # models can be imported once Django is set up, which is after this file

    return assemble()


@pytest.fixture(scope="module")
def furnish(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Callable[[], Any]]]:
    """Makes rows that all tests of a module begin with, once: `furnish(make)`, from a fixture of the module's scope.

    Returns what gives each test objects of its own for what `make` returned. What a test writes beside is taken back
    at its end, and the rows themselves after the last test of the module.
    """
    furnished = transaction.atomic()

    def furnish(make: Callable[..., Any], *args: Any) -> Callable[[], Any]:
        with django_db_blocker.unblock():
            made = make(*args)
        return lambda: copy.deepcopy(made)

    with django_db_blocker.unblock():
        furnished.__enter__()
    yield furnish
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        furnished.__exit__(None, None, None)
