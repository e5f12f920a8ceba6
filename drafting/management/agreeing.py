"""Acts on agreement by command: gavelled, asked, objected to, reopened, given back, parked."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from delegations.models import Seat
from drafting.errors import NotFound
from drafting.management import acts
from drafting.management.acts import Act, Arguments, Said
from drafting.models import Agreement, Asking, NegotiatingText
from drafting.queries import agreements as standing
from drafting.queries import askings as asked
from drafting.services import agreements, askings, parkings


def _agree(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    on = acts.provision(by, negotiated, given)
    pending = acts.delegations(by, given["pending"])
    row = agreements.gavel(
        by,
        on,
        given["level"],
        given["forum"],
        words=acts.words(on, given),
        pending=pending,
        package=given["package"],
    )
    return _told(row)


def _ask(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    on = acts.provision(by, negotiated, given)
    row = askings.ask(by, on, given["level"], given["forum"], given["seconds"], words=acts.words(on, given))
    return {"asking": row.pk, "provision": on.address, "closes": row.closes.isoformat()}


def _gavel(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    return _told(askings.gavel(by, _question(by, negotiated)))


def _withdraw(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = _question(by, negotiated)
    askings.withdraw(by, row)
    return {"asking": row.pk}


def _object(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = askings.object(by, _question(by, negotiated), given["reason"])
    return {"asking": row.asking_id}


def _reopen(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = standing.one(by, acts.provision(by, negotiated, given), given["agreement"])
    _GIVEN_BACK[given["how"]](by, row, given["reason"])
    return {"agreement": row.pk, "provision": given["provision"]}


def _list(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    on = acts.provision(by, negotiated, given)
    parking = standing.parking(on.pk)
    found: list[dict[str, Any]] = [
        {
            "agreement": one.id,
            "words": one.words,
            "level": one.level,
            "name": one.name,
            "forum": one.forum,
            "pending": list(one.pending),
            "package": one.package,
        }
        for one in standing.on_provision(by, on)
    ]
    return {"agreements": found, "parked": parking.until if parking else ""}


def _park(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = parkings.park(by, acts.provision(by, negotiated, given), given["until"], given["reason"])
    return {"parking": row.pk, "until": row.until}


def _unpark(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    parkings.lift(by, acts.provision(by, negotiated, given))
    return {"provision": given["provision"]}


def _question(by: Seat, negotiated: NegotiatingText) -> Asking:
    shown = asked.standing(by, negotiated)
    if shown is None:
        raise NotFound("No question is before the room.")
    return asked.one(by, negotiated, shown.id)


def _told(row: Agreement) -> Said:
    return {"agreement": row.pk, "provision": row.provision.address, "name": row.name}


_GIVEN_BACK = {"chair": agreements.reopen, "delegation": agreements.take_back, "brackets": agreements.ask_brackets}


def _spell_agreement(parser: ArgumentParser) -> None:
    acts.on_words(parser)
    parser.add_argument("level", help="the key of a rung of the ladder")
    parser.add_argument("--forum", default="the room", help="who agreed")
    parser.add_argument("--pending", default="", help="codes of delegations still to confirm: NOR,KEN")
    parser.add_argument("--package", default="", help="the package it belongs to")


def _spell_question(parser: ArgumentParser) -> None:
    acts.on_words(parser)
    parser.add_argument("level", help="the key of a rung of the ladder")
    parser.add_argument("--forum", default="the room", help="who agrees")
    parser.add_argument("--seconds", type=int, default=30, help="how long the room may object")


def _spell_objection(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", default="", help="read by the chair alone")


def _spell_reopening(parser: ArgumentParser) -> None:
    acts.on_provision(parser)
    parser.add_argument("reason")
    parser.add_argument("--agreement", type=int, help="its id; without it the one on the whole provision")
    parser.add_argument(
        "--how", choices=sorted(_GIVEN_BACK), default="chair", help="who takes it back, or for brackets"
    )


def _spell_parking(parser: ArgumentParser) -> None:
    acts.on_provision(parser)
    parser.add_argument("until", help="until when or what")
    parser.add_argument("reason")


ACTS = {
    "agree": Act("gavel an agreement on a provision or words of it", _spell_agreement, _agree),
    "agreements": Act("say what is agreed on a provision", acts.on_provision, _list),
    "reopen": Act(
        "take an agreement back: the chair, a delegation its own, or for brackets", _spell_reopening, _reopen
    ),
    "ask": Act("ask the room “Agreed?”", _spell_question, _ask),
    "object": Act("object, as a delegation, to what is asked", _spell_objection, _object),
    "gavel": Act("gavel what was asked, once the moment is over", acts.nothing, _gavel),
    "withdraw": Act("withdraw what was asked", acts.nothing, _withdraw),
    "park": Act("put a provision aside, which is no agreement", _spell_parking, _park),
    "unpark": Act("take a parked provision up again", acts.on_provision, _unpark),
}
