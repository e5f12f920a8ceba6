"""A text in its other languages: the same provisions and brackets, stale exactly where the original moved."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafting.errors import EmptyChange, NotIssuable, StaleVersion, Taken
from drafting.models import BaseText, LanguageVersion, NegotiatingText
from drafting.queries import languages as reads
from drafting.queries import snapshots, sources
from drafting.services import decisions, languages, revisions
from drafting.services.languages import Wording
from drafting.text.translations import UnlikeBrackets
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ENGLISH = ("Each Party shall take [necessary] measures [to protect] the river.", "It begins [here", "and ends] here.")
FRENCH = (
    "Chaque Partie prend [pour protéger] la rivière les mesures [nécessaires].",
    "Cela commence [ici",
    "et finit] là.",
)


@pytest.fixture
def french(cast: Cast) -> LanguageVersion:
    return languages.open(cast.secretary, factories.text(cast, *ENGLISH), "fr", "Traité")


def put(cast: Cast, version: LanguageVersion, address: str, words: str, order: list[int] | None = None) -> None:
    row = factories.provision(version.text, address)
    wording = Wording(row, BaseText.key_of(row.words.content), words, order)
    with replay.verified(version.text):
        languages.translate(cast.secretary, version, wording)


def put_all(cast: Cast, version: LanguageVersion) -> None:
    for number, words in enumerate(FRENCH, 1):
        put(cast, version, str(number), words, [2, 1] if number == 1 else None)


def states(cast: Cast, version: LanguageVersion) -> list[str]:
    return [row.state for row in reads.rows(cast.norway, version)]


def test_a_version_is_opened_once_in_a_language_that_is_not_the_original(cast: Cast, french: LanguageVersion) -> None:
    with pytest.raises(Taken):
        languages.open(cast.secretary, french.text, "fr", "Traité")
    for code in ("en", "de"):
        with pytest.raises(Exception, match="one of the six languages"):
            languages.open(cast.secretary, french.text, code, "Vertrag")


def test_a_bracket_keeps_its_number_wherever_its_words_stand(cast: Cast, french: LanguageVersion) -> None:
    put_all(cast, french)
    source = sources.source(cast.norway, french.text, language="fr")
    first, second, third = source.snapshot.pairs
    words = FRENCH[0]
    assert (first.number, words[first.start[1] : first.end[1] + 1]) == (1, "[nécessaires]")
    assert (second.number, words[second.start[1] : second.end[1] + 1]) == (2, "[pour protéger]")
    assert (FRENCH[1][third.start[1]], FRENCH[2][third.end[1]]) == ("[", "]")
    assert source.missing == ()


def test_brackets_unlike_the_original_are_refused(cast: Cast, french: LanguageVersion) -> None:
    with pytest.raises(UnlikeBrackets):
        put(cast, french, "1", "Chaque Partie protège la rivière.")
    put(cast, french, "1", "Chaque Partie [protège] la rivière.", [2])
    assert [pair.number for pair in sources.source(cast.norway, french.text, language="fr").snapshot.pairs] == [2, 3]


def test_a_change_of_the_original_leaves_the_exact_words_to_translate_again(
    cast: Cast, french: LanguageVersion
) -> None:
    put_all(cast, french)
    decisions.decide(
        cast.chair, french.text, "drop", "room", brackets=[factories.bracket(french.text, 1).pk], reason="No."
    )
    stale, *others = reads.rows(cast.norway, french)
    assert (stale.state, stale.words) == ("stale", FRENCH[0])
    assert [part for part in stale.changed if part[0] != "same"] == [("deleted", "[necessary] ")]
    assert {row.state for row in others} == {"fresh"}


def test_words_that_come_back_are_translated_already(cast: Cast, french: LanguageVersion) -> None:
    put_all(cast, french)
    decision = decisions.decide(
        cast.chair, french.text, "drop", "room", brackets=[factories.bracket(french.text, 1).pk], reason="No."
    )
    decisions.undo(cast.chair, decision)
    assert states(cast, french) == ["fresh"] * 3


def test_the_same_words_are_said_to_hold_for_the_new_original(cast: Cast, french: LanguageVersion) -> None:
    put_all(cast, french)
    decisions.decide(
        cast.chair, french.text, "drop", "room", brackets=[factories.bracket(french.text, 1).pk], reason="No."
    )
    put(cast, french, "1", FRENCH[0].replace(" les mesures [nécessaires]", " les mesures"))
    assert states(cast, french) == ["fresh"] * 3
    with pytest.raises(EmptyChange):
        put(cast, french, "1", FRENCH[0].replace(" les mesures [nécessaires]", " les mesures"))


def test_words_made_for_others_than_those_that_stand_come_back(cast: Cast, french: LanguageVersion) -> None:
    wording = Wording(factories.provision(french.text, "1"), BaseText.key_of("Other words."), FRENCH[0], [2, 1])
    with pytest.raises(StaleVersion) as refused:
        languages.translate(cast.secretary, french, wording)
    assert refused.value.data["words"] == FRENCH[0]


def test_what_is_not_translated_stands_in_the_original(cast: Cast, french: LanguageVersion) -> None:
    put(cast, french, "1", FRENCH[0], [2, 1])
    source = sources.source(cast.norway, french.text, language="fr")
    assert [row.text for row in source.snapshot.provisions] == [FRENCH[0], *ENGLISH[1:]]
    assert source.missing == ("2", "3")


def test_a_revision_is_issued_in_a_language_when_all_of_it_is_there(cast: Cast, french: LanguageVersion) -> None:
    revision = revisions.issue(cast.secretary, french.text)
    with pytest.raises(NotIssuable, match="3 provisions have no words in French"):
        languages.issue(cast.secretary, french, revision)
    put_all(cast, french)
    row = languages.issue(cast.secretary, french, revision)
    assert row.digest == snapshots.digest(row.snapshot)
    assert [one.text for one in sources.source(cast.observer, french.text, 1, "fr").snapshot.provisions] == list(FRENCH)
    with pytest.raises(Taken):
        languages.issue(cast.secretary, french, revision)


def test_what_is_issued_in_a_language_does_not_move(cast: Cast, french: LanguageVersion) -> None:
    put_all(cast, french)
    languages.issue(cast.secretary, french, revisions.issue(cast.secretary, french.text))
    decisions.decide(
        cast.chair, french.text, "drop", "room", brackets=[factories.bracket(french.text, 1).pk], reason="No."
    )
    put(cast, french, "1", "Tout autre chose [ici].")
    assert sources.source(cast.observer, french.text, 1, "fr").snapshot.provisions[0].text == FRENCH[0]


def test_many_are_put_in_at_once_and_each_refused_says_why(cast: Cast, french: LanguageVersion) -> None:
    text: NegotiatingText = french.text
    wordings = [
        Wording(row := factories.provision(text, str(n)), BaseText.key_of(row.words.content), words)
        for n, words in enumerate((FRENCH[0], "sans crochets", FRENCH[2]), 1)
    ]
    with replay.verified(text):
        written, refused = languages.translate_all(cast.secretary, french, wordings)
    assert len(written) == 2
    assert [(one.provision.address, error.code) for one, error in refused] == [("2", "unlike-brackets")]


def test_words_put_in_twice_in_one_file_are_put_in_once(cast: Cast, french: LanguageVersion) -> None:
    row = factories.provision(french.text, "2")
    twice = [Wording(row, BaseText.key_of(row.words.content), FRENCH[1])] * 2
    written, refused = languages.translate_all(cast.secretary, french, twice)
    assert (len(written), [error.code for _, error in refused]) == (1, ["nothing-changed"])


def test_a_provision_more_is_a_statement_more(cast: Cast) -> None:
    asked: list[int] = []
    for count in (1, 21):
        text = factories.text(cast, *(f"{n}. It begins." for n in range(count)), slug=f"text-{count}")
        version = languages.open(cast.secretary, text, "fr", "Traité")
        rows = text.provisions.select_related("words")
        wordings = [Wording(row, BaseText.key_of(row.words.content), "Cela commence.") for row in rows]
        with CaptureQueriesContext(connection) as queries:
            assert len(languages.translate_all(cast.secretary, version, wordings)[0]) == count
        asked.append(len(queries))
    assert asked[1] - asked[0] == 20


def test_how_far_a_version_is_counts_every_provision_once(cast: Cast, french: LanguageVersion) -> None:
    put(cast, french, "1", FRENCH[0], [2, 1])
    (found,) = reads.progress(cast.norway, french.text)
    assert (found.name, dict(found.counts)) == ("French", {"stale": 0, "missing": 2, "fresh": 1, "same in all": 0})
