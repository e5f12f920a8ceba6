"""How long consolidation takes, how much it prints, and what other tools need for the same input.

    python -m tests.bench.consolidation [ROUNDS]

Prints the best of a few rounds in CPU seconds beside a calibration loop of plain Python, so that figures of two
machines compare. Other tools (requirements-bench.in) are measured where they are installed.
"""

import difflib
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from random import Random
from unittest import mock

from drafting.text import budgets, diffs, merging, rendering, survivors, tokens
from drafting.text.hunks import Proposal
from drafting.text.merging import Entry
from tests.bench.parsing import calibrate

Input = tuple[list[str], list[Proposal]]

VOCABULARY = (
    "the Parties shall ensure that measures are taken to protect and preserve marine biological diversity in areas "
    "beyond national jurisdiction through effective implementation of relevant provisions with a view to promoting "
    "cooperation among States in accordance with this Agreement including by means of capacity building transfer "
    "technology financial resources and where appropriate"
).split()
CHANGES = ["should", "may", "as appropriate", "endeavour to ensure", "States Parties", "sustainable", "equitable", ""]


def write_provision(random: Random, words: int) -> str:
    return f"{random.randint(1, 99)}. {' '.join(random.choices(VOCABULARY, k=words))}."


def reword(text: str, places: Iterable[int], random: Random) -> str:
    """The text with a word replaced, deleted or added to at each of the places."""
    words = text.split(" ")
    for at in sorted(places, reverse=True):
        new = random.choice(CHANGES)
        size = random.choice([0, 1, 1, 1, 2, 6])
        words[at : at + size] = [new] if new else []
    return " ".join(words)


def quarrels(text: str, random: Random) -> list[str]:
    """What delegations want of one provision, the most wanted first: the same quarrels return, as in real drafts."""
    places = random.sample(range(1, 90), 12)
    singles = [reword(text, [at], random) for at in places]
    doubles = [reword(text, random.sample(places, random.choice([2, 3])), random) for _ in range(8)]
    whole = [f"{text.split(' ')[0]} {' '.join(random.choices(VOCABULARY, k=60))}.", ""]
    return [*singles[:4], doubles[0], *singles[4:8], *doubles[1:4], whole[0], *singles[8:], *doubles[4:], whole[1]]


def write_input(provisions: int, amendments: int, words: int = 100, all_different: bool = False) -> Input:
    """Provisions and amendments to them; each takes up one of its provision's quarrels, the first the most often."""
    random = Random(7)
    base = [write_provision(random, words) for _ in range(provisions)]
    wanted = [quarrels(text, random) for text in base]
    found = []
    for number in range(amendments):
        at = random.randrange(provisions)
        ranks = [1 / (rank + 1) for rank in range(len(wanted[at]))]
        text = random.choices(wanted[at], ranks)[0]
        if all_different:
            text = reword(text or base[at], random.sample(range(1, 50), random.choice([1, 1, 2])), random)
        found.append(Proposal(f"D{number:05}", {at: text}))
    return base, found


def measure(work: Callable[[], object], rounds: int) -> float:
    """Return the least CPU seconds of a few rounds."""
    best = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        best.append(time.process_time() - begin)
    return min(best)


def measure_in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Return the least CPU seconds of each; taken in turn, so that a busy moment of the machine falls on all alike."""
    return [min(found) for found in zip(*([measure(work, 1) for work in works] for _ in range(rounds)), strict=True)]


def consolidate(given: Input) -> tuple[Entry, ...]:
    return merging.consolidate(*given)


def count_printed(given: Input, is_nested: bool) -> int:
    entries = merging.consolidate(*given, is_nested=is_nested)
    return sum(rendering.length(entry.tree) for entry in entries)


def _match(
    base: Sequence[str], new: Sequence[str], cleanup: diffs.Cleanup = "Semantic", **_: object
) -> list[diffs.Block]:
    del cleanup
    codes = difflib.SequenceMatcher(None, base, new, autojunk=False).get_opcodes()
    return [(low, high, new_low, new_high) for kind, low, high, new_low, new_high in codes if kind != "equal"]


@contextmanager
def difflib_instead(trimmed: bool) -> Iterator[None]:
    """Have difflib compare the token lists, whole or where they differ."""
    whole = (
        survivors.find_window if trimmed else lambda base, new: survivors.Window(0, len(base.tokens), len(new.tokens))
    )
    with mock.patch.object(diffs, "blocks", _match), mock.patch.object(survivors, "find_window", whole):
        yield


def by_provision(given: Input) -> list[tuple[str, list[str]]]:
    texts: Mapping[int, list[str]] = defaultdict(list)
    for proposal in given[1]:
        for at, text in proposal.texts.items():
            texts[at].append(text)
    return [(given[0][at], found) for at, found in texts.items()]


def diff_alone(given: Input) -> None:
    """Compare each amendment with its provision, and do nothing with what is found."""
    for base, texts in by_provision(given):
        for text in texts:
            diffs.diff(base, text, "Semantic", fast=False)


def merge_in_turn(given: Input) -> None:
    """Merge the amendments to each provision one after the other with merge3; conflicts are left standing."""
    merge3 = import_module("merge3")
    for base, texts in by_provision(given):
        words = tokens.tokenize(base)
        merged = words
        for text in texts:
            merged = list(merge3.Merge3(words, merged, tokens.tokenize(text)).merge_lines())


def collate(given: Input) -> None:
    """Align the amendments to each provision with collatex."""
    collatex = import_module("collatex")
    for base, texts in by_provision(given):
        collation = collatex.Collation()
        for number, text in enumerate([base, *texts]):
            collation.add_plain_witness(str(number), text or "-")
        collatex.collate(collation)


def show_others(small: Input, own: float) -> None:
    few = small[0], [one for one in small[1] if min(one.texts) < 4]
    for name, work, sample in (
        ("diff-match-patch alone, in Python", diff_alone, small),
        ("merge3, one after the other", merge_in_turn, small),
        ("collatex, from a sample", collate, few),
    ):
        try:
            seconds = measure(partial(work, sample), 1) * len(small[1]) / len(sample[1])
        except ImportError as missing:
            show(name, "-", f"not installed: {missing.name}")
        else:
            show(name, f"{seconds:.2f} s", f"{seconds / own:.1f} × ours")


def show(name: str, figure: str, remark: str = "") -> None:
    print(f"{name:<46} {figure:>10}  {remark}")


def main(rounds: int = 3) -> None:
    show("calibration: counting to a million", f"{measure(calibrate, rounds):.3f} s")
    large, small = write_input(1_000, 10_000), write_input(1_000, 2_000)
    seconds = measure_in_turn([lambda: consolidate(large), lambda: consolidate(small)], rounds)
    times = dict(zip((10_000, 2_000), seconds, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for amendments, limit in ((2_000, 2), (10_000, 4)):
        show(f"{amendments:,} amendments on 1,000 provisions", f"{times[amendments]:.2f} s", f"limit {limit}")
    show("10,000 take as long as 2,000, times", f"{times[10_000] / times[2_000]:.2f}", "limit 3")
    show("memory at 10,000", f"{peak} MB", "limit 300")
    show("different texts among the 10,000", f"{len({(*one.texts.items(),) for one in large[1]}):,}")
    different = write_input(1_000, 10_000, all_different=True)
    show("10,000 all different", f"{measure(lambda: consolidate(different), rounds):.2f} s")
    crowd = write_input(1, 195, 150, all_different=True)
    show(
        "195 different on one provision of 150 words",
        f"{measure(lambda: consolidate(crowd), rounds):.2f} s",
        "limit 0.3",
    )
    entries = consolidate(crowd)
    show("the same printed, as Options", f"{measure(lambda: budgets.bracketed(entries), rounds):.2f} s")
    for trimmed in (False, True):
        with difflib_instead(trimmed):
            slower = measure(lambda: consolidate(small), 1)
        name = f"2,000 with difflib{', where texts differ' if trimmed else ', on whole texts'}"
        show(name, f"{slower:.2f} s", f"{slower / times[2_000]:.1f} × ours")
    show_others(small, times[2_000])
    for name, given in (("10,000", large), ("10,000 all different", different)):
        nested, flat = count_printed(given, True), count_printed(given, False)
        show(f"{name}: nested prints, of flat", f"{nested / flat:.2f}", f"{nested:,} of {flat:,}; limit 0.5")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
