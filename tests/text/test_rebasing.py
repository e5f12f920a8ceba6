"""Carrying an amendment onto a text that moved on: what is carried, what is flagged, and what the person is told."""

import pytest

from drafting.text import rebasing
from drafting.text.rebasing import Outcome

BASE = "Each Party shall take measures to protect the marine environment from plastic waste."


def test_an_amendment_is_carried_past_changes_elsewhere() -> None:
    current = BASE.replace("from plastic waste", "from all waste")
    outcome = rebasing.rebase(BASE, BASE.replace("shall", "should"), current)
    assert outcome == Outcome("carried", current.replace("shall", "should"))


def test_a_change_made_on_both_sides_is_done() -> None:
    changed = BASE.replace("shall", "should")
    assert rebasing.rebase(BASE, changed, changed) == Outcome("carried", changed)
    amended = changed.replace("plastic ", "")
    assert rebasing.rebase(BASE, amended, changed) == Outcome("carried", amended)


def test_a_change_two_words_away_is_carried_past_and_one_word_away_is_not() -> None:
    base = "a b c d e"
    assert rebasing.rebase(base, "x b c d e", "a b c y e").text == "x b c y e"
    assert rebasing.rebase(base, "x b c d e", "a b y d e").status == "flagged"


@pytest.mark.parametrize(
    ("base", "amended", "current", "reason"),
    [
        ("a b c", "a x c", "a y c", "Words of this change were changed since: “b” became “y”."),
        (
            "a b c",
            "a x c",
            "a b y c",
            "Fewer than 2 words from this change the text was changed since: “y” was inserted.",
        ),
        ("a b c d e f g", "a x c d e f g", "", "The provision was emptied since: none of its words is left."),
        (
            "a [b c d e f g] h",
            "a [b c x e f g] h",
            "a b c d e f g h",
            "Brackets round the words of this change were put, lifted or struck since: “[” was deleted.",
        ),
        (
            "a b c d e f g h",
            "a [b c d e f g] h",
            "a b c d x f g h",
            "Words inside the brackets this change puts or takes away were changed since: “e” became “x”.",
        ),
        ("a b c d e", "a b x d e", "a d e", "Words of this change were changed since: “b c” was deleted."),
    ],
)
def test_what_is_flagged_keeps_its_words_and_says_why(base: str, amended: str, current: str, reason: str) -> None:
    outcome = rebasing.rebase(base, amended, current)
    assert (outcome.status, outcome.text, outcome.reason) == ("flagged", amended, reason)


def test_pairs_that_would_cross_are_flagged() -> None:
    assert rebasing.rebase("a b c d e f g h", "a [b c d e] f g h", "a b c [d e f g] h").status == "flagged"


def test_a_foreign_change_beside_the_half_of_a_pair_is_flagged() -> None:
    base = "[a b c d e f g"  # its partner stands in another provision
    assert rebasing.rebase(base, "a b c d e f g", "[a b c d x f g").status == "flagged"


def test_two_ends_of_a_pair_are_done_together_or_not_at_all() -> None:
    base = "a b c d e f g h i j"
    assert rebasing.rebase(base, "a [b c d e f g h] i j", "a [b c d e f g h x] i j").status == "flagged"


def test_a_flagged_amendment_is_shown_the_place_most_like_its_own() -> None:
    current = f"In accordance with national law, {BASE[0].lower()}{BASE[1:]}".replace("shall", "will")
    place = rebasing.suggest(BASE, BASE.replace("shall", "should"), current)
    assert place is not None
    assert place.words.startswith("each Party will take measures")
    assert current[place.offset :].startswith(place.words)
    assert 0.8 < place.score < 1


def test_nothing_like_it_is_no_place() -> None:
    assert rebasing.suggest("abc def ghi", "abc x ghi", "12345 67890 @@@@ ####") is None


def test_what_is_done_needs_no_place() -> None:
    assert rebasing.suggest("a b c", "a x c", "a x c") is None


@pytest.mark.parametrize(
    ("base", "amended", "current", "suggested"),
    [
        (
            "Parties report each year.",
            "Parties publish each year.",
            "Parties inform each year.",
            "Parties publish each year.",
        ),
        (
            "Parties shall act now.",
            "Parties should act now.",
            "In law, all Parties shall act.",
            "In law, all Parties should act.",
        ),
        ("a b c d e f", "a x c d y f", "a B c d E f", "a x c d y f"),
        ("abc def ghi", "abc x ghi", "12345 67890 @@@@ ####", None),
        ("a b c", "a x c", "a x c", None),
    ],
)
def test_words_are_suggested_where_the_text_is_most_like_their_place(
    base: str, amended: str, current: str, suggested: str | None
) -> None:
    assert rebasing.fit(base, amended, current) == suggested


def test_what_is_suggested_keeps_every_bracket_its_partner() -> None:
    base, amended = "Parties [shall] report each year.", "Parties shall report each year."
    assert rebasing.fit(base, amended, "Parties must report each year.") is None
    assert rebasing.fit(base, amended, "Parties [shall] inform each year.") == "Parties shall inform each year."


def test_texts_are_normalised() -> None:
    assert rebasing.rebase("cafe\u0301\r\nb", "cafe\u0301\r\nc", "café\nb") == Outcome("carried", "café\nc")


def test_words_of_scripts_without_spaces_are_carried_too() -> None:
    base = "缔约方应采取适当措施保护和保全海洋环境"
    assert (
        rebasing.rebase(base, base.replace("应", "可"), base.replace("海洋", "沿海")).text
        == "缔约方可采取适当措施保护和保全沿海环境"
    )
