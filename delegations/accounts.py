"""How people come to have an account: the secretariat makes it. Signing in itself is django-allauth's."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest
from django.urls import reverse

from delegations.models import User


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    """Closes the sign-up page: who takes part is decided by accreditation, not by a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SignIn(LoginForm):  # type: ignore[misc]  # it has no types
    """The form of the sign-in page, in the words of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", "User name or e-mail"), ("remember", "Stay signed in on this device")):
            self.fields[name].label = label
        for name in ("login", "password"):
            del self.fields[name].widget.attrs["placeholder"]  # the label says it, and stays while one types


class AskForLink(ResetPasswordForm):  # type: ignore[misc]  # it has no types
    """The form that asks for a link to set a password, in the words of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        del self.fields["email"].widget.attrs["placeholder"]


class SetPassword(ResetPasswordKeyForm):  # type: ignore[misc]  # it has no types
    """The first page of who has been seated, and of who forgot: a password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("password1", "Password"), ("password2", "The same again")):
            self.fields[name].label = label
            del self.fields[name].widget.attrs["placeholder"]
        self.fields["password1"].help_text = "8 characters or more: not figures alone, not common, not like your name."


def find_password_page(user: User) -> str:
    """Return the address, good once and for some days, at which somebody sets their password without knowing one."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)
