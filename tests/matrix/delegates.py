"""What delegations do: drafts, proposals, stances, notes."""

from __future__ import annotations

from drafting.models import (
    Draft,
)
from drafting.queries import (
    access,
)
from drafting.queries import mandates as remits
from drafting.queries import unreflected as announcements
from drafting.services import (
    agreements,
    amendments,
    askings,
    drafts,
    endorsements,
    guests,
    notes,
    objections,
    offers,
    positions,
    remarks,
    reserves,
    signoffs,
    sponsors,
    versions,
    watches,
)
from drafting.services import draft_texts as drafted
from drafting.services.proposals import Proposed
from tests import factories
from tests.matrix.stages import (
    DELEGATES,
    GUESTS,
    LOCKED,
    NEW,
    NEWER,
    OWN,
    SEATED,
    Rows,
    after,
    asked,
    change_key,
    corrected,
    narrow,
    note_of,
    reseal,
    shared,
    supported,
)

ACTS: Rows = {
    "note how far one has read": (lambda s, by: watches.mark_read(by, s.text, 1), SEATED),
    "watch a word": (lambda s, by: watches.add(by, s.text, "word", "river"), SEATED),
    "make a delegation's key": (lambda s, by: notes.found_key(by, s.text, LOCKED, "AA==", LOCKED, "AA=="), OWN),
    "change Norway's note": (
        lambda s, by: (pk := note_of(s)) and notes.keep(by, s.text, factories.edition(by), pk, 1, "AA=="),
        "norway",
    ),
    "change the key of a delegation's notes": (
        lambda s, by: change_key(s, by),
        "norway",
    ),
    "seal Norway's notes anew": (
        lambda s, by: reseal(s, by),
        "norway",
    ),
    "ask to be let in to Norway's notes": (
        lambda s, by: (note_of(s), notes.ask_in(by, s.text, "AA==", LOCKED)),
        "norway norway_head capital",
    ),
    "propose": (lambda s, by: amendments.submit(by, s.text, [Proposed(s.provision, NEW)]), DELEGATES),
    "open a draft": (lambda s, by: drafts.open(by, s.provision), DELEGATES),
    "make the drafts of a capital's file": (
        lambda s, by: drafts.open_all(by, [drafted.Wording(s.provision, NEW)]),
        DELEGATES,
    ),
    "change a delegation's draft": (lambda s, by: factories.write(by, s.draft, NEW), "norway norway_head"),
    "open a draft over several provisions": (
        lambda s, by: drafts.open_one(
            by, [drafted.Wording(s.provision), drafted.Wording(s.provision, inserts_after=True)], Draft()
        ),
        DELEGATES,
    ),
    "widen a delegation's draft": (
        lambda s, by: drafts.widen(by, s.draft, after(s)),
        "norway norway_head",
    ),
    "widen a draft one is invited to": (
        lambda s, by: shared(s) and drafts.widen(by, s.draft, after(s)),
        GUESTS,
    ),
    "narrow a delegation's draft": (lambda s, by: narrow(s, by), "norway norway_head"),
    "narrow a draft one is invited to": (lambda s, by: shared(s) and narrow(s, by), "norway norway_head"),
    "change a draft one is invited to": (lambda s, by: shared(s) and factories.write(by, s.draft, NEW), GUESTS),
    "invite to a draft": (lambda s, by: guests.invite(by, s.draft, s.of("G2")), "norway norway_head"),
    "invite on to a draft one is invited to": (
        lambda s, by: shared(s) and guests.invite(by, s.draft, s.of("G2")),
        "norway norway_head",
    ),
    "submit a draft one is invited to": (
        lambda s, by: (shared(s), factories.write(s.cast.norway, s.draft, NEW), drafts.submit(by, s.draft)),
        "norway norway_head",
    ),
    "discard a draft one is invited to": (
        lambda s, by: shared(s) and drafts.discard(by, s.draft),
        "norway norway_head",
    ),
    "take an invitation back, or leave": (
        lambda s, by: shared(s) and guests.uninvite(by, s.draft, s.of("KEN")),
        GUESTS,
    ),
    "submit a delegation's draft": (
        lambda s, by: (factories.write(s.cast.norway, s.draft, NEW), drafts.submit(by, s.draft)),
        "norway norway_head",
    ),
    "discard a delegation's draft": (lambda s, by: drafts.discard(by, s.draft), "norway norway_head"),
    "offer another's amendment other words": (
        lambda s, by: offers.offer(by, s.amendment, [Proposed(s.provision, NEWER)]),
        "kenya group",
    ),
    "reword one's own amendment": (
        lambda s, by: versions.revise(by, s.amendment, [Proposed(s.provision, NEWER)]),
        "norway norway_head",
    ),
    "take an offer as friendly": (lambda s, by: offers.take(by, s.offered()), "norway norway_head"),
    "decline an offer": (lambda s, by: offers.decline(by, s.offered()), "norway norway_head"),
    "take an offer back": (lambda s, by: offers.take_back(by, s.offered()), "kenya"),
    "let an offer stand": (lambda s, by: offers.let_stand(by, s.offered()), "kenya"),
    "confirm what was recorded": (lambda s, by: versions.confirm(by, s.amendment), "norway norway_head"),
    "close a list of sponsors": (
        lambda s, by: sponsors.set_open(by, s.amendment, is_open=False),
        "norway norway_head",
    ),
    "invite to a list of sponsors": (
        lambda s, by: sponsors.invite(by, s.amendment.versions.get(), s.of("KEN")),
        "norway norway_head",
    ),
    "lodge a remark": (lambda s, by: remarks.lodge(by, s.text, "comment", "Shorter."), DELEGATES),
    "enter a reserve": (lambda s, by: reserves.enter(by, s.text, "text"), DELEGATES),
    "confirm a reserve that was recorded": (
        lambda s, by: reserves.confirm(
            by, reserves.enter(s.cast.secretary, s.text, "text", on_behalf_of=s.cast.kenya.delegation)
        ),
        "kenya",
    ),
    "lift a reserve": (
        lambda s, by: reserves.lift(by, reserves.enter(s.cast.kenya, s.text, "text")),
        "kenya",
    ),
    "opt out of a group's stance": (
        lambda s, by: (
            positions.take(s.cast.group, s.bracket(), "retain"),
            endorsements.say(by, s.of("G2"), s.bracket(), endorses=False),
        ),
        "norway norway_head kenya",
    ),
    "opt out of a group's stance on an option": (
        lambda s, by: endorsements.say(by, s.of("G2"), supported(s), endorses=False),
        "norway norway_head kenya",
    ),
    "have proposals signed off": (lambda s, by: signoffs.want(by, wanted=True), "norway_head"),
    "ask for sign-off": (lambda s, by: signoffs.ask(by, s.draft), "norway norway_head"),
    "preview a proposal": (lambda s, by: amendments.preview(by, s.text, Proposed(s.provision, NEW)), SEATED),
    "withdraw a proposal": (lambda s, by: amendments.withdraw(by, s.amendment), "norway norway_head"),
    "co-sponsor": (lambda s, by: amendments.co_sponsor(by, s.amendment.versions.get()), DELEGATES),
    "take a stance on an option": (lambda s, by: positions.take(by, s.option(), "support"), DELEGATES),
    "take a stance": (lambda s, by: positions.take(by, s.bracket(), "retain"), DELEGATES),
    "let go of its delegation's hold": (lambda s, by: positions.lift(by, s.bracket()), "norway norway_head"),
    "read who works on what": (lambda s, by: [access.floor(by, s.text), remits.standing(by, s.text)], SEATED),
    "read what becomes of proposals not reflected": (lambda s, by: announcements.announced(by, s.text), SEATED),
    "take back one's ad referendum": (
        lambda s, by: agreements.take_back(
            by, agreements.gavel(s.cast.chair, s.provision, "ad-ref", "Plenary", words=(0, 4)), "New facts."
        ),
        DELEGATES,
    ),
    "object to what is asked": (lambda s, by: askings.object(by, asked(s)), DELEGATES),
    "ask for brackets on agreed words": (lambda s, by: agreements.ask_brackets(by, s.agreement, "No."), DELEGATES),
    "object to an editorial change": (lambda s, by: objections.object(by, corrected(s)), DELEGATES),
}
