"""What is looked at before a revision is issued: references, labels, the loss report read; issued anyway, or not."""

from __future__ import annotations

import pytest

from drafting.errors import Forbidden, NotIssuable, StaleVersion
from drafting.models import NegotiatingText
from drafting.services import amendments, readings, revisions
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast


def codes(cast: Cast, text: NegotiatingText) -> list[str]:
    return [check.code for check in revisions.check(cast.chair, text)]


def test_a_reference_to_nothing_and_a_label_twice_are_named_with_their_places(cast: Cast) -> None:
    text = factories.text(cast, "Article 1", "1. Parties act.", "1. As in article 7, Parties report.")
    found = {check.code: check for check in revisions.check(cast.chair, text)}
    (place,) = found["references"].places
    assert place[1] == "The text names article 7, but there is no such provision in it."
    assert found["labels"].asks
    assert not any(check.blocks for check in found.values())


def test_a_careful_issue_is_refused_until_somebody_says_anyway(cast: Cast) -> None:
    text = factories.text(cast, "Article 1", "1. As in article 7, Parties report.")
    with pytest.raises(NotIssuable, match="names a provision that is not there") as refused:
        revisions.issue(cast.chair, text, careful=True)
    assert refused.value.data["checks"] == ["references"]
    assert revisions.issue(cast.chair, text).number == 1


def test_the_loss_report_is_read_as_it_stands_and_again_when_it_changed(cast: Cast) -> None:
    text = factories.text(cast, "Parties act.", "Parties report.")
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Parties shall act.")])
    assert "loss-report" in codes(cast, text)
    readings.mark(cast.secretary, text)
    assert "loss-report" not in codes(cast, text)
    amendments.submit(cast.kenya, text, [Proposed(factories.provision(text, "2"), "Parties shall report.")])
    said = {check.code: check.message for check in revisions.check(cast.chair, text)}
    assert said["loss-report"] == "The loss report has changed since Secretariat read it: it accounts for 2 proposals."


def test_what_changed_since_it_was_opened_is_not_marked_as_read(cast: Cast) -> None:
    text = factories.text(cast, "Parties act.")
    with pytest.raises(StaleVersion):
        readings.mark(cast.chair, text, digest="0" * 64)
    with pytest.raises(Forbidden):
        readings.mark(cast.norway, text)
