"""decide SEAT TEXT ACT: decide on hunks or brackets as a seat, or take a decision back, without a browser."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from drafting.models import Decision
from drafting.queries import seated
from drafting.services import bulk, decisions
from drafting.text.errors import RollingTextError

_SAID = {
    "accept": "the edit goes in, what collides with it is dropped",
    "bracket": "base and rivals stand in brackets",
    "keep": "the base stands, the proposal stays open",
    "drop-hunk": "the edit is dropped",
    "bridge": "--words stand instead of the rivals",
    "merge": "one goes in (--into), the others are the same as it",
    "split": "one proposal becomes two",
    "lift": "brackets go, their words stay",
    "drop": "brackets go with their words",
    "pick": "one alternative stays, the others go",
}
_ACTS = tuple(_SAID)


class Command(BaseCommand):
    help = (
        "Decide on hunks or brackets, together unless --each, and print each decision's id. Their ids are listed by "
        "“chair SEAT TEXT triage” and “… brackets”; “… foresee” says before what a decision would do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("seat", type=int, help="the id of the chair's seat, whose act it is")
        parser.add_argument("text", help="the text, as conference/text in its address")
        parser.add_argument(
            "act", choices=_ACTS, metavar="ACT", help="; ".join(f"{act}: {_SAID[act]}" for act in _ACTS)
        )
        meant = "; ".join(f"{value}: {label}" for value, label in Decision.Authority.choices)
        parser.add_argument("--authority", choices=Decision.Authority.values, required=True, help=meant)
        parser.add_argument("--hunks", type=int, nargs="*", default=[], metavar="ID", help="edits of proposals")
        parser.add_argument("--brackets", type=int, nargs="*", default=[], metavar="ID", help="to lift, drop or pick")
        parser.add_argument("--each", action="store_true", help="decide each id by itself; refused ones are listed")
        parser.add_argument("--words", default="", help="bridging words; to split, the words with the first part alone")
        parser.add_argument("--into", type=int, default=0, help="the hunk whose proposal the others are merged into")
        parser.add_argument("--reason", default="", help="needed to drop and to bridge; whoever proposed reads it")
        parser.add_argument("--forum", default="", help="which room agreed, and when")
        parser.add_argument("--seen", type=int, metavar="SEQ", help="as triage printed it: what moved since is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by, negotiated = seated.at(options["seat"], options["text"])
            what = {name: options[name] for name in ("words", "reason", "forum", "seen")}
            act, authority = options["act"], options["authority"]
            if not options["each"]:
                brackets = options["brackets"]
                what |= {"hunks": options["hunks"], "brackets": brackets, "into": options["into"]}
                row = decisions.decide(by, negotiated, act, authority, **what)
                self.stdout.write(str(row.pk))
                return
            places = [bulk.Place(str(pk), hunks=(pk,)) for pk in options["hunks"]]
            places += [bulk.Place(str(pk), brackets=(pk,)) for pk in options["brackets"]]
            done = bulk.decide(by, negotiated, act, authority, places, **what)
            for row in done.made:
                self.stdout.write(str(row.pk))
            for left in done.left:
                self.stderr.write(f"{left.name}: {left.message}")
        except RollingTextError as refused:
            raise CommandError(f"{refused.code}: {refused.message}") from refused
