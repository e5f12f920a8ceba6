"""What a delegation does in private leaves no trace that anybody outside it can find.

All that others can fetch is compared byte for byte, and by what it asks of the database, so that its time tells no
more; and private acts make no row in a table whose numbers others see, so that no gap tells later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from delegations.models import Seat, User
from drafting.exports import archives
from drafting.models import DelegationKey, NegotiatingText
from drafting.services import drafts, notes, signoffs, watches
from drafting.services.draft_texts import Wording
from tests import factories
from tests.cast import Cast
from tests.matrix.stages import LOCKED
from tests.views.test_doors import PAGES

Browse = Callable[[Seat], Client]

#: Tables that private acts add rows to: their keys are random, or printed to nobody but their owner.
PRIVATE = {
    *("draft", "draftpart", "workingtext", "basetext", "stream", "journalentry"),
    *("delegationkey", "keyshare", "sealednote", "watch", "readmark"),
}


def act_in_private(cast: Cast, text: NegotiatingText) -> None:
    """Do, as Norway, all that is its own affair."""
    provision = factories.provision(text, "9.2")
    draft = drafts.open(cast.norway, provision)
    factories.write(cast.norway, draft, provision.words.content.replace("drinking", "fresh"))
    drafts.widen(cast.norway_head, draft, Wording(factories.provision(text, "9.1")))
    signoffs.ask(cast.norway, draft)
    drafts.discard(cast.norway, drafts.open(cast.norway, provision))
    notes.found_key(cast.norway, text, LOCKED, "AA==", LOCKED, "AA==")
    notes.keep(cast.norway, text, factories.edition(cast.norway), uuid4(), 0, "AAAA")
    watches.add(cast.norway, text, "word", "drinking")
    watches.mark_read(cast.norway, text, 1)


def fetched(kenya: Client, bureau: dict[str, Client]) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return what a delegate gets of every page, and a bureau of those that are not for delegates."""
    cache.clear()
    found = {(path, "kenya"): _answer(kenya, path) for path in PAGES}
    others = [
        (path, name) for path, readers in PAGES.items() for name in readers & set(bureau) if "kenya" not in readers
    ]
    return found | {(path, name): _answer(bureau[name], path) for path, name in others}


def _answer(client: Client, path: str, **sent: str) -> tuple[object, ...]:
    """Return the status, the headers that could tell, the bytes without tokens and the page's own id, and the cost."""
    with CaptureQueriesContext(connection) as asked:
        answer: Any = client.post(path, sent) if sent else client.get(path)  # some are streamed
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = [answer.headers.get(name) for name in ("ETag", "Last-Modified", "Content-Length", "Location")]
    body = re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"', b"", body)
    own = path.partition("/drafts/")[2][:36].encode() or b"/rivers/"
    return answer.status_code, told, body.replace(own, b""), [_shape(query["sql"]) for query in asked]


def _shape(sql: str) -> str:
    """Return a statement without what it asks about, though with how much it asks about; Django numbers its cursors."""
    return re.sub(r"'(?:[^']|'')*'|\b[0-9a-f]{32}\b|\d+", "?", sql)


def counted() -> dict[str, int]:
    """Return how many rows each table has."""
    return {model._meta.model_name or "": model._default_manager.count() for model in apps.get_models()}


def test_nothing_that_others_can_fetch_changes_by_a_byte(cast: Cast, floor: NegotiatingText, browse: Browse) -> None:
    kenya, bureau = browse(cast.kenya), {"chair": browse(cast.chair), "secretary": browse(cast.secretary)}
    own = browse(cast.norway)
    before, home = fetched(kenya, bureau), _answer(own, "/rivers/")
    act_in_private(cast, floor)
    after = fetched(kenya, bureau)
    assert [key for key in before if before[key] != after[key]] == []
    assert _answer(own, "/rivers/") != home


def test_private_acts_use_up_no_number_that_others_see(cast: Cast, floor: NegotiatingText) -> None:
    before = counted()
    heads = dict(floor.conference.streams.filter(draft=None).values_list("pk", "head"))
    act_in_private(cast, floor)
    assert {name for name, count in counted().items() if count != before[name]} <= PRIVATE
    others = floor.conference.streams.filter(pk__in=heads).exclude(delegation=cast.norway.delegation)
    assert {pk: heads[pk] for pk in others.values_list("pk", flat=True)} == dict(others.values_list("pk", "head"))


def test_what_is_anothers_is_refused_as_what_is_not_there(cast: Cast, floor: NegotiatingText, browse: Browse) -> None:
    draft = drafts.open(cast.norway, factories.provision(floor, "9.2"))
    for seat in (cast.kenya, cast.chair, cast.secretary, cast.observer):
        client = browse(seat)
        pages = [f"/rivers/treaty/drafts/{pk}/" for pk in (draft.pk, uuid4())]
        for end in ("", "guests/"):
            there, nowhere = (_answer(client, page + end, submit="1") for page in pages)
            assert there == nowhere
            assert there[0] == 404
        there, nowhere = (_answer(client, page) for page in pages)
        assert there == nowhere


def test_no_number_of_ones_own_tells_how_much_others_do(cast: Cast, floor: NegotiatingText, browse: Browse) -> None:
    kenya = browse(cast.kenya)
    first = own_pages(cast, floor, kenya)
    act_in_private(cast, floor)
    assert own_pages(cast, floor, kenya) == first


def own_pages(cast: Cast, floor: NegotiatingText, kenya: Client) -> list[str]:
    """Return what Kenya is shown of a draft, a note and a watch just made, without the ids that are drawn by lot."""
    provision = factories.provision(floor, "9.2")
    draft = drafts.open(cast.kenya, provision)
    watches.add(cast.kenya, floor, "word", "water")
    if not DelegationKey.objects.filter(delegation=cast.kenya.delegation).exists():
        notes.found_key(cast.kenya, floor, LOCKED, "AA==", LOCKED, "AA==")
    note = notes.keep(cast.kenya, floor, factories.edition(cast.kenya), uuid4(), 0, "AAAA")
    pages = [
        f"/rivers/treaty/{page}/" for page in (f"drafts/{draft.pk}", "watches", "notes", "notes/ring", "proposals")
    ]
    found = [kenya.get(page).content.decode() for page in pages]
    drafts.discard(cast.kenya, draft)
    watches.drop(cast.kenya, floor, "word", "water")
    note.delete()
    drawn = r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(csrfmiddlewaretoken" value|nonce)="[^"]*"'
    return [re.sub(drawn, "?", page) for page in found]


def test_the_exported_journal_has_neither_a_row_nor_a_gap_of_it(cast: Cast, floor: NegotiatingText) -> None:
    readers = (cast.kenya, cast.chair, cast.secretary, cast.observer)
    before = [archives.write(seat, floor) for seat in readers]
    act_in_private(cast, floor)
    assert [archives.write(seat, floor) for seat in readers] == before


def test_the_administration_deletes_nothing_and_so_lists_no_draft_that_would_go(
    cast: Cast, floor: NegotiatingText, client: Client
) -> None:
    act_in_private(cast, floor)
    client.force_login(User.objects.create_superuser("root"))
    norway = cast.norway.delegation
    assert norway is not None
    for page in (f"delegation/{norway.pk}", f"user/{cast.norway.user.pk}", f"conference/{cast.conference.pk}"):
        answer = client.get(f"/admin/delegations/{page}/delete/")
        assert answer.status_code == 403
        assert "draft" not in answer.content.decode()
