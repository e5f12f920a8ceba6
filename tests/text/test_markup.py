"""The whole markup of a text in one call."""

import pytest

from drafting.text import markup, outlines, references


def test_labels_inside_brackets_are_found_with_their_bracket() -> None:
    found = markup.read(["[12 ter. New]", "[3.] Technology", "[[4][3] Each Party", "[OP1 alt. No text.]", "a [1. b]"])
    assert [(each.pair, each.label.printed) for each in found.labels] == [
        (0, "12 ter."),
        (1, "3."),
        (2, "4"),
        (3, "3"),
        (4, "OP1 alt."),
    ]


def test_a_label_is_in_the_bracket_right_before_it_even_when_that_closes_elsewhere() -> None:
    (found,) = markup.read(["[[1. a]", "2. b]"]).labels
    assert found.pair == 1


def test_everything_is_read_at_once() -> None:
    found = markup.read(
        [
            "Article 1",
            "1. Parties [shall - EU][should] act [a / b].",
            "Option 1: x",
            "Option 2: y",
            "Note by the chair: z",
        ]
    )
    assert [len(part) for part in (found.parse.pairs, found.attributions, found.slashes, found.annotations)] == [
        3,
        1,
        1,
        1,
    ]
    assert [group.pairs for group in found.parse.groups] == [(0, 1)]
    assert len(found.options.sets[0].options) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[agreed" + " in a" * 4_000,
        "x common for options " + " " * 30_000 + "!",
        "Option 1: (\n" * 3_000,
        "(placement " * 3_000,
        "{" * 9_000,
        "article 4, " * 4_000,
        "articles" + " 4," * 9_000,
        "[EU, " * 4_000,
        "[a / " * 4_000,
        "Note: x\n" * 4_000,
        "> x\n" * 4_000,
        "1. " * 4_000,
        "OP1 alt " * 4_000,
        "[" * 4_000 + "1. x" + "]" * 4_000,
        " " * 90_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_repetition_is_read_like_any_text(text: str) -> None:
    """A pattern that ran wild on one of these would not come back."""
    found = markup.read([text])
    entries = outlines.read([text])
    assert 2 * len(found.parse.pairs) + len(found.parse.anomalies) == text.count("[") + text.count("]")
    assert all(each.mention.provision == 0 for each in references.check([text], entries))
