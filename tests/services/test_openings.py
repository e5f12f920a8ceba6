"""A text is opened in one act, with every row the parse finds."""

from __future__ import annotations

import pytest

from drafting.errors import EmptyImport, NotFound, Taken
from drafting.exports import FORMATS
from drafting.imports import reading
from drafting.models import NegotiatingText
from drafting.queries import journal
from drafting.services import openings
from drafting.text import brackets, structures
from tests import factories, replay
from tests.cast import Cast
from tests.exports.documents import everything

TEXT = b"""Article 1

1. Each Party [shall][should] act [as [soon] as possible.

2. It reports] yearly, [now] [later].

Article 2

1. Nothing [here]] ends.
"""


def opened(cast: Cast) -> NegotiatingText:
    return factories.opened(cast, reading.read(TEXT))


def test_bracket_numbers_restart_in_each_article_and_parents_are_known(cast: Cast) -> None:
    rows = opened(cast).brackets.order_by("article", "number")
    assert [(row.article, row.number) for row in rows] == [*(("1", number) for number in range(1, 7)), ("2", 1)]
    parents = {row.number: row.parent.number for row in rows if row.parent}
    assert parents == {4: 3}


def test_a_group_our_own_file_says_was_confirmed_is_not_asked_for_again(cast: Cast) -> None:
    file = FORMATS["docx"].write(everything())
    groups = factories.opened(cast, reading.read(file)).groups.all()
    assert [group.confirmed for group in groups] == [True]


def test_nobody_is_known_to_hold_what_an_import_brought_and_groups_wait_for_a_person(cast: Cast) -> None:
    text = opened(cast)
    assert not text.brackets.filter(holders_known=True).exists()
    assert list(text.groups.order_by("pk").values_list("sure", "confirmed")) == [("adjacent", False), ("spaced", False)]


def test_anomalies_are_kept_with_a_proposal(cast: Cast) -> None:
    (anomaly,) = opened(cast).anomalies.all()
    assert (anomaly.kind, anomaly.words.provision.address) == ("stray", "2.1")
    assert anomaly.suggestion


def test_the_journal_tells_all_of_it(cast: Cast) -> None:
    text = opened(cast)
    told = replay.State()
    for row in journal.since(text.floor, 0):
        assert row.body is not None
        replay.replay(told, replay.decode(row.body))
    assert told == replay.read(text)


def test_residues_are_stored_with_the_words(cast: Cast) -> None:
    for row in opened(cast).provisions.select_related("words"):
        assert (row.words.closers, row.words.openers) == brackets.residue(row.words.content)


def test_two_texts_of_a_conference_have_two_addresses(cast: Cast) -> None:
    factories.text(cast, "a")
    with pytest.raises(Taken):
        factories.text(cast, "b")
    assert NegotiatingText.objects.count() == 1


def test_nothing_is_opened_from_nothing_or_in_another_conference(cast: Cast) -> None:
    with pytest.raises(EmptyImport):
        factories.opened(cast, structures.plain([]))
    with pytest.raises(NotFound):
        openings.open(cast.other_secretary, cast.conference, structures.plain(["a"]), title="t", slug="t")
