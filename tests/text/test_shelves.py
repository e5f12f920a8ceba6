"""A shelf keeps the trees used last."""

from drafting.text import merging
from drafting.text.shelves import Shelf


def test_it_keeps_the_trees_used_last() -> None:
    shelf = Shelf(2)
    shelf["a"], shelf["b"] = ("a",), ("b",)
    assert shelf["a"] == ("a",)
    shelf["c"] = ("c",)
    assert (set(shelf), len(shelf)) == ({"a", "c"}, 2)
    del shelf["a"]
    assert shelf.get("a") is None


def test_a_provision_worked_out_before_is_taken_from_it() -> None:
    shelf = Shelf(10)
    tree = merging.consolidate_one("a b", {"A": "a c"}, shelf)
    assert merging.consolidate_one("a b", {"A": "a c"}, shelf) is tree
    assert merging.consolidate_one("a b", {}, shelf) == ("a b",)
    assert len(shelf) == 1
