"""Real revisions for the tests of the engine: provisions of the corpus, and what the next revision made of them."""

import json
from functools import cache
from pathlib import Path

from drafting.text import alignment, tokens
from drafting.text.command_line import files

CONSECUTIVE = [
    ("unfccc_2015-10-05_cochairs_nonpaper.txt", "unfccc_md_23-oct-2015_draft_agreement.txt"),
    ("unfccc_md_23-oct-2015_draft_agreement.txt", "unfccc_md_4-dec-2015_draft_agreement.txt"),
    ("plastics_05_compilation_text.txt", "plastics_06_chair_text.txt"),
]


@cache
def provisions(path: Path) -> tuple[str, ...]:
    """Return the provisions of a text of the corpus; its first line names the source and is no part of it."""
    _, _, text = path.read_text("utf-8").partition("\n")
    return tuple(files.split(tokens.normalise(text.replace("\f", "\n"))))


@cache
def changed(corpus: Path) -> list[tuple[str, str]]:
    """Return (old, new) for every provision that a real revision changed and kept, of 8 to 250 words."""
    found: list[tuple[str, str]] = []
    for one, other in CONSECUTIVE:
        old, new = provisions(corpus / "texts" / one), provisions(corpus / "texts" / other)
        for match in alignment.align(old, new):
            if len(match.old) == len(match.new) == 1:
                pair = old[match.old[0]], new[match.new[0]]
                if pair[0] != pair[1] and all(8 <= len(text.split()) <= 250 for text in pair):
                    found.append(pair)
    return found


def lines(path: Path) -> list[dict[str, object]]:
    """Return the objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
