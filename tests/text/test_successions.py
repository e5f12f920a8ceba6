"""From a text as it stands to the next one a file brings: which acts, in which order, and that they end there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import alignment, bodies, brackets, pair_rule, pairing, successions
from drafting.text.alignment import Fate
from drafting.text.bodies import Body
from drafting.text.changes import MapMode
from drafting.text.steps import Anchor, map_anchor
from drafting.text.successions import Difference, Target
from tests.text import revisions, strategies

REPORTS = "1. Each Party shall [report] to the Secretariat every two years on the measures it has taken."
FINANCE = "2. Developed country Parties should provide new and additional finance to developing country Parties."
OCEANS = "3. States have the duty to protect and preserve the marine environment and its living resources."


def compared(old: Sequence[str], new: Sequence[str], **known: object) -> tuple[Difference, ...]:
    target = Target(list(new), alignment.align(old, new))
    return successions.compare(Body.of(old), target, {})


def made(old: Sequence[str], found: Sequence[Difference]) -> list[str]:
    """Make every difference, each under the pair rule, and return the words that stand then."""
    body = Body.of(old)
    for one in found:
        body = pair_rule.check(body, one.steps)
    return body.texts()


def test_words_that_change_apart_are_differences_of_their_own() -> None:
    new = REPORTS.replace("shall", "should").replace("two years", "year")
    found = compared([REPORTS, FINANCE], [new, FINANCE])
    assert [one.fate for one in found] == [Fate.MATCHED, Fate.MATCHED]
    assert made([REPORTS, FINANCE], found) == [new, FINANCE]


def test_new_dropped_and_moved_provisions_stand_where_the_file_has_them() -> None:
    old, new = [REPORTS, FINANCE, OCEANS, "4. Going."], [OCEANS, REPORTS, "1 bis. Wholly new.", FINANCE]
    found = compared(old, new)
    assert sorted(one.fate for one in found) == [Fate.ADDED, Fate.DROPPED, Fate.MOVED]
    assert made(old, found) == new


def test_a_division_and_a_merger_are_one_act_each_and_keep_the_first() -> None:
    whole, parts = [f"{REPORTS} {FINANCE}", OCEANS], [REPORTS, FINANCE, OCEANS]
    (split,), (merged,) = compared(whole, parts), compared(parts, whole)
    assert (split.fate, split.old, split.act.creates) == (Fate.SPLIT, (0,), (1,))
    assert (merged.fate, merged.new, merged.act.retires) == (Fate.MERGED, (0,), (1,))
    assert (made(whole, [split]), made(parts, [merged])) == (parts, whole)


def test_a_pair_across_provisions_comes_and_goes_at_both_ends_in_one_act() -> None:
    old, new = ["1. a [b", "2. c] d", "3. e"], ["1. a b", "2. c d", "3. e f"]
    found = compared(old, new)
    assert [one.old for one in found] == [(0, 1), (2,)]
    assert made(old, found) == new


def test_a_bracket_that_finds_no_partner_is_not_made_and_said_to_be() -> None:
    found = compared([REPORTS, FINANCE], [REPORTS, FINANCE.replace("new", "[new")])
    assert [(one.steps, one.why) for one in found] == [((), successions.ALONE)]


def test_a_refused_difference_leaves_the_others_where_they_belong() -> None:
    old, new = [REPORTS, FINANCE], ["0. Wholly new.", REPORTS.replace("shall", "should"), "1 bis. New too.", FINANCE]
    target = Target(new, alignment.align(old, new))
    found = successions.compare(Body.of(old), target, {}, lambda one: "No." if one.new == (0,) else "")
    assert [one.why for one in found if not one.steps] == ["No."]
    assert made(old, [one for one in found if one.steps]) == new[1:]


def test_a_pair_that_the_file_knows_by_its_id_stays_that_pair() -> None:
    old, new = ["one [two] three four"], ["one [five] two three [six] four"]
    target = Target(new, alignment.align(old, new, {0: 0}), pairs={0: {21: 7}})
    stays: dict[bool, Anchor | None] = {}
    for is_known in (True, False):
        found = successions.compare(Body.of(old), target, {0: {4: 7}} if is_known else {})
        steps = [step for one in found for step in one.steps]
        stays[is_known] = map_anchor(Anchor(0, 4), steps, 1, MapMode.TRACK_AFTER)
        assert made(old, found) == new
    assert stays[True] == Anchor(0, 21) != stays[False]


@given(strategies.documents(6), strategies.documents(6), st.data())
def test_all_differences_made_give_the_words_of_the_file(old: list[str], new: list[str], data: st.DataObject) -> None:
    mixed = [text.strip() for text in data.draw(st.permutations([*new, *old[::2]]))]
    found = compared(old, mixed)
    if all(one.steps for one in found):
        assert [words.strip() for words in made(old, found)] == mixed
    else:
        assert {one.why for one in found if not one.steps} == {successions.ALONE}


@given(strategies.documents(6), strategies.documents(6))
def test_nothing_is_left_out_where_every_provision_balances(old: list[str], new: list[str]) -> None:
    whole = [[text.strip() for text in texts if pairing.is_balanced(text)] for texts in (old, new)]
    assert [words.strip() for words in made(whole[0], compared(*whole))] == whole[1]


def test_of_real_revisions_only_brackets_without_a_partner_keep_something_out(corpus: Path) -> None:
    for one, other in revisions.CONSECUTIVE:
        old = revisions.provisions(corpus / "texts" / one)
        new = [text.strip() for text in revisions.provisions(corpus / "texts" / other)]
        found = compared(old, new)
        body = bodies.apply(Body.of(old), [step for difference in found for step in difference.steps])
        left = {index for difference in found if not difference.steps for index in difference.new}
        assert len(left) <= 4 * len(brackets.parse([*old, *new]).anomalies), one
        assert {new[index] for index in range(len(new)) if index not in left} <= {
            words.strip() for words in body.texts()
        }
