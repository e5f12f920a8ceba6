"""The commands `rebase`, `clean` and `cases`: lines in, lines out, bad lines named."""

import io
import json
from collections.abc import Callable

import pytest

from drafting.text.command_line import cases, clean, rebase

Run = Callable[[list[str], io.BytesIO, io.StringIO, io.StringIO], int]


def _run(command: Run, *lines: object) -> tuple[int, list[str], str]:
    """Return the exit code, the lines of standard output and standard error."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out, error = io.StringIO(), io.StringIO()
    code = command([], io.BytesIO(text.encode()), out, error)
    return code, out.getvalue().splitlines(), error.getvalue()


def test_rebase_answers_each_line_in_order() -> None:
    carried = {"base": "a b c d e", "amended": "x b c d e", "current": "a b c y e"}
    code, lines, _ = _run(rebase.run, carried, {**carried, "current": "z b c d e"})
    assert code == 0
    assert json.loads(lines[0]) == {"status": "carried", "text": "x b c y e", "reason": ""}
    flagged = json.loads(lines[1])
    assert (flagged["status"], flagged["text"]) == ("flagged", "x b c d e")
    assert flagged["reason"].endswith(".")


def test_clean_makes_the_choices_and_lists_the_gaps() -> None:
    record = {
        "provisions": ["a [b [c]] d", "[shall][should] e [1]"],
        "groups": [[3, 4]],
        "notes": [5],
        "choices": [{"act": "lift", "pair": 1}, {"act": "pick", "pair": 4}],
    }
    code, (line,), _ = _run(clean.run, record)
    gap = {"provision": 0, "offset": 4, "pairs": [2], "words": "c"}
    assert (code, json.loads(line)) == (0, {"text": ["a b d", "should e [1]"], "gaps": [gap]})


def test_cases_are_answered_with_their_result() -> None:
    assert _run(cases.run, "a [b] c | ^1", "", "[a] b | /1") == (0, ["a [b] c | ^1 | a b c", "[a] b | /1 | !"], "")


@pytest.mark.parametrize("command", [rebase.run, clean.run, cases.run])
def test_no_input_is_answered_with_nothing(command: Run) -> None:
    assert _run(command) == (0, [], "")


GOOD = {"provisions": ["a [X] b"], "groups": [], "notes": [], "choices": []}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ({**GOOD, "provisions": "a"}, "must be a list"),
        ({**GOOD, "groups": [1]}, "must be a list"),
        ({**GOOD, "groups": [["1"]]}, "whole number"),
        ({**GOOD, "groups": [[1], [1]]}, "named twice"),
        ({**GOOD, "provisions": ["[a [b]]"], "groups": [[1, 2]]}, "Bracket 2 stands inside bracket 1"),
        ({**GOOD, "groups": [[1]], "notes": [1]}, "cannot be a note"),
        ({**GOOD, "notes": [7]}, "no open bracket 7"),
        ({**GOOD, "choices": [{"act": "keep", "pair": 1}]}, "is no act"),
        ({**GOOD, "choices": [{"act": "lift"}]}, "whole number"),
        ({**GOOD, "choices": [{"act": "lift", "pair": 1}]}, "placeholder"),
        ({**GOOD, "choices": [{"act": "pick", "pair": 1}]}, "no group"),
        *(({key: GOOD[key] for key in GOOD if key != left_out}, f"“{left_out}” is missing") for left_out in GOOD),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_answered(line: object, reason: str) -> None:
    code, lines, error = _run(clean.run, GOOD, line, GOOD)
    assert (code, len(lines)) == (2, 2)
    assert error.startswith("line 2: ")
    assert reason in error


def test_bad_cases_are_named_too() -> None:
    code, lines, error = _run(cases.run, "nonsense", "a [b] | -1", "g:1,1 [a] [b] | /1", "g:1,2 [a [b]] | /2")
    assert (code, lines) == (2, ["a [b] | -1 | a"])
    sentences = ["line 1: A case is written", "line 3: Bracket 1 is named twice", "line 4: Bracket 2 stands inside"]
    assert all(map(str.startswith, error.splitlines(), sentences))
    out, error_out = io.StringIO(), io.StringIO()
    assert cases.run([], io.BytesIO(b"\xff\n"), out, error_out) == 2
    assert error_out.getvalue() == "line 1: This is not UTF-8.\n"


@pytest.mark.parametrize("command", [rebase.run, clean.run, cases.run])
def test_an_argument_is_a_usage_error(command: Run) -> None:
    assert command(["file"], io.BytesIO(), io.StringIO(), io.StringIO()) == 2
