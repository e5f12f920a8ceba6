"""What stands at the head of every document: organ, symbol, kind, date, and the standing sentences, in its language."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel import dates

from drafting.models import NegotiatingText
from drafting.queries.sources import Source, moment
from drafting.text.document import LANGUAGES, Masthead

STANDING = (
    "The absence of brackets is not agreement.",
    "The order of alternatives implies no priority; nothing is agreed until it is marked as agreed.",
    "This document is without prejudice to the position of any delegation or to the placement of any provision.",
)
#: How a day is written where that is not by its number, its month and its year.
_DATES = {"zh": "y年M月d日", "es": "d 'de' MMMM 'de' y"}


def masthead(src: Source, kind: str) -> Masthead:
    """Return the first page's head of a document of that kind."""
    conference = src.negotiated.conference
    when = src.revision.issued if src.revision else _stood(src)
    symbol = src.revision.symbol if src.revision else src.negotiated.symbol
    return Masthead(
        organ=conference.organ or conference.name,
        symbol=symbol or src.negotiated.slug,
        title=src.title or src.negotiated.title,
        kind=src.say(kind) if src.revision else src.say("{} of the floor, not issued", src.say(kind)),
        date=dated(src.negotiated, when, src.spoken),
        moment=moment(when) if src.revision else f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        session=conference.session,
        language=src.spoken,
        distribution="General" if src.revision else "Limited",
        original=LANGUAGES.get(src.negotiated.language, ""),
        agenda=src.negotiated.agenda,
    )


def _stood(src: Source) -> datetime:
    """Return since when the floor stands as it is printed, the time of its last act: the same text prints alike."""
    acts = src.negotiated.floor.entries.filter(seq__lte=src.seq).order_by("-seq")
    last = acts.values_list("at", flat=True).first()
    return datetime.fromisoformat(last) if last else src.negotiated.created


def dated(negotiated: NegotiatingText, when: datetime, language: str = "en") -> str:
    """Return a moment as it is printed in a language, on the conference's clock."""
    zone = negotiated.conference.timezone
    local = when.astimezone(ZoneInfo(zone))
    return f"{dates.format_date(local, _DATES.get(language, 'd MMMM y'), language)}, {local:%H:%M} ({zone})"


def standing(src: Source) -> tuple[str, ...]:
    """Return the sentences that stand in every document; of a final text there is nothing to say of brackets."""
    return () if src.is_final else tuple(map(src.say, STANDING))


def clocked(at: str, zone: str, form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a moment of the journal (ISO 8601, UTC) on the clock of a time zone."""
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo(zone)):{form}}"
