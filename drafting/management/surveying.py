"""What is to be decided, by command: proposals in clusters and brackets with their ids, and what an act would do.

Nothing here changes anything; `decide` and `settle-linked` take the ids.
"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from delegations.models import Seat
from drafting.management.acts import Act, Arguments, Said
from drafting.models import Decision, NegotiatingText
from drafting.queries import pairs, triage
from drafting.queries.triage import ClusterShown
from drafting.services import foresight
from drafting.text.triage import Likeness


def _triage(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    found = triage.sorted_out(
        by, negotiated, likeness=given["only"], address=given["at"], only_undecided=not given["kept"]
    )
    return {"seen": found.seq, "proposals": found.amendments, "clusters": [_cluster(row) for row in found.clusters]}


def _cluster(row: ClusterShown) -> dict[str, Any]:
    return {
        "provision": row.address,
        "likeness": row.likeness,
        "rivals": row.rivals,
        "strength": row.strength,
        "kept": row.is_kept,
        "wordings": [
            {
                "hunks": list(wording.hunks),
                "proposals": list(wording.numbers),
                "sponsors": list(wording.sponsors),
                "edits": [{"strike": edit.struck, "insert": edit.words} for edit in wording.edits],
            }
            for wording in row.wordings
        ],
    }


def _brackets(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    seq, found = pairs.still_open(by, negotiated, given["at"])
    return {"seen": seq, "brackets": [asdict(pair) for pair in found]}


def _foresee(by: Seat, negotiated: NegotiatingText, given: Arguments) -> Said:
    what = {name: given[name] for name in ("hunks", "brackets", "words", "into")}
    return asdict(foresight.foresee(by, negotiated, given["deed"], given["authority"], **what))


def _spell_triage(parser: ArgumentParser) -> None:
    kinds = (*map(str, Likeness), triage.WEAKER, triage.STRONGER)
    parser.add_argument("--only", choices=kinds, default="", help="clusters of one kind")
    parser.add_argument("--at", default="", help="those on a provision or an article: 9.2")
    parser.add_argument("--kept", action="store_true", help="also what was kept for later")


def _spell_brackets(parser: ArgumentParser) -> None:
    parser.add_argument("--at", default="", help="those of a provision or an article: 9.2")


def _spell_foreseen(parser: ArgumentParser) -> None:
    parser.add_argument("deed", choices=Decision.Act.values, help="as of the command decide")
    parser.add_argument("--authority", choices=Decision.Authority.values, default=Decision.Authority.CHAIR)
    parser.add_argument("--hunks", type=int, nargs="*", default=[], help="ids, as triage lists them")
    parser.add_argument("--brackets", type=int, nargs="*", default=[], help="ids, as brackets lists them")
    parser.add_argument("--words", default="", help="bridging words")
    parser.add_argument("--into", type=int, default=0, help="the hunk whose proposal the others are merged into")


ACTS = {
    "triage": Act("list open proposals in clusters, the contested first, with their hunks", _spell_triage, _triage),
    "brackets": Act("list open brackets with their ids, words and holders", _spell_brackets, _brackets),
    "foresee": Act("say what a decision would do, and do nothing", _spell_foreseen, _foresee),
}
