"""The loss report as it is read: by fate, each proposal once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from drafting.queries import endings, losses
from drafting.queries.reports import HunkFate, LossEntry


def hunk(struck="", words="may", address="9.2", outcome="open", reason=""):
    return HunkFate(1, address, struck, words, "", outcome, reason)


def entry(number=1, fate="open", *hunks):
    return LossEntry(str(number), number, fate, fate != "open", ["NOR"], list(hunks))


def edits(fate, *hunks):
    ((lost,),) = (share.rows for share in losses.shares([entry(1, fate, *hunks)]))
    return lost.edits


def test_every_fate_has_its_place_in_the_report():
    assert sorted(losses.ORDER) == sorted(endings.FATES)


@given(st.lists(st.sampled_from(sorted(endings.FATES)), max_size=30))
def test_every_proposal_stands_in_exactly_one_share(fates):
    found = losses.shares([entry(number, fate) for number, fate in enumerate(fates)])
    assert Counter(row.number for share in found for row in share.rows) == Counter(range(len(fates)))
    assert all(fates[row.number] == share.fate for share in found for row in share.rows)


def test_what_was_lost_comes_first_and_is_counted():
    found = losses.shares([entry(1, "in text"), entry(2, "open"), entry(3, "dropped"), entry(4, "open")])
    assert [share.label for share in found] == ["dropped", "open", "in the text"]
    assert losses.counted(found) == "4 proposals, each listed once: 1 dropped, 2 open, 1 in the text."


def test_an_edit_tells_its_outcome_only_where_the_fate_does_not():
    one, other = edits("in part", hunk(outcome="accepted"), hunk(outcome="dropped", reason="Not supported."))
    assert (one.became, other.became, other.reason) == ("in the text", "dropped", "Not supported.")
    (plain,) = edits("dropped", hunk(outcome="dropped"))
    assert plain.became == ""


def test_the_two_ends_of_a_pair_are_one_edit():
    (put,) = edits("open", hunk(words="["), hunk(words="]"))
    (taken,) = edits("open", hunk("[", ""), hunk("]", ""))
    assert put.change == "brackets put round words"
    assert taken.change == "brackets taken off, the words stay"
    assert len(edits("open", hunk(words="["), hunk(words="]", address="9.3"))) == 2
