"""What an item names: the objects a page shows, so that it knows what to read again."""

import msgspec

from drafting import events
from drafting.live import items
from drafting.live.items import Row


def told(event: events.Event) -> dict[str, object]:
    item = items.of(Row(7, str(event.__struct_config__.tag), events.encode(event)))
    found: dict[str, object] = msgspec.json.decode(item.told)
    return found


def test_a_proposal_names_the_provisions_it_touches() -> None:
    words = [events.WordsProposed(provision=pk, words="x", base="y") for pk in (3, 3, 5)]
    submitted = events.AmendmentSubmitted(
        amendment="a", number=1, version="v", sponsors=["NOR"], proposed=words, hunks=[]
    )
    assert told(submitted)["provision"] == [3, 5]


def test_a_proposal_withdrawn_names_them_again() -> None:
    assert told(events.AmendmentWithdrawn(amendment="a", provisions=[3, 5]))["provision"] == [3, 5]


def test_an_open_pen_says_for_whom_and_what_it_types_names_it() -> None:
    pen = told(events.PenOpened(pen="p", provision=3, authority="delegation", speakers=["NOR"]))
    assert (pen["pen"], pen["provision"], pen["authority"], pen["speakers"]) == (["p"], [3], "delegation", ["NOR"])
    assert told(events.Typed(text="0" * 32, provision=3, rev=2, changes=[1], pen="p"))["pen"] == ["p"]


def test_no_item_quotes_words() -> None:
    words = [events.WordsProposed(provision=3, words="secret", base="y")]
    submitted = events.AmendmentSubmitted(
        amendment="a", number=1, version="v", sponsors=["NOR"], proposed=words, hunks=[]
    )
    assert "secret" not in str(told(submitted))
