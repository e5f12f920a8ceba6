"""How long reading a large text takes: tokens, brackets, the whole markup, one keystroke's pair rule, change sets.

    python -m tests.bench.parsing [ROUNDS]

Prints the best of a few rounds in CPU time beside a calibration loop of plain Python, so that figures of two machines,
and of one machine idle and busy, compare.
"""

import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from drafting.text import brackets, markup, pair_rule, pairing, tokens
from drafting.text.bodies import Body
from drafting.text.changes import ChangeSet
from drafting.text.pair_rule import Outline
from drafting.text.steps import Edit

PROVISIONS, WORDS, PAIRS = 1_000, 100, 2
"""1,000 provisions of 100 words and 2 pairs: 100,000 words with 4,000 brackets."""


def write_text() -> list[str]:
    random = Random(9)
    vocabulary = [f"word{number}" for number in range(3_000)]
    texts = []
    for number in range(1, PROVISIONS + 1):
        words = random.choices(vocabulary, k=WORDS)
        for start in random.sample(range(0, WORDS - 8, 8), PAIRS):
            words[start] = f"[{words[start]}"
            words[start + random.randint(0, 6)] += "]"
        texts.append(f"{number}. {' '.join(words)}.")
    return texts


def calibrate() -> int:
    """Count to a million, the yardstick of this machine at this moment."""
    total = 0
    for number in range(1_000_000):
        total += number & 7
    return total


def check_keystroke(texts: list[str]) -> Callable[[], object]:
    """Return the pair rule of one typed word, as a writer checks it from the residues it keeps."""
    residues = dict(enumerate(map(pairing.residue, texts)))
    act = [Edit(17, ChangeSet.of([(5, 5, "[new] ")], len(texts[17])))]
    after = act[0].changes.apply(texts[17])
    before = Outline(residues, {17: texts[17]})

    def keep() -> None:
        now = Outline({**residues, 17: pairing.residue(after)}, {17: after})
        pair_rule.keep(before, now, act)

    return keep


def map_many(text: str) -> Callable[[], object]:
    """Return a thousand changes mapped over one another in twos."""
    random = Random(4)

    def one() -> ChangeSet:
        at = random.randrange(len(text) - 9)
        return ChangeSet.of([(at, at + random.randint(0, 9), "x" * random.randint(0, 9))], len(text))

    changes = [one() for _ in range(1_001)]
    return lambda: [mine.map(other) for mine, other in pairwise(changes)]


def list_works() -> Iterator[tuple[str, Callable[[], object]]]:
    texts = write_text()
    whole = "\n\n".join(texts)
    yield "calibration: count to a million", calibrate
    yield "tokens of 100,000 words", lambda: tokens.tokenize(whole)
    yield "brackets.parse, 4,000 brackets", lambda: brackets.parse(texts)
    yield "brackets.parse, 20,000 unclosed", lambda: brackets.parse(["[" * 20_000])
    yield "markup.read, the same text", lambda: markup.read(texts)
    yield "body and pair rule of one act, all texts", lambda: pair_rule.check(Body.of(texts), [])
    yield "pair rule of one keystroke, 1,000 texts", check_keystroke(texts)
    yield "1,000 changes mapped", map_many(whole)


def main(rounds: int) -> None:
    yardstick = 0.0
    for name, work in list_works():
        best = min(_time(work) for _ in range(rounds))
        yardstick = yardstick or best
        print(f"{name:<42} {1000 * best:8.2f} ms   ×{best / yardstick:.3f}")


def _time(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5)
