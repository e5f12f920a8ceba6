"""The door for files: what is let in, what is refused with one sentence, and that no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.demo import writing
from drafting.errors import EmptyImport, UnreadableImport
from drafting.imports import reading
from drafting.text import brackets, tokens


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf\n"])
def test_it_refuses_a_file_without_a_word(data: bytes) -> None:
    with pytest.raises(EmptyImport):
        reading.read(data)


@pytest.mark.parametrize(
    "data", [b"a\0b", "naïve".encode("latin-1"), "Article 1".encode("utf-16"), b"bell \x07 bell", b"\x89PNG\r\n\x1a\n"]
)
def test_it_refuses_what_is_no_text_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableImport) as refused:
        reading.read(data)
    assert "\n" not in refused.value.message


def test_it_refuses_a_file_that_is_too_large_before_reading_it() -> None:
    with pytest.raises(UnreadableImport, match="larger than 5 MB"):
        reading.read(b"a " * 3_000_000)


def test_line_ends_and_page_breaks_of_other_systems_are_line_feeds() -> None:
    assert reading.read(b"\xef\xbb\xbfone\r\n\r\ntwo\x0cthree\r\rfour").texts() == ["one", "two three", "four"]


def test_words_are_kept_in_nfc() -> None:
    assert reading.read("Côte d’Ivoire".encode()).texts() == ["Côte d’Ivoire"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="".join(map(chr, range(32)))), min_size=1))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    if not text.isspace():
        assert squeeze("\n\n".join(reading.read(text.encode()).texts())) == squeeze(tokens.normalise(text))


_LINES = st.sampled_from(
    "Article 1|# Heading|1. Each Party [shall]|(a) item;||---|title: A|* TOC|Option 1: a|[^1]: note|    2. deeper|"
    "Page 1 of 20|A/CONF.1/L.2|ends here.|[|]|continued in lower case|1.".split("|")
)


@given(st.lists(_LINES, min_size=1, max_size=30).map("\n".join).filter(str.strip))
def test_every_provision_has_words_and_an_address_of_its_own(text: str) -> None:
    structure = reading.read(text.encode())
    addresses = [entry.address for entry in structure.entries]
    assert len(set(addresses)) == len(addresses)
    assert all(entry.words.strip() and 0 < len(entry.address) <= 80 for entry in structure.entries)
    assert all(entry.parent is None or entry.parent < index for index, entry in enumerate(structure.entries))
    assert squeeze("".join(structure.texts())) == squeeze(text)


@given(st.integers(12, 200), st.integers(0, 50))
def test_a_synthetic_treaty_has_as_many_provisions_as_it_was_written_with(provisions: int, seed: int) -> None:
    written = writing.write(provisions, seed)
    structure = reading.read(written.encode())
    assert len(structure.entries) == provisions
    assert len(brackets.parse(structure.texts()).pairs) == len(brackets.parse([written]).pairs)
