"""Notes, boxes, remarks, tombstones: found where they stand, and nothing that only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given

from drafting.text import annotations

from .strategies import documents


def _find(text: str) -> list[tuple[str, str]]:
    return [(each.kind.value, text[each.start.offset : each.end.offset]) for each in annotations.find([text])]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Note by the co-facilitators: long\ntext\n1. Next", "note", "Note by the co-facilitators: long\ntext"),
        ("5 Note: adapted from article 13.", "note", "5 Note: adapted from article 13."),
        ("> Box\n> of two lines\nafter", "box", "> Box\n> of two lines"),
        (
            "Structural suggestions on section C: none.",
            "structural suggestion",
            "Structural suggestions on section C: none.",
        ),
        ("Words (proposed placement: move to Part IV) go", "placement", "(proposed placement: move to Part IV)"),
        ("{Placement proposal: decision}", "placement", "{Placement proposal: decision}"),
        ("Placement to be determined", "placement", "Placement to be determined"),
        ("Words [Merge with II.8] go", "merge or move", "[Merge with II.8]"),
        ("{Timing}", "placeholder", "{Timing}"),
        ("Words. [Agreed ad ref]", "status", "[Agreed ad ref]"),
        ("agreed in informals, pending one delegation", "status", "agreed in informals, pending one delegation"),
        ("Article 16\nDeleted and moved as article 17 bis.", "tombstone", "Deleted and moved as article 17 bis."),
        ("3. [Deleted]", "tombstone", "3. [Deleted]"),
        ("Deleted to be merged with article 19", "tombstone", "Deleted to be merged with article 19"),
        ("Moved to annex B.", "tombstone", "Moved to annex B."),
    ],
)
def test_annotations_are_found_with_their_span(text: str, kind: str, words: str) -> None:
    assert _find(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "3. Deleted text shall be restored.",
        "Moved by the plight of islands,",
        "Notes",
        "Noting with concern:",
        "the placement of waste (and its removal)",
        "[agreed limits]",
    ],
)
def test_negotiated_words_are_no_annotation(text: str) -> None:
    assert _find(text) == []


def test_a_note_names_its_officer() -> None:
    (note,) = annotations.find(["Note by the secretariat: original footnote omitted."])
    assert note.by == "the secretariat"


@given(documents())
def test_annotations_come_in_order_and_never_overlap(texts: list[str]) -> None:
    found = annotations.find(texts)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(each.start < each.end for each in found)


@pytest.mark.parametrize(
    ("text", "is_note", "may_be_left_out"),
    [
        ("Note by the Chair: not discussed.", True, True),
        ("> Box 1: a summary,\n> not negotiated.", True, True),
        ("Note by the Chair: see [this] and [", True, False),
        ("1. Each Party shall act.", False, False),
        ("Each Party shall act.\nNote: to be checked.", False, False),
        ("[agreed ad ref]", False, False),
    ],
)
def test_a_provision_is_a_note_where_all_its_words_are(text: str, is_note: bool, may_be_left_out: bool) -> None:
    assert (annotations.whole(text) is not None, annotations.may_be_left_out(text)) == (is_note, may_be_left_out)
