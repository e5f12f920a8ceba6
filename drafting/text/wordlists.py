"""The lists of words the engine goes by: data (TOML) beside the modules that say what is in them."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """Return the list of that name, read once; it is shared, and nobody changes it."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
