"""What a document says around the text (its head, notes, legend and tables) in the six languages.

The sentences are in `sayings.toml`, by their English. What is not there is said in English: a name somebody chose, a
sentence somebody wrote.
"""

from __future__ import annotations

from . import wordlists


def say(language: str, english: str, *values: object) -> str:
    """Return a sentence in a language, each {} in it replaced by one of `values`, in their order."""
    sentence: str = wordlists.read("sayings").get(english, {}).get(language, english)
    return sentence.format(*values) if values else sentence
