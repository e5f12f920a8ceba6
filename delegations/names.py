"""Short names: what stands in the address of a conference, and those it cannot have because the site's pages do."""

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
