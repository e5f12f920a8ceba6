"""How people come to have an account: the secretariat makes it. Signing in itself is django-allauth's."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """Closes the sign-up page: who takes part is decided by accreditation, not by a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
