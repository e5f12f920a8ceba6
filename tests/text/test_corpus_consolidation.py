"""The laws of consolidation on real texts: rival proposals on 263 provisions, and provisions bracketed long since."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from drafting.text import merging, pairing, rendering, tokens, trees
from drafting.text.command_line import files
from tests.text.test_laws_consolidation import bare

SAMPLE = 60  # provisions of each text


def rounds_of(corpus: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each real base with its rival proposals."""
    for line in (corpus / "proposals.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        texts = {item["by"]: tokens.normalise(item["text"]) for item in record["proposals"]}
        yield tokens.normalise(record["base"]), texts


def bracketed_provisions(corpus: Path) -> Iterator[str]:
    """Provisions of the real texts that hold brackets, a page head and an anomaly here and there."""
    for path in sorted((corpus / "texts").iterdir()):
        text = files.read(str(path)).partition("\n")[2]
        found = [provision for provision in files.split(text) if "[" in provision]
        yield from Random(path.name).sample(found, min(SAMPLE, len(found)))


def assert_laws(base: str, texts: dict[str, str]) -> trees.Tree:
    """Everybody reads its own text, the order matters to nobody, and every choice keeps the brackets."""
    tree = merging.consolidate_one(base, texts)
    assert trees.read(tree) == base
    assert {by: trees.read(tree, by) for by in texts} == texts
    assert merging.consolidate_one(base, dict(sorted(texts.items(), reverse=True))) == tree
    assert rendering.length(tree) <= rendering.length(merging.consolidate_one(base, texts, is_nested=False))
    residue = pairing.residue(base)
    if all(pairing.residue(text) == residue for text in texts.values()):
        assert pairing.residue(rendering.bracketed(tree)) == residue
        random = Random(base)
        chosen = trees.choose(tree, lambda slot: random.choice([None, *(rival.text for rival in slot.alternatives)]))
        assert pairing.residue(chosen) == residue
    return tree


def test_real_rivals_on_real_provisions(corpus: Path) -> None:
    found = list(rounds_of(corpus))
    assert len(found) == 263
    for base, texts in found:
        assert_laws(base, texts)


def test_real_rivals_on_the_text_as_it_was_bracketed_before(corpus: Path) -> None:
    for base, texts in rounds_of(corpus):
        names = sorted(texts)
        first = rendering.bracketed(merging.consolidate_one(base, {by: texts[by] for by in names[::2]}))
        assert_laws(first, texts)


def test_proposals_on_bracketed_provisions(corpus: Path) -> None:
    count = 0
    for base in bracketed_provisions(corpus):
        random = Random(base)
        assert_laws(base, {by: reworded(act(base, random), random) for by in "ABC"} | {"D": act(base, random)})
        count += 1
    assert count > 250


def test_acts_on_the_brackets_of_real_provisions_repeat_no_word(corpus: Path) -> None:
    for base in bracketed_provisions(corpus):
        random = Random(base)
        tree = assert_laws(base, {by: act(base, random) for by in "ABCD"})
        assert bare(rendering.bracketed(tree)) == bare(base)


def act(text: str, random: Random) -> str:
    """The text with some of its pairs lifted or dropped, one space of two gone with a drop."""
    for _ in range(random.randint(1, 3)):
        pairs = pairing.match([text]).pairs
        if pairs:
            pair = random.choice(pairs)
            low, high = pair.start.offset, pair.end.offset
            if random.random() < 0.5:
                text = text[:low] + text[low + 1 : high] + text[high + 1 :]
            else:
                behind = text[high + 1 :]
                text = text[:low] + (behind[1:] if re.match(" (?! )", behind) and text[:low].endswith(" ") else behind)
    return tokens.normalise(text)


def reworded(text: str, random: Random) -> str:
    """The text with a word or two replaced, put in or taken out."""
    found = tokens.tokenize(text)
    for _ in range(random.randint(1, 2)):
        places = [at for at, token in enumerate(found) if tokens.is_word(token)]
        if places:
            at = random.choice(places)
            found[at : at + 1] = random.choice([["should"], [], [found[at], " ", "duly"], ["[", found[at], "]"]])
    return tokens.normalise("".join(found))
