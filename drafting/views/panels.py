"""The panel beside the text: one provision's brackets with who stands where, and the amendments to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Bracket, NegotiatingText, Parking, Reserve, Stance
from drafting.queries import (
    agreements,
    amendments,
    attribution,
    cards,
    handovers,
    ladders,
    mandates,
    options,
    pages,
    versions,
)
from drafting.queries.agreements import Shown
from drafting.queries.cards import Card, Stand
from drafting.queries.ladders import Rung
from drafting.queries.mandates import Shown as Mandated
from drafting.queries.options import OptionShown
from drafting.queries.pages import BracketShown, Page, ProvisionShown
from drafting.views import holders, redlines
from drafting.views.directories import Directory
from drafting.views.holders import Balance
from drafting.views.redlines import Redline

#: Codes a list of holders shows before "+n".
SHOWN = 3
#: Brackets whose cards all stand open where no other is asked for.
FEW = 2
#: What a delegation may say of a bracket, in the order of the buttons, and in the words on them.
ON_BRACKETS = (
    (Stance.RETAIN, "Keep text"),
    (Stance.DELETE, "Delete"),
    (Stance.CAN_LIVE_WITH, "Can live with"),
    (Stance.CANNOT_ACCEPT, "Cannot accept"),
    (Stance.RESERVE, "Reserve"),
)
#: And of an amendment.
ON_AMENDMENTS = (
    (Stance.SUPPORT, "Support"),
    (Stance.OPPOSE, "Oppose"),
    (Stance.RESERVE, "Reserve"),
    (Stance.CAN_LIVE_WITH, "Can live with"),
    (Stance.CANNOT_ACCEPT, "Cannot accept"),
)
#: And of an option that no brackets of its own hold.
ON_OPTIONS = (
    (Stance.SUPPORT, "Support"),
    (Stance.RETAIN, "Keep text"),
    (Stance.DELETE, "Delete"),
    (Stance.OPPOSE, "Oppose"),
    (Stance.CAN_LIVE_WITH, "Can live with"),
    (Stance.CANNOT_ACCEPT, "Cannot accept"),
    (Stance.RESERVE, "Reserve"),
)
_SAID = {
    Stance.PROPOSE: "Proposed by",
    Stance.SUPPORT: "Support",
    Stance.RETAIN: "Keep text",
    Stance.CAN_LIVE_WITH: "Can live with",
    Stance.RESERVE: "Reserve",
    Stance.OPPOSE: "Oppose",
    Stance.CANNOT_ACCEPT: "Cannot accept",
    Stance.DELETE: "Delete",
}


@dataclass(frozen=True, slots=True)
class StanceRow:
    """Those who take one stance: the first `codes`, groups folded, and all of them; `stale` have to confirm."""

    label: str
    codes: tuple[str, ...]
    rest: tuple[str, ...]
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BracketCard:
    """One bracket of the panel; `my` is the own delegation's stance or empty, `my_heard` if typed in the room.

    `my_stale` where words inside changed since; `is_unheld` where nobody holds it any more, so far as the reader may
    know.
    """

    bracket: BracketShown
    words: str
    rows: tuple[StanceRow, ...]
    balance: Balance
    my: str
    my_heard: bool = False
    my_stale: bool = False
    is_unheld: bool = False

    @property
    def kind(self) -> str:
        """What kind of bracket it is, in print."""
        return str(Bracket.Kind(self.bracket.kind).label)

    @property
    def my_label(self) -> str:
        """The own delegation's stance in the words of the buttons."""
        return _SAID[Stance(self.my)] if self.my else ""

    @property
    def waits(self) -> bool:
        """Whether the own delegation has yet to take, or to confirm, a stance."""
        return not self.my or self.my_heard or self.my_stale


@dataclass(frozen=True, slots=True)
class OptionCard:
    """One option of the panel that no brackets of its own hold; `my…` as on a bracket's card."""

    option: OptionShown
    rows: tuple[StanceRow, ...]
    balance: Balance
    my: str
    my_heard: bool = False
    my_stale: bool = False


@dataclass(frozen=True, slots=True)
class AmendmentCard:
    """One amendment of the panel with its redline on this provision."""

    card: Card
    redlines: tuple[Redline, ...]
    rows: tuple[StanceRow, ...]
    balance: Balance


@dataclass(frozen=True, slots=True)
class Panel:
    """All the panel shows."""

    provision: ProvisionShown
    brackets: tuple[BracketCard, ...]
    amendments: tuple[AmendmentCard, ...]
    reserves: tuple[tuple[Reserve, bool], ...] = ()
    pens: tuple[str, ...] = ()
    may_type: bool = False
    agreements: tuple[Shown, ...] = ()
    parking: Parking | None = None
    rungs: tuple[Rung, ...] = ()
    reopened: str = ""
    mandates: tuple[Mandated, ...] = ()
    options: tuple[OptionCard, ...] = ()

    @property
    def unknown(self) -> tuple[int, ...]:
        """The numbers of the brackets that came with an import, of which nobody has said who put them."""
        return tuple(card.bracket.number for card in self.brackets if not card.bracket.holders_known)

    def opened(self, asked: str, *, otherwise_next: bool = False) -> frozenset[int]:
        """Return the brackets whose cards stand open: the one whose number is asked for, or `all`.

        Where neither is, those of no more than `FEW`, and with `otherwise_next` the first on which the reader has yet
        to take a stance.
        """
        found = [card for card in self.brackets if asked in ("all", str(card.bracket.number))]
        if not found and otherwise_next:
            found = [card for card in self.brackets if card.waits][:1] or list(self.brackets[:1])
        if len(self.brackets) <= FEW:
            found = list(self.brackets)
        return frozenset(card.bracket.id for card in found)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: the own delegation's code, the pinned, and whether the policy shows them names and counts."""

    own: str
    pinned: tuple[str, ...]
    named: bool

    @property
    def first(self) -> tuple[str, ...]:
        """Codes that come first in every list."""
        return tuple(code for code in (self.own, *self.pinned) if code)


def of(
    seat: Seat,
    negotiated: NegotiatingText,
    page: Page,
    provision: ProvisionShown,
    directory: Directory,
    pinned: Sequence[str] = (),
) -> Panel:
    """Return the panel of one provision of `page`, which holds its brackets; `pinned` codes come first in lists."""
    here = [row for row in page.brackets.values() if provision.id in (row.start[0], row.end[0]) and row.kind != "note"]
    here.sort(key=lambda row: row.number)
    stands = pages.stands(seat, negotiated, [row.id for row in here])
    named = attribution.shows_names(seat, negotiated)
    own = seat.delegation.code if seat.delegation else ""
    reader = Reader(own, tuple(pinned), named)
    proposed = amendments.on_provisions(seat, negotiated, [provision.id])[provision.id]
    found = (
        _amendment_card(card, redlines.of_provision(card, provision), directory, reader.first) for card in proposed
    )
    row = negotiated.provisions.select_related("words", "text__conference").get(pk=provision.id)
    found_options = options.shown(seat, negotiated, provision.id) if provision.may_have_options else ()
    pens = handovers.codes(provision.id)
    by_support = sorted(found, key=lambda item: (-item.balance.pro, item.card.number))
    return Panel(
        provision,
        tuple(_bracket_card(row, provision, stands[row.id], reader, directory) for row in here),
        tuple(by_support),
        tuple(versions.reserves(seat, negotiated, on=provision)),
        tuple(pens),
        (bool(pens) or seat.may(Right.RECORD)) and handovers.may_type(seat, row),
        agreements.on_provision(seat, row),
        agreements.parking(provision.id) if provision.parked else None,
        ladders.of(negotiated.conference) if seat.may(Right.DECIDE) else (),
        agreements.reopened(seat, row),
        tuple(mandates.standing(seat, negotiated, provision.id)),
        tuple(_option_card(option, reader, directory) for option in found_options),
    )


def amendment_cards(listed: Sequence[Card], directory: Directory) -> list[AmendmentCard]:
    """Return amendments with their redlines on all they touch."""
    grounds = cards.grounds(listed)
    return [_amendment_card(card, redlines.of_card(card, grounds), directory) for card in listed]


def _amendment_card(
    card: Card, shown: tuple[Redline, ...], directory: Directory, first: Sequence[str] = ()
) -> AmendmentCard:
    said = _said(card)
    return AmendmentCard(
        card,
        shown,
        stance_rows(card.stands, directory, first),
        holders.balance(said if card.counted else (), directory.groups),
    )


def stance_rows(stands: Sequence[Stand], directory: Directory, first: Sequence[str] = ()) -> tuple[StanceRow, ...]:
    """Return who takes which stance, in the order of the field, groups folded; codes in `first` lead."""
    rows = []
    everybody = frozenset(stand.delegation for stand in stands)
    for stance, label in _SAID.items():
        taken = [stand for stand in stands if stand.stance == stance]
        if taken:
            codes = directory.sort(stand.delegation for stand in taken)
            folded = holders.fold(codes, directory.groups, everybody - set(codes))
            folded = holders.lead(folded, codes, first)
            stale = tuple(stand.delegation for stand in taken if stand.stale)
            rows.append(StanceRow(label, folded[:SHOWN], folded[SHOWN:], stale))
    return tuple(rows)


def _said(card: Card) -> list[tuple[str, str]]:
    sponsors = [(code, Stance.PROPOSE.value) for code in (*card.sponsors, *card.cosponsors)]
    return [*((stand.delegation, stand.stance) for stand in card.stands), *sponsors]


def _bracket_card(
    row: BracketShown, provision: ProvisionShown, stands: Sequence[Stand], reader: Reader, directory: Directory
) -> BracketCard:
    start = row.start[1] + 1 if row.start[0] == provision.id else 0
    end = row.end[1] if row.end[0] == provision.id else len(provision.content)
    words = provision.content[start:end].strip() or "(no words)"
    is_unheld = reader.named and row.holders_known and not row.is_held
    return BracketCard(row, words, *_standing(stands, reader, directory), is_unheld=is_unheld)


def _option_card(option: OptionShown, reader: Reader, directory: Directory) -> OptionCard:
    return OptionCard(option, *_standing(option.stands, reader, directory))


def _standing(
    stands: Sequence[Stand], reader: Reader, directory: Directory
) -> tuple[tuple[StanceRow, ...], Balance, str, bool, bool]:
    """Return who stands where, the count, and the reader's own stance: which, if typed in the room, if stale."""
    mine = next((stand for stand in stands if stand.delegation == reader.own), None)
    said = [(stand.delegation, stand.stance) for stand in stands] if reader.named else []
    own = (mine.stance, mine.from_the_floor, mine.stale) if mine else ("", False, False)
    return stance_rows(stands, directory, reader.first), holders.balance(said, directory.groups), *own
