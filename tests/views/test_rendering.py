"""Words as HTML: nothing of the text is lost, brackets nest, whatever the brackets do."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import brackets
from drafting.views import rendering
from drafting.views.rendering import Drawn, Mark, Rail, Span

TEXTS = st.lists(st.text(alphabet="ab c[]\n<&", max_size=24), min_size=1, max_size=5)


def draw(texts: list[str], **options: object) -> list[str]:
    """The provisions of a document as HTML, its pairs as the engine finds them."""
    found = {pair.number: pair for pair in brackets.parse(texts).pairs}
    ends = {n: (*pair.start, *pair.end) for n, pair in found.items()}
    marks, around, _ = rendering.place(range(len(texts)), ends)
    drawn = {n: Drawn(n, n, "9") for n in found}
    return [
        rendering.words(
            text,
            [Mark(offset, opens, drawn[n]) for offset, opens, n in marks.get(at, ())],
            [drawn[n] for n in around.get(at, ())],
            **options,
        )
        for at, text in enumerate(texts)
    ]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(TEXTS, st.integers(0, 6))
def test_taking_the_tags_away_gives_the_text_back(texts: list[str], label: int) -> None:
    assert [plain(html) for html in draw(texts, label=label, href="/x/")] == texts


@given(TEXTS)
def test_every_tag_is_closed_in_its_own_provision(texts: list[str]) -> None:
    for html in draw(texts):
        open_tags: list[str] = []
        for closing, tag in re.findall(r"<(/?)(\w+)[^>]*>", html):
            if not closing:
                open_tags.append(tag)
            else:
                assert open_tags.pop() == tag
        assert open_tags == []


def test_a_number_is_generated_and_not_text() -> None:
    [html] = draw(["a [b] c"])
    assert '<b data-n="1">[</b>b<b>]</b>' in html
    assert 'aria-label="bracket 1"' in html


def test_a_bracket_across_provisions_is_a_piece_in_each() -> None:
    first, middle, last = draw(["a [b", "c", "d] e"])
    assert first.count('data-b="1"') == middle.count('data-b="1"') == last.count('data-b="1"') == 1
    assert "[" not in middle
    assert last.endswith("d<b>]</b></span> e")


def test_its_rail_runs_from_its_opening_to_its_closing() -> None:
    _, around, rails = rendering.place([7, 8, 9], {5: (7, 2, 9, 1)})
    assert around == {8: [5], 9: [5]}
    assert rails == {7: [Rail("from", 0, 5)], 8: [Rail("through", 0, 5)], 9: [Rail("to", 0, 5)]}


def test_a_label_hangs_outside_the_bracket_glyph_that_holds_it() -> None:
    [html] = draw(["[12 ter. New]"], label=8, href="/x/12-ter/")
    assert '[</b><a class="lb" href="/x/12-ter/">12 <i>ter</i>. </a>New' in html


def test_a_label_with_a_bracket_inside_stays_in_the_line() -> None:
    assert "lb" not in draw(["[3][4]. Each Party"], label=7)[0]


def test_alternatives_of_one_group_are_one_stack() -> None:
    one, two = (Drawn(n, n, "9", group=3) for n in (1, 2))
    html = rendering.words(
        "a [b] [c] d", [Mark(2, True, one), Mark(4, False, one), Mark(6, True, two), Mark(8, False, two)]
    )
    assert html.count('class="alts"') == 1
    assert html.index('class="alts"') < html.index("b<b>") < html.index("c<b>") < html.index("</span></span> d")


def test_a_bracket_names_its_holders_where_they_are_shown() -> None:
    drawn = Drawn(4, 12, "9", holders=("EU", "NOR"), who="EU NOR", said="European Union, Norway")
    html = rendering.words("[x]", [Mark(0, True, drawn), Mark(2, False, drawn)])
    assert 'data-h="EU NOR"' in html
    assert 'aria-label="bracket 12, held by European Union, Norway"' in html


def test_agreed_words_and_lone_brackets_stand_out() -> None:
    html = rendering.words("a b ] c", [], lone=frozenset({4}), agreed=[Span(2, 3)])
    assert '<span class="agreed-run">b</span>' in html
    assert '<span class="anomaly">]</span>' in html
