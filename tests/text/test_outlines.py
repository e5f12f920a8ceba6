"""The outline of a document: addresses, parents, parts, instruments."""

from hypothesis import given

from drafting.text import outlines
from drafting.text.outlines import Part

from .strategies import documents

TREATY = [
    "DRAFT TREATY",
    "The Parties to this Agreement,",
    "Recalling the Convention,",
    "Have agreed as follows:",
    "PART I GENERAL PROVISIONS",
    "Article 1",
    "1. Each Party shall:",
    "(a) Report;",
    "(b) Cooperate:",
    "(i) early;",
    "(ii) often.",
    "2. Parties may.",
    "Article 1 bis",
    "[1. A.]",
    "PART II MEANS",
    "Article 2",
    "Annex I",
    "1. A list.",
]


def _addresses(texts: list[str]) -> list[str]:
    return [entry.address for entry in outlines.read(texts)]


def test_each_provision_is_called_as_the_floor_calls_it() -> None:
    assert _addresses(TREATY)[4:] == [
        "partI",
        "1",
        "1.1",
        "1.1(a)",
        "1.1(b)",
        "1.1(b)(i)",
        "1.1(b)(ii)",
        "1.2",
        "1bis",
        "1bis.1",
        "partII",
        "2",
        "annexI",
        "annexI.1",
    ]


def test_each_provision_stands_under_another() -> None:
    entries = outlines.read(TREATY)
    parents = [entries[entry.parent].address if entry.parent is not None else None for entry in entries]
    assert parents[5:11] == ["partI", "1", "1.1", "1.1", "1.1(b)", "1.1(b)"]
    assert [entry.depth for entry in entries[6:12]] == [0, 1, 1, 2, 2, 0]


def test_the_parts_of_an_instrument_are_told_apart() -> None:
    parts = [entry.part for entry in outlines.read(TREATY)]
    assert parts[:5] == [Part.MASTHEAD, Part.PREAMBLE, Part.PREAMBLE, Part.OPERATIVE, Part.OPERATIVE]
    assert parts[-1] == Part.ANNEX


def test_brackets_count_within_an_article_the_preamble_or_an_annex() -> None:
    articles = [entry.article for entry in outlines.read(TREATY)]
    assert (articles[1], articles[9], articles[13], articles[17]) == ("preamble", "1", "1bis", "annexI")


def test_each_instrument_has_its_own_numbers() -> None:
    texts = ["Draft agreement", "Article 1", "Article 2", "Article 3", "Draft decision", "1. Adopts;", "Article 1"]
    entries = outlines.read(texts)
    assert [entry.instrument for entry in entries] == [0, 0, 0, 0, 1, 1, 1]
    assert entries[5].address == "i2.1"


def test_a_person_may_say_where_the_instruments_begin() -> None:
    texts = ["Article 1", "Article 2", "Article 1"]
    assert [entry.instrument for entry in outlines.read(texts, instruments=[0, 1])] == [0, 1, 1]


def test_articles_that_begin_again_begin_an_instrument() -> None:
    texts = ["Article 1", "Article 2", "Article 1", "Article 2"]
    assert [entry.instrument for entry in outlines.read(texts)] == [0, 0, 1, 1]


def test_i_after_h_is_a_letter_and_after_a_paragraph_a_figure() -> None:
    letters = ["1. A:", *(f"({letter}) x;" for letter in "abcdefghijk")]
    assert _addresses(letters)[9:11] == ["1(i)", "1(j)"]
    assert outlines.read(letters)[9].depth == 1
    assert [entry.depth for entry in outlines.read(["(h) x:", "(i) y;", "(ii) z."])] == [1, 2, 2]


def test_an_option_that_begins_inside_a_paragraph_belongs_to_it() -> None:
    texts = ["Article 8", "3. Option A: one.", "Option B: two.", "4. Next."]
    assert _addresses(texts) == ["8", "8.3", "8.3.optionB", "8.4"]


def test_options_hold_paragraphs() -> None:
    texts = ["Article 2", "**Option 1:**", "1. One.", "**Option 2:** No text", "Article 3"]
    assert _addresses(texts) == ["2", "2.option1", "2.option1.1", "2.option2", "3"]


def test_a_list_set_in_below_a_paragraph_is_further_in() -> None:
    assert _addresses(["1. One", "    1. In", "    2. In", "2. Two"]) == ["1", "1.1", "1.2", "2"]


def test_a_run_of_lines_is_split_at_its_labels() -> None:
    text = "Article 8\nApplication\n1. One,\ntwo;\n(a) Three."
    assert outlines.split(text) == ["Article 8\nApplication", "1. One,\ntwo;", "(a) Three."]


def test_a_figure_in_the_middle_of_a_sentence_splits_nothing() -> None:
    line = "Measures shall be taken by each Party in accordance with what is said in paragraph"
    assert outlines.split(f"1. {line}\n2. of this article.") == [f"1. {line}\n2. of this article."]


@given(documents())
def test_addresses_are_unique_and_parents_come_first(texts: list[str]) -> None:
    entries = outlines.read(texts)
    assert len({entry.address for entry in entries}) == len(texts)
    assert all(entry.parent is None or entry.parent < index for index, entry in enumerate(entries))


@given(documents())
def test_splitting_loses_nothing(texts: list[str]) -> None:
    for text in texts:
        assert "".join("\n".join(outlines.split(text)).split("\n")) == "".join(text.split("\n"))
