"""Numbering: order checked, suffixes given, numbers closed up with their mentions."""

import pytest

from drafting.text import labels, numbering, outlines, references


def _check(*texts: str) -> list[tuple[int, str]]:
    return [(each.provision, each.fault) for each in numbering.check(outlines.read(texts))]


def test_siblings_in_order_have_nothing_to_report() -> None:
    assert _check("OP0 bis A", "OP1 A", "OP1 alt B", "OP1 bis C", "OP2 D", "OP3 supra E", "OP3 F") == []


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (["1. A", "2. B", "2. C"], [(2, "twice")]),
        (["2. A", "3. B", "2. C", "2 bis. D"], [(2, "twice"), (2, "out of order")]),
        (["1. A", "3. B"], [(1, "gap")]),
        (["1. A", "3. B", "2. C"], [(1, "gap"), (2, "out of order")]),
        (["Article 1", "Article 1bis"], [(1, "irregular")]),
        (["(a) A", "(c) B"], [(1, "gap")]),
    ],
)
def test_it_names_what_a_reader_should_look_at(texts: list[str], faults: list[tuple[int, str]]) -> None:
    assert _check(*texts) == faults


def test_a_list_that_begins_again_is_another_list() -> None:
    assert _check("Part I A", "1. A", "2. B", "Part II B", "1. C", "(a) D", "(b) E", "2. F", "(a) G") == []


def test_articles_count_through_the_parts_of_an_instrument() -> None:
    assert _check("PART I A", "Article 1", "PART II B", "Article 2", "Article 4") == [(4, "gap")]


def test_the_next_free_suffix_is_given() -> None:
    taken = [labels.read(text) for text in ("5 bis x", "5 ter y")]
    assert numbering.free(taken[0], taken).printed == "5 quater"
    assert numbering.free(labels.read("6."), taken).printed == "6."


def test_it_refuses_when_every_suffix_is_taken() -> None:
    first = labels.read("5. x")
    taken = [first, *(labels.renumber(first, suffix=suffix) for suffix in range(2, 27))]
    with pytest.raises(numbering.NoFreeSuffix, match="sexvicies"):
        numbering.free(first, taken)


def test_a_new_label_rewrites_its_own_span_only() -> None:
    text = "[5 bis. The text]"
    label = labels.read(text)
    assert numbering.relabel(text, label, labels.renumber(label, 6, 0)).apply(text) == "[6. The text]"


def _renumber(*texts: str, retired: tuple[int, ...] = (), keep_tombstones: bool = False) -> list[str]:
    entries = outlines.read(texts)
    changed = numbering.renumber(entries, retired, keep_tombstones)
    edits = references.renumber(texts, entries, changed)
    return [edits[index].apply(text) if index in edits else text for index, text in enumerate(texts)]


def test_numbers_close_up_and_mentions_follow() -> None:
    assert _renumber("Article 1", "Article 1 bis", "Article 2", "As in article 2 and Article 1 bis.") == [
        "Article 1",
        "Article 2",
        "Article 3",
        "As in article 3 and Article 2.",
    ]


def test_paths_lists_and_ranges_follow() -> None:
    texts = [
        "Article 1",
        "1. A",
        "1 bis. B",
        "(a) C",
        "(b) D",
        "2. Under paragraphs 1–2 and article 1, paragraph 1 bis (b).",
    ]
    assert _renumber(*texts)[-1] == "3. Under paragraphs 1–3 and article 1, paragraph 2 (b)."


def test_a_mention_of_another_instrument_stays() -> None:
    text = "Article 2 of the Convention and Article 2 apply."
    assert _renumber("Article 1", "Article 1 bis", "Article 2", f"1. {text}")[-1] == (
        "1. Article 2 of the Convention and Article 3 apply."
    )


def test_a_tombstone_is_passed_over_or_keeps_its_number() -> None:
    texts = ("1. A", "2. Deleted", "3. B")
    assert _renumber(*texts, retired=(1,)) == ["1. A", "2. Deleted", "2. B"]
    assert _renumber(*texts, retired=(1,), keep_tombstones=True) == list(texts)


def test_a_rival_wording_keeps_the_number_of_what_it_rivals() -> None:
    assert _renumber("OP1 A", "OP1 bis B", "OP1 bis alt C", "OP2 D") == ["OP1 A", "OP2 B", "OP2 alt C", "OP3 D"]


def test_the_leading_part_of_a_dotted_number_follows_its_article() -> None:
    assert _renumber("Article 15", "Article 15 bis", "Article 16", "16.1 A", "16.1 bis B")[2:] == [
        "Article 17",
        "17.1 A",
        "17.2 B",
    ]


def test_instruments_are_renumbered_apart() -> None:
    texts = ("Article 1", "Article 1 bis", "Annex I", "1. A", "1 bis. B")
    assert _renumber(*texts) == ["Article 1", "Article 2", "Annex I", "1. A", "2. B"]
