"""One line, as it is spoken or by signs: who, what, of which words."""

from __future__ import annotations

import pytest

from drafting.text import interventions
from drafting.text.errors import TextError
from drafting.text.interventions import Intervention, Verb
from drafting.text.preferences import Preference, Thing

OPTION_2 = Preference("support", Thing.OPTION, "Option 2")
NAMES = {"NOR": "Norway", "EU": "European Union", "JPN": "Japan", "BRA": "Brazil", "IND": "India"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Norway: after Parties insert jointly", Intervention(("NOR",), Verb.INSERT, "Parties", "jointly")),
        ("nor>Parties>jointly", Intervention(("NOR",), Verb.INSERT, "Parties", "jointly")),
        ("nor a Parties i jointly", Intervention(("NOR",), Verb.INSERT, "Parties", "jointly")),
        ("NOR before “shall” insert “not”", Intervention(("NOR",), Verb.INSERT, "shall", "not", is_before=True)),
        ("NOR, EU and Japan: change may to shall", Intervention(("NOR", "EU", "JPN"), Verb.REPLACE, "may", "shall")),
        ("European Union supports", Intervention(("EU",), Verb.SUPPORT)),
        ("eu+", Intervention(("EU",), Verb.SUPPORT)),
        ("ind[", Intervention(("IND",), Verb.BRACKET)),
        ("India brackets the whole paragraph", Intervention(("IND",), Verb.BRACKET)),
        ("IND brackets as appropriate", Intervention(("IND",), Verb.BRACKET, "as appropriate")),
        ("Japan can go along with Norway", Intervention(("JPN",), Verb.CAN_LIVE_WITH, target="NOR")),
        ("jpn=nor", Intervention(("JPN",), Verb.CAN_LIVE_WITH, target="NOR")),
        ("Japan opposes Norway’s proposal", Intervention(("JPN",), Verb.OPPOSE, target="NOR")),
        ("Brazil reserves on amendment 12", Intervention(("BRA",), Verb.RESERVE, target="12")),
        ("Brazil reserves on proposal 12", Intervention(("BRA",), Verb.RESERVE, target="12")),
        ("bra?", Intervention(("BRA",), Verb.RESERVE)),
        ("d as appropriate*", Intervention((), Verb.DELETE, "as appropriate", throughout=True)),
        ("delete as appropriate throughout", Intervention((), Verb.DELETE, "as appropriate", throughout=True)),
        ("Norway prefers option 2", Intervention(("NOR",), Verb.PREFER, preferences=(OPTION_2,))),
        ("NOR, EU +opt 2", Intervention(("NOR", "EU"), Verb.PREFER, preferences=(OPTION_2,))),
        ("BRA deletes may", Intervention(("BRA",), Verb.DELETE, "may")),
        ("chair: c a~b because it reads so", Intervention(("chair",), Verb.REPLACE, "a", "b", reason="it reads so")),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_spoken_and_by_signs(line: str, expected: Intervention) -> None:
    assert interventions.read(line, NAMES) == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "who speaks"),
        ("FRA supports", "who speaks"),
        ("NOR thinks aloud", "who speaks"),
        ("NOR after Parties", "where and what"),
        ("NOR deletes throughout", "which words"),
        ("NOR, chair: delete may", "speak alone"),
        ("NOR supports Atlantis", "Atlantis"),
    ],
)
def test_a_line_nobody_would_say_is_refused_with_what_to_say(line: str, why: str) -> None:
    with pytest.raises(TextError, match=why):
        interventions.read(line, NAMES)
