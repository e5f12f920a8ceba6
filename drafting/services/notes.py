"""A delegation's sealed notes: keys made and shared, notes kept and torn up. The server never sees a key or a word.

All that comes in is ciphertext made in the browser (`static/src/notes/`); what is checked here is who sends it, its
shape and its size. Nothing is journalled: that there is a note is nobody else's to know.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from delegations.models import Seat
from delegations.roles import Role
from drafting.errors import Forbidden, NotFound, StaleVersion, Taken, TooLong, Unsealed
from drafting.models import DelegationKey, KeyShare, NegotiatingText, SealedNote
from drafting.queries import access

#: Bytes of one sealed note and of one wrapped or public key, and notes a delegation keeps in one text.
LONGEST_NOTE, LONGEST_KEY, MOST = 64 * 1024, 8 * 1024, 2_000

#: PBKDF2 rounds below which a browser's wrapping is refused. Source: OWASP's figure for PBKDF2-HMAC-SHA256.
LEAST_ITERATIONS = 600_000

#: A thing wrapped or locked by words people know: Base64 of each part, and the rounds.
Wrapping = Mapping[str, Any]


def found_key(
    by: Seat, negotiated: NegotiatingText, recovery: Wrapping, public: str, locked: Wrapping, wrapped: str
) -> DelegationKey:
    """Keep the delegation's first key, as its founder wrapped it: for the printed code, and for the founder's seat."""
    delegation = access.own_delegation(by, negotiated)
    try:
        with transaction.atomic():
            key = DelegationKey.objects.create(delegation=delegation, recovery=wrapping(recovery))
            KeyShare.objects.create(
                key=key, seat=by, public=sealed(public), locked=wrapping(locked), wrapped=sealed(wrapped)
            )
    except IntegrityError as taken:
        raise Taken("A colleague has just made the key: load the page again, and ask to be let in.") from taken
    return key


def ask_in(by: Seat, negotiated: NegotiatingText, public: str, locked: Wrapping) -> KeyShare:
    """Ask to be let in: keep the seat's public key, and its private one locked by its own passphrase."""
    key = _key(by, negotiated)
    values = {"public": sealed(public), "locked": wrapping(locked), "wrapped": ""}
    return KeyShare.objects.update_or_create(key=key, seat=by, defaults=values)[0]


@transaction.atomic
def let_in(by: Seat, negotiated: NegotiatingText, edition: UUID, seat: int, public: str, wrapped: str) -> None:
    """Keep the key as a colleague wrapped it for a seat that asked; `public` is the key that was compared and used."""
    key = present_key(by, negotiated, edition)
    require_holder(by, key)
    waiting = KeyShare.objects.filter(seat=seat, key=key, wrapped="", seat__active=True)
    if not waiting.exists():
        raise NotFound("Nobody waits to be let in there.")
    if not waiting.filter(public=public).update(wrapped=sealed(wrapped)):
        raise StaleVersion("Your colleague asked anew meanwhile: load the page, and compare the numbers again.")


@transaction.atomic
def recover(
    by: Seat, negotiated: NegotiatingText, edition: UUID, public: str, locked: Wrapping, wrapped: str
) -> KeyShare:
    """Keep a seat's part anew, made in the browser with the printed code or on a change of passphrase."""
    key = present_key(by, negotiated, edition)
    values = {"public": sealed(public), "locked": wrapping(locked), "wrapped": sealed(wrapped)}
    return KeyShare.objects.update_or_create(key=key, seat=by, defaults=values)[0]


@transaction.atomic
def keep(by: Seat, negotiated: NegotiatingText, edition: UUID, pk: UUID, rev: int, content: str) -> SealedNote:
    """Keep a note; `rev` is the number of the wording it was written on, 0 for a new note.

    Raises `StaleVersion` with the other's seal where a colleague wrote meanwhile, and where it was sealed with a key
    that has been changed since. Safe to send twice.
    """
    key = present_key(by, negotiated, edition)
    require_holder(by, key)
    content = sealed(content, LONGEST_NOTE)
    own = access.notes(by, negotiated)
    if rev == 0:
        if own.count() >= MOST:
            raise Forbidden(f"{MOST} notes are kept on this text already: tear one up first.")
        new = {"key": key, "text": negotiated, "sealed": content}
        made, is_new = SealedNote.objects.get_or_create(pk=pk, defaults=new)
        if not is_new and (made.key_id, made.text_id, made.sealed) != (key.pk, negotiated.pk, content):
            raise Taken("This note is kept already: load the page again.")
        return made
    if not own.filter(pk=pk, rev=rev).update(sealed=content, rev=rev + 1):
        found = _note(by, negotiated, pk)
        raise StaleVersion("A colleague changed this note meanwhile.", sealed=found.sealed, rev=found.rev)
    return _note(by, negotiated, pk)


def tear_up(by: Seat, negotiated: NegotiatingText, pk: UUID, rev: int) -> None:
    """Delete a note for good."""
    require_holder(by, _key(by, negotiated))
    if not access.notes(by, negotiated).filter(pk=pk, rev=rev).delete()[0]:
        found = _note(by, negotiated, pk)
        raise StaleVersion("A colleague changed this note meanwhile.", sealed=found.sealed, rev=found.rev)


def abandon(by: Seat, negotiated: NegotiatingText) -> None:
    """Delete the key with all it sealed, in every text, so that the delegation can begin anew; its head alone may.

    For a delegation that lost every passphrase and the printed code: nobody can open these notes any more.
    """
    key = _key(by, negotiated)
    heads = Seat.objects.filter(delegation=key.delegation_id, role=Role.HEAD, active=True)
    if by.role != Role.HEAD and heads.exists():
        raise Forbidden("Only the head of your delegation may destroy all its notes.")
    key.delete()


def present_key(by: Seat, negotiated: NegotiatingText, edition: UUID) -> DelegationKey:
    """Return the delegation's key, locked; raises `StaleVersion` where the browser worked with an earlier one."""
    key = DelegationKey.objects.select_for_update().get(pk=_key(by, negotiated).pk)
    if key.edition != edition:
        raise StaleVersion("Your delegation's key was changed meanwhile: copy your words, and load the page again.")
    return key


def _key(by: Seat, negotiated: NegotiatingText) -> DelegationKey:
    found = access.note_key(by, negotiated)
    if found is None:
        raise NotFound("Your delegation has no key yet: load the page again, and make one.")
    return found


def require_holder(by: Seat, key: DelegationKey) -> None:
    """Raise `Forbidden` for a seat that has not been let in."""
    if not KeyShare.objects.filter(key=key, seat=by).exclude(wrapped="").exists():
        raise Forbidden("You have not been let in yet: ask a colleague who has.")


def _note(by: Seat, negotiated: NegotiatingText, pk: UUID) -> SealedNote:
    found = access.notes(by, negotiated).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such note.")
    return found


def sealed(value: Any, longest: int = LONGEST_KEY) -> str:
    """Return what is Base64 of bytes, so that no words come in by mistake; refuse everything else."""
    if not isinstance(value, str) or not value:
        raise Unsealed("This did not arrive sealed, so it was not kept.")
    if len(value) > longest * 4 // 3 + 4:
        raise TooLong("This is too long for one note: split it.")
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Unsealed("This did not arrive sealed, so it was not kept.") from wrong
    return value


def wrapping(value: Any) -> dict[str, Any]:
    """Return the parts of a wrapping by words: salt, rounds, iv, sealed; refuse one that is weak or not whole."""
    if not isinstance(value, Mapping) or set(value) != {"salt", "iterations", "iv", "sealed"}:
        raise Unsealed("This did not arrive sealed, so it was not kept.")
    rounds = value["iterations"]
    if not isinstance(rounds, int) or isinstance(rounds, bool) or not LEAST_ITERATIONS <= rounds <= 10_000_000:
        raise Unsealed("The key would be locked too weakly, so it was not kept.")
    return {"iterations": rounds} | {name: sealed(value[name]) for name in ("salt", "iv", "sealed")}
