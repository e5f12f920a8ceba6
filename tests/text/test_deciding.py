"""Deciding hunk by hunk: what an act does to the words, to the other hunks and to the pairs."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drafting.text import brackets, deciding, fates, pairing
from drafting.text.changes import ChangeSet
from drafting.text.deciding import Table
from drafting.text.errors import ActRefused, UnpairedBrackets
from drafting.text.fates import Fate, Outcome
from drafting.text.hunks import Proposal
from drafting.text.standing import Bracketed, PairClosed, PairOpened
from drafting.text.steps import Create, Retire
from tests.text import rounds
from tests.text.rounds import Round


def lay(*base: str, **texts: str) -> Table:
    """A table on which each proposal words the first provision anew."""
    return deciding.lay(Bracketed.read(base), [Proposal(by, {0: text}) for by, text in texts.items()])


def outcomes(table: Table, by: str) -> list[Outcome]:
    return [item.outcome for item in table.of(by)]


def text(table: Table) -> str:
    return table.document.texts[0]


def test_an_accepted_hunk_leaves_what_others_say_elsewhere() -> None:
    table = deciding.accept(lay("a b c d", A="x c d", B="a y d", C="a b z"), "A").table
    assert text(table) == "x c d"
    assert (outcomes(table, "A"), outcomes(table, "B"), outcomes(table, "C")) == (
        [Outcome.ACCEPTED],
        [Outcome.DROPPED],
        [Outcome.OPEN],
    )
    assert text(deciding.accept(table, "C").table) == "x z"


def test_the_same_hunk_of_another_is_done() -> None:
    table = deciding.accept(lay("a b c d", A="a x c d", B="a x c y"), "A").table
    assert outcomes(table, "B") == [Outcome.DONE, Outcome.OPEN]
    assert deciding.fate_of(table, "B") is Fate.IN_PART
    assert text(deciding.accept(table, "B").table) == "a x c y"


def test_a_rival_dropped_takes_its_atom_along() -> None:
    table = deciding.accept(lay("a and b or c", A="b and a or c", B="x and b or c"), "B").table
    assert outcomes(table, "A") == [Outcome.DROPPED, Outcome.DROPPED]


def test_half_an_atom_is_refused() -> None:
    with pytest.raises(ActRefused, match="decide both together"):
        deciding.accept(lay("a and b", A="b and a"), "A", 1)


def test_what_is_decided_is_refused() -> None:
    table = deciding.accept(lay("a", A="b"), "A").table
    with pytest.raises(ActRefused, match="already"):
        deciding.accept(table, "A", 1)
    with pytest.raises(ActRefused, match="no hunk"):
        deciding.accept(table, "Z")


def test_an_act_that_would_part_a_pair_is_refused() -> None:
    with pytest.raises(UnpairedBrackets):
        deciding.accept(lay("[1. a", "2. b]", A="1. a"), "A")
    table = deciding.accept(lay("a b c d", A="a [b c] d", B="a b [c d]"), "A").table
    with pytest.raises(UnpairedBrackets):
        deciding.accept(table, "B")


def test_both_ends_across_provisions_are_lifted_together() -> None:
    document = Bracketed.read(["[1. a", "2. b]"])
    done = deciding.accept(deciding.lay(document, [Proposal("A", {0: "1. a", 1: "2. b"})]), "A")
    assert done.table.document.texts == ("1. a", "2. b")
    assert done.effect.rows == (PairClosed(1, "lifted"),)


def test_a_provision_that_loses_all_its_words_is_retired() -> None:
    done = deciding.accept(lay("[a]", "b", A=""), "A")
    assert [type(step) for step in done.effect.steps][1:] == [Retire]
    assert done.effect.rows == (PairClosed(1, "dropped"),)


def test_new_pairs_of_an_accepted_hunk_are_opened() -> None:
    rows = deciding.accept(lay("a b", A="a [b] [c]"), "A").effect.rows
    assert [(row.start.offset, row.end.offset) for row in rows if isinstance(row, PairOpened)] == [(2, 4), (6, 8)]


def test_letters_that_meet_are_composed() -> None:
    assert text(deciding.accept(lay("e[x]\u0301 b", A="\u00e9 b"), "A").table) == "\u00e9 b"


def test_dropping_and_keeping_change_no_word() -> None:
    done = deciding.drop(lay("a b c", A="x b y"), "A", 2)
    assert (text(done.table), done.effect.steps) == ("a b c", ())
    assert outcomes(done.table, "A") == [Outcome.OPEN, Outcome.DROPPED]


def test_a_bridge_closes_the_rivals_it_replaces() -> None:
    table = deciding.bridge(lay("a b c", A="a x c", B="a y c", C="a b z"), 0, 2, 3, "q").table
    assert text(table) == "a q c"
    assert [outcomes(table, by) for by in "ABC"] == [[Outcome.BRIDGED], [Outcome.BRIDGED], [Outcome.OPEN]]
    assert text(deciding.accept(table, "C").table) == "a q z"


def test_what_others_want_of_a_provision_that_is_gone_is_flagged() -> None:
    table = deciding.accept(lay("a b", A="", B="a b c"), "A").table
    assert outcomes(table, "B") == [Outcome.FLAGGED]


def test_new_provisions_of_one_place_all_fit_under_free_suffixes() -> None:
    document = Bracketed.read(["5. a", "6. b"])
    table = deciding.lay(document, [Proposal(by, {}, {0: [f"5 bis {by}"]}) for by in "ABC"])
    for by in "BAC":
        done = deciding.accept(table, by)
        table = done.table
    assert table.document.texts == ("5. a", "5 bis B", "5 ter A", "5 quater C", "6. b")
    assert isinstance(done.effect.steps[0], Create)


def test_bracketing_puts_everything_in_and_takes_nothing_out() -> None:
    table = deciding.lay(
        Bracketed.read(["a b"]), [Proposal("A", {0: "a c"}, {0: ["5 bis x"]}), Proposal("B", {0: "a"})]
    )
    done = deciding.bracket(table)
    assert done.table.document.texts == ("a [b][c]", "[5 bis x]")
    assert {item.outcome for item in done.table.items} == {Outcome.BRACKETED}


@given(rounds.rounds())
def test_accepting_all_of_a_proposal_gives_its_text(round_: Round) -> None:
    for by, words in round_.texts.items():
        table = deciding.lay(Bracketed.read([round_.base]), [Proposal(by, {0: words})])
        if table.items:
            assert text(deciding.accept(table, by).table) == (words if words.strip() else "")
            assert deciding.fate_of(deciding.accept(table, by).table, by) is Fate.IN_TEXT


@given(rounds.rounds(least=2), st.data())
def test_accepting_two_hunks_that_are_no_rivals_gives_both(round_: Round, data: st.DataObject) -> None:
    table = lay(round_.base, **round_.texts)
    pairs = [
        (one, other)
        for one in table.open()
        for other in table.open()
        if one.by < other.by and not one.rivals(other) and not one.atom and not other.atom
    ]
    assume(pairs)
    one, other = data.draw(st.sampled_from(pairs))
    first = deciding.accept(table, one.by, one.index).table
    assume(text(first))  # a provision left blank is retired, and what others want of it flagged
    second = deciding.accept(first, other.by, other.index).table
    edits = sorted((hunk.lo, hunk.hi, hunk.words) for hunk in (one, other))
    both = ChangeSet.of(edits, len(round_.base)).apply(round_.base)
    assert text(second) == (both if both.strip() else "")


@given(rounds.rounds())
def test_no_row_of_decisions_breaks_a_pair(round_: Round) -> None:
    table = lay(round_.base, **round_.texts)
    for by in round_.texts:
        for item in table.of(by):
            try:
                table = deciding.accept(table, by, item.hunk.index).table
            except (ActRefused, UnpairedBrackets):
                continue
        assert pairing.is_balanced(text(table))
        ends = [(pair.start, pair.end) for pair in table.document.pairs]
        assert ends == [(pair.start, pair.end) for pair in brackets.parse(table.document.texts).pairs]


@given(rounds.rounds())
def test_bracketing_balances_and_holds_the_base(round_: Round) -> None:
    done = deciding.bracket(lay(round_.base, **round_.texts))
    assert pairing.is_balanced(text(done.table))


@pytest.mark.parametrize(
    ("found", "fate"),
    [
        ([], Fate.IN_TEXT),
        (["accepted", "done"], Fate.IN_TEXT),
        (["accepted", "dropped"], Fate.IN_PART),
        (["accepted", "flagged"], Fate.FLAGGED),
        (["bracketed", "bridged", "dropped"], Fate.BRACKETED),
        (["bridged", "open"], Fate.BRIDGED),
        (["open", "dropped"], Fate.OPEN),
        (["dropped"], Fate.DROPPED),
    ],
)
def test_the_first_fate_that_holds_is_told(found: list[str], fate: Fate) -> None:
    assert fates.fate([Outcome(outcome) for outcome in found]) is fate


def test_what_befell_the_whole_proposal_comes_first() -> None:
    assert fates.fate([Outcome.ACCEPTED], withdrawn=True, lapsed=True) is Fate.WITHDRAWN
    assert fates.fate([Outcome.FLAGGED], lapsed=True) is Fate.LAPSED
    assert fates.fate([Outcome.FLAGGED], awaiting_translation=True) is Fate.AWAITING_TRANSLATION
