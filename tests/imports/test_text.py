"""Plain texts: where a provision begins in lines a page layout has broken."""

from __future__ import annotations

from drafting.imports import text
from drafting.imports.blocks import Form


def words(plain: str) -> list[str]:
    return [block.words for block in text.read(plain)]


def test_a_label_begins_a_provision_and_broken_lines_are_joined() -> None:
    plain = "1. Each Party shall take\nmeasures [to prevent\nharm].\n2. It reports.\n(a) yearly; and\n(b) in public."
    assert words(plain) == [
        "1. Each Party shall take measures [to prevent harm].",
        "2. It reports.",
        "(a) yearly; and",
        "(b) in public.",
    ]


def test_a_reference_at_the_head_of_a_line_begins_nothing() -> None:
    assert len(words("The bodies established under\nArticle 5, paragraph 2, of the Convention\nserve this one.")) == 1


def test_a_label_parted_from_its_words_is_put_before_them() -> None:
    assert words("1.\n\nThe Parties cooperate.\n\n2.\nThey report.") == ["1. The Parties cooperate.", "2. They report."]


def test_labels_in_a_row_stay_alone_where_nobody_knows_whose_words_follow() -> None:
    assert words("1.\n2.\n\nThe Parties cooperate.\n\nThey report.")[:2] == ["1.", "2."]


def test_a_word_broken_at_the_end_of_a_line_is_mended_without_losing_its_hyphen() -> None:
    assert words("the clearing-\nhouse") == ["the clearing-house"]


def test_heads_and_feet_of_pages_stand_apart() -> None:
    plain = "The Parties shall, in all good faith and as appropriate,\n\nPage 2 of 9\n\nA/CONF.9/L.1\n\ncooperate."
    assert [block.form for block in text.read(plain)] == [Form.PROSE, Form.FURNITURE, Form.FURNITURE, Form.PROSE]


def test_recitals_without_labels_are_parted_where_they_end() -> None:
    lines = ["PREAMBLE", "The Parties to this Agreement,", "Recalling the Charter,", "[Noting the need for water in"]
    plain = "\n".join([*lines, "arid regions,]"])
    assert words(plain) == [
        "PREAMBLE",
        "The Parties to this Agreement,",
        "Recalling the Charter,",
        "[Noting the need for water in arid regions,]",
    ]


def test_an_article_keeps_its_title_and_its_first_paragraph_stands_apart() -> None:
    plain = "Article 5\nGeneral principles\nIn order to achieve the objective, Parties shall be guided by:\n(a) equity;"
    assert words(plain) == [
        "Article 5\nGeneral principles",
        "In order to achieve the objective, Parties shall be guided by:",
        "(a) equity;",
    ]
