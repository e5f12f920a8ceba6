"""Text files read into provisions: what ends a line, what is blank, and what is no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text.command_line import files
from drafting.text.errors import TextError


def _read(folder: Path, content: bytes) -> list[str]:
    file = folder / "text.txt"
    file.write_bytes(content)
    return files.split(files.read(str(file)))


@pytest.mark.parametrize(
    ("content", "provisions"),
    [
        (b"", []),
        (b"\n \n\t\n", []),
        (b"a\nb\n\nc", ["a\nb", "c"]),
        (b"a\r\nb\r\n\r\nc\r\rd", ["a\nb", "c", "d"]),
        (b"  a\n \t \n  b  ", ["  a", "  b  "]),
        ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g".encode(), ["a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g"]),
        ("a\n\u2028\u00a0\nb".encode(), ["a", "b"]),
        (b"\xef\xbb\xbfa", ["a"]),
        ("e\u0301".encode(), ["é"]),
    ],
)
def test_a_provision_is_a_run_of_lines_that_are_not_blank(
    tmp_path: Path, content: bytes, provisions: list[str]
) -> None:
    assert _read(tmp_path, content) == provisions


@given(st.text(alphabet="ab \n\t\u2028\u00a0", max_size=40))
def test_no_character_but_white_space_is_lost(text: str) -> None:
    found = files.split(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(line.strip() for provision in found for line in provision.split("\n"))


@pytest.mark.parametrize(("content", "sentence"), [(b"\xff\xfe", "is not UTF-8"), (b"a\0b", "holds NUL")])
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(TextError, match=sentence) as refusal:
        _read(tmp_path, content)
    assert refusal.value.message.count("\n") == 0


@pytest.mark.parametrize("name", ["missing.txt", ".", "nul\0"])
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(TextError, match="cannot be read"):
        files.read(f"{tmp_path}/{name}")
