"""The compilation: each provision followed by the proposals on it, named as the policy says."""

from __future__ import annotations

import pytest

from drafting.exports import FORMATS
from drafting.imports import reading
from drafting.queries import compilations
from drafting.services import amendments, decisions, revisions
from drafting.services.proposals import Proposed
from drafting.text.document import Document, Mark
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WORDS = ("Each Party shall act.", "Nothing here affects [drinking] water.")


def lines(made: Document) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in made.blocks]


def test_each_provision_is_followed_by_its_proposals(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    first = factories.provision(text)
    amendments.submit(cast.norway, text, [Proposed(first, "Each Party should act.")], rationale="It is too strong.")
    amendments.submit(cast.kenya, text, [Proposed(first, "Each Party shall act now.")])
    made = compilations.compilation(cast.chair, text)
    assert lines(made) == [
        WORDS[0],
        "No. 1, NOR: It is too strong.",
        "Each Party shallshould act.",
        "No. 2, KEN",
        "Each Party shall act now.",
        WORDS[1],
    ]
    changed = [(run.mark, run.text, run.by) for run in made.blocks[2].runs if run.mark is not Mark.PLAIN]
    assert changed == [(Mark.DELETED, "shall", ("NOR",)), (Mark.INSERTED, "should", ("NOR",))]
    assert [(one.number, one.by, one.provision) for one in made.proposals] == [
        (1, ("NOR",), first.pk),
        (2, ("KEN",), first.pk),
    ]


def test_new_provisions_stand_behind_the_one_they_follow(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "1 bis. A new one.", inserts_after=True)])
    assert lines(compilations.compilation(cast.norway, text))[1:3] == ["No. 1, NOR", "1 bis. A new one."]


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_read_again_a_compilation_is_the_text_alone(cast: Cast, form: str) -> None:
    text = factories.text(cast, *WORDS)
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    made = compilations.compilation(cast.norway, text)
    assert reading.open(FORMATS[form].write(made)).structure.texts() == list(WORDS)


def test_what_is_decided_is_in_it_no_more(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    row = amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    hunks = list(row.versions.get().hunks.values_list("pk", flat=True))
    decisions.decide(cast.chair, text, "accept", "room", hunks=hunks)
    assert lines(compilations.compilation(cast.norway, text)) == ["Each Party should act.", WORDS[1]]


def test_of_a_revision_it_is_what_waited_when_it_was_issued(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    revisions.issue(cast.secretary, text)
    amendments.submit(cast.kenya, text, [Proposed(factories.provision(text), "Each Party may act.")])
    assert lines(compilations.compilation(cast.norway, text, 1)) == [WORDS[0], "No. 1, NOR", "shallshould", WORDS[1]]


def test_an_observer_reads_no_proposal_in_it(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    revisions.issue(cast.secretary, text)
    assert lines(compilations.compilation(cast.observer, text, 1)) == list(WORDS)


def test_where_names_are_not_shown_it_names_nobody_but_oneself(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    cast.conference.attribution_shown = False
    cast.conference.save()
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party should act.")])
    assert lines(compilations.compilation(cast.norway, text))[1] == "No. 1, NOR"
    assert compilations.compilation(cast.kenya, text).proposals[0].by == ()
    assert "NOR" not in "".join(lines(compilations.compilation(cast.kenya, text)))
