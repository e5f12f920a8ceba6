"""Whose words they are: for every character that came or went since a revision, who had it put in or taken out.

Worked out from the journal, never stored. Names are delegations' codes, an office, or nobody where the conference does
not show names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from drafting import events
from drafting.models import NegotiatingText, Sponsorship
from drafting.queries import histories
from drafting.queries.histories import Replayed
from drafting.text.changes import ChangeSet

#: Who changes words where no delegation does.
CHAIR = "Chair"


@dataclass(slots=True)
class Authored:
    """One provision's words since the base: who put in each present character, who struck each character of the base.

    `came` is as long as the present words, `origin` gives each present character's place in the base or None.
    """

    origin: list[int | None]
    came: list[str] = field(default_factory=list)
    struck: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def of(words: str) -> Authored:
        """Return the authorship of words nobody has changed."""
        return Authored(list(range(len(words))), [""] * len(words))

    def take(self, changes: ChangeSet, author: str) -> None:
        """Take one more change, made by `author`."""
        for start, end, inserted in reversed(list(changes.edits())):
            for at in self.origin[start:end]:
                if at is not None:
                    self.struck[at] = author
            self.origin[start:end] = [None] * len(inserted)
            self.came[start:end] = [author] * len(inserted)


def between(negotiated: NegotiatingText, words: Mapping[int, str], since: int, until: int) -> dict[int, Authored]:
    """Return the authorship of every provision that changed after `since`, when they read `words`, up to `until`."""
    hunks: dict[int, set[str]] | None = None
    found: dict[int, Authored] = {}
    waiting: list[Replayed] = []
    speakers: dict[str, str] = {}
    for row in histories.replay(negotiated, words, since, until):
        match row.event:
            case events.ProvisionCreated(provision=provision):
                found[provision] = Authored([], [])
                found[provision].take(ChangeSet.of([(0, 0, row.after)], 0), CHAIR)
            case events.Edited():
                waiting.append(row)
            case events.PenOpened(pen=pen, speakers=for_whom):
                speakers[pen] = ", ".join(for_whom)
            case events.Typed(pen=pen):
                _take(found, [row], speakers.get(pen or "", "") or CHAIR)
            case events.Decided(hunks=decided):
                hunks = _sponsors(negotiated) if hunks is None else hunks
                _take(found, waiting, _name(code for hunk, _ in decided for code in hunks.get(hunk, ())))
                waiting = []
            case events.AmendmentSubmitted(sponsors=sponsors):
                _take(found, waiting, _name(sponsors))
                waiting = []
            case events.StanceTaken(delegation=delegation):
                _take(found, waiting, delegation or CHAIR)
                waiting = []
    _take(found, waiting, CHAIR)
    return found


def _take(found: dict[int, Authored], rows: Iterable[Replayed], author: str) -> None:
    for row in rows:
        if row.provision is not None and row.changes is not None:
            if row.provision not in found:
                found[row.provision] = Authored.of(row.before)
            found[row.provision].take(row.changes, author)


def _name(codes: Iterable[str]) -> str:
    return ", ".join(sorted(set(codes))) or CHAIR


def _sponsors(negotiated: NegotiatingText) -> dict[int, set[str]]:
    """Return the sponsors' codes of each hunk, none where the conference does not show names."""
    found: dict[int, set[str]] = defaultdict(set)
    if negotiated.conference.attribution_shown:
        rows = Sponsorship.objects.filter(
            version__amendment__text=negotiated, role=Sponsorship.Role.SPONSOR, version__hunks__isnull=False
        )
        for hunk, code in rows.values_list("version__hunks", "delegation__code"):
            found[hunk].add(code)
    return found
