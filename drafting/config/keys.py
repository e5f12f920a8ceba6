"""The key that signs sessions: given by whoever runs a public site, made once for a site on this machine alone."""

import os
import secrets
from pathlib import Path


def keep_key(home: Path) -> str:
    """Returns the secret key kept in the home, readable by its owner only; makes it the first time.

    Two processes may start at once: the first to link its file wins, both read the same key.
    """
    kept = home / "secret_key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f"secret_key.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            return kept.read_text(encoding="ascii")
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii")
