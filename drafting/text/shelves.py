"""Shelves: trees worked out before, kept for the next consolidation of a text that moved on by a few proposals.

What a tree hangs on is `merging.fingerprint`; a shelf only keeps.
"""

from collections import OrderedDict
from collections.abc import Iterator, MutableMapping
from threading import Lock

from .trees import Tree


class Shelf(MutableMapping[str, Tree]):
    """The trees used last, at most `size` of them, by the fingerprint of all they depend on; any thread may use it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._trees: OrderedDict[str, Tree] = OrderedDict()
        self._lock = Lock()

    def __getitem__(self, key: str) -> Tree:
        with self._lock:
            self._trees.move_to_end(key)
            return self._trees[key]

    def __setitem__(self, key: str, tree: Tree) -> None:
        with self._lock:
            self._trees[key] = tree
            self._trees.move_to_end(key)
            while len(self._trees) > self._size:
                self._trees.popitem(last=False)

    def __delitem__(self, key: str) -> None:
        with self._lock:
            del self._trees[key]

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(list(self._trees))

    def __len__(self) -> int:
        return len(self._trees)
