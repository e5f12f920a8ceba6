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


def test_no_item_quotes_words() -> None:
    words = [events.WordsProposed(provision=3, words="secret", base="y")]
    submitted = events.AmendmentSubmitted(
        amendment="a", number=1, version="v", sponsors=["NOR"], proposed=words, hunks=[]
    )
    assert "secret" not in str(told(submitted))
