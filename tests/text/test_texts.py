"""Whole texts: the synthetic ones that always are there, and the real ones where ROLLING_CORPUS names them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from drafting.text import brackets, markup, numbering, outlines, references, tokens
from drafting.text.command_line import files

SYNTHETIC = Path(__file__).parents[1] / "corpus"
REAL = (
    "bbnj_2022-06-01_further_revised_draft",
    "final_paris_agreement_clean",
    "plastics_05_compilation_text",
    "plastics_06_chair_text",
    "rio20_2012-06-02_cochairs_text_excerpt_attributed",
    "unfccc_2015-10-05_cochairs_nonpaper",
    "unfccc_md_23-oct-2015_draft_agreement",
    "unfccc_md_4-dec-2015_draft_agreement",
)
"""The real texts known when this was written; a new one is found all the same."""


def _list_synthetic() -> list[Path]:
    return sorted(path for path in SYNTHETIC.iterdir() if path.suffix in (".txt", ".md"))


def _read_real(path: Path) -> str:
    """The text without the line that names its source."""
    return path.read_text(encoding="utf-8").split("\n", 1)[1]


@pytest.fixture(params=[*_list_synthetic(), None], ids=lambda path: path.stem if path else "real texts")
def texts(request: pytest.FixtureRequest) -> list[list[str]]:
    """The provisions of one synthetic text, or of every real text."""
    if request.param:
        return [files.split(files.read(str(request.param)))]
    folder: Path = request.getfixturevalue("corpus") / "texts"
    found = [files.split(tokens.canonical(_read_real(path))) for path in sorted(folder.glob("*.txt"))]
    assert len(found) >= len(REAL)
    return found


def _check_each(texts: list[list[str]], law: Callable[[list[str]], bool]) -> None:
    assert [law(provisions) for provisions in texts] == [True] * len(texts)


def test_they_are_read_and_written_back(texts: list[list[str]]) -> None:
    _check_each(texts, lambda provisions: brackets.write(brackets.parse(provisions)) == provisions)


def test_every_bracket_is_paired_or_named(texts: list[list[str]]) -> None:
    def holds(provisions: list[str]) -> bool:
        parsed = brackets.parse(provisions)
        marks = sum(text.count("[") + text.count("]") for text in provisions)
        return 2 * len(parsed.pairs) + len(parsed.anomalies) == marks

    _check_each(texts, holds)


def test_their_tokens_lose_nothing(texts: list[list[str]]) -> None:
    _check_each(texts, lambda provisions: all("".join(tokens.tokenize(text)) == text for text in provisions))


def test_they_are_split_into_finer_provisions_without_loss(texts: list[list[str]]) -> None:
    _check_each(
        texts,
        lambda provisions: all(
            "\n".join(outlines.split(text)).replace("\n", "") == text.replace("\n", "") for text in provisions
        ),
    )


def test_every_provision_has_an_address_of_its_own(texts: list[list[str]]) -> None:
    def holds(provisions: list[str]) -> bool:
        finer = [finer for text in provisions for finer in outlines.split(text)]
        return len({entry.address for entry in outlines.read(finer)}) == len(finer)

    _check_each(texts, holds)


def test_closing_up_the_numbers_leaves_them_in_order(texts: list[list[str]]) -> None:
    def holds(provisions: list[str]) -> bool:
        finer = [finer for text in provisions for finer in outlines.split(text)]
        entries = outlines.read(finer)
        changes = references.renumber(finer, entries, numbering.renumber(entries))
        again = [changes[index].apply(text) if index in changes else text for index, text in enumerate(finer)]
        faults = {each.fault for each in numbering.check(outlines.read(again))}
        return len(again) == len(finer) and "irregular" not in faults

    _check_each(texts, holds)


def test_their_markup_stands_where_it_is_said_to(texts: list[list[str]]) -> None:
    def holds(provisions: list[str]) -> bool:
        found = markup.read(provisions)
        spans = [(each.start, each.end) for each in found.annotations]
        spans += [(option.start, option.end) for each in found.options.sets for option in each.options]
        labels = all(
            provisions[found.parse.pairs[each.pair].start.provision].startswith(each.label.printed, each.label.start)
            for each in found.labels
        )
        return labels and all(start <= end for start, end in spans)

    _check_each(texts, holds)


@pytest.mark.parametrize(
    ("name", "pairs", "crossing", "anomalies", "groups", "sets", "attributed", "annotations"),
    [
        ("treaty.txt", 51, 1, 0, 7, 2, 0, 5),
        ("compilation.txt", 55, 1, 3, 12, 2, 0, 3),
        ("attributed.txt", 9, 0, 0, 1, 0, 10, 2),
        ("draft.md", 29, 0, 0, 8, 2, 0, 2),
        ("languages.txt", 24, 0, 0, 6, 0, 0, 0),
    ],
)
def test_the_synthetic_texts_hold_the_shapes_of_real_ones(
    name: str, pairs: int, crossing: int, anomalies: int, groups: int, sets: int, attributed: int, annotations: int
) -> None:
    found = markup.read(files.split(files.read(str(SYNTHETIC / name))))
    assert (
        len(found.parse.pairs),
        sum(pair.is_crossing for pair in found.parse.pairs),
        len(found.parse.anomalies),
        len(found.parse.groups),
        len(found.options.sets),
        len(found.attributions),
        len(found.annotations),
    ) == (pairs, crossing, anomalies, groups, sets, attributed, annotations)
