"""Attributions written into brackets, in every shape seen; and words that only look like one."""

import pytest

from drafting.text import attributions, pairing


def _find(text: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    found = attributions.find([text], pairing.match([text]).pairs, known)
    return [
        (text[each.start : each.end], "; ".join(f"{', '.join(one.names)} {one.stance}" for one in each.attributions))
        for each in found
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[should - EU, NOR; G77 delete]", [("should", "EU, NOR propose; G77 delete")]),
        ("[EU: should]", [("should", "EU propose")]),
        ("[, as appropriate - USA]", [(", as appropriate", "USA propose")]),
        ("[rapid - AA; BB delete]", [("rapid", "AA propose; BB delete")]),
        ("[to launch a process - AA, BB delete]", [("to launch a process", "AA, BB delete")]),
        (
            "[changing x - AA, BB retain / promoting y - CC]",
            [("changing x", "AA, BB retain"), ("promoting y", "CC propose")],
        ),
        ("[sustained / equitable - US]", [("sustained", ""), ("equitable", "US propose")]),
        ("[, in line with P. -AA; BB, CC delete.]", [(", in line with P.", "AA propose; BB, CC delete")]),
        ("[, Alt. AALAND including access]", [("including access", "AALAND propose")]),
        (
            "[the [full] cycle - Norway, G77 and China; Russian Federation (reserve)]",
            [("the [full] cycle", "Norway, G77 and China propose; Russian Federation reserve")],
        ),
        ("[EU delete: at all levels]", [("at all levels", "EU delete")]),
        ("[now – African Group can live with it]", [("now", "African Group can-live-with")]),
        ("[now - Japan cannot accept]", [("now", "Japan cannot-accept")]),
    ],
)
def test_names_and_stances_are_taken_from_the_words(text: str, found: list[tuple[str, str]]) -> None:
    assert _find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "[40–70]",
        "[eco-]labelling",
        "[low-carbon - based]",
        "[Goal: the following]",
        "[Option 1: no text]",
        "[a fund / a facility]",
        "[text - Annex]",
        "[text - Part II]",
        "[measures - EU shall report]",
        "[]",
    ],
)
def test_other_words_stay_words(text: str) -> None:
    assert _find(text) == []


def test_the_names_of_a_conference_are_known_to_it() -> None:
    assert _find("[now - Borduria]") == []
    assert _find("[now - Borduria]", known=("Borduria",)) == [("now", "Borduria propose")]
