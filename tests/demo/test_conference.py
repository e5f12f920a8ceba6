"""Loading the demo conference."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from delegations.models import Conference, Delegation, Seat, User
from drafting.demo import conference
from drafting.models import Amendment, JournalEntry, Position
from drafting.queries import demo, journal

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def load(furnish):
    return furnish(conference.load, 40, 40, 1)


@pytest.fixture
def loaded(load):
    return load()


def test_the_conference_is_loaded_with_everybody_in_it(loaded):
    found = Conference.objects.get(is_demo=True)
    assert found.delegations.filter(kind__in=[Delegation.Kind.STATE, Delegation.Kind.OBSERVER_STATE]).count() == 195
    assert found.delegations.filter(kind=Delegation.Kind.GROUP).count() == 12
    assert {"chair", "secretariat", "delegate", "head", "coordinator", "observer"} <= set(
        Seat.objects.values_list("role", flat=True)
    )
    assert not User.objects.filter(email="").exists(), "nobody could order a digest"


def test_every_page_has_something_to_show(loaded):
    assert loaded.text.revisions.latest().symbol == "A/CONF.999/L.1/Rev.1"
    assert loaded.text.decisions.exists()
    assert Amendment.objects.filter(state="open").exists()
    assert Position.objects.filter(bracket__isnull=False).exists()
    assert Position.objects.filter(version__isnull=False).exists()


def test_each_amendment_is_a_journal_row_and_the_journal_verifies(loaded):
    assert JournalEntry.objects.filter(kind="amendment-submitted").count() == loaded.amendments == 40
    assert journal.verify() == JournalEntry.objects.count()


def test_the_same_seed_gives_the_same_text_once_more(loaded):
    out = StringIO()
    call_command("demo", provisions=40, amendments=40, seed=1, stdout=out)
    again = json.loads(out.getvalue().splitlines()[-1])
    assert again["text"] != loaded.text.pk
    exported = []
    for text in (loaded.text.pk, again["text"]):
        call_command("export_text", text, stdout=(out := StringIO()))
        exported.append(out.getvalue())
    assert exported[0] == exported[1]


def test_the_ready_line_names_the_text_and_a_seat_for_every_role(loaded):
    line = demo.ready("http://127.0.0.1:8000")
    assert line["text"] == "http://127.0.0.1:8000/aquifers/convention/"
    assert {"chair", "secretariat", "delegate", "head", "coordinator", "observer"} <= {s["role"] for s in line["seats"]}
    assert all(seat["sign_in"].startswith("http://127.0.0.1:8000/") for seat in line["seats"])
    assert {seat["delegation"] for seat in line["seats"]} > {None, "NOR", "KEN"}
