"""JSON lines: good ones answered in order, bad ones named by number in one sentence."""

import io
import json

import pytest

from drafting.text.command_line import lines
from drafting.text.errors import TextError


def answer(given: bytes) -> tuple[int, list[object], list[str]]:
    """Exit code, answers and complaints of a command that gives the text under "base" back."""
    out, complaints = io.StringIO(), io.StringIO()
    code = lines.answer(lambda record: {"got": lines.get_text(record, "base")}, io.BytesIO(given), out, complaints)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], complaints.getvalue().splitlines()


def test_no_input_at_all_is_exit_0() -> None:
    assert answer(b"") == (0, [], [])


def test_each_good_line_is_answered_in_order() -> None:
    assert answer(b'{"base": "a"}\n{"base": "b"}') == (0, [{"got": "a"}, {"got": "b"}], [])


def test_texts_are_normalised_on_entry() -> None:
    assert answer('{"base": "e\u0301\\r\\nb"}'.encode())[1] == [{"got": "é\nb"}]


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (b"not JSON", "This is not JSON"),
        (b'"base"', "The line must be an object, not text."),
        (b"null", "The line must be an object, not null."),
        (b"{}", "The key “base” is missing."),
        (b'{"base": 5}', "“base” must be text, not a number."),
        (b'{"base": "a", "base": "b"}', "The key “base” stands twice in one object."),
        (b'{"base": "a", "else": NaN}', "This is not JSON"),
        (b'{"base": null}', "“base” must be text, not null."),
        (b'{"base": ["a"]}', "“base” must be text, not a list."),
        (b'{"base": "\\u0000"}', "control character U+0000"),
        (b'{"base": "\\ud800"}', "lone surrogate"),
        (b'{"base": "\xff"}', "This is not UTF-8."),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"base": ' + b"9" * 5_000 + b"}", "This is not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_are_answered(bad: bytes, sentence: str) -> None:
    code, answers, complaints = answer(b'{"base": "a"}\n' + bad + b'\n{"base": "b"}\n')
    assert (code, answers) == (2, [{"got": "a"}, {"got": "b"}])
    assert len(complaints) == 1
    assert complaints[0].startswith("line 2: ")
    assert sentence in complaints[0]


def test_what_stands_under_an_iterator_is_written_an_entry_at_a_time() -> None:
    pieces = list(lines.write({"a": 1, "readings": iter([("", ["[", '"x"', "]"]), ('É"', ["[]"])]), "none": iter([])}))
    assert "".join(pieces) == '{"a": 1, "readings": {"": ["x"], "É\\"": []}, "none": {}}'
    assert max(map(len, pieces)) < 20


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert answer(b"\n  \nx\n")[2][0].startswith("line 3: ")
    assert answer("\ufeff\n\u00a0\n".encode()) == (0, [], [])


def test_a_refusal_of_the_command_itself_is_a_bad_line() -> None:
    def refuse(record: lines.Record) -> object:
        raise TextError("The versions collide.")

    complaints = io.StringIO()
    assert lines.answer(refuse, io.BytesIO(b"{}\n"), io.StringIO(), complaints) == 2
    assert complaints.getvalue() == "line 1: The versions collide.\n"


@pytest.mark.parametrize(
    ("value", "kind"), [(True, "true or false"), (1.5, "a number"), ("1", "text"), ({}, "an object")]
)
def test_a_count_is_a_whole_number(value: object, kind: str) -> None:
    with pytest.raises(lines.BadLine, match=f"must be a whole number, not {kind}"):
        lines.as_count(value, "the pair")


def test_a_list_of_texts_holds_texts_only() -> None:
    assert lines.get_texts({"a": ["x"]}, "a") == ["x"]
    with pytest.raises(lines.BadLine, match="Every item of “a” must be text, not null"):
        lines.get_texts({"a": ["x", None]}, "a")
