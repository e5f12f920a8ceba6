"""The base of every kind of journal row."""

from __future__ import annotations

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The base of all; `kind` is the tag in the journal and on the wire."""
