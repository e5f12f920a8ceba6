"""Redlines: the edits with a little of the words around them."""

import dataclasses
from uuid import UUID

from drafting.queries.cards import Card, Ground, HunkCard
from drafting.text.document import Mark, Run
from drafting.views import redlines

VERSION = UUID(int=1)
WORDS = "Each Party shall take all necessary and appropriate measures to protect the aquifer and its users, always."


def hunk(lo: int, hi: int, words: str, outcome: str = "open") -> HunkCard:
    return HunkCard(1, 1, 0, 1, "9", False, lo, hi, WORDS[lo:hi], words, "", outcome, outcome, "")


def test_an_edit_stands_among_its_neighbours() -> None:
    html = redlines.excerpt([hunk(11, 16, "should")], WORDS)
    assert html.startswith("Each Party <del>shall</del><ins>should</ins> take")
    assert html.endswith(" …")


def test_two_edits_near_each_other_share_their_words() -> None:
    html = redlines.excerpt([hunk(11, 16, "should"), hunk(26, 35, "")], WORDS)
    assert html.count("take all ") == 1
    assert "<del>necessary</del>" in html


def test_a_decided_edit_stands_alone() -> None:
    assert redlines.excerpt([hunk(11, 16, "should", "accepted")], WORDS) == "<del>shall</del><ins>should</ins>"


def test_brackets_put_round_words_stand_among_them_in_the_order_given() -> None:
    html = redlines.excerpt([hunk(11, 11, "["), hunk(16, 16, "]")], WORDS)
    assert html.startswith('Each Party <ins class="sign">[</ins>shall<ins class="sign">]</ins> take')


def test_what_is_struck_or_put_in_is_shown_as_far_as_is_asked() -> None:
    html = redlines.excerpt([hunk(11, 25, "should take")], WORDS, 8)
    assert html.startswith("Each Party <del>shall t…</del><ins>should …</ins> necessary")


def test_brackets_of_a_block_close_with_it() -> None:
    assert redlines.runs([Run("a "), Run("[", Mark.OPEN, 3), Run("b")]) == (
        'a <span class="bk"><b data-n="3">[</b>b</span>'
    )
    assert redlines.runs([Run("b"), Run("]", Mark.CLOSE, 3)]) == '<span class="bk">b<b>]</b></span>'


def test_words_agreed_are_drawn_as_their_rung_is() -> None:
    agreed = [Run("Act", status="agreed ad referendum"), Run(" now")]
    drawn = redlines.runs(agreed, {"agreed ad referendum": "ad-ref"})
    assert drawn == '<span class="agreed-run ad-ref" title="agreed ad referendum">Act</span> now'


def test_words_are_escaped() -> None:
    assert redlines.runs([Run("<b>", Mark.INSERTED, by=("A&B",))]) == '<ins title="A&amp;B">&lt;b&gt;</ins>'


def card(*hunks: HunkCard) -> Card:
    said = {field.name: "" for field in dataclasses.fields(Card)} | {"hunks": hunks, "version": VERSION}
    return Card(**said)  # type: ignore[arg-type]  # only its edits are drawn


def test_a_card_shows_open_edits_among_the_words_that_stand() -> None:
    (drawn,) = redlines.of_card(card(hunk(11, 11, "["), hunk(16, 16, "]")), {(VERSION, 1): Ground("", "", WORDS)})
    assert drawn.html.startswith('Each Party <ins class="sign">[</ins>shall<ins class="sign">]</ins> take')


def test_a_card_shows_decided_edits_among_the_words_they_were_made_on() -> None:
    ground = Ground("Each Party shall act.", "Each Party should act.", "Something else.")
    (drawn,) = redlines.of_card(card(hunk(11, 16, "should", "dropped")), {(VERSION, 1): ground})
    assert drawn.html == "Each Party <del>shall</del><ins>should</ins> act."
