"""What is to be decided is listed by command with its ids, and what a decision would do is said before."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from drafting.models import Decision
from drafting.services import amendments
from drafting.services.proposals import Proposed
from tests import factories


@pytest.fixture
def text(cast):
    made = factories.text(cast, "Each Party should act [promptly].")
    provision = factories.provision(made, "1")
    amendments.submit(cast.norway, made, [Proposed(provision, "Each Party shall act [promptly].")])
    return made


def run(by, *arguments):
    call_command("chair", str(by.pk), "rivers/treaty", *map(str, arguments), stdout=(out := io.StringIO()))
    return json.loads(out.getvalue())


def test_a_script_finds_what_to_decide_foresees_it_and_decides(cast, text):
    (cluster,) = run(cast.chair, "triage")["clusters"]
    (wording,) = cluster["wordings"]
    assert (cluster["provision"], wording["proposals"], wording["sponsors"]) == ("1", [1], ["NOR"])
    foreseen = run(cast.chair, "foresee", "accept", "--hunks", *wording["hunks"])
    assert foreseen["settled"] == [1]
    assert not Decision.objects.exists()
    out = io.StringIO()
    hunks = ["--hunks", *map(str, wording["hunks"])]
    call_command("decide", str(cast.chair.pk), "rivers/treaty", "accept", "--authority=room", *hunks, stdout=out)
    assert Decision.objects.get().pk == int(out.getvalue())
    assert run(cast.chair, "triage", "--at", "1")["clusters"] == []


def test_brackets_are_listed_with_their_words_and_holders(cast, text):
    (found,) = run(cast.chair, "brackets", "--at", "1")["brackets"]
    assert (found["words"], found["holders"], found["holders_known"]) == ("promptly", [], False)
    assert run(cast.chair, "brackets", "--at", "2")["brackets"] == []


def test_who_does_not_decide_is_refused(cast, text):
    for act in (["triage"], ["brackets"], ["foresee", "accept", "--hunks", "1"]):
        with pytest.raises(CommandError, match="forbidden"):
            run(cast.norway, *act)
