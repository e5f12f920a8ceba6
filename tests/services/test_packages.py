"""Packages: nothing in one is agreed until all of it is."""

from __future__ import annotations

import pytest

from drafting.errors import EmptyChange, NotFound
from drafting.models import NegotiatingText
from drafting.queries import agreements as standing
from drafting.queries import documents, pages, revisions
from drafting.queries import packages as packaged
from drafting.services import agreements, packages
from tests import factories, replay
from tests.cast import Cast


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    text = factories.text(cast, "Each Party shall act.", "Parties shall pay.", "They meet yearly.")
    members = [factories.provision(text, "1"), factories.provision(text, "2")]
    with replay.verified(text):
        packages.set(cast.chair, text, "Finance", members)
    return text


def pending(text: NegotiatingText) -> list[str]:
    (package,) = packaged.of(text)
    return [member.address for member in package.pending]


def test_it_waits_for_every_member_on_the_highest_rung(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text, "1"), "agreed", "Plenary")
    agreements.gavel(cast.chair, factories.provision(text, "2"), "ad-ref", "Plenary")
    assert pending(text) == ["2"]
    agreements.gavel(cast.chair, factories.provision(text, "2"), "agreed", "Plenary")
    assert packaged.of(text)[0].is_agreed


def test_a_delegation_still_to_confirm_keeps_it_open(cast: Cast, text: NegotiatingText) -> None:
    assert cast.kenya.delegation is not None
    agreements.gavel(cast.chair, factories.provision(text, "1"), "agreed", "Plenary", pending=[cast.kenya.delegation])
    assert pending(text) == ["1", "2"]


def test_reopening_one_member_opens_all_of_it(cast: Cast, text: NegotiatingText) -> None:
    row = agreements.gavel(cast.chair, factories.provision(text, "1"), "agreed", "Plenary")
    agreements.gavel(cast.chair, factories.provision(text, "2"), "agreed", "Plenary", package="Finance")
    assert pending(text) == []
    agreements.reopen(cast.chair, row, "New facts.")
    assert pending(text) == ["1"]
    (shown,) = standing.on_provision(cast.kenya, factories.provision(text, "2"))
    assert shown.waits_for == ("1",)


def test_words_agreed_in_a_package_belong_to_it(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text, "3"), "ad-ref", "Plenary", words=(0, 4), package="Duties")
    duties = packaged.of(text)[0]
    assert [(member.address, member.words, member.name) for member in duties.pending] == [
        ("3", "They", "agreed ad referendum")
    ]


def test_what_waits_says_so_on_the_page_in_print_and_before_issuing(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text, "1"), "agreed", "Plenary")
    assert pages.page(cast.norway, text).provisions[0].waits
    assert documents.bracketed(cast.norway, text).blocks[0].status == "agreed, once the package “Finance” is"
    (said,) = [check for check in revisions.checks(text) if check.code == "open-packages"]
    assert said.message == "1 package is not agreed as a whole (Finance)."


def test_dissolved_its_agreements_stand_by_themselves(cast: Cast, text: NegotiatingText) -> None:
    agreements.gavel(cast.chair, factories.provision(text, "1"), "agreed", "Plenary", package="Finance")
    with replay.verified(text):
        packages.set(cast.chair, text, "Finance", [])
    assert packaged.of(text) == []
    assert documents.bracketed(cast.norway, text).blocks[0].status == "agreed"


def test_it_refuses_no_name_another_texts_provision_and_a_package_there_is_not(
    cast: Cast, text: NegotiatingText
) -> None:
    other = factories.text(cast, "Elsewhere.", slug="other")
    with pytest.raises(EmptyChange):
        packages.set(cast.chair, text, "  ", [factories.provision(text)])
    with pytest.raises(NotFound):
        packages.set(cast.chair, text, "Finance", [factories.provision(other)])
    with pytest.raises(NotFound, match="no package “Duties”"):
        packages.set(cast.chair, text, "Duties", [])


def test_what_was_taken_out_of_the_text_is_in_no_package(cast: Cast, text: NegotiatingText) -> None:
    text.provisions.filter(address="3").update(retired=True)
    with pytest.raises(NotFound):
        packages.set(cast.chair, text, "Meetings", [factories.provision(text, "3")])
