"""Made-up histories of a provision: an amendment, what happened meanwhile, and the truth where there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from drafting.text import tokens

_CLAUSES = [
    "Each Party shall take appropriate measures to prevent, reduce and control pollution of the marine environment",
    "taking into account the best available science and the traditional knowledge of indigenous peoples",
    "in accordance with the principle of common but differentiated responsibilities and respective capabilities",
    "developed country Parties should provide new, additional and predictable finance to developing country Parties",
    "the Conference of the Parties shall adopt, at its first session, modalities, procedures and guidelines",
    "Parties are encouraged to cooperate with each other and with relevant regional and global organisations",
    "with a view to the conservation and sustainable use of biological diversity of areas beyond national jurisdiction",
    "the transfer of technology on fair and most favourable terms, including on concessional and preferential terms",
    "subject to the availability of resources and to the priorities of the Parties concerned",
    "and the Secretariat shall make the reports of the Parties available to the public in a timely manner",
    "no later than two years after the entry into force of this Agreement for the Party concerned",
    "the Parties may, where appropriate, use the measures of the Parties to the Convention",
]
_INSERTED = [
    "as appropriate",
    "in accordance with national law",
    "and relevant stakeholders",
    "on mutually agreed terms",
    "effective",
    "of the Parties",
    "and the",
    "where applicable,",
    "and local communities",
]
_SWAPS = {"shall": "should", "should": "may", "and": "or", "Parties": "States", "the": "any", "measures": "steps"}

Edit = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True)
class History:
    """`truth` is the one right carried text; None where the amendment must be flagged."""

    base: str
    amended: str
    current: str
    truth: str | None = None


def provision(random: Random, least: int = 60, most: int = 220) -> str:
    """Return a provision of so many words, clauses repeating as they do in real texts."""
    size = random.randint(least, most)
    found: list[str] = []
    while len(found) < size:
        found += f"{random.choice(_CLAUSES)}{random.choice([',', ';', '.', ''])}".split()
    return " ".join(found[:size])


def edit(random: Random, words: list[str]) -> Edit:
    """Return an insertion, a deletion, a changed word or changed words, in a text that has one."""
    at = random.randrange(len(words))
    while not tokens.is_word(words[at]):
        at = random.randrange(len(words))
    kind = random.random()
    if kind < 0.35:
        return at, at, tuple(tokens.tokenize(f"{random.choice(_INSERTED)} "))
    if kind < 0.6:
        return at, min(len(words), at + 2 * random.choice([1, 1, 2, 3, 6])), ()
    if kind < 0.8 and words[at] in _SWAPS:
        return at, at + 1, (_SWAPS[words[at]],)
    end = min(len(words), at + 2 * random.choice([1, 2, 3]) - 1)
    return at, end, tuple(tokens.tokenize(f"{random.choice(_INSERTED)} {random.choice(['obligations', 'capacity'])}"))


def write(words: list[str], edits: list[Edit]) -> str:
    """Return the text with the edits made."""
    out: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        out += [*words[at:start], *new]
        at = end
    return "".join([*out, *words[at:]])


def mutate(random: Random, text: str) -> str:
    """Return the text with one edit made."""
    words = tokens.tokenize(text)
    return write(words, [edit(random, words)])


def disjoint(random: Random, intervening: int = 6, gap: int = 1) -> History:
    """An amendment of one or two edits, and `intervening` others at least `gap` untouched words away."""
    while True:
        base = provision(random)
        words = tokens.tokenize(base)
        own = [edit(random, words) for _ in range(random.choice([1, 1, 2]))]
        others = [edit(random, words) for _ in range(intervening)]
        if _are_apart(words, own, gap) and _are_apart(words, [*own, *others], gap):
            amended, current = write(words, own), write(words, others)
            if base not in (amended, current):
                return History(base, amended, current, write(words, [*own, *others]))


def overlapping(random: Random) -> History:
    """Two edits of the same words."""
    base = provision(random)
    words = tokens.tokenize(base)
    while True:
        one, other = edit(random, words), edit(random, words)
        (low, high, _), (their_low, their_high, _) = _trim(words, one), _trim(words, other)
        if low < their_high and their_low < high:
            history = History(base, write(words, [one]), write(words, [other]))
            if len({base, history.amended, history.current}) == 3:
                return history


def deleted_twin(random: Random) -> History:
    """The amended sentence was deleted; one nearly the same remains."""
    while True:
        first = provision(random, 15, 40).rstrip(".,;") + "."
        second, amended = mutate(random, first), mutate(random, first)
        filler = provision(random, 20, 20)
        if first not in (second, amended):
            return History(f"{first} {filler} {second}", f"{amended} {filler} {second}", f"{filler} {second}")


def repeated(random: Random) -> History:
    """The same sentence two or three times, one of them amended, one deleted, changed, or another put in."""
    sentence = provision(random, 8, 25).rstrip(".,;") + "."
    parts = [sentence] * random.choice([2, 3])
    if random.random() < 0.5:
        parts.insert(random.randrange(len(parts) + 1), provision(random, 12, 12))
    own, others = list(parts), list(parts)
    at = random.randrange(len(parts))
    own[at] = mutate(random, own[at])
    at, kind = random.randrange(len(parts)), random.random()
    if kind < 0.4:
        others.pop(at)
    elif kind < 0.7:
        others.insert(at, provision(random, 10, 10))
    else:
        others[at] = mutate(random, others[at])
    return History(" ".join(parts), " ".join(own), " ".join(others))


def bracketed(random: Random) -> History:
    """Wraps, lifts and drops of pairs on both sides, changes inside them, and pairs that would cross."""
    base = provision(random, 10, 60)
    for _ in range(random.choice([0, 1, 2, 3])):
        base = act(random, base, 0.0)
    own = others = base
    for _ in range(random.choice([1, 1, 2])):
        own = act(random, own, random.random())
    for _ in range(random.choice([1, 1, 2])):
        others = act(random, others, random.random())
    return History(base, own, others)


def act(random: Random, text: str, kind: float) -> str:
    """Return the text after one balanced act: a wrap below 0.4, a lift or drop below 0.7, else changed words."""
    words = tokens.tokenize(text)
    if not any(map(tokens.is_word, words)):
        return text
    pairs = [(at, _partner(words, at)) for at, word in enumerate(words) if word == "["]
    pairs = [(start, end) for start, end in pairs if end is not None]
    if kind < 0.4:
        places = [at for at, word in enumerate(words) if tokens.is_word(word)]
        start = random.randrange(len(places))
        end = min(len(places) - 1, start + random.choice([0, 1, 3, 8, 20]))
        acted = write(words, [(places[start], places[start], ("[",)), (places[end] + 1, places[end] + 1, ("]",))])
    elif kind < 0.7 and pairs:
        start, end = random.choice(pairs)
        marks: list[Edit] = [(start, start + 1, ()), (end, end + 1, ())]
        acted = write(words, marks if random.random() < 0.6 else [(start, end + 1, ())])
    else:
        acted = mutate(random, text)
    return acted if residue(acted) == residue(text) else text


def _partner(words: list[str], start: int) -> int | None:
    depth = 0
    for at in range(start, len(words)):
        depth += (words[at] == "[") - (words[at] == "]")
        if not depth:
            return at
    return None


def residue(text: str) -> str:
    """Return the brackets of a text that find no partner in it."""
    marks = "".join(char for char in text if char in "[]")
    while "[]" in marks:
        marks = marks.replace("[]", "")
    return marks


def _trim(words: list[str], made: Edit) -> Edit:
    """Return an edit without the words it takes out only to put them in again."""
    start, end, new = made
    while start < end and new and words[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and words[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return start, end, new


def _are_apart(words: list[str], edits: list[Edit], gap: int) -> bool:
    ordered = sorted(edits)
    return all(
        one[1] < other[0] and sum(map(tokens.is_word, words[one[1] : other[0]])) >= gap
        for one, other in pairwise(ordered)
    )


SCENARIOS: dict[str, Callable[[Random], History]] = {
    "disjoint": disjoint,
    "overlapping": overlapping,
    "deleted twin": deleted_twin,
    "repeated": repeated,
    "bracketed": bracketed,
}
