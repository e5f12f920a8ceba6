"""How the rebase compares with diff-match-patch's own patches and with merge3, on the same histories in one run.

    python -m tests.bench.rebasing [HISTORIES]

Prints, for each kind of history, the share right, flagged and silently wrong, and the CPU time beside ours.
Right is the known truth, or where none is known the one merge that every alignment of the words allows; where that is
none at all (overlapping, deleted twin) only a flag is not wrong.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random

import merge3
from diff_match_patch import diff_match_patch

from drafting.text import rebasing, tokens
from tests.text import differ, histories
from tests.text.histories import History

Carry = Callable[[History], str | None]


def ours(history: History) -> str | None:
    outcome = rebasing.rebase(history.base, history.amended, history.current)
    return outcome.text if outcome.status == "carried" else None


def patches(history: History) -> str | None:
    matcher = diff_match_patch()
    text, applied = matcher.patch_apply(matcher.patch_make(history.base, history.amended), history.current)
    return str(text) if all(applied) else None


def merged(history: History) -> str | None:
    base, amended, current = (tokens.tokenize(text) for text in (history.base, history.amended, history.current))
    out: list[str] = []
    for kind, *where in merge3.Merge3(base, current, amended).merge_regions():
        if kind == "conflict":
            return None
        source = {"unchanged": base, "a": current, "same": current, "b": amended}[kind]
        out += source[where[0] : where[1]]
    return "".join(out)


METHODS: dict[str, Carry] = {"rebase": ours, "patch_apply": patches, "merge3": merged}
KINDS: dict[str, Callable[[Random], History]] = {
    "1 intervening edit": lambda random: histories.disjoint(random, 1),
    "3 intervening edits": lambda random: histories.disjoint(random, 3),
    "6 intervening edits": lambda random: histories.disjoint(random, 6),
    **{kind: make for kind, make in histories.SCENARIOS.items() if kind != "disjoint"},
}


def judge(history: History, text: str | None) -> str:
    """Say whether a carried text is right: the truth where it is known, else the one merge every alignment allows."""
    if text is None:
        return "flagged"
    if history.truth is not None:
        return "right" if text == history.truth else "wrong"
    return (
        "right"
        if differ.merge(history.base, history.amended, history.current) == {tuple(differ.words(text))}
        else "wrong"
    )


def main(size: int) -> None:
    for kind, make in KINDS.items():
        made = [make(Random(seed)) for seed in range(size)]
        print(f"\n{kind} ({size})")
        pace = 0.0
        for name, carry in METHODS.items():
            began = time.process_time()
            texts = [carry(history) for history in made]
            taken = time.process_time() - began
            pace = pace or taken
            counts = Counter(map(judge, made, texts))
            shares = "  ".join(f"{verdict} {counts[verdict] / size:6.1%}" for verdict in ("right", "flagged", "wrong"))
            print(f"  {name:<12} {shares}  {1000 * taken / size:6.2f} ms  ×{taken / pace:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 300)
