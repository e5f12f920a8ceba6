"""Acts of the chair by command: who works on what part of a text, and the proposals a new basis does not reflect."""

from __future__ import annotations

from argparse import ArgumentParser

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.management import acts
from drafting.management.acts import Act, Arguments, Said
from drafting.models import Mandate, NegotiatingText
from drafting.queries import access
from drafting.queries import mandates as standing
from drafting.queries import unreflected as policy
from drafting.services import mandates, readings, unreflected


def _facilitator(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    if given["seat_named"] is not None:
        named = next((office for office in standing.offices(by) if office.pk == given["seat_named"]), None)
        if named is None:
            raise NotFound("There is no such facilitator’s seat in this conference.")
        places = [access.provision(by, negotiated, address) for address in given["provisions"]]
        mandates.give(by, negotiated, named, places, given["title"])
    access.floor(by, negotiated)
    rows = standing.standing(by, negotiated)
    return {"mandates": [{"id": row.id, "title": row.title, "provisions": list(row.addresses)} for row in rows]}


def _end(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = standing.one(negotiated, given["mandate"])
    mandates.end(by, row)
    return {"ended": row.pk}


def _unreflected(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    if given["policy"]:
        unreflected.choose(by, negotiated, given["policy"], given["forum"])
    said = policy.announced(by, negotiated)
    return {"policy": said.policy, "forum": said.forum}


def _revive(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    return {"revived": unreflected.revive(by, access.revision(by, negotiated, given["number"]))}


def _read(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    return {"read": readings.mark(by, negotiated).digest}


def _spell_facilitator(parser: ArgumentParser) -> None:
    parser.add_argument("seat_named", nargs="?", type=int, metavar="SEAT", help="its id; without it all are listed")
    parser.add_argument("provisions", nargs="*", help="addresses: articles, chapters, provisions")
    parser.add_argument("--title", choices=Mandate.Title.values, default=Mandate.Title.FACILITATOR)


def _spell_mandate(parser: ArgumentParser) -> None:
    parser.add_argument("mandate", type=int, help="its id, as facilitator lists it")


def _spell_unreflected(parser: ArgumentParser) -> None:
    parser.add_argument("policy", nargs="?", help="stay, lapse or withdraw; without it the present one is said")
    parser.add_argument("--forum", default="", help="the room that adopted it, and when")


def _spell_number(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int, help="the revision with which they lapsed")


ACTS = {
    "facilitator": Act("name who works on parts of the text, or list them", _spell_facilitator, _facilitator),
    "end-mandate": Act("end a facilitator's mandate", _spell_mandate, _end),
    "unreflected": Act(
        "say what becomes of proposals that the next basis does not reflect", _spell_unreflected, _unreflected
    ),
    "revive": Act("open again all proposals that lapsed with a basis", _spell_number, _revive),
    "read-losses": Act("record that you have read the loss report", acts.nothing, _read),
}
