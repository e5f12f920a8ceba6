"""The structure of a file: articles, parents, addresses the floor can say."""

from __future__ import annotations

from drafting.imports import reading
from drafting.text.structures import Entry

TEXT = """Treaty on Rivers

Preamble

PP1. Recalling the Charter,

Article 1
Use of terms

1. "Party" means:

(a) a State;

(h) a region;

(i) a group.

1 bis. No text.

Page 3 of 9

[12 ter. Late words.]

Annex I
List

1. Rhine.
"""


def entries() -> dict[str, Entry]:
    return {entry.address: entry for entry in reading.read(TEXT.encode()).entries}


def test_each_provision_has_an_address_the_floor_can_say() -> None:
    wanted = {"PP1", "1", "1.1", "1.1(a)", "1.1(i)", "1.1bis", "1.12ter", "annexI", "annexI.1"}
    assert wanted <= {address.replace("preamble.", "") for address in entries()}


def test_brackets_are_counted_in_the_article_a_provision_stands_in() -> None:
    found = entries()
    assert [found[address].article for address in ("1.1(a)", "annexI.1")] == ["1", "annexI"]


def test_a_label_inside_a_bracket_is_read_with_its_span() -> None:
    late = entries()["1.12ter"]
    assert (late.label, late.words[: late.label_length]) == ("12 ter", "[12 ter.")


def test_the_head_of_a_page_is_kept_apart() -> None:
    page = entries()["page~1"]
    assert (page.words, page.kind, page.parent) == ("Page 3 of 9", "furniture", None)
