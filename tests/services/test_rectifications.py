"""What corrects an issued text stands beside it: its snapshot, its hash and the floor stay untouched."""

from __future__ import annotations

import pytest

from drafting.errors import EmptyChange, Forbidden, NotFound, ReasonNeeded
from drafting.exports import FORMATS
from drafting.models import NegotiatingText, Rectification, Revision
from drafting.queries import rectifications as reads
from drafting.queries import revisions as issued
from drafting.services import rectifications, revisions
from drafting.services.rectifications import Wanted
from drafting.text.errors import RollingTextError
from tests import factories, replay
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Form = Rectification.Form
LABOUR = Wanted("1", "labor", "labour")


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    return factories.text(cast, "Each Party shall labor [jointly] to act.", "The end, teh end.")


@pytest.fixture
def revision(cast: Cast, text: NegotiatingText) -> Revision:
    return revisions.issue(cast.secretary, text, symbol="A/1/Rev.1")


def correct(cast: Cast, revision: Revision, form: str, *wanted: Wanted, note: str = "") -> Rectification:
    with replay.verified(revision.text):
        return rectifications.issue(cast.secretary, revision, form, wanted, note)


def words(cast: Cast, row: Rectification) -> str:
    return FORMATS["txt"].write(reads.document(cast.observer, row)).decode()


def test_a_corrigendum_lists_its_changes_and_leaves_the_text_as_issued(cast: Cast, revision: Revision) -> None:
    before = (revision.snapshot, revision.digest, factories.words(revision.text))
    row = correct(cast, revision, Form.CORRIGENDUM, LABOUR, Wanted("2", "teh", "the"))
    assert row.symbol == "A/1/Rev.1/Corr.1"
    assert "For “labor” read “labour”." in words(cast, row)
    revision.refresh_from_db()
    assert (revision.snapshot, revision.digest, factories.words(revision.text)) == before
    assert issued.is_intact(revision)
    assert reads.digest(row.body) == row.digest
    assert correct(cast, revision, Form.CORRIGENDUM, LABOUR).symbol == "A/1/Rev.1/Corr.2"


def test_a_re_issue_has_the_same_symbol_an_asterisk_and_a_footnote(cast: Cast, revision: Revision) -> None:
    row = correct(cast, revision, Form.REISSUE, LABOUR, note="Spelling.")
    printed = words(cast, row)
    assert row.symbol == "A/1/Rev.1*"
    assert "* Re-issued for technical reasons on" in printed
    assert "shall labour [jointly] to act" in printed
    assert correct(cast, revision, Form.REISSUE).symbol == "A/1/Rev.1**"


def test_after_adoption_a_proces_verbal_corrects_and_nothing_else(cast: Cast) -> None:
    text = factories.text(cast, "Each Party shall act at once.")
    adopted = revisions.issue(cast.secretary, text, kind=Revision.Kind.ADOPTED, symbol="A/9")
    wanted = Wanted("1", "shall", "should")
    with pytest.raises(Forbidden, match="procès-verbal"):
        rectifications.issue(cast.secretary, adopted, Form.CORRIGENDUM, [wanted])
    with pytest.raises(ReasonNeeded, match="notified"):
        rectifications.issue(cast.secretary, adopted, Form.PROCES_VERBAL, [wanted])
    row = correct(cast, adopted, Form.PROCES_VERBAL, wanted, note="Notified on 1 June; ninety days passed.")
    assert (row.symbol, row.number) == ("A/9", 1)
    assert "Notified on 1 June" in words(cast, row)
    assert "should" in words(cast, row)


@pytest.mark.parametrize(
    ("form", "wanted", "refused"),
    [
        (Form.CORRIGENDUM, [Wanted("1", "labour", "labor")], NotFound),
        (Form.CORRIGENDUM, [Wanted("9", "labor", "labour")], NotFound),
        (Form.CORRIGENDUM, [Wanted("2", "end", "END")], NotFound),
        (Form.CORRIGENDUM, [Wanted("1", "labor", "labor")], EmptyChange),
        (Form.CORRIGENDUM, [Wanted("1", "[jointly]", "jointly")], Forbidden),
        (Form.CORRIGENDUM, [Wanted("1", "shall", "should")], Forbidden),
        (Form.CORRIGENDUM, [Wanted("1", "labor", "x"), Wanted("1", "shall labor", "y")], Forbidden),
        (Form.CORRIGENDUM, [], EmptyChange),
        (Form.PROCES_VERBAL, [LABOUR], Forbidden),
        ("letter", [LABOUR], NotFound),
    ],
)
def test_what_is_no_correction_is_refused_and_nothing_is_kept(
    cast: Cast, revision: Revision, form: str, wanted: list[Wanted], refused: type[RollingTextError]
) -> None:
    with pytest.raises(refused):
        rectifications.issue(cast.secretary, revision, form, wanted)
    assert not Rectification.objects.exists()


def test_the_text_as_imported_was_not_issued(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(Forbidden, match="not issued"):
        rectifications.issue(cast.secretary, text.revisions.get(number=0), Form.CORRIGENDUM, [LABOUR])


def test_brackets_and_agreements_stand_where_they_stood_in_a_corrected_text(cast: Cast, revision: Revision) -> None:
    taken = issued.snapshot(revision)
    row = correct(cast, revision, Form.REISSUE, LABOUR)
    now = reads.corrected(taken, reads.body(row).changes)
    for pair in now.pairs:
        text = next(one.text for one in now.provisions if one.id == pair.start[0])
        assert text[pair.start[1]] + text[pair.end[1]] == "[]"
