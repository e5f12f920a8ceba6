"""The report of an import: what was found, and what waits for a person."""

from __future__ import annotations

from drafting.imports import reading, report
from tests import factories
from tests.cast import Cast

TEXT = b"Article 1\n\n1. Each Party [shall][should] act] now.\n\n2.bis It [may] [must] [report\n\non it]."


def test_it_counts_names_anomalies_and_shows_groups_with_their_words() -> None:
    found = report.make(reading.read(TEXT))
    assert (found.pairs, found.crossing, found.depth) == (5, 1, 1)
    assert [(odd.printed, odd.regular) for odd in found.odd_labels] == [("2.bis", "2 bis.")]
    assert (found.groups[0].sure, found.groups[0].alternatives) == ("adjacent", ("shall", "should"))
    (anomaly,) = found.anomalies
    assert (anomaly.kind, anomaly.address) == ("stray", "1.1")
    assert anomaly.before.endswith("act")
    assert anomaly.suggestion


def test_names_written_into_brackets_are_shown_with_their_stance() -> None:
    found = report.make(
        reading.read(b"1. Parties [should - EU, NOR; G77 delete] act.\n\nOption 1: a\n\nOption 2: No text.")
    )
    (named,) = found.attributions
    assert (named.address, named.words) == ("1", "should")
    assert named.stances == (("propose", ("EU", "NOR")), ("delete", ("G77",)))
    assert found.options == 1


def test_the_report_on_a_text_is_the_report_on_its_file(cast: Cast) -> None:
    structure = reading.read(TEXT)
    negotiated = factories.opened(cast, structure)
    assert report.of(negotiated) == report.make(structure)
