"""Rebasing on real texts: consecutive revisions of two treaties, and the pairs of edits a peer has judged."""

from pathlib import Path
from random import Random

import pytest

from drafting.text import rebasing
from tests.text import differ, histories, revisions


def test_amendments_of_real_provisions_are_right_or_flagged_on_the_next_revision(corpus: Path) -> None:
    provisions = revisions.changed(corpus)
    outcomes = []
    for nth, (old, new) in enumerate(provisions):
        for act in range(4):
            random = Random(10 * nth + act)
            amended = histories.mutate(random, old) if act < 2 else histories.act(random, old, random.random())
            outcome = rebasing.rebase(old, amended, new)
            outcomes.append(outcome.status)
            if outcome.status == "carried":
                assert differ.merge(old, amended, new) == {tuple(differ.words(outcome.text))}
                assert differ.changed(new, outcome.text) == differ.remaining(old, amended, new)
    assert len(provisions) > 150
    assert outcomes.count("carried") > 0.3 * len(outcomes)


def test_the_next_revision_is_an_amendment_like_any_other(corpus: Path) -> None:
    for nth, (old, new) in enumerate(revisions.changed(corpus)):
        current = histories.mutate(Random(nth), old)
        outcome = rebasing.rebase(old, new, current)
        if outcome.status == "carried":
            assert differ.merge(old, new, current) == {tuple(differ.words(outcome.text))}


def test_where_the_peer_carries_two_edits_we_give_its_text_or_flag(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = revisions.lines(corpus / "pairs_en.jsonl")
    carried = peers = 0
    for line in lines:
        outcome = rebasing.rebase(*(str(line[key]) for key in ("base", "a", "b")))
        carried += outcome.status == "carried"
        peers += bool(line["peer_carries"])
        if line["peer_carries"] and outcome.status == "carried":
            assert outcome.text == line["peer_merged"]
    with capsys.disabled():
        print(f"\ncarried of {len(lines)} pairs of edits: {carried} by the rebase, {peers} by the peer")
    assert carried > 0.8 * peers
