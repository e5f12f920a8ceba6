"""Keeping words that never change: each once, under the SHA-256 of its UTF-8 bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from drafting.models import BaseText


def digest(words: str) -> str:
    """Return the name words are kept under: 64 hex digits."""
    return hashlib.sha256(words.encode()).hexdigest()


def keep(all_words: Iterable[str]) -> None:
    """Store all words that are not kept yet, in as few statements as it takes."""
    rows = {digest(words): words for words in all_words}
    BaseText.objects.bulk_create(
        [BaseText(digest=name, content=words) for name, words in rows.items()], ignore_conflicts=True, batch_size=500
    )
