"""Which provision of one revision became which of another."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import alignment
from drafting.text.alignment import Fate, Match
from tests.text import strategies

REPORTS = "Each Party shall report to the Secretariat every two years on the measures it has taken."
FINANCE = "Developed country Parties should provide new and additional finance to developing country Parties."
OCEANS = "States have the duty to protect and preserve the marine environment and its living resources."


def _fates(old: list[str], new: list[str]) -> list[tuple[Fate, tuple[int, ...], tuple[int, ...]]]:
    return [(match.fate, match.old, match.new) for match in alignment.align(old, new)]


def test_a_provision_whose_words_changed_a_little_is_matched() -> None:
    changed = REPORTS.replace("shall", "should")
    (match,) = alignment.align([REPORTS], [changed])
    assert match.fate is Fate.MATCHED
    assert 0.9 < match.similarity < 1


def test_the_fewest_provisions_are_called_moved() -> None:
    assert _fates([REPORTS, FINANCE, OCEANS], [OCEANS, REPORTS, FINANCE]) == [
        (Fate.MOVED, (2,), (0,)),
        (Fate.MATCHED, (0,), (1,)),
        (Fate.MATCHED, (1,), (2,)),
    ]


def test_a_provision_that_became_two_is_split_and_the_way_back_is_merged() -> None:
    whole, parts = [f"{REPORTS} {FINANCE}", OCEANS], [REPORTS, FINANCE, OCEANS]
    assert _fates(whole, parts)[0] == (Fate.SPLIT, (0,), (0, 1))
    assert _fates(parts, whole)[0] == (Fate.MERGED, (0, 1), (0,))


def test_new_and_dropped_provisions_stand_where_they_belong() -> None:
    assert _fates([REPORTS, FINANCE], [OCEANS, FINANCE]) == [
        (Fate.DROPPED, (0,), ()),
        (Fate.ADDED, (), (0,)),
        (Fate.MATCHED, (1,), (1,)),
    ]


def test_repeated_provisions_are_matched_beside_their_neighbours() -> None:
    old = ["No text.", REPORTS, "No text.", FINANCE]
    new = ["No text.", FINANCE]
    assert [(match.old, match.new) for match in alignment.align(old, new) if match.new] == [((2,), (0,)), ((3,), (1,))]


def test_empty_provisions_are_matched_with_empty_ones() -> None:
    assert _fates(["", "…"], ["…"]) == [(Fate.MATCHED, (0,), (0,)), (Fate.DROPPED, (1,), ())]


@given(strategies.documents(8), strategies.documents(8), st.data())
def test_every_provision_is_in_exactly_one_match(old: list[str], new: list[str], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations([*new, *old[::2]]))
    matches = alignment.align(old, mixed)
    assert sorted(at for match in matches for at in match.old) == list(range(len(old)))
    assert sorted(at for match in matches for at in match.new) == list(range(len(mixed)))


@given(strategies.documents(8))
def test_a_document_aligned_with_itself_is_matched_throughout(texts: list[str]) -> None:
    assert alignment.align(texts, texts) == [Match(Fate.MATCHED, (at,), (at,), 1.0) for at in range(len(texts))]


def test_what_is_known_is_kept_whatever_the_words() -> None:
    found = alignment.align([REPORTS, FINANCE], [FINANCE, OCEANS], {0: 0, 1: None})
    assert [(match.fate, match.old, match.new) for match in found] == [
        (Fate.MATCHED, (0,), (0,)),
        (Fate.DROPPED, (1,), ()),
        (Fate.ADDED, (), (1,)),
    ]


@given(strategies.documents(8), strategies.documents(8), st.data())
def test_each_provision_is_in_one_match_and_as_it_was_said_to_be(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations([*new, *old[::2]]))
    count = data.draw(st.integers(0, min(len(old), len(mixed))))
    known: dict[int, int | None] = {at: at for at in range(count)}
    known |= dict.fromkeys(range(count, min(count + 2, len(mixed))))
    found = alignment.align(old, mixed, known)
    assert sorted(at for match in found for at in match.old) == list(range(len(old)))
    assert sorted(at for match in found for at in match.new) == list(range(len(mixed)))
    partners = {there: match.old for match in found for there in match.new}
    assert all(partners[there] == () if here is None else here in partners[there] for there, here in known.items())
