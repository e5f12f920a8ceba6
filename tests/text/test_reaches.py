"""How far each change of one side reaches."""

from drafting.text import reaches, tokens
from drafting.text.reaches import Atom, Change


def _atoms(base: str, side: str) -> list[Atom]:
    return reaches.atoms(tokens.tokenize(base), tokens.tokenize(side))


def test_a_deletion_reaches_over_all_the_places_it_could_stand() -> None:
    (atom,) = _atoms("a b b b c", "a b b c")
    assert atom.changes == (Change(1, 3, ()),)
    assert atom.zones == ((1, 8),)


def test_the_same_change_has_the_same_name_whatever_else_changed() -> None:
    (alone,) = _atoms("x a plastic waste", "x a waste")
    _, beside = _atoms("x a plastic waste", "y a waste")
    assert alone.changes == beside.changes


def test_both_ends_of_a_pair_are_one_atom_that_reaches_over_what_they_enclose() -> None:
    (atom,) = _atoms("a b c d", "a [b c] d")
    assert [change.new for change in atom.changes] == [("[",), ("]",)]
    assert atom.pairs == ((2, 5),)


def test_a_lifted_inner_pair_does_not_touch_the_outer_one() -> None:
    (inner,) = _atoms("[[a] b c] d", "[a b c] d")
    (outer,) = _atoms("[[a] b c] d", "[a] b c d")
    assert inner.pairs == ((1, 4),)
    assert outer.pairs == ((0, 9),)


def test_half_a_pair_reaches_to_the_end_of_its_provision() -> None:
    (closing,) = _atoms("a b] c d", "a b c d")
    (opening,) = _atoms("a [b c d", "a b c d")
    assert closing.pairs == ((0, 4),)
    assert opening.pairs == ((2, 8),)


def test_brackets_that_would_change_partners_are_one_atom() -> None:
    (atom,) = _atoms("a [b] c [d] e", "a [b c d] e")
    assert len(atom.changes) == 2
    assert min(low for low, _ in atom.zones) == 2
    assert max(high for _, high in atom.zones) == 11
