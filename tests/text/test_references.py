"""Mentions of provisions: found in all their shapes, looked up from where they stand."""

import pytest

from drafting.text import mentions, outlines, references


def _find(text: str) -> list[str]:
    return [
        " > ".join(element.label.kind.value[:3] + " " + element.label.name for element in mention.path)
        + ("…" if mention.opens_range else "")
        + (" elsewhere" if mention.is_external else "")
        for mention in mentions.find([text])
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as in article 9", ["art 9"]),
        ("Articles 3, 4 and 11", ["art 3", "art 4", "art 11"]),
        ("Article 4, paragraphs 3 and 3 bis (a)", ["art 4 > par 3", "art 4 > par 3 bis > sub (a)"]),
        ("paragraph 2(g) of Article 9 bis", ["art 9 bis > par 2 > sub (g)"]),
        ("(paragraphs 3–3 quater)", ["par 3…", "par 3 quater"]),
        ("paragraphs 1 to 3 above", ["par 1…", "par 3"]),
        ("merging OP2, OP3", ["ope 2", "ope 3"]),
        ("Merge with II.8", []),
        ("move to provision II.9", ["par 2 > par 9"]),
        ("annex B and Part IV.3", ["ann B", "par IV > par 3"]),
        ("section C of the annex", ["sec C"]),
        ("Article 4, paragraph 2(g), of the Convention", ["art 4 > par 2 > sub (g) elsewhere"]),
        ("[articles 204 to 206 of] the Convention", ["art 204… elsewhere", "art 206 elsewhere"]),
        ("decision 1/CP.21, paragraph 5", ["par 5 elsewhere"]),
        ("article 9 of this Agreement", ["art 9"]),
        ("this paragraph and the article", []),
        ("a part of the section on means", []),
        ("los artículos 3 y 4", ["art 3", "art 4"]),
        ("les articles 3 et 4 bis", ["art 3", "art 4 bis"]),
    ],
)
def test_mentions_are_read_in_all_their_shapes(text: str, found: list[str]) -> None:
    assert _find(text) == [each.replace("par 2 > par 9", "par II > par 9") for each in found]


def test_a_label_is_no_mention_of_itself() -> None:
    assert _find("Article 4\nOP2 The Parties\nOption 1: none") == []


def test_a_span_is_the_number_alone() -> None:
    text = "under article 9 bis, paragraph 2."
    (mention,) = mentions.find([text])
    assert [text[element.start : element.end] for element in mention.path] == ["9 bis", "2"]


TEXTS = ["Article 1", "1. A", "(a) B", "Article 2", "1. As in paragraph 2 and subparagraph (a).", "2. C", "(a) D"]


def _names(texts: list[str], retired: tuple[int, ...] = ()) -> list[str]:
    return [each.sentence for each in references.check(texts, outlines.read(texts), retired)]


def test_a_mention_is_looked_up_from_where_it_stands() -> None:
    found = [references.Index(outlines.read(TEXTS)).resolve(mention) for mention in mentions.find(TEXTS)]
    assert found == [[5], [6]]


def test_a_mention_of_what_is_not_there_is_named() -> None:
    assert _names([*TEXTS, "3. See article 7."]) == ["The text names article 7, but there is no such provision in it."]


def test_a_mention_of_a_tombstone_is_named() -> None:
    assert _names([*TEXTS, "3. See article 1."], retired=(0,)) == [
        "The text names article 1, but it has been taken out."
    ]


def test_a_mention_of_another_instrument_is_left_alone() -> None:
    assert _names(["1. See article 7 of the Convention."]) == []
