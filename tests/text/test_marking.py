"""What is typed for a delegation enters in brackets, and no word outside them changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import marking, pairing
from drafting.text.changes import ChangeSet, Edit
from drafting.text.errors import UnpairedBrackets
from drafting.text.marking import Marked, Range


def mark(text: str, *edits: Edit, own: tuple[Range, ...] = ()) -> tuple[str, Marked]:
    marked = marking.mark(text, ChangeSet.of(edits, len(text)), own)
    return marked.changes.apply(text), marked


@pytest.mark.parametrize(
    ("edit", "after", "opened"),
    [
        ((2, 2, "all "), "a [all ]b c", ((2, "propose"),)),
        ((2, 3, ""), "a [b] c", ((2, "delete"),)),
        ((2, 3, "x"), "a [b][x] c", ((2, "delete"), (5, "propose"))),
        ((2, 2, "[x]"), "a [x]b c", ((2, "propose"),)),
        ((2, 2, "[x][y]"), "a [[x][y]]b c", ((2, "propose"),)),
        ((5, 5, "!"), "a b c[!]", ((5, "propose"),)),
    ],
)
def test_words_enter_in_a_pair_and_leave_in_one(edit: Edit, after: str, opened: object):
    text, marked = mark("a b c", edit)
    assert (text, marked.opened) == (after, opened)


def test_several_edits_of_one_change_are_each_marked():
    text, marked = mark("a b c d", (0, 1, ""), (2, 3, "x"), (7, 7, "!"))
    assert text == "[a] [b][x] c d[!]"
    assert [text[at : at + 2] for at, _ in marked.opened] == ["[a", "[b", "[x", "[!"]


def test_what_the_speaker_put_in_is_retyped_freely():
    text, marked = mark("a [new] b", (6, 6, "er"), own=((2, 6),))
    assert (text, marked.opened) == ("a [newer] b", ())


def test_what_the_speaker_put_in_may_be_taken_back_whole():
    assert mark("a [new] b", (2, 7, ""), own=((2, 6),))[0] == "a  b"
    assert mark("a [new] b", (2, 7, "x"), own=((2, 6),)) == (
        "a [x] b",
        Marked(ChangeSet.of([(2, 7, ""), (7, 7, "[x]")], 9), ((2, "propose"),)),
    )


def test_beside_its_own_pair_it_opens_another():
    assert mark("a [new] b", (7, 7, "er"), own=((2, 6),))[0] == "a [new][er] b"


def test_another_pair_struck_out_as_a_whole_stays_and_is_wanted_deleted():
    text, marked = mark("a [b] c", (2, 5, ""))
    assert (text, marked.opened, marked.struck) == ("a [b] c", (), (2,))


def test_brackets_alone_are_a_reservation_and_repeat_no_word():
    text, marked = mark("a b c", (0, 0, "["), (5, 5, "]"))
    assert (text, marked.opened) == ("[a b c]", ((0, "reserve"),))


@pytest.mark.parametrize("edit", [(2, 2, "x]"), (2, 3, ""), (3, 5, ""), (0, 0, "[x")])
def test_half_a_pair_is_neither_put_in_nor_struck_out(edit: Edit):
    with pytest.raises(UnpairedBrackets):
        mark("a [b] c", edit)


@given(st.text("ab [", max_size=12).map(lambda text: text.replace("[", "[x]")), st.data())
def test_no_word_outside_brackets_changes(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = data.draw(st.text("yz ", max_size=4))
    try:
        after, marked = mark(text, (start, end, words))
    except UnpairedBrackets:
        assert pairing.residue(text[start:end]) != (0, 0)
        return
    assert pairing.residue(after) == (0, 0)
    assert all(after[at] == "[" for at, _ in marked.opened)
    for at, says in marked.opened:
        if says == "propose":
            after = after[:at] + after[at + len(words) + 2 :]
    assert after.replace("[", "").replace("]", "") == text.replace("[", "").replace("]", "")
