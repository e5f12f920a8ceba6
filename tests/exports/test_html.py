"""The HTML of a reading: accessible, alone in its file."""

import re

from lxml import html as reader

from drafting.exports import html
from tests.exports.documents import everything


def page(language: str = "en") -> reader.HtmlElement:
    return reader.document_fromstring(html.write(everything(language)))


def test_it_asks_nothing_of_any_other_file() -> None:
    tree = page()
    assert not tree.xpath("//script | //link | //img | //iframe")
    assert not re.search(r"url\(|@import|https?:", html.write(everything()).decode())


def test_it_escapes_what_is_not_its_own_markup() -> None:
    assert page().xpath("string(//h1)") == "Agreement on <rivers> & lakes"


def test_copying_a_provision_gives_its_words_and_brackets_without_numbers() -> None:
    assert page().xpath("string(//p[@id='1.1'])") == "Each Party [shall] act.\nAt once."


def test_a_bracket_carries_its_number_as_data() -> None:
    assert page().xpath("//p[@id='1.1']/span[@class='open']/@data-n") == ["1"]


def test_a_gap_is_read_aloud_and_leads_to_its_row() -> None:
    gap = page().xpath("//a[@class='gap']")[0]
    assert gap.text_content() == "undecided place 1"
    assert page().xpath(f"//*[@id='{gap.get('href')[1:]}']")


def test_changes_are_ins_and_del_with_whoever_made_them() -> None:
    tree = page()
    assert tree.xpath("//del[1]/@data-by") == ["KEN"]
    assert tree.xpath("//ins[1]/@data-by") == ["EU, NOR"]


def test_tables_have_captions_and_scopes() -> None:
    assert page().xpath("string(//caption)") == "Undecided places"
    assert page().xpath("//thead//th/@scope") == ["col"] * 3


def test_headings_come_in_order_and_the_page_has_one_main_part() -> None:
    tree = page()
    assert [heading.tag for heading in tree.xpath("//h1 | //h2 | //h3")] == ["h1", "h2"]
    assert len(tree.xpath("//main")) == 1


def test_arabic_is_set_from_right_to_left() -> None:
    assert (page("ar").get("lang"), page("ar").get("dir")) == ("ar", "rtl")
