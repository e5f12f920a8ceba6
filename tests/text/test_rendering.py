"""The bracketed text: the shapes a drafter expects, with and without names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import merging, rendering, styles
from drafting.text.trees import Stance

PARTY = "Each Party [shall] [should] take [necessary] measures"


def show(base: str, *texts: str, style: styles.Style = styles.anonymous) -> str:
    return rendering.bracketed(merging.consolidate_one(base, dict(zip("ABCDEFG", texts, strict=False))), style)


def test_positions_on_a_bracketed_text_repeat_none_of_it() -> None:
    texts = [
        "Each Party shall take [necessary] measures",
        "Each Party should take [necessary] measures",
        "Each Party may take [necessary] measures",
        "Each Party [shall] [should] take measures",
        f"[{PARTY}]",
    ]
    assert show(PARTY, *texts) == "[Each Party [shall] [should] [may] take [necessary] measures]"
    assert show(PARTY, *texts, style=styles.by_dash) == (
        "[Each Party [shall - A; B delete] [should - B; A delete] [may - C] take [necessary - D delete] measures - E]"
    )


@pytest.mark.parametrize(
    ("base", "texts", "printed"),
    [
        ("a b", ["a c", "a d"], "a [b][c][d]"),
        ("a b", ["a", "a c"], "a [b][c]"),
        ("a c", ["a b c"], "a [b] c"),
        ("a b c", ["a c"], "a [b] c"),
        ("a, b", ["b"], "[a,] b"),
        ("Parties shall act", ["Parties, as appropriate, shall act"], "Parties[, as appropriate,] shall act"),
        ("保护和保全", ["养护"], "[保护和保全][养护]"),
        ("تتخذ الأطراف التدابير", ["تتخذ الدول التدابير"], "تتخذ [الأطراف][الدول] التدابير"),
    ],
)
def test_a_wording_stands_beside_what_it_would_replace(base: str, texts: list[str], printed: str) -> None:
    assert show(base, *texts) == printed


@pytest.mark.parametrize(
    ("base", "texts", "printed"),
    [
        ("[shall] take", ["[may] take"], "[shall][may] take"),
        ("[shall] take", ["may take"], "[shall][may] take"),
        ("[shall] [should] take", ["[shall] [may] take"], "[shall] [should][may] take"),
        ("[a][b] x", ["c x"], "[a][b][c] x"),
        ("[a] [b] x", ["c x", "d x"], "[a] [b] [c] [d] x"),
        ("[any such act] x", ["[no] x", "[any such deed] x"], "[any such [act][deed]][no] x"),
        ("x [a b c] y", ["x [a z c] y"], "x [a [b][z] c] y"),
        ("[[a]] b", ["[a] b"], "[[a]] b"),
        ("a [b] c", ["a [b] d c"], "a [b] [d] c"),
        ("a [b] [c] d [e] f", ["a x d f"], "a [b] [c] [x] d [e] f"),
        (PARTY, ["Each Party may take measures"], "Each Party [shall] [should] [may] take [necessary] measures"),
    ],
)
def test_a_rival_of_a_whole_pair_or_group_joins_it(base: str, texts: list[str], printed: str) -> None:
    assert show(base, *texts) == printed


@given(st.lists(st.sampled_from(["keep", "drop", "replace"]), min_size=1, max_size=5))
def test_brackets_dropped_and_replaced_a_word_apart_repeat_no_word(acts: list[str]) -> None:
    base = " ".join(f"w{at} [a{at}] [b{at}]" for at, _ in enumerate(acts))
    texts = {"keep": " [a{0}] [b{0}]", "drop": "", "replace": " c{0}"}
    text = " ".join(f"w{at}{texts[act].format(at)}" for at, act in enumerate(acts))
    printed = (f"w{at} [a{at}] [b{at}]" + f" [c{at}]" * (act == "replace") for at, act in enumerate(acts))
    assert show(f"{base} z", f"{text} z") == " ".join(printed) + " z"


@pytest.mark.parametrize(
    ("base", "texts", "printed"),
    [
        ("a b c d", ["a [b c] d"], "a [b c] d"),
        ("a b c d", ["a [b c] d", "a [b c] d"], "a [b c] d"),
        ("a b c d", ["a [b c] d", "a b [c d]"], "a [b [c]] [d]"),
        ("a b c d", ["a [b c] d", "a x d"], "a [b c][x] d"),
        ("a b c d e", ["a d e", "a b e"], "a [b [c]] [d] e"),
        ("[a b] c", ["[a] b c"], "[[a] b] c"),
        ("x [on a] sat", ["x [sat]"], "x [on a] [sat]"),
        ("[long words of it] end", ["long words of that end"], "[long words of [it][that]] end"),
        ("[a b c d e f g] h", ["a b z d e f g h"], "[a b [c][z] d e f g] h"),
    ],
)
def test_marks_and_deletions_are_laid_over_the_words(base: str, texts: list[str], printed: str) -> None:
    assert show(base, *texts) == printed


@pytest.mark.parametrize(
    ("base", "texts", "printed"),
    [
        ("a [b c", ["a [d c"], "a [[b][d] c"),
        ("a ] b c", ["a ] d c"], "a ] [b][d] c"),
        ("a [b c", [""], "[a] [[b c]"),
        ("a ] b", ["x"], "[a ][x]] [b]"),
    ],
)
def test_a_stray_bracket_is_never_wrapped(base: str, texts: list[str], printed: str) -> None:
    assert show(base, *texts) == printed


def test_spaces_alone_open_no_bracket() -> None:
    assert show("a  b", "a b", "a\n b", "a  b ") == "a  b"


def test_an_accent_after_a_bracket_stays_where_it_is() -> None:
    assert show("a [\u0301b] c", "a [\u0301d] c") == "a [\u0301[b][d]] c"
    assert show("a [b]\u0301 c", "a [d]\u0301 c") == "a [b][d]\u0301 c"


def test_names_stand_before_or_behind_the_words() -> None:
    assert show("a b", "a c", "a", style=styles.by_dash) == "a [b - B delete][c - A]"
    assert show("a b", "a c", "a", style=styles.by_colon) == "a [B delete: b][A: c]"
    assert show("a [b]", "a b", "a", style=styles.by_colon) == "a [A; B delete: b]"


def test_whoever_holds_a_bracket_is_told_with_its_piece() -> None:
    pieces = rendering.pieces(merging.consolidate_one("a b", {"EU": "a c", "USA": "a"}))
    assert [(piece.text, piece.holders) for piece in pieces if piece.holders] == [
        ("[", ((Stance.DELETE, ("USA",)),)),
        ("[c]", ((Stance.PROPOSE, ("EU",)),)),
    ]


def test_depth_counts_what_consolidation_adds() -> None:
    tree = merging.consolidate_one("[[a b c d e f]]", {"A": "[[a x c d e f]]", "B": "y"})
    assert rendering.bracketed(tree) == "[[a [b][x] c d e f]][y]"
    assert rendering.depth(rendering.pieces(tree)) == 1
