"""A file taken over as the next state of a text: each difference a decision, all else carried or flagged."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.models import Seat
from drafting.errors import EmptyChange, Forbidden, NotOfThisKind, StaleVersion
from drafting.exports import FORMATS
from drafting.imports import reading
from drafting.imports import successions as files
from drafting.models import Amendment, Bracket, Hunk, NegotiatingText, Revision, Stance
from drafting.queries import documents
from drafting.services import agreements, amendments, brackets, decisions, kinds, positions, successions
from drafting.services.proposals import Proposed
from drafting.services.successions import TakenOver
from tests import factories, replay
from tests.cast import Cast

WORDS = (
    "1. Each Party shall [take [necessary] measures] to protect the river.",
    "2. Parties should report every two years on what they have done.",
    "3. The secretariat serves the meetings of the Parties.",
)
NEXT = (
    "1. Each Party shall [take [necessary] steps] to protect the river.",
    "1 bis. Wholly new words on the finances of the programme [and its staff].",
    "2. Parties should report every year on what they have done.",
)


def take_over(
    by: Seat, negotiated: NegotiatingText, *texts: str, authority: str = "editorial", **said: int
) -> TakenOver:
    read = reading.open("\n\n".join(texts).encode())

    def find(stood: successions.Standing) -> successions.Target:
        return files.find(negotiated, read, stood).target

    stood = successions.standing(negotiated)
    shown = successions.digest(successions.differences(negotiated, stood, find(stood)))
    return successions.take_over(by, negotiated, find, shown=shown, authority=authority, reason="From a file.")


def test_the_text_reads_as_the_file_and_the_events_tell_all_of_it(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    with replay.verified(text):
        done = take_over(cast.secretary, text, *NEXT)
    assert factories.words(text) == list(NEXT)
    assert (done.made, done.left) == (4, ())


def test_provisions_pairs_and_who_holds_them_live_on(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    before = [factories.bracket(text, number) for number in (1, 2)]
    positions.take(cast.norway, before[1], Stance.RETAIN)
    take_over(cast.secretary, text, *NEXT)
    rows = Bracket.objects.filter(text=text, closed=False).order_by("number")
    assert [row.pk for row in rows][:2] == [row.pk for row in before]
    assert [row.holders_known for row in rows] == [False, False, False]
    assert before[1].positions.get().stance == Stance.RETAIN
    assert factories.provision(text, "2").words.content == NEXT[2]


def test_a_proposal_on_other_words_is_carried_one_on_the_same_flagged_one_alike_done(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    wanted = [
        (factories.provision(text, "1"), WORDS[0].replace("river", "sea")),
        (factories.provision(text, "2"), WORDS[1].replace("two years", "three years")),
        (factories.provision(text, "1"), WORDS[0].replace("measures", "steps")),
    ]
    for provision, words in wanted:
        amendments.submit(cast.norway, text, [Proposed(provision, words)])
    take_over(cast.secretary, text, *NEXT)
    outcomes = [row.outcome for row in Hunk.objects.order_by("version__amendment__number")]
    assert outcomes == [Hunk.Outcome.OPEN, Hunk.Outcome.FLAGGED, Hunk.Outcome.DONE]
    assert Amendment.objects.get(number=3).state == Amendment.State.DECIDED


def test_each_difference_is_taken_back_by_itself(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    take_over(cast.chair, text, *NEXT, authority="chair")
    rows = list(text.decisions.order_by("seq"))
    assert {(row.act, row.authority, row.batch) for row in rows} == {("take-over", "chair", rows[0].batch)}
    dropped = next(row for row in rows if ["revive", factories.provision(text, "3").pk] in row.undo["act"]["steps"])
    decisions.undo(cast.chair, dropped)
    assert factories.words(text) == [*NEXT, WORDS[2]]
    for row in rows[::-1]:
        if row != dropped:
            decisions.undo(cast.chair, row)
    assert factories.words(text) == list(WORDS)


def test_a_difference_more_is_a_few_statements_more(cast: Cast) -> None:
    before = [f"{number}. Parties [shall] report every year." for number in range(1, 13)]
    asked: list[int] = []
    for changed in (2, 12):
        text = factories.text(cast, *before, slug=f"text-{changed}")
        after = [row.replace("year", "month") for row in before[:changed]] + before[changed:]
        with CaptureQueriesContext(connection) as queries:
            assert take_over(cast.chair, text, *after, authority="chair").made == changed
        asked.append(len(queries))
    assert asked[1] - asked[0] <= 10 * 16


def test_a_chairs_file_is_a_chairs_text_in_preparation(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    take_over(cast.chair, text, *NEXT, authority="chair")
    assert kinds.prepared(text) == Revision.Kind.CHAIRS_TEXT


def test_a_chairs_file_that_is_refused_leaves_the_kind_of_the_revision_open(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    with pytest.raises(EmptyChange):
        take_over(cast.chair, text, *WORDS, authority="chair")
    assert kinds.prepared(text) == ""
    assert not text.floor.entries.filter(kind="preparation-chosen").exists()


def test_who_may_bring_a_file_depends_on_the_authority(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    for seat, authority in ((cast.secretary, "chair"), (cast.chair, "editorial"), (cast.norway, "room")):
        with pytest.raises(Forbidden):
            take_over(seat, text, *NEXT, authority=authority)
    kinds.prepare(cast.chair, text, Revision.Kind.REVISION)
    with pytest.raises(NotOfThisKind):
        take_over(cast.secretary, text, *NEXT)
    assert factories.words(text) == list(WORDS)


def test_agreed_words_stay_and_are_said_to(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    agreements.gavel(cast.chair, factories.provision(text, "2"), "agreed", "plenary")
    done = take_over(cast.secretary, text, *NEXT)
    assert factories.words(text) == [NEXT[0], NEXT[1], WORDS[1]]
    assert "reopened" in done.left[0].why


def test_what_moved_since_it_was_shown_is_shown_again(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    stood = successions.standing(text)
    read = reading.open("\n\n".join(NEXT).encode())
    shown = successions.digest(successions.differences(text, stood, files.find(text, read, stood).target))
    brackets.put(
        cast.secretary, factories.provision(text, "2"), 3, factories.provision(text, "2"), 10, [cast.norway.delegation]
    )
    with pytest.raises(StaleVersion):
        successions.take_over(
            cast.secretary,
            text,
            lambda now: files.find(text, read, now).target,
            shown=shown,
            authority="editorial",
            reason="",
        )


def test_a_file_that_changes_nothing_makes_no_decision(cast: Cast) -> None:
    text = factories.text(cast, *WORDS)
    with pytest.raises(EmptyChange):
        take_over(cast.secretary, text, *WORDS)


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_our_own_file_comes_back_as_the_text_it_was(form: str, cast: Cast) -> None:
    text = factories.opened(
        cast,
        reading.read(
            b"Article 1\n\n1. Each Party [shall][should] act.[^1]\n\n2. It [may] act.\n\n[^1]: As [it] sees fit."
        ),
    )
    positions.take(cast.norway, factories.bracket_in(text, "1", 2), Stance.PROPOSE)
    group = text.groups.get()
    brackets.confirm(cast.secretary, group)
    document = documents.bracketed(cast.secretary, text)
    again = factories.opened(cast, reading.read(FORMATS[form].write(document)), slug="again")
    back = documents.bracketed(cast.secretary, again)
    assert [block.text for block in back.blocks] == [block.text for block in document.blocks]
    assert [[(run.mark, run.number, run.by) for run in part.runs] for part in back.texts] == [
        [(run.mark, run.number, run.by) for run in part.runs] for part in document.texts
    ]
    said = [
        (pair.article, pair.number, pair.kind, pair.holders, pair.holders_known, pair.group is None)
        for pair in back.pairs
    ]
    assert said == [
        (pair.article, pair.number, pair.kind, pair.holders, pair.holders_known, pair.group is None)
        for pair in document.pairs
    ]
    assert [(group.confirmed, group.no_text) for group in back.groups] == [(True, False)]
    assert [note.text for note in back.footnotes] == [note.text for note in document.footnotes]


@pytest.mark.parametrize("form", ["docx", "xml", "json"])
def test_our_own_file_unchanged_changes_nothing_whatever_the_floor_did_since(form: str, cast: Cast) -> None:
    text = factories.opened(
        cast, reading.read(b"Article 1\n\n1. Each Party [shall] act.[^1]\n\n2. It [may] act.\n\n[^1]: As it sees fit.")
    )
    read = reading.open(FORMATS[form].write(documents.bracketed(cast.secretary, text)))
    stood = successions.standing(text)
    assert successions.differences(text, stood, files.find(text, read, stood).target) == ()
