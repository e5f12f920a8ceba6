"""Proposals on one provision sorted for the chair."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import triage
from drafting.text.triage import Cluster, Likeness
from tests.text import strategies

BASE = "Each Party shall take measures to protect the marine environment from plastic waste."


def _by(found: Cluster) -> list[tuple[str, ...]]:
    return [variant.by for variant in found.variants]


def test_the_same_wording_is_one_variant_whatever_its_spaces() -> None:
    new = BASE.replace("shall", "should")
    (found,) = triage.cluster(BASE, {"NOR": new, "EU": f"{new} "})
    assert (found.likeness, _by(found)) == (Likeness.IDENTICAL, [("EU", "NOR")])


def test_nearly_the_same_edit_is_one_cluster_that_shows_what_differs() -> None:
    longer = "take appropriate measures, on the basis of the best available science,"
    texts = {"EU": longer, "NOR": longer.replace("available", "accessible")}
    (found,) = triage.cluster(BASE, {by: BASE.replace("take measures", text) for by, text in texts.items()})
    ((other, runs),) = found.differences()
    assert (found.likeness, other.by, found.alike > triage.ALIKE) == (Likeness.SIMILAR, ("NOR",), True)
    assert [run.text for run in runs if run.kind != "same"] == ["available", "accessible"]


def test_other_words_at_the_same_place_compete() -> None:
    found = triage.cluster(BASE, {"EU": BASE.replace("shall", "should"), "G77": BASE.replace("shall", "may")})
    assert [(one.likeness, one.rivals) for one in found] == [(Likeness.COMPETING, (1,)), (Likeness.COMPETING, (0,))]


def test_the_same_words_put_in_elsewhere_are_another_proposal() -> None:
    found = triage.cluster(
        BASE, {"EU": BASE.replace("shall", "shall, where possible,"), "G77": f"{BASE} Where possible,"}
    )
    assert [one.likeness for one in found] == [Likeness.ALONE, Likeness.ALONE]


def test_a_proposal_that_changes_nothing_stands_alone() -> None:
    (found,) = triage.cluster(BASE, {"EU": BASE})
    assert (found.likeness, found.rivals) == (Likeness.ALONE, ())


@given(strategies.texts(), st.dictionaries(st.sampled_from("ABCDEF"), strategies.texts(), min_size=1), st.data())
def test_every_proposal_is_in_one_cluster_whatever_their_order(
    base: str, proposals: dict[str, str], data: st.DataObject
) -> None:
    found = triage.cluster(base, proposals)
    shuffled = dict(data.draw(st.permutations(list(proposals.items()))))
    assert triage.cluster(base, shuffled) == found
    assert sorted(name for one in found for variant in one.variants for name in variant.by) == sorted(proposals)
    assert all(at in found[rival].rivals for at, one in enumerate(found) for rival in one.rivals)
