"""The commands `consolidate` and `compare`."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given

from drafting.text.command_line import compare, consolidate
from tests.text import rounds


def run(*lines: object, arguments: tuple[str, ...] = ()) -> tuple[int, list[dict[str, object]], str]:
    """The exit code, the answers and the complaints."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out, error = io.StringIO(), io.StringIO()
    code = consolidate.run(list(arguments), io.BytesIO(text.encode()), out, error)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], error.getvalue()


def line(base: str, **texts: str) -> dict[str, object]:
    return {"base": base, "proposals": [{"by": by, "text": text} for by, text in texts.items()]}


def read(tree: list[object], by: str) -> str:
    """A reader that shares nothing with the engine."""
    parts = []
    for item in tree:
        if isinstance(item, str):
            parts.append(item)
            continue
        own = [rival["text"] for rival in item["alternatives"] if by in rival["by"]]
        parts.append(own[0] if own else read(item["base"], by))
    return "".join(parts)


def test_it_answers_with_the_tree_and_its_readings() -> None:
    code, (answer,), complaints = run(line("a b", EU="a c", G77="a c", US="a"))
    assert (code, complaints) == (0, "")
    assert answer == {
        "bracketed": "a [b][c]",
        "slots": 1,
        "readings": {"": "a b", "EU": "a c", "G77": "a c", "US": "a"},
        "tree": [
            "a",
            {
                "base": [" b"],
                "alternatives": [{"text": " c", "by": ["EU", "G77"]}, {"text": "", "by": ["US"]}],
            },
        ],
    }


def test_names_are_printed_on_demand() -> None:
    _, (answer,), _ = run(line("a b", EU="a c", US="a"), arguments=("--attribution",))
    assert answer["bracketed"] == "a [b - US delete][c - EU]"


def test_a_document_is_answered_provision_by_provision() -> None:
    proposals = [
        {"by": "A", "texts": {"0": "a x"}, "after": {"-1": ["new"], "1": ["5 bis y"]}},
        {"by": "B", "texts": {"1": "c"}},
    ]
    code, (answer,), _ = run({"provisions": ["a b", "c"], "proposals": proposals})
    assert code == 0
    assert answer["bracketed"] == ["[new]", "a [b][x]", "c", "[5 bis y]"]
    assert answer["readings"] == {
        "": ["", "a b", "c", ""],
        "A": ["new", "a x", "c", "5 bis y"],
        "B": ["", "a b", "c", ""],
    }
    assert answer["slots"] == 3


def test_texts_are_normalised_on_entry() -> None:
    _, (answer,), _ = run(line("e\u0301\r\nb", A="e\u0301\rc"))
    assert answer["readings"] == {"": "\u00e9\nb", "A": "\u00e9\nc"}


@given(rounds.rounds())
def test_another_reader_of_the_tree_finds_the_readings(round_: rounds.Round) -> None:
    _, (answer,), _ = run(line(round_.base, **round_.texts))
    assert {by: read(answer["tree"], by) for by in answer["readings"]} == answer["readings"]
    assert answer["readings"] == {"": round_.base, **round_.texts}


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ("{", "not JSON"),
        ({"proposals": []}, "“base” is missing"),
        ({"base": 1, "proposals": []}, "“base” must be text"),
        ({"base": "a", "provisions": [], "proposals": []}, "not both"),
        ({"base": "a", "proposals": [{"by": "", "text": "b"}]}, "must not be empty"),
        ({"base": "a", "proposals": [{"by": "A", "text": "b"}] * 2}, "Two proposals are by “A”"),
        ({"base": "a", "proposals": [{"by": "A"}]}, "“text” is missing"),
        ({"provisions": ["a"], "proposals": [{"by": "A", "texts": {"1": "b"}}]}, "no provision “1”"),
        ({"provisions": ["a"], "proposals": [{"by": "A", "texts": {}, "after": {"-2": []}}]}, "no provision “-2”"),
        ({"provisions": ["a"], "proposals": [{"by": "A", "texts": {}, "after": {"0": "b"}}]}, "must be a list"),
        ({"provisions": ["a"], "proposals": [{"by": "A"}]}, "“texts” is missing"),
    ],
)
def test_a_bad_line_is_named_and_the_others_answered(bad: object, complaint: str) -> None:
    code, answers, complaints = run(line("a"), bad, line("b"))
    assert code == 2
    assert [answer["bracketed"] for answer in answers] == ["a", "b"]
    assert complaints.startswith("line 2: ")
    assert complaint in complaints


def test_other_arguments_are_explained() -> None:
    assert run(arguments=("--what",))[0] == 2


def compared(folder: Path, old: str, new: str) -> str:
    for name, text in (("old", old), ("new", new)):
        (folder / name).write_text(text, encoding="utf-8")
    out, error = io.StringIO(), io.StringIO()
    assert compare.run([str(folder / "old"), str(folder / "new")], io.BytesIO(), out, error) == 0
    return out.getvalue()


def test_a_redline_shows_what_changed_and_counts_the_rest(tmp_path: Path) -> None:
    old = "1. a b c d\n\n2. one two three\n\n3. gone for good now"
    new = "1. a b x d\n\n2. one two three\n\n4. new words altogether here"
    assert compared(tmp_path, old, new) == (
        "¶ 1\n1. a b {-c-}{+x+} d\n\n"
        "¶ 3, dropped\n{-3. gone for good now-}\n\n"
        "¶ 3, added\n{+4. new words altogether here+}\n\n"
        "1 added, 1 changed, 1 dropped, 1 the same\n"
    )


def test_a_moved_provision_is_named(tmp_path: Path) -> None:
    old = "alpha beta gamma\n\ndelta epsilon zeta\n\neta theta iota"
    new = "eta theta iota\n\nalpha beta gamma\n\ndelta epsilon zeta"
    assert "¶ 1 (was 3), moved\neta theta iota\n" in compared(tmp_path, old, new)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    error = io.StringIO()
    assert compare.run([str(tmp_path / "no"), str(tmp_path / "no")], io.BytesIO(), io.StringIO(), error) == 2
    assert error.getvalue().count("\n") == 1
    assert compare.run([], io.BytesIO(), io.StringIO(), io.StringIO()) == 2
