"""What can happen to a text in its other languages."""

from __future__ import annotations

from drafting.events.kinds import Event


class LanguageOpened(Event, frozen=True, tag="language-opened"):
    version: int
    language: str
    title: str


class Translated(Event, frozen=True, tag="translated"):
    """A provision was put into a language: `words` for the `source` (SHA-256 of the words they were made from).

    `order` are the brackets of the original that stand in them, counted from 1, in their own order.
    """

    translation: int
    version: int
    provision: int
    language: str
    source: str
    words: str
    order: tuple[int, ...] = ()


class LanguageIssued(Event, frozen=True, tag="language-issued"):
    """A revision is out in another language, under the same symbol; `digest` is that of its snapshot."""

    issue: int
    revision: int
    number: int
    symbol: str
    language: str
    title: str
    digest: str
