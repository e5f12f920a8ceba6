"""The checks by command: one finding a line."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from drafting.models import Pen
from drafting.services import pens
from drafting.services.proposals import Proposed
from tests import factories
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_each_finding_is_a_line_with_its_place_and_its_remedy(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    factories.text(cast, "Labour and labour.", "Labor.")
    call_command("scrub", cast.secretary.pk, "rivers/treaty", "--only", "spelling")
    assert capsys.readouterr().out.startswith("2\tspelling\tLabor → Labour\tThe text writes British elsewhere")


def test_the_special_list_and_the_numbers_come_by_command_too(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    text = factories.text(cast, "1. It may.", "3. It rests.")
    pens.write(cast.secretary, Proposed(factories.provision(text), "1. It shall."), Pen.For.ROOM)
    call_command("scrub", cast.chair.pk, "rivers/treaty", "--special", "0")
    call_command("scrub", cast.chair.pk, "rivers/treaty", "--renumber", "close")
    assert capsys.readouterr().out.splitlines() == [
        "1\tshall, should, may\tmay → shall\ta decision",
        "2\tlabel\t3. → 2.",
    ]


def test_who_may_not_issue_is_refused(cast: Cast) -> None:
    factories.text(cast, "Labor.")
    with pytest.raises(CommandError, match="forbidden"):
        call_command("scrub", cast.norway.pk, "rivers/treaty")
