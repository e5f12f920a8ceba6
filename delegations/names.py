"""Names a conference may have: what stands in its address, where the site's pages come first, and its time zone's."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: The first words of the site's own addresses, and of a few that a proxy or a browser asks for.
RESERVED = frozenset(
    {"accounts", "admin", "api", "components", "demo", "health", "help", "live", "look", "media", "seats", "static"}
)


def is_reserved(name: str) -> bool:
    """Tell whether the site itself has pages under this name."""
    return name.lower() in RESERVED


def refuse_reserved(name: str) -> None:
    """Raise `ValidationError` for a short name under which the site has pages of its own."""
    if is_reserved(name):
        raise ValidationError(
            _("“%(name)s” is a page of this site: choose another short name."), code="reserved", params={"name": name}
        )


def refuse_unknown_zone(name: str) -> None:
    """Raise `ValidationError` for what is no time zone of the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone: write one such as Africa/Nairobi."), code="zone", params={"name": name}
        )
