"""A draft is written together with whoever is invited, and exists for nobody else."""

from __future__ import annotations

import pytest

from delegations.models import Delegation
from drafting.errors import Forbidden, NotFound, Taken
from drafting.models import Draft, Invitation, JournalEntry
from drafting.queries import access
from drafting.services import drafts, guests, typing
from drafting.services.typing import Ack, Nack, Op, Part
from tests import factories
from tests.cast import Cast

WORDS = "Each Party shall act."


@pytest.fixture
def draft(cast: Cast) -> Draft:
    text = factories.text(cast, WORDS)
    return drafts.open(cast.norway, factories.provision(text))


@pytest.fixture
def kenya(cast: Cast) -> Delegation:
    assert cast.kenya.delegation is not None
    return cast.kenya.delegation


def typed(cast: Cast, draft: Draft, n: int) -> Ack | Nack:
    words = factories.drafted(draft)
    part = Part(words.pk, words.rev, [[0, "So: "], len(words.content)])
    (answer,) = typing.apply(draft.stream, [Op(cast.kenya.pk, "kenya", 0 if n == 1 else 1, n, [part])])
    return answer


def test_a_guest_types_in_it_until_the_invitation_is_taken_back(cast: Cast, draft: Draft, kenya: Delegation) -> None:
    guests.invite(cast.norway, draft, kenya)
    assert isinstance(typed(cast, draft, 1), Ack)
    guests.uninvite(cast.norway, draft, kenya)
    answer = typed(cast, draft, 2)
    assert isinstance(answer, Nack)
    with pytest.raises(NotFound):
        access.draft(cast.kenya, draft.pk)
    assert factories.drafted(draft).content == f"So: {WORDS}"


def test_whoever_was_invited_is_asked_to_co_sponsor_what_is_submitted(
    cast: Cast, draft: Draft, kenya: Delegation
) -> None:
    guests.invite(cast.norway, draft, kenya)
    factories.write(cast.kenya, draft, "Each Party should act.")
    amendment = drafts.submit(cast.norway, draft)
    assert Invitation.objects.get(version__amendment=amendment).delegation == kenya


def test_a_guest_neither_submits_it_nor_learns_who_else_has_drafts(cast: Cast, draft: Draft, kenya: Delegation) -> None:
    other = drafts.open(cast.norway, factories.provision(draft.text))
    guests.invite(cast.norway, draft, kenya)
    with pytest.raises(Forbidden):
        drafts.submit(cast.kenya, draft)
    assert list(access.drafts(cast.kenya)) == [draft]
    assert not access.streams(cast.kenya).filter(pk=other.stream_id).exists()


def test_nobody_is_invited_twice_nor_from_another_conference(cast: Cast, draft: Draft, kenya: Delegation) -> None:
    guests.invite(cast.norway, draft, kenya)
    assert cast.stranger.delegation is not None
    for guest, refusal in ((kenya, Taken), (draft.delegation, Taken), (cast.stranger.delegation, Forbidden)):
        with pytest.raises(refusal):
            guests.invite(cast.norway, draft, guest)


def test_the_floor_learns_nothing_of_it(cast: Cast, draft: Draft, kenya: Delegation) -> None:
    before = JournalEntry.objects.exclude(stream=draft.stream).count()
    guests.invite(cast.norway, draft, kenya)
    typed(cast, draft, 1)
    guests.uninvite(cast.kenya, draft, kenya)
    assert JournalEntry.objects.exclude(stream=draft.stream).count() == before
