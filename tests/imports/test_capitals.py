"""The capital's round trip: what Word does to our file becomes drafts on their provisions, and nothing is dropped."""

from __future__ import annotations

import pytest

from drafting.errors import UnreadableImport
from drafting.exports import docx
from drafting.imports import capitals as returned
from drafting.imports import reading
from drafting.imports.capitals import Plan
from drafting.imports.lowering import Side
from drafting.models import NegotiatingText
from drafting.queries import capitals
from drafting.services import amendments, drafts, pens
from drafting.services.draft_texts import Wording
from drafting.services.proposals import Proposed
from tests import cast as casting
from tests import factories
from tests.cast import Cast
from tests.imports.packages import changed, p, package, part_of, r, with_part

BODY = "word/document.xml"
FIRST = "Each Party shall take all necessary measures to protect the river and its banks."
SECOND = "Nothing in this article affects drinking water or the rights of others."
OURS = FIRST.replace("all necessary", "appropriate")
DAY = "2026-11-21T09:00:00Z"


@pytest.fixture
def cast(db: None) -> Cast:
    return casting.assemble()


@pytest.fixture
def treaty(cast: Cast) -> NegotiatingText:
    return factories.text(cast, FIRST, SECOND, "Agreed words.")


def home(cast: Cast, treaty: NegotiatingText, which: str = "") -> bytes:
    return docx.write(capitals.document(cast.norway, treaty, which))


def edited(data: bytes, *edits: tuple[str, str]) -> bytes:
    """The file as Word leaves it where markup of its body gave way to other markup."""
    for old, new in edits:
        assert old in part_of(data, BODY)
        data = with_part(data, BODY, old, new)
    return data


def with_body(data: bytes, body: str) -> bytes:
    return with_part(data, BODY, part_of(data, BODY), body)


def with_paragraph(data: bytes, after: str, new: str) -> bytes:
    """The file with a paragraph after the one of those words."""
    body = part_of(data, BODY)
    at = body.index("</w:p>", body.index(after)) + len("</w:p>")
    return with_body(data, body[:at] + new + body[at:])


def cut(words: str, old: str, new: str, author: str = "A. Hansen") -> tuple[str, str]:
    """The edit that replaces `old` by `new` in a run of `words` with tracked changes."""
    before, _, after = words.partition(old)
    inside = changed("del", r(old, "delText"), author, DAY) + (changed("ins", r(new), author, DAY) if new else "")
    return r(words), f"{r(before)}{inside}{r(after)}"


def plan(cast: Cast, treaty: NegotiatingText, data: bytes) -> Plan:
    return returned.plan(cast.norway, treaty, reading.open(data, side=Side.REJECTED))


def placed(found: Plan) -> list[tuple[str, bool, str]]:
    return [(one.provision.address, one.inserts_after, one.words) for one in found.placed]


def ours(cast: Cast, treaty: NegotiatingText) -> None:
    amendments.submit(cast.norway, treaty, [Proposed(factories.provision(treaty), OURS)])


def test_a_file_that_comes_back_as_it_went_asks_for_nothing(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    found = plan(cast, treaty, home(cast, treaty))
    assert (found.placed, found.unplaced) == ([], [])
    assert found.unchanged == ["1: our proposals stand in the file as lodged."]


def test_our_proposals_go_out_as_tracked_changes_of_the_delegation(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    sent = reading.open(home(cast, treaty))
    assert [(one.kind, one.author, one.text) for one in sent.changes] == [
        ("deleted", "NOR", "all necessary"),
        ("inserted", "NOR", "appropriate"),
    ]
    assert sent.structure.texts()[0] == OURS


def test_each_change_is_placed_on_its_provision_with_its_author(cast: Cast, treaty: NegotiatingText) -> None:
    data = edited(home(cast, treaty), cut(FIRST, "protect", "preserve"), cut(SECOND, "drinking", "potable", "B. Lie"))
    found = plan(cast, treaty, data)
    assert placed(found) == [
        ("1", False, FIRST.replace("protect", "preserve")),
        ("2", False, SECOND.replace("drinking", "potable")),
    ]
    assert [one.rationale for one in found.placed] == [
        "From the capital: A. Hansen (2026-11-21).",
        "From the capital: B. Lie (2026-11-21).",
    ]


def test_two_hands_on_one_provision_make_one_draft_that_names_both(cast: Cast, treaty: NegotiatingText) -> None:
    before, _, rest = FIRST.partition("protect")
    two = (
        f"{r(before)}{changed('ins', r('fully '), 'A. Hansen', DAY)}"
        f"{r('protect')}{r(rest.removesuffix('banks.'))}{changed('del', r('banks.', 'delText'), 'B. Lie', DAY)}"
        f"{changed('ins', r('shores.'), 'B. Lie', DAY)}"
    )
    found = plan(cast, treaty, edited(home(cast, treaty), (r(FIRST), two)))
    assert placed(found) == [("1", False, FIRST.replace("protect", "fully protect").replace("banks", "shores"))]
    assert found.placed[0].authors == ("A. Hansen (2026-11-21)", "B. Lie (2026-11-21)")


def test_a_change_beside_ours_leaves_ours_out(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    rest = FIRST.partition("all necessary")[2]
    found = plan(cast, treaty, edited(home(cast, treaty), cut(rest, "banks", "shores")))
    assert placed(found) == [("1", False, FIRST.replace("banks", "shores"))]


def test_a_change_within_ours_takes_ours_in(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    gone = changed("del", r("appropriate", "delText"), "A. Hansen", DAY)
    data = edited(home(cast, treaty), (r("appropriate"), gone + r("suitable")))
    found = plan(cast, treaty, data)
    assert placed(found) == [("1", False, FIRST.replace("all necessary", "suitable"))]
    assert found.placed[0].remark


def test_ours_rejected_in_word_is_listed(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    without_ours = part_of(docx.write(capitals.document(cast.kenya, treaty)), BODY)
    found = plan(cast, treaty, with_body(home(cast, treaty), without_ours))
    assert placed(found) == []
    assert [(one.where, "No. 1" in one.why) for one in found.unplaced] == [("1", True)]


def test_ours_accepted_in_word_is_still_ours(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    before, _, after = FIRST.partition("all necessary")
    body = part_of(home(cast, treaty), BODY)
    start, end = body.index(r(before)), body.index(r(after)) + len(r(after))
    found = plan(cast, treaty, with_body(home(cast, treaty), body[:start] + r(OURS) + body[end:]))
    assert (found.placed, found.unchanged) == ([], ["1: these are the words of our proposals."])


def test_ours_that_was_withdrawn_since_does_not_come_back_as_a_draft(cast: Cast, treaty: NegotiatingText) -> None:
    ours(cast, treaty)
    data = home(cast, treaty)
    amendments.withdraw(cast.norway, treaty.amendments.get())
    assert plan(cast, treaty, data).placed == []


def test_a_new_provision_of_ours_comes_back_unchanged(cast: Cast, treaty: NegotiatingText) -> None:
    new = Proposed(factories.provision(treaty), "The Parties shall meet.", inserts_after=True)
    amendments.submit(cast.norway, treaty, [new])
    found = plan(cast, treaty, home(cast, treaty))
    assert (found.placed, found.unplaced, len(found.unchanged)) == ([], [], 1)


def test_a_paragraph_divided_in_word_keeps_every_word(cast: Cast, treaty: NegotiatingText) -> None:
    first, rest = "Nothing in this article affects drinking water", " or the rights of others."
    mark = f"<w:pPr><w:rPr>{changed('ins', '', 'A. Hansen', DAY)}</w:rPr></w:pPr>"
    body = part_of(home(cast, treaty), BODY)
    start = body.rindex("<w:p>", 0, body.index(SECOND))
    props = body.index("</w:pPr>", start) + len("</w:pPr>")
    body = body[:start] + "<w:p>" + mark + body[props:].replace(r(SECOND), r(first) + "</w:p><w:p>" + r(rest), 1)
    found = plan(cast, treaty, with_body(home(cast, treaty), body))
    assert placed(found) == [("2", False, first), ("2", True, rest.strip())]
    assert {one.authors for one in found.placed} == {("A. Hansen (2026-11-21)",)}


def test_a_paragraph_put_in_before_one_leaves_it_its_identity(cast: Cast, treaty: NegotiatingText) -> None:
    new = changed("ins", r("The Parties shall meet."), "A. Hansen", DAY)
    mark = f"<w:pPr><w:rPr>{changed('ins', '', 'A. Hansen', DAY)}</w:rPr></w:pPr>"
    body = part_of(home(cast, treaty), BODY)
    start = body.rindex("<w:p>", 0, body.index(SECOND))
    props = body.index("</w:pPr>", start) + len("</w:pPr>")
    body = body[:start] + "<w:p>" + mark + body[props:].replace(r(SECOND), new + "</w:p><w:p>" + r(SECOND), 1)
    assert placed(plan(cast, treaty, with_body(home(cast, treaty), body))) == [("1", True, "The Parties shall meet.")]


def test_words_moved_away_are_listed_at_both_places(cast: Cast, treaty: NegotiatingText) -> None:
    gone = changed("moveFrom", r(SECOND), "A. Hansen", DAY)
    there = p(changed("moveTo", r(SECOND), "A. Hansen", DAY))
    data = with_paragraph(edited(home(cast, treaty), (r(SECOND), gone)), "Agreed words.", there)
    found = plan(cast, treaty, data)
    assert placed(found) == []
    assert [(one.where, one.words) for one in found.unplaced] == [("2", SECOND), ("after 3", SECOND)]


def test_changes_to_the_front_matter_are_listed(cast: Cast, treaty: NegotiatingText) -> None:
    new = '<w:p><w:pPr><w:pStyle w:val="Convention"/></w:pPr>' + changed("ins", r("Send it."), "A. Hansen") + "</w:p>"
    data = with_paragraph(home(cast, treaty), "Edit with tracked changes on", new)
    assert "Send it." in [one.words for one in plan(cast, treaty, data).unplaced]


def test_a_paragraph_taken_out_is_a_draft_without_words(cast: Cast, treaty: NegotiatingText) -> None:
    data = edited(home(cast, treaty), (r(SECOND), changed("del", r(SECOND, "delText"), "A. Hansen", DAY)))
    assert placed(plan(cast, treaty, data)) == [("2", False, "")]


def test_a_new_paragraph_is_a_new_provision_after_the_one_before_it(cast: Cast, treaty: NegotiatingText) -> None:
    new = p(changed("ins", r("The Parties shall meet."), "A. Hansen", DAY))
    found = plan(cast, treaty, with_paragraph(home(cast, treaty), SECOND, new))
    assert placed(found) == [("2", True, "The Parties shall meet.")]


def test_a_provision_gone_without_tracking_is_listed(cast: Cast, treaty: NegotiatingText) -> None:
    data = home(cast, treaty)
    body = part_of(data, BODY)
    start = body.rindex("<w:p>", 0, body.index(SECOND))
    end = body.index("</w:p>", start) + len("</w:p>")
    found = plan(cast, treaty, with_body(data, body[:start] + body[end:]))
    assert placed(found) == []
    assert [one.words for one in found.unplaced] == ["2"]


def test_words_changed_without_tracking_are_placed_and_say_so(cast: Cast, treaty: NegotiatingText) -> None:
    data = edited(home(cast, treaty), (r(SECOND), r(SECOND.replace("drinking", "potable"))))
    found = plan(cast, treaty, data)
    assert placed(found) == [("2", False, SECOND.replace("drinking", "potable"))]
    assert found.placed[0].authors == ("without a tracked change",)


def test_a_change_of_spaces_alone_is_listed_and_not_placed(cast: Cast, treaty: NegotiatingText) -> None:
    data = home(cast, treaty)
    found = plan(cast, treaty, with_body(data, part_of(data, BODY).replace(SECOND, SECOND.replace(" ", "  ", 1))))
    assert found.placed == []
    assert found.unplaced[0].why.startswith("Only spaces change")


def test_a_change_is_carried_over_what_the_floor_did_elsewhere(cast: Cast, treaty: NegotiatingText) -> None:
    data = edited(home(cast, treaty), cut(SECOND, "others", "all"))
    moved = SECOND.replace("Nothing", "No provision")
    pens.write(cast.chair, Proposed(factories.provision(treaty, "2"), moved), "room")
    found = plan(cast, treaty, data)
    assert placed(found) == [("2", False, moved.replace("others", "all"))]
    assert "moved" in found.placed[0].remark


def test_a_change_where_the_floor_moved_is_listed_with_both_texts(cast: Cast, treaty: NegotiatingText) -> None:
    data = edited(home(cast, treaty), cut(SECOND, "drinking", "potable"))
    moved = SECOND.replace("drinking water", "ground water")
    pens.write(cast.chair, Proposed(factories.provision(treaty, "2"), moved), "room")
    (left,) = plan(cast, treaty, data).unplaced
    assert (left.words, left.current) == (SECOND.replace("drinking", "potable"), moved)


def test_a_draft_that_is_there_is_not_made_again(cast: Cast, treaty: NegotiatingText) -> None:
    data = edited(home(cast, treaty), cut(SECOND, "drinking", "potable"))
    (one,) = plan(cast, treaty, data).placed
    (made,) = drafts.open_all(cast.norway, [Wording(one.provision, one.words, one.rationale)])
    part = made.parts.get()
    assert (part.words.content, part.base) == (one.words, SECOND)
    assert placed(plan(cast, treaty, data)) == []


def test_only_the_articles_asked_for_go_out(cast: Cast, treaty: NegotiatingText) -> None:
    assert reading.open(home(cast, treaty, "2, 3")).structure.texts() == [SECOND, "Agreed words."]


def test_a_file_of_others_is_placed_by_its_words_and_the_rest_is_listed(cast: Cast, treaty: NegotiatingText) -> None:
    body = p(r("Dear colleagues")) + p(cut(SECOND, "drinking", "potable")[1])
    found = plan(cast, treaty, package(body))
    assert placed(found) == [("2", False, SECOND.replace("drinking", "potable"))]
    assert [one.words for one in found.unplaced] == ["Dear colleagues"]


def test_a_file_of_another_text_is_refused(cast: Cast, treaty: NegotiatingText) -> None:
    other = factories.text(cast, "Other words.", slug="other")
    with pytest.raises(UnreadableImport, match="another text"):
        plan(cast, treaty, home(cast, other))


def test_a_plain_text_is_refused(cast: Cast, treaty: NegotiatingText) -> None:
    with pytest.raises(UnreadableImport, match="Word file"):
        plan(cast, treaty, SECOND.encode())
