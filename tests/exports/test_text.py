"""The plain text of a reading."""

from drafting.exports import text
from tests.exports.documents import everything


def written() -> str:
    return text.write(everything()).decode()


def test_it_opens_with_the_masthead_and_the_notes() -> None:
    head, title, notes, legend, *_ = written().split("\n\n")
    assert head.splitlines()[:2] == ["Conference on Rivers", "A/CONF.9/L.1/Rev.1"]
    assert title == "Agreement on <rivers> & lakes\nBracketed text"
    assert notes == "* Absence of brackets & agreement."
    assert "{+ +}  words put in" in legend.splitlines()


def test_it_indents_every_line_of_a_provision_and_prints_its_brackets_bare() -> None:
    assert "    Each Party [shall] act.\n    At once." in written()


def test_it_prints_a_gap_as_its_number_and_a_status_beside_its_provision() -> None:
    assert "A gap {1} here.  <agreed>" in written()


def test_it_marks_what_came_and_what_went() -> None:
    assert "Kept {-out-}{+in+}" in written()


def test_it_ends_with_its_tables_its_footnotes_and_one_line_feed() -> None:
    table = "UNDECIDED PLACES\nMark | Provision | Words\n{1} | 1.2 | <these>\n | 1.3 |\n"
    assert written().endswith(f"{table}\n[^1]: The [footnote].\n")


def test_what_is_beside_the_text_has_a_bar_and_the_text_stands_between_two_rules() -> None:
    assert "\n\n│ (1.6: deleted)\n\n" in written()
    assert written().count("\n\n════════ A/CONF.9/L.1/Rev.1 ════════\n\n") == 2
