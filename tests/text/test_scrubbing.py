"""The legal scrub: cross-references, defined terms, spellings, lists; one line a case, and it never goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given

from drafting.text import blanks, enumerations, scrubbing, spellings, terms
from drafting.text.findings import Check
from tests.text import strategies

SPELLINGS = [
    ("The labour of all. Our labour. A labor.", [("labor", "labour")]),
    ("Labor, behavior and a colour.", [("colour", "color")]),
    ("Colour and Color", [("Color", "Colour")]),
    ("We organise what was organized and organizes.", [("organise", "organize")]),
    ("The emphasis of an organism is organized.", []),
    ("She travels as she travelled and traveled.", [("traveled", "travelled")]),
    ("Sixty per cent of it, 4 percent.", [("percent", "per cent")]),
    ("A sub-paragraph, this sub-paragraph and a subparagraph.", [("subparagraph", "sub-paragraph")]),
    ("To cooperate and to co-operate, to Cooperate.", [("co-operate", "cooperate")]),
    ("Re-form the body that needs reform.", []),
    ("In decision-making; no decision making.", [("decision making", "decision-making")]),
    ("A long-term plan for the long term.", []),
    ("The laboratory of all labour.", []),
]
TERMS = [
    ("“Area” means the sea. The Area is one.", []),
    ("“Area” means the sea. There is none.", ["“Area” is defined and not used."]),
    ("“area” means x. “area” means y. The area.", ["“area” is defined twice."]),
    (
        "“Marine waste” means x. No marine waste, some Marine Waste there.",
        ["Defined as “Marine waste” and elsewhere written “marine waste” (1×), here “Marine Waste”."],
    ),
    (
        "“Party” means x. To a Party, a Party and party.",
        ["Defined as “Party” and elsewhere written “Party” (2×), here “party”."],
    ),
    ("“marine waste” means x.\nMarine waste is here.", []),
    ("The body (hereinafter “the Board”) sits. Then the Board rises.", []),
    (
        "So says the Scientific Council. And says the Scientific Council, as the Scientific Council does.",
        ["“Scientific Council” is used 3 times with capitals, and defined nowhere in the text."],
    ),
    ("It is the General Assembly, the General Assembly, the General Assembly.", []),
]
IN_LANGUAGES = [
    ("fr", "Les coûts, un coût et des couts.", [("couts", "coûts")]),
    ("fr", "La mise en œuvre, l’œuvre, une oeuvre.", [("oeuvre", "œuvre")]),
    ("fr", "L’événement, les évènements, l’événement.", [("évènements", "événements")]),
    ("fr", "Le savoir-faire, un savoir faire, son savoir-faire.", [("savoir faire", "savoir-faire")]),
    ("es", "El período, un período, los periodos.", [("periodos", "períodos")]),
    ("es", "La sustancia, sustancias y una substancia.", [("substancia", "sustancia")]),
    ("es", "El medio ambiente; del medio ambiente; el medioambiente.", [("medioambiente", "medio ambiente")]),
    (
        "ru",
        "Социально-экономический, социальноэкономический, социально-экономический.",
        [("социальноэкономический", "социально-экономический")],
    ),
    ("zh", "缔约方应当采取措施。", []),
]
TERMS_IN_LANGUAGES = [
    ("fr", "« Zone » désigne la mer. La Zone est une.", []),
    ("fr", "« Zone » désigne la mer. Il n’y en a pas.", ["“Zone” is defined and not used."]),
    (
        "fr",
        "On entend par « Fonds » x. Les Fonds. Le Conseil (ci-après « le Conseil »).",
        [],
    ),
    ("es", "Por “Zona” se entiende el mar. La Zona. “Zona” significa y.", ["“Zona” is defined twice."]),
    ("es", "El órgano (en lo sucesivo, “la Junta”) se reúne. La Junta decide.", []),
    ("ru", "«Район» означает море.", []),
]
LISTS = [
    ("measures: (a) one; (b) two; (d) three", [("(d)", "(c)")]),
    ("measures: (a) one; (b) two; (b) three", [("(b)", "(c)")]),
    ("(i) one; (ii) two; (iv) three", [("(iv)", "(iii)")]),
    ("(a) one: (i) x; (ii) y; (b) two; (c) three", []),
    ("(g) no list: paragraph 1 (a) and (b) of it", []),
    ("it: (a) x; (b) y; (c) z; (d) w; (e) u; (f) v; (g) t; (h) s; (i) r; (j) q", []),
]


@pytest.mark.parametrize(("language", "text", "wanted"), IN_LANGUAGES)
def test_other_languages_have_words_of_their_own(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[one.start : one.end], one.remedy) for one in spellings.check([text], language)] == wanted


@pytest.mark.parametrize(("language", "text", "wanted"), TERMS_IN_LANGUAGES)
def test_terms_are_found_where_it_is_known_how_a_language_defines_them(
    language: str, text: str, wanted: list[str]
) -> None:
    assert [one.sentence for one in terms.check([text], language)] == wanted


def test_what_is_not_checked_in_a_language_is_said() -> None:
    assert scrubbing.unchecked("en") == scrubbing.unchecked("fr") == scrubbing.unchecked("es") == ()
    assert scrubbing.unchecked("ar") == (Check.REFERENCE, Check.TERM, Check.SPELLING)


@pytest.mark.parametrize(("text", "wanted"), SPELLINGS)
def test_what_is_spelt_in_two_ways_is_spelt_as_most(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[one.start : one.end], one.remedy) for one in spellings.check([text])] == wanted


@pytest.mark.parametrize(("text", "wanted"), TERMS)
def test_a_term_is_defined_once_used_and_written_in_one_way(text: str, wanted: list[str]) -> None:
    assert [one.sentence for one in terms.check([text])] == wanted


@pytest.mark.parametrize(("text", "wanted"), LISTS)
def test_a_list_inside_a_provision_goes_on_one_by_one(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(text[one.start : one.end], one.remedy) for one in enumerations.check([text])] == wanted


def test_it_is_one_list_in_the_order_of_the_document() -> None:
    texts = [
        "Article 1",
        "1. Each Party shall honour article 7 and paragraph 2.",
        "3. It shall honour it; the honor is ours.",
    ]
    found = [(one.provision, str(one.check), one.remedy) for one in scrubbing.scrub(texts)]
    assert found == [(1, "reference", None), (1, "reference", None), (2, "list", "2."), (2, "spelling", "honour")]


def test_a_tombstone_has_no_finding_and_still_holds_its_number() -> None:
    texts = ["1. One.", "2. Two of labor.", "3. Labour, as in paragraph 2."]
    found = scrubbing.scrub(texts, retired=[1])
    assert [(one.check, one.sentence) for one in found] == [
        (Check.REFERENCE, "The text names paragraph 2, but it has been taken out.")
    ]


def test_a_remedy_never_touches_a_bracket() -> None:
    found = scrubbing.scrub(["labour, labour, per [x", "per[ ]cent, lab[o]r"])
    assert [one.remedy for one in found if one.remedy] == []


@given(strategies.documents())
def test_every_finding_is_a_place_of_the_text(texts: list[str]) -> None:
    for one in scrubbing.scrub(texts):
        assert 0 <= one.start < one.end <= len(texts[one.provision])
        assert one.remedy != texts[one.provision][one.start : one.end]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Done at ____ this ____ day of ____ two thousand", [("____", "place"), ("____", "date"), ("____", "date")]),
        ("adopted on (date) as A/CONF.999/L.XX", [("(date)", "date"), ("A/CONF.999/L.XX", "symbol")]),
        ("and so on... It ends.", []),
        ("on … June 2027", [("…", "date")]),
        ("(to be completed)", [("(to be completed)", "")]),
        ("on XX May, within XX days; and (XX days)", [("XX", "date"), ("XX", ""), ("XX", "")]),
        ("(xx) to recall resolution 2106 (XX);", []),
    ],
)
def test_blanks_are_found_with_what_they_stand_for(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(one.words, one.sort) for one in blanks.find([text])] == wanted
