"""Writes a synthetic negotiating text of any size: the same seed gives the same bytes.

The shapes are those of real texts: optional words, adjacent and spaced alternatives, nests, labels in brackets,
pairs over several paragraphs, options, placeholders, `bis` paragraphs and notes. About five pairs a provision.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from drafting.demo import phrases

_LETTERS = "abcdefgh"


def write(provisions: int, seed: int = 1) -> str:
    """Return a text of exactly `provisions` blocks, parted by blank lines, balanced in its brackets."""
    chance = random.Random(seed)
    blocks = [phrases.TITLE, "Preamble"]
    recitals = chance.sample(phrases.PREAMBLE, min(len(phrases.PREAMBLE), max(1, provisions // 12)))
    blocks += [_preambular(chance, n, recital) for n, recital in enumerate(recitals, 1)]
    articles = _articles(chance)
    while len(blocks) < provisions:
        room = provisions - len(blocks)
        article = next(articles)
        blocks += article if len(article) <= room else _closing(chance, room)
    return "\n\n".join(blocks[:provisions]) + "\n"


def _preambular(chance: random.Random, n: int, recital: str) -> str:
    first, *middle, last = recital.split(" ")
    at = chance.randrange(len(middle) - 1)
    middle[at : at + 2] = [f"[{' '.join(middle[at : at + 2])}]"]
    body = f"{first} {' '.join(middle)} {last}{_maybe(chance, chance.choice(phrases.INSERTIONS))},"
    return f"PP{n}. {body}" if chance.random() < 0.7 else f"[PP{n}. {body}]"


def _articles(chance: random.Random) -> Iterator[list[str]]:
    """Yield article after article, each a list of blocks in which every bracket is closed."""
    number = 0
    while True:
        for title, subject in phrases.ARTICLES:
            number += 1
            heading = [f"Article {number}\n{_title(chance, title)}"]
            if number % 4 == 1:
                part = (number // 4) % len(phrases.PARTS)
                heading.insert(0, f"Part {number // 4 + 1}. {phrases.PARTS[part]}")
            yield heading + _paragraphs(chance, subject)


def _title(chance: random.Random, title: str) -> str:
    return f"[{title}]" if chance.random() < 0.15 else title


def _paragraphs(chance: random.Random, subject: str) -> list[str]:
    blocks: list[str] = []
    for n in range(1, chance.randint(3, 5)):
        draw = chance.random()
        if draw < 0.16:
            blocks += _list(chance, n, subject)
        elif draw < 0.24:
            blocks += _options(chance, n, subject)
        elif draw < 0.36:
            blocks.append(f"{n}. {_undisputed(chance, subject)}")
        else:
            more = f" {_sentence(chance, subject)}" if chance.random() < 0.75 else ""
            blocks.append(f"{n}. {_sentence(chance, subject)}{more}")
        if chance.random() < 0.12:
            blocks.append(f"[{n} bis. {_sentence(chance, subject)}]")
    if chance.random() < 0.06:
        blocks.append(chance.choice(phrases.NOTES))
    return blocks


def _list(chance: random.Random, n: int, subject: str) -> list[str]:
    """Return a chapeau and items; now and then one pair opens in an item and closes in the last."""
    items = chance.sample(phrases.ITEMS, 3)
    lines = [f"({_LETTERS[i]}) {_worded(chance, item)};" for i, item in enumerate(items)]
    lines[-1] = lines[-1][:-1] + "."
    if chance.random() < 0.6:
        lines[0] = lines[0].replace(") ", ") [", 1)
        lines[-1] += "]"
    return [f"{n}. {chance.choice(phrases.ACTORS)} {_modal(chance)}, in respect of {subject}:", *lines]


def _options(chance: random.Random, n: int, subject: str) -> list[str]:
    first, second = _sentence(chance, subject), _sentence(chance, subject)
    return [f"{n}. [Option 1: {first}]", f"[Option 2: {second}]", "[Option 3: No text.]"]


def _sentence(chance: random.Random, subject: str) -> str:
    action = chance.choice(phrases.ACTIONS).format(_object(chance, subject))
    parts = [
        chance.choice(phrases.ACTORS) + _maybe(chance, chance.choice(phrases.HEDGES) + ","),
        _modal(chance),
        action + _maybe(chance, chance.choice(phrases.HEDGES)),
    ]
    tail = chance.choice(phrases.TAILS)
    parts.append(f"[{tail}]" if chance.random() < 0.65 else tail)
    return " ".join(parts) + _late(chance) + "."


def _undisputed(chance: random.Random, subject: str) -> str:
    action = chance.choice(phrases.ACTIONS).format(subject)
    return f"{chance.choice(phrases.ACTORS)} {chance.choice(phrases.MODALS)} {action} {chance.choice(phrases.TAILS)}."


def _late(chance: random.Random) -> str:
    """Return what stands before the full stop: a nest, a blank to fill, or nothing."""
    draw = chance.random()
    if draw < 0.5:
        outer, inner = chance.sample(phrases.HEDGES, 2)
        return f"[{outer}[{inner}]{_maybe(chance, ' and its costs')}]"
    if draw < 0.6:
        return f" within {chance.choice(phrases.PLACEHOLDERS)} years"
    return ""


def _modal(chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.12:
        return chance.choice(phrases.MODALS)
    rivals = chance.sample(phrases.MODALS, 3 if draw > 0.7 else 2)
    return ("" if draw < 0.5 else " ").join(f"[{modal}]" for modal in rivals)


def _object(chance: random.Random, subject: str) -> str:
    draw = chance.random()
    if draw < 0.4:
        first, second = chance.sample(phrases.QUALIFIERS, 2)
        return f"[{first}][{second}] measures for {subject}"
    if draw < 0.85:
        first, second = chance.sample(phrases.QUALIFIERS, 2)
        return f"[the [{first} and] {second} use of] {subject}"
    return subject


def _worded(chance: random.Random, item: str) -> str:
    words = item.split()
    at = chance.randrange(1, len(words) - 1)
    words[at] = f"[{words[at]}]"
    return " ".join(words) + _maybe(chance, chance.choice(phrases.HEDGES))


def _maybe(chance: random.Random, phrase: str) -> str:
    """Return `phrase` in brackets, plain, or not at all."""
    draw = chance.random()
    return f"[{phrase}]" if draw < 0.75 else phrase if draw < 0.85 else ""


def _closing(chance: random.Random, room: int) -> list[str]:
    return [f"{n}. {_sentence(chance, 'the depositary of this Convention')}" for n in range(1, room + 1)]
