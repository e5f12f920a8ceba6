"""Markdown: words, brackets and changes, and nothing that Markdown takes for a sign of its own."""

from dataclasses import replace

from drafting.exports import markdown
from drafting.text.document import Block, Run
from tests.exports.documents import everything


def written() -> str:
    return markdown.write(everything()).decode()


def test_it_opens_with_the_title_and_the_facts_of_the_first_page() -> None:
    title, facts, *_ = written().split("\n\n")
    assert title == r"# Agreement on \<rivers\> & lakes"
    assert facts.startswith("Conference on Rivers  \nA/CONF.9/L.1/Rev.1")


def test_brackets_stay_brackets_and_their_holders_are_raised() -> None:
    assert "Each Party [shall]<sup>NOR, EU</sup> act." in written()


def test_changes_are_ins_and_del() -> None:
    assert "Kept <del>out</del><ins>in</ins>" in written()


def test_footnotes_are_markdowns_own() -> None:
    assert "Noted[^1] and agreed" in written()
    assert written().endswith("[^1]: The [footnote].\n")


def test_a_number_at_the_head_of_a_line_begins_no_list() -> None:
    document = replace(everything(), body=(Block((Run("1. Each Party"),)),))
    assert "\n\n1\\. Each Party\n" in markdown.write(document).decode()


def test_words_that_look_like_a_link_a_heading_or_an_entity_stay_words() -> None:
    words = "[shall](if asked) [1]: &lt; see\n## 5\n---"
    lines = markdown.write(replace(everything(), body=(Block((Run(words),)),))).decode().split("\n\n")
    assert "[shall]\\(if asked) [1]\\: \\&lt; see  \n\\## 5  \n\\---" in lines
