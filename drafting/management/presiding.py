"""Acts of who presides, by command: policies, the ladder, the pen, the basis, linked brackets, the night."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import time
from typing import Any
from uuid import UUID

import msgspec

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.management import acts
from drafting.management.acts import Act, Arguments, Said
from drafting.models import Decision, NegotiatingText, Revision
from drafting.queries import access, ladders, quarrels
from drafting.queries import packages as standing
from drafting.queries import policies as adopted
from drafting.queries.ladders import Rung
from drafting.services import (
    brackets,
    bulk,
    decisions,
    handovers,
    kinds,
    linked,
    packages,
    pictures,
    policies,
    revisions,
    shifts,
)
from drafting.services import ladders as ladder_acts
from drafting.services.bulk import Settled


def _policies(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    if given["policy"]:
        row = policies.adopt(by, given["policy"], value=given["value"] == "on", forum=given["forum"])
        return {"policy": row.policy, "in_force": row.value, "forum": row.forum}
    return {"policies": {row.name: {"in_force": row.in_force, "forum": row.forum} for row in adopted.listed(by)}}


def _ladder(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    if given["rung"]:
        ladder_acts.set(by, [_rung(one) for one in given["rung"]])
    return {"rungs": msgspec.to_builtins(ladders.of(by.conference))}


def _rung(given: str) -> Rung:
    key, name, style, locks = (*given.split(":"), "", "", "")[:4]
    try:
        return msgspec.convert({"key": key, "name": name, "style": style, "locks": locks == "locks"}, Rung)
    except msgspec.ValidationError as error:
        raise NotFound(
            f"“{given}” is no rung: write KEY:NAME:STYLE:locks, STYLE {', '.join(ladders.STYLES)}."
        ) from error


def _admit(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    return _settled(policies.admit_unopposed(by, negotiated))


def _package(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    if given["name"]:
        chosen = [access.provision(by, negotiated, address) for address in given["provisions"]]
        packages.set(by, negotiated, given["name"], chosen)
    return {
        "packages": [
            {
                "name": package.name,
                "agreed": package.is_agreed,
                "members": [member.address for member in package.members],
                "pending": [member.address for member in package.pending],
            }
            for package in standing.listed(by, negotiated)
        ]
    }


def _confide(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    chosen = Seat.objects.filter(pk=given["viewer"], conference=by.conference_id).first()
    if chosen is None:
        raise NotFound("There is no such seat in this conference.")
    (pictures.hide_from if given["hide"] else pictures.show_to)(by, negotiated, chosen)
    return {"viewer": chosen.pk, "sees": not given["hide"]}


def _bilateral(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    parties = acts.delegations(by, given["parties"])
    if len(parties) != 2:
        raise NotFound("Name two delegations: NOR,KEN.")
    return {"bilateral": pictures.note_bilateral(by, negotiated, (parties[0], parties[1]), given["about"]).pk}


def _hand(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    named = acts.delegations(by, given["delegation"])
    if len(named) != 1:
        raise NotFound("Name one delegation.")
    to = named[0]
    act = handovers.take_back if given["back"] else handovers.hand
    act(by, acts.provision(by, negotiated, given), to)
    return {"provision": given["provision"], "delegation": to.code, "has_the_pen": not given["back"]}


def _basis(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    revision = access.revision(by, negotiated, given["number"])
    return {"basis": revision.number, "taken_back": revisions.return_to(by, revision)}


def _linked(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    found = quarrels.found(by, negotiated, given["bracket"])
    places = [
        {
            "words": list(quarrel.words),
            "places": [
                {
                    "provision": place.address,
                    "brackets": [member.id for member in place.members],
                    "holders": list(place.holders),
                }
                for place in quarrel.places
            ],
        }
        for quarrel in found.quarrels
    ]
    return {"seen": found.seq, "quarrels": places}


def _settle(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    what = {name: given[name] for name in ("chosen", "words", "reason", "forum", "seen")}
    places = [[int(pk) for pk in place.split(",") if pk.isdigit()] for place in given["place"]]
    return _settled(linked.settle(by, negotiated, given["deed"], given["authority"], places, **what))


def _group(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = negotiated.groups.filter(pk=given["group"]).first()
    if row is None:
        raise NotFound("There is no such group of alternatives.")
    (brackets.dissolve if given["dissolve"] else brackets.confirm)(by, row)
    return {"group": row.pk, "stands": not given["dissolve"]}


def _undo_batch(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    return {"taken_back": bulk.undo(by, negotiated, given["batch"])}


def _redo(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    return {"decision": decisions.redo(by, access.decision(by, given["decision"])).pk}


def _prepare(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    kinds.prepare(by, negotiated, "" if given["kind"] == "any" else given["kind"])
    return {"kind": kinds.prepared(negotiated)}


def _note(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    about = access.provision(by, negotiated, given["about"]) if given["about"] else None
    return {"note": shifts.leave_note(by, negotiated, given["words"], about).pk}


def _overnight(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    shifts.order_overnight(by, negotiated, given["hour"])
    return {"hour": f"{given['hour']:%H:%M}" if given["hour"] else "", "timezone": negotiated.conference.timezone}


def _settled(done: Settled) -> Said:
    left: list[dict[str, Any]] = [{"name": one.name, "message": one.message} for one in done.left]
    return {"batch": str(done.batch), "decisions": [row.pk for row in done.made], "left": left}


def _spell_policies(parser: ArgumentParser) -> None:
    parser.add_argument("policy", nargs="?", choices=sorted(adopted.POLICIES), help="without it all are listed")
    parser.add_argument("value", nargs="?", choices=("on", "off"), default="on")
    parser.add_argument("--forum", default="", help="the room that adopted it, and when")


def _spell_ladder(parser: ArgumentParser) -> None:
    parser.add_argument("--rung", action="append", default=[], help="KEY:NAME:STYLE:locks, the lowest first")


def _spell_package(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", help="without it all are listed")
    parser.add_argument("provisions", nargs="*", help="its provisions, by address; none dissolves it")


def _spell_viewer(parser: ArgumentParser) -> None:
    parser.add_argument("viewer", type=int, help="the id of a seat")
    parser.add_argument("--hide", action="store_true", help="let it see them no longer")


def _spell_bilateral(parser: ArgumentParser) -> None:
    parser.add_argument("parties", help="two codes: NOR,KEN")
    parser.add_argument("about")


def _spell_pen(parser: ArgumentParser) -> None:
    acts.on_provision(parser)
    parser.add_argument("delegation", help="its code")
    parser.add_argument("--back", action="store_true", help="take it back")


def _spell_linked(parser: ArgumentParser) -> None:
    parser.add_argument("--bracket", type=int, help="those linked with it; without it all")


def _spell_settling(parser: ArgumentParser) -> None:
    parser.add_argument("deed", choices=("lift", "drop", "pick"))
    parser.add_argument("--authority", choices=Decision.Authority.values, required=True)
    parser.add_argument("--place", action="append", required=True, help="ids of the brackets of one place: 4,5")
    parser.add_argument("--chosen", default="", help="the words that stay, to pick")
    parser.add_argument("--words", default="")
    parser.add_argument("--reason", default="")
    parser.add_argument("--forum", default="", help="which room agreed, and when")
    parser.add_argument("--seen", type=int, help="the seq that linked printed: what changed since is left")


def _spell_group(parser: ArgumentParser) -> None:
    parser.add_argument("group", type=int)
    parser.add_argument("--dissolve", action="store_true", help="say that they do not stand for each other")


def _spell_basis(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int, help="of the revision")


def _spell_batch(parser: ArgumentParser) -> None:
    parser.add_argument("batch", type=UUID)


def _spell_decision(parser: ArgumentParser) -> None:
    parser.add_argument("decision", type=int)


def _spell_kind(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=[*Revision.Kind.values, "any"])


def _spell_note(parser: ArgumentParser) -> None:
    parser.add_argument("words")
    parser.add_argument("--about", default="", help="the address of the article or provision it is about")


def _spell_hour(parser: ArgumentParser) -> None:
    parser.add_argument(
        "hour", nargs="?", type=time.fromisoformat, help="02:30 on the conference's clock; none for never"
    )


ACTS = {
    "policy": Act("list the policies of the conference, or adopt one", _spell_policies, _policies),
    "admit-unopposed": Act("let in, by policy, what nobody opposes", acts.nothing, _admit),
    "ladder": Act("list the rungs of agreement, or set them", _spell_ladder, _ladder),
    "package": Act("list packages, or set the provisions of one", _spell_package, _package),
    "show-pictures": Act("let a seat see the chair's pictures", _spell_viewer, _confide),
    "bilateral": Act("note a conversation held between two delegations", _spell_bilateral, _bilateral),
    "pen": Act("hand the pen of a provision to a delegation", _spell_pen, _hand),
    "basis": Act("make an earlier revision the basis of negotiation", _spell_basis, _basis),
    "linked": Act("list linked brackets", _spell_linked, _linked),
    "settle-linked": Act("decide the same at each of some linked places", _spell_settling, _settle),
    "group": Act("confirm a group of alternatives, or dissolve it", _spell_group, _group),
    "undo-batch": Act("take back all that one act on many places decided", _spell_batch, _undo_batch),
    "redo": Act("decide again what was taken back", _spell_decision, _redo),
    "prepare": Act("choose the kind of the revision being prepared", _spell_kind, _prepare),
    "note": Act("leave a note to the next shift", _spell_note, _note),
    "overnight": Act("consolidate every night at an hour", _spell_hour, _overnight),
}
