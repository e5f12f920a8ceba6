"""Tokens: lossless, whole graphemes, brackets alone; and the door at which texts are made clean."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import tokens
from drafting.text.errors import TextError

from .strategies import texts


@given(texts() | st.text())
def test_joining_the_tokens_gives_the_text_back(text: str) -> None:
    assert "".join(tokens.tokenize(text)) == text


@given(texts() | st.text())
def test_brackets_are_tokens_of_their_own(text: str) -> None:
    assert [token for token in tokens.tokenize(text) if "[" in token or "]" in token] == [
        char for char in text if char in "[]"
    ]


@given(texts() | st.text())
def test_no_grapheme_is_split_but_by_a_bracket(text: str) -> None:
    ends = set()
    at = 0
    for piece in regex.split(r"([\[\]])", text):
        ends |= {at + match.end() for match in regex.finditer(r"\X", piece)}
        at += len(piece)
    at = 0
    for token in tokens.tokenize(text):
        at += len(token)
        assert at in ends


PLAIN = "".join(map(chr, range(0x2100))) + "".join(map(chr, range(0x3000, 0x3100)))


@given(st.text(alphabet=st.sampled_from(PLAIN) | st.sampled_from("ab1,.'’ \r\n")))
def test_the_fast_way_gives_the_tokens_of_the_full_one(text: str) -> None:
    if tokens._is_plain(text):
        pieces = regex.split(r"([\[\]])", text)
        assert tokens.tokenize(text) == [token for piece in pieces for token in tokens._tokens_of_unicode(piece)]


def test_every_plain_character_is_treated_as_the_full_way_treats_it() -> None:
    for char in PLAIN:
        text = f"a{char}b {char}{char}1,{char}2"
        if tokens._is_plain(text) and char not in "[]":
            assert tokens.tokenize(text) == tokens._tokens_of_unicode(text), hex(ord(char))


@given(texts())
def test_a_line_feed_stands_alone(text: str) -> None:
    assert all(token == "\n" for token in tokens.tokenize(text) if "\n" in token)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Parties  shall\nact.", ["Parties", "  ", "shall", "\n", "act", "."]),
        ("x[s] [eco-]labels", ["x", "[", "s", "]", " ", "[", "eco", "-", "]", "labels"]),
        ("State’s low-income 1,000 16.5", ["State’s", " ", "low-income", " ", "1,000", " ", "16.5"]),
        ("a,b end. Next", ["a", ",", "b", " ", "end", ".", " ", "Next"]),
        ("]\u0301x", ["]", "\u0301", "x"]),
        ("\u0600[", ["\u0600", "["]),
        ("保护和保全", ["保护", "和", "保全"]),
        ("第3条", ["第", "3", "条"]),
        ("การประชุมครั้งแรก", ["การ", "ประชุม", "ครั้ง", "แรก"]),
        ("يجب على", ["يجب", " ", "على"]),
        ("👩‍👩‍👧🇳🇴🇪🇺", ["👩‍👩‍👧", "🇳🇴", "🇪🇺"]),
    ],
)
def test_words_are_what_a_reader_takes_them_for(text: str, expected: list[str]) -> None:
    assert tokens.tokenize(text) == expected


def test_a_caller_may_change_the_list_it_was_given() -> None:
    tokens.tokenize("a b").clear()
    assert tokens.tokenize("a b") == ["a", " ", "b"]


@pytest.mark.parametrize(
    ("token", "expected"), [("shall", True), ("保", True), ("5", True), ("،", False), (" ", False), ("", False)]
)
def test_a_word_holds_a_letter_or_a_digit(token: str, expected: bool) -> None:
    assert tokens.is_word(token) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a b c", " a  b\nc ", True),
        ("a [b], c", "a [ b ] ,c", True),
        ("保护和保全", "保护 和 保全", True),
        ("a b", "a b", False),
        ("may be", "maybe", False),
        ("a - b", "a-b", False),
        ("a b", "a  c", False),
    ],
)
def test_words_drawn_together_are_other_words_and_spaces_between_them_are_not(
    one: str, other: str, expected: bool
) -> None:
    assert tokens.differ_in_spaces(one, other) is expected


def test_normalising_gives_nfc_and_line_feeds() -> None:
    assert tokens.normalise("e\u0301\r\na\rb\tc") == "é\na\nb\tc"


@given(texts())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert tokens.normalise(text) == text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("bad", ["a\0b", "a\x0cb", "a\x1fb", "a\ud800b"])
def test_it_refuses_what_is_no_text_and_names_the_place(bad: str) -> None:
    with pytest.raises(TextError, match="position 1") as refusal:
        tokens.normalise(bad)
    assert refusal.value.data["at"] == 1
    assert "behind “a”: delete it there" in refusal.value.message
