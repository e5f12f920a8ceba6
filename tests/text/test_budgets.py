"""Whole paragraphs as Options, where brackets would be too many to read."""

import re

from hypothesis import given

from drafting.text import budgets, merging, rendering, styles
from drafting.text.merging import Entry
from drafting.text.runs import is_balanced
from tests.text import rounds
from tests.text.rounds import Round

BASE = "States shall protect the marine environment of the high seas and all that lives in them, now and in future."
OTHER = "No living resource is taken from any area beyond national jurisdiction unless the authority has agreed to it."


def show(texts: dict[str, str], style: styles.Style = styles.anonymous, base: str = BASE) -> str:
    return "\n".join(budgets.bracketed([Entry(0, 0, merging.consolidate_one(base, texts))], style))


def verbs(*words: str) -> dict[str, str]:
    return {f"D{number:02}": BASE.replace("shall", word) for number, word in enumerate(words)}


def test_within_the_budget_brackets_stay() -> None:
    texts = verbs("should", "may", "must", "will", "can", "ought to", "are to", "agree to")
    tree = merging.consolidate_one(BASE, texts)
    assert budgets.bracketed([Entry(0, 0, tree)]) == [rendering.bracketed(tree)]


def test_more_than_eight_rivals_in_a_slot_are_shared_among_options() -> None:
    words = ("should", "may", "must", "will", "can", "ought to", "are to", "agree to", "undertake to")
    first, second, third = show(verbs(*words)).splitlines()
    assert first == f"[Option 1: {BASE}]"
    assert second.startswith("[Option 2: States [shall][should][may][must][will] protect")
    assert third.startswith("[Option 3: States [shall][can][ought to][are to][agree to][undertake to] protect")


def test_a_text_altogether_different_is_an_option_of_its_own() -> None:
    texts = {f"D{number}": OTHER.replace("any", word) for number, word in enumerate(("some", "each", "that"))}
    texts |= {f"E{number}": " ".join(reversed(BASE.split()[number:])) for number in range(6)}
    printed = show(texts, styles.by_dash)
    assert printed.splitlines()[0] == f"[Option 1: {BASE}]"
    assert "taken from [some][each - D1][that - D2] area" in printed
    assert "has agreed to it. - D0]" in printed


def test_a_short_base_is_never_worth_options() -> None:
    assert show({"A": "b c d e f g h i j k l m n"}, base="a") == "[a][b c d e f g h i j k l m n]"


def test_a_bracket_whose_partner_is_elsewhere_is_not_wrapped_and_printed_once() -> None:
    base = f"[{BASE}"
    texts = {by: f"[{text}" for by, text in verbs(*"abcdefghi").items()}
    first, second, _ = show(texts, base=base).splitlines()
    assert first == f"Option 1: {base}"
    assert second.startswith("[Option 2: States [shall]")


@given(rounds.rounds())
def test_options_are_balanced_like_brackets(round_: Round) -> None:
    tree = merging.consolidate_one(round_.base * 30, {by: text * 30 for by, text in round_.texts.items()})
    (printed,) = budgets.bracketed([Entry(0, 0, tree)])
    assert is_balanced(printed)
    if "Option 1: " in printed:
        options = re.findall(r"^\[Option (\d+): ", printed, re.MULTILINE)
        assert options == [str(number) for number in range(1, len(options) + 1)]
