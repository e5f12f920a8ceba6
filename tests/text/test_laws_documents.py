"""The laws of consolidation over several provisions: pairs that cross them, and provisions that are new."""

from itertools import compress
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drafting.text import budgets, deciding, merging, pairing, rendering, trees
from drafting.text.errors import ActRefused, UnpairedBrackets
from drafting.text.merging import Entry
from drafting.text.standing import Bracketed
from tests.text import rounds
from tests.text.rounds import Session
from tests.text.test_laws_consolidation import EMPTY, bare


def printed(entries: tuple[Entry, ...]) -> list[str]:
    return [rendering.bracketed(entry.tree, ends=entry.ends) for entry in entries]


@given(rounds.sessions())
def test_each_reads_its_own_document(session: Session) -> None:
    entries = merging.consolidate(session.base, session.proposals)
    assert [text for entry, text in zip(entries, merging.read(entries), strict=True) if entry.index is not None] == (
        session.base
    )
    for proposal in session.proposals:
        texts = merging.read(entries, proposal.by)
        for entry, text in zip(entries, texts, strict=True):
            if entry.index is not None:
                assert text == proposal.texts.get(entry.index, session.base[entry.index])
        for at in range(-1, len(session.base)):
            new = compress(texts, [entry.index is None and entry.after == at for entry in entries])
            assert [text for text in new if text] == list(proposal.after.get(at, []))


@given(rounds.sessions(), st.randoms(use_true_random=False))
def test_the_order_of_the_proposals_changes_nothing(session: Session, random: Random) -> None:
    shuffled = random.sample(session.proposals, len(session.proposals))
    assert merging.consolidate(session.base, shuffled) == merging.consolidate(session.base, session.proposals)


@given(rounds.sessions())
def test_a_balanced_document_is_printed_balanced(session: Session) -> None:
    entries = merging.consolidate(session.base, session.proposals)
    assert pairing.is_balanced("".join(printed(entries)))
    assert pairing.is_balanced("".join(budgets.bracketed(entries)))


@given(rounds.sessions())
def test_no_empty_bracket_appears_that_no_document_holds(session: Session) -> None:
    documents = [session.base, *(_document(session.base, proposal) for proposal in session.proposals)]
    if not any(EMPTY.search("\n".join(texts)) for texts in documents):
        assert not EMPTY.search("\n".join(budgets.bracketed(merging.consolidate(session.base, session.proposals))))


@given(rounds.sessions(only_acts=True))
def test_acts_on_brackets_print_every_word_once(session: Session) -> None:
    entries = merging.consolidate(session.base, session.proposals)
    assert list(map(bare, printed(entries))) == list(map(bare, session.base))


@given(rounds.sessions(), st.randoms(use_true_random=False))
def test_choices_keep_the_residue_of_provisions_whose_brackets_nobody_touches(session: Session, random: Random) -> None:
    for entry in merging.consolidate(session.base, session.proposals):
        if entry.index is None:
            continue
        residue = pairing.residue(session.base[entry.index])
        texts = [proposal.texts[entry.index] for proposal in session.proposals if entry.index in proposal.texts]
        if all(pairing.residue(text) == residue for text in texts):
            chosen = trees.choose(
                entry.tree, lambda slot: random.choice([None, *(rival.text for rival in slot.alternatives)])
            )
            assert pairing.residue(chosen) == residue


def ends_in(slot: trees.Slot) -> list[trees.Alternative]:
    """The alternatives that hold one end of a pair across provisions."""
    residue = pairing.residue(trees.read(slot.base))
    return [rival for rival in slot.alternatives if pairing.residue(rival.text) != residue]


@given(rounds.sessions(), st.randoms(use_true_random=False))
def test_choices_that_take_the_ends_of_one_proposal_all_or_none_leave_the_document_balanced(
    session: Session, random: Random
) -> None:
    by = random.choice([None, *(proposal.by for proposal in session.proposals)])

    def choose(slot: trees.Slot) -> str | None:
        ends = ends_in(slot)
        own = [rival.text for rival in ends if by in rival.by]
        if not own and any(by in rival.by for inner in trees.slots(slot.base) for rival in ends_in(inner)):
            return None  # an end further in would not be taken with the others
        return own[0] if own else random.choice([None, *(one.text for one in slot.alternatives if one not in ends)])

    entries = merging.consolidate(session.base, session.proposals)
    assert pairing.is_balanced("".join(trees.choose(entry.tree, choose) for entry in entries))


@given(rounds.sessions(), st.randoms(use_true_random=False))
def test_whatever_is_accepted_leaves_the_document_balanced(session: Session, random: Random) -> None:
    table = deciding.lay(Bracketed.read(session.base), session.proposals)
    for item in random.sample(table.items, len(table.items)):
        try:
            table = deciding.accept(table, item.hunk.by, item.hunk.index).table
        except (ActRefused, UnpairedBrackets):
            continue
        assert pairing.is_balanced("".join(table.document.texts))


@given(rounds.sessions(moves_ends=False))
def test_a_whole_proposal_accepted_gives_its_document(session: Session) -> None:
    for proposal in session.proposals:
        table = deciding.lay(Bracketed.read(session.base), [proposal])
        if table.items:
            after = deciding.accept(table, proposal.by).table.document.texts
            expected = [text for text in _document(session.base, proposal) if text]
            assert bare("".join(after)) == bare("".join(expected))


def _document(base: list[str], proposal: rounds.Proposal) -> list[str]:
    found = list(proposal.after.get(-1, []))
    for at, text in enumerate(base):
        found += [proposal.texts.get(at, text), *proposal.after.get(at, [])]
    return found
