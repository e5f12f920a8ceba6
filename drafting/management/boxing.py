"""Acts on notes and explanatory boxes by command: listed, set, reworded, printed or left out, taken back."""

from __future__ import annotations

from argparse import ArgumentParser

from delegations.models import Seat
from drafting.management import acts
from drafting.management.acts import Act, Arguments, Said
from drafting.models import Annotation, NegotiatingText
from drafting.queries import access
from drafting.queries import boxes as noted
from drafting.services import boxes


def _list(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    if given["find"]:
        boxes.find(by, negotiated)
    return {
        "boxes": [
            {
                "id": one.row.pk,
                "provision": one.address,
                "place": one.row.place,
                "form": one.row.form,
                "officer": one.row.officer,
                "words": one.words,
                "kept": one.row.kept,
                "struck": one.row.struck,
                "printed_in": list(one.revisions),
            }
            for one in noted.listed(by, negotiated)
        ]
    }


def _write(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    how = {name: given[name] for name in ("place", "form", "officer")}
    return {"box": boxes.write(by, acts.provision(by, negotiated, given), given["words"], **how).pk}


def _change(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    row = access.annotation(by, negotiated, given["box"])
    match given["deed"]:
        case "keep" | "leave":
            boxes.choose(by, row, kept=given["deed"] == "keep")
        case "strike":
            boxes.strike(by, row)
        case "restore":
            boxes.restore(by, row)
        case "reword":
            boxes.reword(by, row, given["words"])
    row.refresh_from_db()
    return {"box": row.pk, "kept": row.kept, "struck": row.struck}


def _spell_list(parser: ArgumentParser) -> None:
    parser.add_argument("--find", action="store_true", help="look for those in the words first")


def _spell_writing(parser: ArgumentParser) -> None:
    acts.on_provision(parser)
    parser.add_argument("words")
    parser.add_argument("--place", choices=(Annotation.Place.BEFORE, Annotation.Place.AFTER), default="after")
    parser.add_argument("--form", choices=Annotation.Form.values, default=Annotation.Form.NOTE)
    parser.add_argument("--officer", default="", help="in whose name; without it the office of the seat")


def _spell_change(parser: ArgumentParser) -> None:
    parser.add_argument("box", type=int, help="its id, as boxes lists it")
    parser.add_argument("deed", choices=("keep", "leave", "strike", "restore", "reword"))
    parser.add_argument("words", nargs="?", default="", help="to reword")


ACTS = {
    "boxes": Act("list the notes and explanatory boxes of officers", _spell_list, _list),
    "box": Act("set a note or box before or after a provision", _spell_writing, _write),
    "choose-box": Act("print a note or leave it out, take it back, reword it", _spell_change, _change),
}
