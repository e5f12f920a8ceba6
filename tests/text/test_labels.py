"""Labels as they are printed in real texts, misspelt ones included."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.text import labels, numerals
from drafting.text.labels import LabelKind as K
from drafting.text.numerals import Style

from .strategies import texts


@pytest.mark.parametrize(
    ("text", "kind", "number", "name"),
    [
        ("1. Parties", K.PARAGRAPH, (1,), "1"),
        ("15 bis. The", K.PARAGRAPH, (15,), "15 bis"),
        ("16.5 quater The", K.PARAGRAPH, (16, 5), "16.5 quater"),
        ("2.bis We", K.PARAGRAPH, (2,), "2 bis"),
        ("3bis", K.PARAGRAPH, (3,), "3 bis"),
        ("8 sextiens. The", K.PARAGRAPH, (8,), "8 sexies"),
        ("41. Alt1 We", K.PARAGRAPH, (41,), "41 alt 1"),
        ("2.3 alt Parties", K.PARAGRAPH, (2, 3), "2.3 alt"),
        ("    1.  Hold", K.PARAGRAPH, (1,), "1"),
        ("(a) The", K.SUBPARAGRAPH, (1,), "(a)"),
        ("(e) bis the", K.SUBPARAGRAPH, (5,), "(e) bis"),
        ("e quarter x", K.SUBPARAGRAPH, (5,), "e quater"),
        ("[e terdecies x]", K.SUBPARAGRAPH, (5,), "e terdecies"),
        ("ee sexvicies x", K.SUBPARAGRAPH, (31,), "ee sexvicies"),
        ("c. bis products", K.SUBPARAGRAPH, (3,), "c bis"),
        ("(iv) the", K.ITEM, (4,), "(iv)"),
        ("iii) the", K.ITEM, (3,), "iii"),
        ("A. Mitigation", K.HEADING, (1,), "A"),
        ("IV. Means", K.HEADING, (4,), "IV"),
        ("Article 2bis", K.ARTICLE, (2,), "Article 2 bis"),
        ("Article ante 58", K.ARTICLE, (58,), "Article ante 58"),
        ("## Article 2 *(purpose)*", K.ARTICLE, (2,), "Article 2"),
        ("Article 6 (FINANCE)", K.ARTICLE, (6,), "Article 6"),
        ("PART II MARINE RESOURCES", K.PART, (2,), "PART II"),
        ("Annex [X]", K.ANNEX, (), "Annex"),
        ("Annex I", K.ANNEX, (1,), "Annex I"),
        ("Pp1 Recalling", K.PREAMBULAR, (1,), "Pp1"),
        ("PP2bis Recalling", K.PREAMBULAR, (2,), "PP2 bis"),
        ("OP0 bis. This", K.OPERATIVE, (0,), "OP0 bis"),
        ("OP3 supra The", K.OPERATIVE, (3,), "OP3 supra"),
        ("OP4 bis 1 Small", K.OPERATIVE, (4,), "OP4 bis 1"),
        ("OP1 alt bis Each", K.OPERATIVE, (1,), "OP1 alt bis"),
        ("OP6ALT x", K.OPERATIVE, (6,), "OP6 alt"),
        ("[OP1 alt. No text.]", K.OPERATIVE, (1,), "OP1 alt"),
        ("OP2 alt (merging OP2, OP3, OP4, OP5)", K.OPERATIVE, (2,), "OP2 alt"),
        ("[3.] Technology", K.PARAGRAPH, (3,), "3"),
        ("**Option 1:** x", K.OPTION, (1,), "Option 1"),
        ("Option 2: (paragraphs 3–3 quater)", K.OPTION, (2,), "Option 2"),
        ("OPTION II", K.OPTION, (2,), "OPTION II"),
        ("[Option 0", K.OPTION, (0,), "Option 0"),
        ("Sub-option 1", K.SUB_OPTION, (1,), "Sub-option 1"),
        ("Alt title 2: Capacity", K.TITLE, (), "Alt title 2"),
        ("Alt2 We", K.ALTERNATIVE, (), "Alt 2"),
        ("第十二条 缔约方", K.ARTICLE, (12,), "第十二条"),
        ("第五条之二", K.ARTICLE, (5,), "第五条之二"),
        ("المادة 5", K.ARTICLE, (5,), "المادة 5"),
        ("Статья 7", K.ARTICLE, (7,), "Статья 7"),
    ],
)
def test_it_reads_what_real_texts_print(text: str, kind: K, number: tuple[int, ...], name: str) -> None:
    label = labels.read(text)
    assert label is not None
    assert (label.kind, label.number, label.name) == (kind, number, name)


@pytest.mark.parametrize(
    "text",
    [
        "Article 4, paragraph 2, of the Convention",
        "Article 4 of the Convention",
        "Article 4 (2) of the Convention",
        "OP2, OP3 and OP4 are merged",
        "Part IV.3 on reporting",
        "Particular attention",
        "option a clause",
        "1.5 per cent",
        "2015. The",
        "4 December 2015",
        "e.g. the",
        "(s)hall",
        "(proposed placement: Part IV)",
        "[1] The footnote",
        "[[4][3] Each Party",
        "",
    ],
)
def test_it_reads_no_label_where_a_sentence_begins(text: str) -> None:
    assert labels.read(text) is None


def test_behind_a_full_stop_a_word_like_an_ordinal_begins_the_sentence() -> None:
    assert [labels.read(text).name for text in ("4. Quarter of an hour", "3. Ter Beek")] == ["4", "3"]


def test_the_span_is_the_printed_label_and_nothing_else() -> None:
    text = "[12 ter. New arrangements]"
    label = labels.read(text)
    assert text[label.start : label.end] == label.printed == "12 ter."


@pytest.mark.parametrize(
    ("printed", "regular"),
    [("2.bis", "2 bis."), ("3bis", "3 bis"), ("8 sextiens.", "8 sexies."), ("OP6ALT", "OP6 alt"), ("b. alt", "b alt.")],
)
def test_an_irregular_label_has_a_regular_form(printed: str, regular: str) -> None:
    label = labels.read(printed)
    assert (label.is_regular, labels.write(label)) == (False, regular)


def test_siblings_stand_in_the_order_a_drafter_gives_them() -> None:
    printed = ["OP0 bis", "OP1", "OP1 alt", "OP1 alt bis", "OP1 alt 2", "OP1 bis", "OP1 ter", "OP3 supra", "OP3"]
    read = [labels.read(each) for each in printed]
    assert sorted(read, key=lambda label: label.order) == read


@pytest.mark.parametrize(
    ("printed", "number", "suffix", "expected"),
    [
        ("5.", 6, None, "6."),
        ("5.", None, 2, "5 bis."),
        ("(e)", None, 3, "(e) ter"),
        ("(e)", 9, None, "(i)"),
        ("Article 4 bis", 5, 0, "Article 5"),
        ("16.5", 6, None, "16.6"),
        ("OP3 supra", 3, 0, "OP3"),
        ("第五条", None, 2, "第五条之二"),
    ],
)
def test_a_renumbered_label_is_printed_in_its_own_manner(
    printed: str, number: int | None, suffix: int | None, expected: str
) -> None:
    assert labels.renumber(labels.read(printed + " Text"), number, suffix).printed == expected


def test_labels_are_found_at_the_beginnings_of_lines() -> None:
    text = "Article 8\nApplication\n1. The provisions, as in\narticle 7:\n(a) One;\n(b) Two."
    assert [label.name for label in labels.find(text)] == ["Article 8", "1", "(a)", "(b)"]


@given(texts())
def test_a_label_stands_where_it_says(text: str) -> None:
    assert all(text[label.start : label.end] == label.printed for label in labels.find(text))


@given(st.integers(1, 26 * 5), st.sampled_from(list(Style)))
def test_a_numeral_is_read_as_it_was_written(number: int, style: Style) -> None:
    assert numerals.read(numerals.write(number, style), style) == number


@given(st.integers(2, 26))
def test_every_latin_suffix_is_read_as_it_was_written(number: int) -> None:
    assert numerals.read_ordinal(numerals.write_ordinal(number).upper()) == number


@pytest.mark.parametrize("number", [0, 1, 27])
def test_there_is_no_latin_suffix_beyond_sexvicies(number: int) -> None:
    with pytest.raises(ValueError, match="no Latin suffix"):
        numerals.write_ordinal(number)


@pytest.mark.parametrize("word", ["species", "Parties", "policies", "series", "companies", "quarterly", "dependencies"])
def test_an_english_word_is_no_ordinal(word: str) -> None:
    assert numerals.read_ordinal(word) is None
