"""Keeping words that never change: each once, under the SHA-256 of its UTF-8 bytes."""

from __future__ import annotations

from collections.abc import Iterable

from drafting.models import BaseText


def keep(all_words: Iterable[str]) -> None:
    """Store all words that are not kept yet, in as few statements as it takes."""
    rows = {BaseText.key_of(words): words for words in all_words}
    BaseText.objects.bulk_create(
        [BaseText(digest=name, content=words) for name, words in rows.items()], ignore_conflicts=True, batch_size=500
    )
