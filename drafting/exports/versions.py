"""What writes documents, as one word that changes with it: a file kept by another version is written anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
#: The rooms in which a document comes to be, and what others wrote that its bytes hang on.
_ROOMS = ("exports", "queries", "text")
_PACKAGES = ("typst", "python-docx", "lxml", "babel")


@cache
def current() -> str:
    """Return the SHA-256 of the code and the data that documents are made by, 64 hex digits."""
    found = hashlib.sha256(" ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES).encode())
    for room in _ROOMS:
        for file in sorted((_ROOT / room).glob("*")):
            if file.suffix in (".py", ".toml"):
                found.update(f"{room}/{file.name}".encode() + file.read_bytes())
    return found.hexdigest()
