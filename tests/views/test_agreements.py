"""The page of agreement: words gavelled by a plain form, what stands, parking."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from delegations.models import Seat
from drafting.models import Agreement, Asking, NegotiatingText, Parking
from tests import factories
from tests.cast import Cast

Browse = Callable[[Seat], Client]
PAGE = "/rivers/treaty/9.2/"


def test_words_are_agreed_by_quoting_them(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    form = {"level": "ad-ref", "forum": "Plenary", "quoted": "drinking", "pending": "KEN", "package": "water"}
    assert browse(cast.chair).post(f"{PAGE}agreed/", form)["Location"] == PAGE
    row = Agreement.objects.get()
    assert factories.provision(treaty, "9.2").words.content[row.start : row.end] == "drinking"
    shown = browse(cast.norway).get(PAGE).content.decode()
    assert all(said in shown for said in ("drinking</q>", "Plenary", "still to confirm", "package “water”"))


def test_words_chosen_in_the_text_come_filled_in(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    start = factories.provision(treaty, "9.2").words.content.index("drinking")
    html = browse(cast.chair).get(f"{PAGE}agreement/?start={start}&end={start + 8}").content.decode()
    assert ">\ndrinking</textarea>" in html
    assert f'name="start" value="{start}"' in html


@pytest.mark.parametrize(
    ("form", "status"), [({"quoted": "beer"}, 404), ({"start": "0", "end": "3", "quoted": ""}, 409)]
)
def test_words_that_do_not_stand_there_are_not_agreed(
    cast: Cast, treaty: NegotiatingText, browse: Browse, form: dict[str, str], status: int
) -> None:
    answer = browse(cast.chair).post(f"{PAGE}agreed/", {"level": "agreed", "forum": "the room", **form})
    assert answer.status_code == status
    assert not Agreement.objects.exists()


def test_a_gavel_that_falls_too_early_says_until_when_and_keeps_what_was_asked(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    client = browse(cast.chair)
    form = {"level": "agreed", "forum": "Plenary", "quoted": "drinking", "seconds": "60", "ask": "1"}
    client.post(f"{PAGE}agreed/", form)
    answer = client.post(f"/rivers/treaty/askings/{Asking.objects.get().pk}/", {"do": "gavel"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The room may object until" in html
    assert "Withdraw the question" in html
    assert 'value="Plenary"' in html
    assert 'value="60"' in html
    assert ">\ndrinking</textarea>" in html
    assert Asking.objects.filter(ended=False).exists()


def test_whoever_comes_too_late_to_object_is_told_so(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    browse(cast.chair).post(f"{PAGE}agreed/", {"level": "agreed", "forum": "Plenary", "seconds": "60", "ask": "1"})
    assert 'value="object"' in browse(cast.norway).get(PAGE).content.decode()
    Asking.objects.update(closes=timezone.now())
    html = browse(cast.norway).get(PAGE).content.decode()
    assert 'value="object"' not in html
    assert "The moment to object is over" in html


def test_a_refused_gavel_keeps_all_that_was_filled_in(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    form = {"level": "agreed", "forum": "Plenary", "quoted": "beer", "pending": "KEN", "package": "water"}
    for wrong, status in (({}, 404), ({"pending": "ZZZ"}, 422), ({"ask": "1"}, 422)):
        answer = browse(cast.chair).post(f"{PAGE}agreed/", form | wrong)
        html = answer.content.decode()
        assert answer.status_code == status
        assert all(f'value="{said}"' in html for said in ("Plenary", "water", wrong.get("pending", "KEN")))
        assert ">\nbeer</textarea>" in html


def test_one_agreement_of_several_is_reopened(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.chair)
    for quoted in ("drinking", "Nothing"):
        client.post(f"{PAGE}agreed/", {"level": "agreed", "forum": "the room", "quoted": quoted})
    first, second = Agreement.objects.order_by("pk")
    client.post(f"{PAGE}reopened/", {"agreement": first.pk, "reason": "New facts."})
    assert Agreement.objects.get(ended=False) == second


def test_a_provision_is_parked_and_taken_up_again(cast: Cast, treaty: NegotiatingText, browse: Browse) -> None:
    client = browse(cast.chair)
    client.post(f"{PAGE}parked/", {"until": "Thursday <b>", "reason": "Finance comes first."})
    shown = browse(cast.norway).get(PAGE).content.decode()
    assert "parked until Thursday &lt;b&gt;" in shown
    client.post(f"{PAGE}parked/", {"lift": "1"})
    assert not Parking.objects.filter(lifted=False).exists()


def test_the_ladder_is_set_by_a_form_and_offered_at_the_gavel(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    rows = [("clean", "clean <b>", "noted", ""), ("agreed", "agreed", "agreed", "on"), ("", "", "noted", "")]
    form = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "2"}
    for at, (key, name, style, locks) in enumerate(rows):
        form |= {f"form-{at}-key": key, f"form-{at}-name": name, f"form-{at}-style": style, f"form-{at}-locks": locks}
    assert browse(cast.secretary).post("/rivers/ladder/", form).status_code == 302
    assert '<option value="clean">clean &lt;b&gt;</option>' in browse(cast.chair).get(PAGE).content.decode()
    browse(cast.chair).post(f"{PAGE}agreed/", {"level": "clean", "forum": "Group A"})
    assert "clean &lt;b&gt;" in browse(cast.norway).get("/rivers/treaty/").content.decode()
    assert not Agreement.objects.get().locks


def test_the_room_is_asked_on_every_screen_and_objects_by_a_form(
    cast: Cast, treaty: NegotiatingText, browse: Browse
) -> None:
    form = {"level": "agreed", "forum": "Plenary", "quoted": "drinking", "seconds": "60", "ask": "1"}
    browse(cast.chair).post(f"{PAGE}agreed/", form)
    row = Asking.objects.get()
    door = f"/rivers/treaty/askings/{row.pk}/"
    pages = (
        PAGE,
        "/rivers/treaty/",
        *(f"/rivers/treaty/{page}/" for page in ("proposals", "9.2/propose", "since", "revisions")),
    )
    for page in pages:
        html = browse(cast.norway).get(page).content.decode()
        assert html.count(door) == 1, page
        assert f'data-stream="{treaty.floor_id}"' in html, page
    desk = browse(cast.chair).get("/rivers/treaty/desk/").content.decode()
    assert "So agreed" in desk
    browse(cast.kenya).post(door, {"do": "object", "reason": "Not yet."})
    bar = "/rivers/treaty/fragments/?f=asking"
    assert "Not yet." in browse(cast.chair).get(bar).content.decode()
    assert "Not yet." not in browse(cast.norway).get(bar).content.decode()
    browse(cast.chair).post(door, {"do": "withdraw"})
    assert "Agreed?" not in browse(cast.norway).get(bar).content.decode()
