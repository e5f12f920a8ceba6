"""Alternatives parted by slashes inside one bracket."""

from drafting.text import pairing, slashes


def _find(text: str) -> list[list[str]]:
    found = slashes.find([text], pairing.match([text]).pairs)
    return [[text[start:end] for start, end in spans] for _, spans in found]


def test_a_bracket_of_alternatives_is_found() -> None:
    assert _find("set up [a fund / a facility / a window] and") == [["a fund", "a facility", "a window"]]


def test_slashes_outside_brackets_and_without_spaces_stay_text() -> None:
    assert _find("commitments / contributions [and/or actions]") == []


def test_they_can_be_made_brackets_of_their_own() -> None:
    text = "set up [a fund / a facility] and"
    ((_, spans),) = slashes.find([text], pairing.match([text]).pairs)
    assert slashes.convert(text, spans).apply(text) == "set up [a fund][a facility] and"
