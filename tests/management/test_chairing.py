"""Every act of the chair by a command, under a seat, with the sentences of a refusal."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from drafting.models import Decision, Hunk, NegotiatingText, Revision
from drafting.services import amendments
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

TEXT = "rivers/treaty"


@pytest.fixture
def text(cast: Cast) -> NegotiatingText:
    text = factories.text(cast, "Each Party should [now] act.")
    amendments.submit(cast.norway, text, [Proposed(factories.provision(text), "Each Party shall [now] act.")])
    return text


def run(name: str, *arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_night_by_commands(cast: Cast, text: NegotiatingText) -> None:
    assert "proposals 1" in run("consolidate", cast.chair.pk, TEXT)
    bracket = factories.bracket(text).pk
    (made,) = run("decide", cast.chair.pk, TEXT, "lift", authority="room", brackets=[bracket], forum="Plenary").split()
    assert factories.words(text) == ["Each Party should now act."]
    run("undo_decision", cast.chair.pk, TEXT, made)
    assert factories.words(text) == ["Each Party should [now] act."]
    assert "asks: The loss report has not been read" in run("issue_revision", cast.chair.pk, TEXT, check=True)
    with pytest.raises(CommandError, match=r"not-issuable: The loss report .* or issue anyway"):
        run("issue_revision", cast.chair.pk, TEXT)
    paper = {"kind": "non-paper", "no_basis": True, "issued_by": "The Chair"}
    run("issue_revision", cast.chair.pk, TEXT, loss_report_read=True, unreflected="lapse", **paper)
    assert Revision.objects.get(number=1).issued_by == "The Chair"
    assert Revision.objects.get(basis=True).number == 0


def test_wordings_are_merged_and_a_proposal_is_split_by_command(cast: Cast, text: NegotiatingText) -> None:
    provision = factories.provision(text)
    amendments.submit(cast.kenya, text, [Proposed(provision, "Each Party may [now] act and report.")])
    ours, theirs, other = Hunk.objects.order_by("pk").values_list("pk", flat=True)
    run("decide", cast.chair.pk, TEXT, "split", authority="chair", hunks=[other])
    rest = Hunk.objects.filter(outcome="open", version__amendment__number=2).get().pk
    run("decide", cast.chair.pk, TEXT, "merge", authority="proposer", hunks=[ours, rest], into=ours)
    assert factories.words(text) == ["Each Party shall [now] act."]
    assert Hunk.objects.get(pk=theirs).outcome == "dropped"
    assert Hunk.objects.get(version__amendment__number=3).outcome == "open"


def test_proposals_not_reflected_lapse_by_command(cast: Cast, text: NegotiatingText) -> None:
    said = run("issue_revision", cast.chair.pk, TEXT, anyway=True, unreflected="lapse")
    assert "1 proposals not reflected: lapse with the basis" in said


def test_each_is_decided_by_itself_and_refusals_are_listed(cast: Cast, text: NegotiatingText) -> None:
    bracket = factories.bracket(text).pk
    said = run("decide", cast.chair.pk, TEXT, "lift", authority="room", brackets=[bracket, 999_999], each=True)
    assert "999999: There is no such bracket" in said
    assert Decision.objects.count() == 1


def test_a_command_may_do_what_its_seat_may(cast: Cast, text: NegotiatingText) -> None:
    with pytest.raises(CommandError, match="forbidden"):
        run("consolidate", cast.norway.pk, TEXT)
    with pytest.raises(CommandError, match="not-found"):
        run("consolidate", cast.stranger.pk, TEXT)
