"""Inviting a person: found by name or e-mail, given an account where there is none, a seat, and word of it by mail.

Giving the seat is an act (`seats`); the account and the mail are not, and nothing of them is in the journal.
"""

from __future__ import annotations

from smtplib import SMTPException
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction

from delegations import accounts
from delegations.models import Delegation, Seat, User
from delegations.roles import Right
from drafting.errors import NotFound, Taken
from drafting.queries import access
from drafting.services import seats
from drafting.text.errors import TextError


class Invited(NamedTuple):
    """A seat given; `link` is where a new person sets a password, and `is_told` whether a mail with it went out."""

    seat: Seat
    link: str
    is_told: bool


def invite(by: Seat, called: str, role: str, delegation: Delegation | None = None, name: str = "") -> Invited:
    """Give whoever is `called` so (by user name or e-mail) a seat; somebody new is known by an e-mail address.

    Raises what `seats.give` raises; `NotFound` for a user name nobody has, `Taken` for an address that several have,
    and then nobody was given anything.
    """
    access.require(by, Right.ACCREDIT)
    with transaction.atomic():
        known = _find(called.strip())
        user = known or _make(called.strip(), name.strip())
        given = seats.give(by, user, role, delegation)
    # Whoever invites sees the link: it is made for the account just made, never for one that is somebody's already.
    link = settings.SITE_URL.rstrip("/") + accounts.find_password_page(user) if known is None else ""
    return Invited(given, link, _tell(given, link))


def _find(called: str) -> User | None:
    found = User.objects.filter(username=called).first()
    if found is not None or "@" not in called:
        return found
    same = list(User.objects.filter(email__iexact=called)[:2])
    if len(same) > 1:
        raise Taken(f"Several people have the address {called}: name yours by the user name.")
    return same[0] if same else None


def _make(called: str, name: str) -> User:
    if "@" not in called:
        raise NotFound(f"Nobody is called “{called}” here. Give an e-mail address, and the person is invited.")
    try:
        validate_email(called)
    except ValidationError as wrong:
        raise TextError(f"“{called}” is not an e-mail address.") from wrong
    user = User(username=called[:150], email=called, first_name=name[:150])
    user.set_unusable_password()
    user.save()
    return user


def _tell(given: Seat, link: str) -> bool:
    """Write to the person, and tell whether the mail went out; the seat is theirs either way."""
    if not given.user.email:
        return False
    page = settings.SITE_URL.rstrip("/") + f"/{given.conference.slug}/"
    said = f"You have a seat at {given.conference.name}: {given}."
    how = f"Set your password: {link}" if link else f"Sign in: {page}"
    try:
        send_mail(f"Your seat: {given.conference.name}", f"{said}\n\n{how}\n", None, [given.user.email])
    except (OSError, SMTPException):
        return False
    return True
