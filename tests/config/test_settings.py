"""The settings refuse what would be unsafe, in a sentence, and need nothing to be set."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PRINT = """
import json, drafting.config.settings as s
print(json.dumps({name: getattr(s, name) for name in (
    "DEBUG", "DEMO", "PRODUCTION", "ALLOWED_HOSTS", "SECRET_KEY", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "REDIS_URL", "CELERY_BROKER_URL", "STATIC_ROOT")}))
"""


def load(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Loads the settings in a process of their own, with nothing set but what is given."""
    kept = {"PATH": os.environ["PATH"], "ROLLING_HOME": str(home), **environment}
    return subprocess.run([sys.executable, "-c", PRINT], env=kept, capture_output=True, text=True)


def read(home: Path, **environment: str) -> dict[str, object]:
    result = load(home, **environment)
    assert result.returncode == 0, result.stderr
    return dict(json.loads(result.stdout))


PUBLIC = {"ROLLING_HOSTS": "text.example", "SECRET_KEY": "k" * 50}


def test_with_nothing_set_only_this_machine_is_served_and_nothing_is_shown(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert (settings["DEBUG"], settings["DEMO"], settings["PRODUCTION"]) == (False, False, False)


def test_a_public_name_makes_a_public_site(tmp_path: Path) -> None:
    settings = read(tmp_path, **PUBLIC)
    for name in ("PRODUCTION", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert settings[name] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000


def test_a_site_behind_a_proxy_on_this_machine_can_say_that_it_is_public(tmp_path: Path) -> None:
    assert read(tmp_path, ROLLING_PRODUCTION="1", SECRET_KEY="k" * 50)["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({**PUBLIC, "ROLLING_DEMO": "1"}, "ROLLING_DEMO=1 lets anyone take any seat"),
        (
            {"ROLLING_PRODUCTION": "1", "SECRET_KEY": "k", "ROLLING_DEMO": "1"},
            "ROLLING_DEMO=1 lets anyone take any seat",
        ),
        ({"ROLLING_BIND": "0.0.0.0", "ROLLING_DEMO": "1"}, "served on 127.0.0.1, not on 0.0.0.0"),
        ({**PUBLIC, "ROLLING_DEBUG": "1"}, "ROLLING_DEBUG=1 shows the inside"),
        ({"ROLLING_HOSTS": "text.example"}, "needs a SECRET_KEY"),
        ({"ROLLING_HOSTS": "*", "ROLLING_DEMO": "1"}, "lets anyone take any seat"),
    ],
)
def test_it_refuses_what_would_be_unsafe(tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    result = load(tmp_path, **environment)
    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert reason in result.stderr


def test_the_key_of_a_site_on_this_machine_is_made_once_and_kept_private(tmp_path: Path) -> None:
    keys = {read(tmp_path)["SECRET_KEY"] for _ in range(2)}
    assert len(keys) == 1
    assert len(str(keys.pop())) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("given", ["unix:///run/r.sock", "redis+socket:///run/r.sock"])
def test_each_library_reads_the_address_of_redis_in_its_own_spelling(tmp_path: Path, given: str) -> None:
    settings = read(tmp_path, REDIS_URL=given)
    assert settings["REDIS_URL"] == "unix:///run/r.sock"
    assert settings["CELERY_BROKER_URL"] == "redis+socket:///run/r.sock"
