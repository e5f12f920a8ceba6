"""What is said around the text is said in all six languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from drafting.text import document, legends, sayings
from drafting.text.document import LANGUAGES
from tests.exports.documents import everything, spoken

SENTENCES = tomllib.loads(Path(sayings.__file__).with_name("sayings.toml").read_text(encoding="utf-8"))


def test_every_sentence_is_there_in_every_language_with_the_same_blanks() -> None:
    others = {*LANGUAGES} - {"en"}
    assert [key for key, said in SENTENCES.items() if {*said} != others] == []
    assert [
        key for key, said in SENTENCES.items() if {one.count("{}") for one in said.values()} != {key.count("{}")}
    ] == []


def test_a_sentence_is_said_with_its_values() -> None:
    assert sayings.say("fr", "Comparison with {}", "A/L.1") == "Comparaison avec A/L.1"
    assert sayings.say("en", "Comparison with {}", "A/L.1") == "Comparison with A/L.1"


def test_what_somebody_wrote_stays_as_it_is() -> None:
    assert sayings.say("ar", "Braces {and so} on") == "Braces {and so} on"


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_the_legend_is_in_the_language_of_the_document(language: str) -> None:
    english = dict(legends.of(everything()))
    legend = [meaning for mark, meaning in legends.of(everything(language))]
    assert not {*legend} & ({*english.values()} - {"agreed ad referendum", "agreed"})


def test_the_head_says_distribution_and_original_in_its_language() -> None:
    head = spoken("ar").masthead
    assert (head.distributed, head.written_in) == ("التوزيع: عام", "الأصل: بالإنكليزية")
    assert document.Masthead("", "", "", "", "", "").distributed == ""
