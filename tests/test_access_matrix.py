"""Who may do what: one row for each door and act, the seats it opens to; every other seat of the cast is refused.

Whoever is refused learns no more than a sentence: what a seat may not know of is not found.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from delegations.models import Delegation, Seat, User
from delegations.roles import Role
from drafting.errors import Forbidden, NotFound
from drafting.exports import FORMATS, archives
from drafting.imports import capitals as returned
from drafting.imports import reading
from drafting.models import (
    Agreement,
    Amendment,
    AmendmentVersion,
    Asking,
    Bracket,
    Decision,
    Draft,
    EditorialChange,
    LanguageVersion,
    Lapse,
    NegotiatingText,
    Pen,
    Provision,
    Rectification,
    Revision,
)
from drafting.queries import (
    access,
    accreditations,
    attendances,
    boards,
    capitals,
    decided,
    digests,
    dispatches,
    documents,
    fates,
    moments,
    packs,
    pictures,
    provenance,
    quarrels,
    scrubs,
    searches,
    specials,
    triage,
)
from drafting.queries import agreements as agreed
from drafting.queries import amendments as cards
from drafting.queries import comments as filed
from drafting.queries import consolidation as desks
from drafting.queries import editorials as noted
from drafting.queries import finals as wanting
from drafting.queries import ladders as rungs
from drafting.queries import languages as tongues
from drafting.queries import mandates as remits
from drafting.queries import notes as sealed
from drafting.queries import packages as packaged
from drafting.queries import policies as adopted
from drafting.queries import rectifications as rectified_texts
from drafting.queries import revisions as reads
from drafting.queries import unreflected as announcements
from drafting.services import (
    agreements,
    amendments,
    askings,
    brackets,
    bulk,
    comments,
    consolidation,
    corrections,
    deadlines,
    decisions,
    drafts,
    editorials,
    endorsements,
    finals,
    foresight,
    guests,
    handovers,
    interventions,
    invitations,
    kinds,
    ladders,
    languages,
    mandates,
    notes,
    objections,
    offers,
    openings,
    packages,
    parkings,
    pen_sessions,
    pens,
    policies,
    positions,
    readings,
    rectifications,
    rekeying,
    remarks,
    reserves,
    revisions,
    seats,
    shifts,
    signoffs,
    sponsors,
    successions,
    unreflected,
    versions,
    watches,
)
from drafting.services import attendances as rooms
from drafting.services import draft_texts as drafted
from drafting.services import pictures as confiding
from drafting.services.editorials import Correction, Place
from drafting.services.languages import Wording
from drafting.services.proposals import Proposed
from drafting.services.rectifications import Wanted
from drafting.services.rekeying import Resealed, Wrapped
from drafting.text import alignment, structures
from drafting.text.document import Comment
from drafting.text.renumberings import Way
from drafting.text.successions import Target
from tests import factories
from tests.cast import Cast

WORDS = "Each Party [shall][should] take [necessary] measures [to [fully] protect] the river."
NEW = WORDS.replace("measures", "steps")
NEWER = WORDS.replace("measures", "action")
NOTED = Comment("Ann", "", "Why?")
TODAY = dispatches.Period(date(2026, 1, 1), date(2026, 12, 31), "UTC")
LOCKED = {"salt": "AA==", "iterations": 600_000, "iv": "AA==", "sealed": "AA=="}


@dataclass(frozen=True)
class Stage:
    """One of everything there is, in the cast's conference; `of` names a delegation by its code."""

    cast: Cast
    text: NegotiatingText
    amendment: Amendment
    draft: Draft
    decision: Decision
    agreement: Agreement
    revision: Revision
    spare: User

    def of(self, code: str) -> Delegation:
        return Delegation.objects.get(conference=self.cast.conference, code=code)

    @property
    def provision(self) -> Provision:
        return factories.provision(self.text)

    def offered(self) -> AmendmentVersion:
        return offers.offer(self.cast.kenya, self.amendment, [Proposed(self.provision, NEWER)])

    def foreign(self) -> Amendment:
        return amendments.submit(self.cast.kenya, self.text, [Proposed(self.provision, "Oui.")], language="fr")

    def bracket(self, number: int = 3) -> Bracket:
        return factories.bracket(self.text, number)


def lapsed(stage: Stage) -> Revision:
    """A revision with which the open proposals lapsed."""
    if not Lapse.objects.exists():
        unreflected.choose(stage.cast.chair, stage.text, "lapse")
        unreflected.settle(revisions.issue(stage.cast.chair, stage.text).pk)
    return Lapse.objects.get().revision


def quotes(by: Seat, text: NegotiatingText) -> None:
    """Raise `Forbidden` where the loss report of the first revision quotes no proposal."""
    if not any(entry.hunks or entry.sponsors for entry in reads.loss_report(by, text, 1)):
        raise Forbidden("It quotes nothing.")


def archived(by: Seat, text: NegotiatingText, stream: str) -> None:
    """Raise `Forbidden` where the archive written for a seat has no such stream's journal."""
    with zipfile.ZipFile(io.BytesIO(archives.write(by, text))) as packed:
        if f"journal/{stream}.jsonl" not in packed.namelist():
            raise Forbidden("It is not in there.")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    text = factories.text(cast, WORDS, "Agreed words.")
    amendment = amendments.submit(cast.norway, text, [Proposed(factories.provision(text), NEW)])
    mandates.give(cast.chair, text, cast.facilitator, list(text.provisions.all()))
    positions.take(cast.norway, factories.bracket(text, 3), "retain")
    decision = decisions.decide(cast.chair, text, "lift", "room", brackets=[factories.bracket(text, 5).pk])
    return Stage(
        cast=cast,
        text=text,
        amendment=amendment,
        draft=drafts.open(cast.norway, factories.provision(text)),
        decision=decision,
        agreement=agreements.gavel(cast.chair, factories.provision(text, "2"), Agreement.Level.AGREED, "Plenary"),
        revision=revisions.issue(cast.secretary, text),
        spare=User.objects.create(username="spare"),
    )


def note_of(stage: Stage) -> UUID:
    """Keep a sealed note of Norway's, and return its id."""
    norway, text, pk = stage.cast.norway, stage.text, uuid4()
    notes.found_key(norway, text, LOCKED, "AA==", LOCKED, "AA==")
    notes.keep(norway, text, factories.edition(norway), pk, 0, "AA==")
    return pk


def returning(stage: Stage) -> reading.Read:
    """Norway's file as it went out."""
    return reading.open(FORMATS["docx"].write(capitals.document(stage.cast.norway, stage.text)))


def brought(stage: Stage, by: Seat, authority: str) -> None:
    """Take a file over that rewords one provision."""
    target = Target([NEW], alignment.align([WORDS], [NEW]))
    stood = successions.standing(stage.text)
    shown = successions.digest(successions.differences(stage.text, stood, target))
    successions.take_over(by, stage.text, lambda now: target, shown=shown, authority=authority, reason="")


def asked(stage: Stage) -> Asking:
    """Have the chair ask whether four letters are agreed."""
    return askings.ask(stage.cast.chair, stage.provision, "agreed", "Plenary", 30, words=(0, 4))


def over(stage: Stage) -> Asking:
    """The same, and the moment is over."""
    row = asked(stage)
    Asking.objects.filter(pk=row.pk).update(closes=row.at)
    return row


def french(stage: Stage) -> LanguageVersion:
    """Have the text in French."""
    found = LanguageVersion.objects.filter(text=stage.text).first()
    return found or languages.open(stage.cast.secretary, stage.text, "fr", "Traité")


def oui(stage: Stage) -> Wording:
    """The second provision in French."""
    row = factories.provision(stage.text, "2")
    return Wording(row, tongues.digest(row.words.content), "Texte convenu.")


def put_into_french(stage: Stage) -> bool:
    """Put every provision as it was issued into French."""
    version = french(stage)
    for row in stage.text.provisions.select_related("words"):
        wording = Wording(row, tongues.digest(row.words.content), row.words.content)
        languages.translate(stage.cast.secretary, version, wording)
    return True


def french_issued(stage: Stage) -> bool:
    """Issue the first revision in French."""
    put_into_french(stage)
    languages.issue(stage.cast.secretary, french(stage), stage.revision)
    return True


def rectified(stage: Stage, by: Seat) -> Rectification:
    """Have a seat issue a corrigendum to the revision."""
    return rectifications.issue(by, stage.revision, "corrigendum", [Wanted("1", "Each", "Every")])


def noted_at(stage: Stage) -> tuple[Provision, int, int]:
    """Have a blank written into the second provision, and return where it stands."""
    pens.write(stage.cast.secretary, Proposed(stage.provision, f"{WORDS} ____ of it."), Pen.For.ROOM)
    (shown,) = wanting.listed(stage.cast.secretary, stage.text)
    return stage.provision, shown.rev, shown.place.lo


def corrected(stage: Stage, *, over: bool = False) -> EditorialChange:
    """Have the secretariat send an editorial change; `over` says that the time to object is."""
    place = Place(stage.provision, 0, "Each", "Every")
    (row,) = editorials.propose(stage.cast.secretary, stage.text, [Correction("manifest", (place,))])
    if over:
        row.closes = row.at
        row.save()
    return row


BUREAU = "chair facilitator secretary"
DELEGATES = "norway norway_head kenya group"
SEATED = f"{BUREAU} {DELEGATES} capital"
ISSUERS = "chair secretary"
DECIDERS = "chair facilitator"
#: Who sits in another conference and acts on that one alone.
ELSEWHERE = "stranger other_chair other_secretary"

GUESTS = "norway norway_head kenya"

Act = Callable[[Stage, Seat], Any]


def _change_key(stage: Stage, by: Seat) -> None:
    """Change Norway's key as `by`, one note sealed anew."""
    note, own = Resealed(note_of(stage), 1, "AA=="), {by.pk: Wrapped("AA==", "AA==")}
    rekeying.change(by, stage.text, factories.edition(stage.cast.norway), LOCKED, own, [note])


def _shared(stage: Stage) -> bool:
    """Have Norway's draft shared with Kenya."""
    if not stage.draft.invited.exists():
        guests.invite(stage.cast.norway, stage.draft, stage.of("KEN"))
    return True


def _after(stage: Stage) -> drafted.Wording:
    """Return a new provision to be drafted."""
    return drafted.Wording(stage.provision, inserts_after=True)


def _narrow(stage: Stage, by: Seat) -> None:
    """Widen Norway's draft as Norway, and take the provision out again as `by`."""
    part = drafts.widen(stage.cast.norway, stage.draft, _after(stage))
    drafts.narrow(by, stage.draft, part.pk)


OWN = f"{DELEGATES} capital"

DOORS: dict[str, tuple[Act, str]] = {
    "sit at a delegation's own desk": (lambda s, by: boards.board(by, s.text), OWN),
    "read what became of one's own": (lambda s, by: fates.now(by, s.text), OWN),
    "take the text along": (lambda s, by: packs.pack(by, s.text), OWN),
    "take a file to the capital": (lambda s, by: capitals.document(by, s.text), OWN),
    "see what the capital's file asks for": (lambda s, by: returned.plan(by, s.text, returning(s)), DELEGATES),
    "fetch one's delegation's sealed notes": (lambda s, by: sealed.ring(by, s.text), OWN),
    "read since one last read": (lambda s, by: digests.since(by, s.text), SEATED),
    "compare two moments of the floor": (lambda s, by: moments.comparison(by, s.text, 0), SEATED),
    "search the floor": (lambda s, by: searches.search(by, s.text, "river"), SEATED),
    "draft a report": (lambda s, by: dispatches.draft(by, s.text, TODAY), SEATED),
    "find a text": (lambda s, by: access.text(by, "rivers", "treaty"), f"{SEATED} observer"),
    "read the floor": (lambda s, by: access.floor(by, s.text), SEATED),
    "find a provision": (lambda s, by: access.provision(by, s.text, "1"), SEATED),
    "find a bracket": (lambda s, by: access.bracket(by, s.bracket().pk), SEATED),
    "find an amendment": (lambda s, by: access.amendment(by, s.amendment.pk), SEATED),
    "find a version": (lambda s, by: access.version(by, s.amendment.versions.get().pk), SEATED),
    "find a decision": (lambda s, by: access.decision(by, s.decision.pk), SEATED),
    "see what is agreed on a provision": (lambda s, by: agreed.on_provision(by, s.provision), SEATED),
    "ask whose words they are": (lambda s, by: provenance.of(by, s.provision), SEATED),
    "find a delegation's draft": (lambda s, by: access.draft(by, s.draft.pk), "norway norway_head"),
    "find what is issued": (lambda s, by: access.revision(by, s.text, s.revision.number), f"{SEATED} observer"),
    "follow the floor": (lambda s, by: access.stream(by, s.text.floor_id), SEATED),
    "follow what is issued": (lambda s, by: access.stream(by, s.text.public_id), f"{SEATED} observer"),
    "follow the bureau": (lambda s, by: access.stream(by, s.text.bureau_id), BUREAU),
    "find a draft one is invited to": (lambda s, by: _shared(s) and access.draft(by, s.draft.pk), GUESTS),
    "follow a draft one is invited to": (lambda s, by: _shared(s) and access.stream(by, s.draft.stream_id), GUESTS),
    "follow a delegation's draft": (lambda s, by: access.stream(by, s.draft.stream_id), "norway norway_head"),
    "list the amendments": (lambda s, by: cards.listed(by, s.text), SEATED),
    "sit at the desk": (lambda s, by: desks.desk(by, s.text), DECIDERS),
    "sort the proposals out": (lambda s, by: triage.sorted_out(by, s.text), DECIDERS),
    "see the chair's pictures": (lambda s, by: pictures.pictures(by, s.text), "chair"),
    "read who sees the pictures": (lambda s, by: pictures.viewers(by, s.text), "chair"),
    "read which conversations were held": (lambda s, by: pictures.log(by, s.text), "chair"),
    "see the pictures, named by the chair": (
        lambda s, by: confiding.show_to(s.cast.chair, s.text, s.cast.kenya) and pictures.pictures(by, s.text),
        "chair kenya",
    ),
    "look at linked brackets": (lambda s, by: quarrels.found(by, s.text), DECIDERS),
    "foresee a decision": (
        lambda s, by: foresight.foresee(by, s.text, "lift", "room", brackets=[s.bracket().pk]),
        DECIDERS,
    ),
    "read the packages": (lambda s, by: packaged.listed(by, s.text), SEATED),
    "read what policy decided": (lambda s, by: decided.by_policy(by, s.text), SEATED),
    "read the floor's change log": (lambda s, by: reads.change_log(by, s.text), SEATED),
    "read the floor's loss report": (lambda s, by: reads.loss_report(by, s.text), SEATED),
    # What is issued is public with its change log, and so are the fates its loss report tells; the proposals that it
    # quotes are the floor's (`quotes`), and whose they are is the policy's.
    "read an issued change log": (lambda s, by: reads.change_log(by, s.text, 1), f"{SEATED} observer"),
    "read an issued loss report": (lambda s, by: reads.loss_report(by, s.text, 1), f"{SEATED} observer"),
    "read the proposals an issued loss report quotes": (lambda s, by: quotes(by, s.text), SEATED),
    "read what corrects an issued text": (
        lambda s, by: rectified_texts.document(
            by, rectified_texts.one(by, s.revision, rectified(s, s.cast.secretary).pk)
        ),
        f"{SEATED} observer",
    ),
    "see what a final text wants": (lambda s, by: wanting.listed(by, s.text), ISSUERS),
    "find an editorial change": (lambda s, by: access.editorial(by, corrected(s).pk), SEATED),
    "list the editorial changes": (lambda s, by: noted.listed(by, s.text), SEATED),
    "check the text": (lambda s, by: scrubs.scrub(by, s.text), ISSUERS),
    "see what a renumbering changes": (lambda s, by: scrubs.renumber(by, s.text, Way.CLOSE), ISSUERS),
    "read the special list": (lambda s, by: specials.listed(by, s.text, s.revision), SEATED),
    "print the floor": (lambda s, by: documents.bracketed(by, s.text), SEATED),
    "print the text as imported": (lambda s, by: documents.bracketed(by, s.text, 0), SEATED),
    "take the archive of what is issued": (lambda s, by: archived(by, s.text, "public"), f"{SEATED} observer"),
    "take the floor's archive": (lambda s, by: archived(by, s.text, "floor"), SEATED),
    "take the bureau's archive": (lambda s, by: archived(by, s.text, "bureau"), BUREAU),
    "print what is issued": (lambda s, by: documents.clean(by, s.text, 1), f"{SEATED} observer"),
    "see how far the languages are": (lambda s, by: tongues.progress(by, s.text), SEATED),
    "read the floor in another language": (lambda s, by: tongues.of_floor(by, french(s).text, "fr"), SEATED),
    "read what is issued in another language": (
        lambda s, by: french_issued(s) and tongues.of_revision(by, s.text, 1, "fr"),
        f"{SEATED} observer",
    ),
    "compare the floor with what is issued": (lambda s, by: documents.comparison(by, s.text, 1), SEATED),
}

ACTS: dict[str, tuple[Act, str]] = {
    "note how far one has read": (lambda s, by: watches.mark_read(by, s.text, 1), SEATED),
    "watch a word": (lambda s, by: watches.add(by, s.text, "word", "river"), SEATED),
    "make a delegation's key": (lambda s, by: notes.found_key(by, s.text, LOCKED, "AA==", LOCKED, "AA=="), OWN),
    "change Norway's note": (
        lambda s, by: (pk := note_of(s)) and notes.keep(by, s.text, factories.edition(by), pk, 1, "AA=="),
        "norway",
    ),
    "change the key of a delegation's notes": (
        lambda s, by: _change_key(s, by),
        "norway",
    ),
    "ask to be let in to Norway's notes": (
        lambda s, by: (note_of(s), notes.ask_in(by, s.text, "AA==", LOCKED)),
        "norway norway_head capital",
    ),
    "open a text": (
        lambda s, by: openings.open(by, s.cast.conference, structures.plain(["a"]), title="t", slug="t"),
        "secretary",
    ),
    "take a file over on an editorial mandate": (lambda s, by: brought(s, by, "editorial"), "secretary"),
    "take a file over as a chair's text": (lambda s, by: brought(s, by, "chair"), "chair"),
    "keep the comments of a file": (lambda s, by: comments.keep(by, s.text, "a.docx", [(NOTED, None)]), BUREAU),
    "read the comments of files": (lambda s, by: filed.listed(by, s.text), BUREAU),
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
        lambda s, by: drafts.widen(by, s.draft, _after(s)),
        "norway norway_head",
    ),
    "widen a draft one is invited to": (
        lambda s, by: _shared(s) and drafts.widen(by, s.draft, _after(s)),
        GUESTS,
    ),
    "narrow a delegation's draft": (lambda s, by: _narrow(s, by), "norway norway_head"),
    "narrow a draft one is invited to": (lambda s, by: _shared(s) and _narrow(s, by), "norway norway_head"),
    "change a draft one is invited to": (lambda s, by: _shared(s) and factories.write(by, s.draft, NEW), GUESTS),
    "invite to a draft": (lambda s, by: guests.invite(by, s.draft, s.of("G2")), "norway norway_head"),
    "invite on to a draft one is invited to": (
        lambda s, by: _shared(s) and guests.invite(by, s.draft, s.of("G2")),
        "norway norway_head",
    ),
    "submit a draft one is invited to": (
        lambda s, by: (_shared(s), factories.write(s.cast.norway, s.draft, NEW), drafts.submit(by, s.draft)),
        "norway norway_head",
    ),
    "discard a draft one is invited to": (
        lambda s, by: _shared(s) and drafts.discard(by, s.draft),
        "norway norway_head",
    ),
    "take an invitation back, or leave": (
        lambda s, by: _shared(s) and guests.uninvite(by, s.draft, s.of("KEN")),
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
    "supply a translation": (
        lambda s, by: versions.translate(by, s.foreign(), [Proposed(s.provision, NEWER)]),
        BUREAU,
    ),
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
    "set the deadline": (lambda s, by: deadlines.set(by, s.text, None), ISSUERS),
    "have proposals signed off": (lambda s, by: signoffs.want(by, wanted=True), "norway_head"),
    "ask for sign-off": (lambda s, by: signoffs.ask(by, s.draft), "norway norway_head"),
    "preview a proposal": (lambda s, by: amendments.preview(by, s.text, Proposed(s.provision, NEW)), SEATED),
    "consolidate": (lambda s, by: consolidation.request(by, s.text), "chair"),
    "check before issuing": (lambda s, by: revisions.check(by, s.text), ISSUERS),
    "withdraw a proposal": (lambda s, by: amendments.withdraw(by, s.amendment), "norway norway_head"),
    "co-sponsor": (lambda s, by: amendments.co_sponsor(by, s.amendment.versions.get()), DELEGATES),
    "take a stance": (lambda s, by: positions.take(by, s.bracket(), "retain"), DELEGATES),
    "let go of its delegation's hold": (lambda s, by: positions.lift(by, s.bracket()), "norway norway_head"),
    "take a stance for who spoke": (
        lambda s, by: positions.take(by, s.bracket(), "delete", on_behalf_of=s.of("NET")),
        BUREAU,
    ),
    "record a proposal": (lambda s, by: pens.record(by, Proposed(s.provision, NEW), [s.of("KEN")]), BUREAU),
    "record a line that was said": (lambda s, by: interventions.record(by, s.provision, "KEN brackets Each"), BUREAU),
    "write for the room": (lambda s, by: pens.write(by, Proposed(s.provision, NEW), Pen.For.ROOM), BUREAU),
    "hand the pen": (lambda s, by: handovers.hand(by, s.provision, s.of("KEN")), DECIDERS),
    "take the pen back": (
        lambda s, by: (
            handovers.hand(s.cast.chair, s.provision, s.of("KEN")),
            handovers.take_back(by, s.provision, s.of("KEN")),
        ),
        f"{DECIDERS} kenya",
    ),
    "take a pen that was handed to Kenya": (
        lambda s, by: (
            handovers.hand(s.cast.chair, s.provision, s.of("KEN")),
            pen_sessions.take(by, s.provision.words_id, "room"),
        ),
        f"{BUREAU} kenya",
    ),
    "bracket words": (lambda s, by: brackets.put(by, s.provision, 0, s.provision, 4, [s.of("KEN")]), BUREAU),
    "confirm alternatives": (lambda s, by: brackets.confirm(by, s.text.groups.get()), BUREAU),
    "dissolve a group": (lambda s, by: brackets.dissolve(by, s.text.groups.get()), BUREAU),
    "form a group": (lambda s, by: brackets.form(by, s.text, [s.bracket().pk, s.bracket(4).pk]), BUREAU),
    "decide": (
        lambda s, by: decisions.decide(by, s.text, "lift", "room", brackets=[s.bracket().pk]),
        DECIDERS,
    ),
    "take a decision back": (lambda s, by: decisions.undo(by, s.decision), DECIDERS),
    "decide again what was taken back": (
        lambda s, by: (decisions.undo(s.cast.chair, s.decision), decisions.redo(by, s.decision)),
        DECIDERS,
    ),
    "decide at many places": (
        lambda s, by: bulk.decide(by, s.text, "lift", "room", [bulk.Place("3", brackets=(s.bracket().pk,))]),
        DECIDERS,
    ),
    "let the unopposed in": (
        lambda s, by: (
            policies.adopt(s.cast.chair, "unopposed_go_in", value=True),
            policies.admit_unopposed(by, s.text),
        ),
        DECIDERS,
    ),
    "read the policies of one's conference": (lambda s, by: adopted.listed(by), f"{SEATED} {ELSEWHERE}"),
    "adopt a policy": (
        lambda s, by: policies.adopt(by, "attribution_shown", value=False),
        f"{ISSUERS} other_chair other_secretary",
    ),
    "choose the kind of the next revision": (lambda s, by: kinds.prepare(by, s.text, "compilation"), "chair"),
    "order a consolidation overnight": (lambda s, by: shifts.order_overnight(by, s.text, time(3)), "chair"),
    "leave a note to the next shift": (lambda s, by: shifts.leave_note(by, s.text, "Be kind."), BUREAU),
    "name a facilitator": (lambda s, by: mandates.give(by, s.text, s.cast.facilitator, [s.provision]), "chair"),
    "end a mandate": (lambda s, by: mandates.end(by, s.text.mandates.get()), DECIDERS),
    "read who works on what": (lambda s, by: [access.floor(by, s.text), remits.standing(by, s.text)], SEATED),
    "mark the loss report as read": (lambda s, by: readings.mark(by, s.text), BUREAU),
    "say what becomes of proposals not reflected": (lambda s, by: unreflected.choose(by, s.text, "stay"), "chair"),
    "read what becomes of proposals not reflected": (lambda s, by: announcements.announced(by, s.text), SEATED),
    "revive what lapsed with a basis": (lambda s, by: unreflected.revive(by, lapsed(s)), "chair"),
    "gavel": (lambda s, by: agreements.gavel(by, s.provision, "ad-ref", "Plenary", words=(0, 4)), DECIDERS),
    "take back one's ad referendum": (
        lambda s, by: agreements.take_back(
            by, agreements.gavel(s.cast.chair, s.provision, "ad-ref", "Plenary", words=(0, 4)), "New facts."
        ),
        DELEGATES,
    ),
    "ask the room": (lambda s, by: askings.ask(by, s.provision, "agreed", "Plenary", 30, words=(0, 4)), DECIDERS),
    "object to what is asked": (lambda s, by: askings.object(by, asked(s)), DELEGATES),
    "withdraw what is asked": (lambda s, by: askings.withdraw(by, asked(s)), DECIDERS),
    "gavel what was asked": (lambda s, by: askings.gavel(by, over(s)), DECIDERS),
    "ask for brackets on agreed words": (lambda s, by: agreements.ask_brackets(by, s.agreement, "No."), DELEGATES),
    "name who sees the pictures": (lambda s, by: confiding.show_to(by, s.text, s.cast.facilitator), "chair"),
    "let somebody see the pictures no longer": (
        lambda s, by: (
            confiding.show_to(s.cast.chair, s.text, s.cast.norway),
            confiding.hide_from(by, s.text, s.cast.norway),
        ),
        "chair",
    ),
    "note a conversation": (
        lambda s, by: confiding.note_bilateral(by, s.text, (s.of("NOR"), s.of("KEN")), "9.2"),
        "chair",
    ),
    "strike a conversation": (
        lambda s, by: confiding.strike_bilateral(
            by, s.text, confiding.note_bilateral(s.cast.chair, s.text, (s.of("NOR"), s.of("KEN")), "9.2").pk
        ),
        "chair",
    ),
    "set a package": (lambda s, by: packages.set(by, s.text, "Finance", [s.provision]), "chair"),
    "set the ladder": (lambda s, by: ladders.set(by, rungs.DEFAULT), f"{ISSUERS} other_chair other_secretary"),
    "open a version in another language": (
        lambda s, by: languages.open(by, s.text, "es", "Tratado"),
        "secretary",
    ),
    "put a provision into another language": (lambda s, by: languages.translate(by, french(s), oui(s)), "secretary"),
    "put many provisions into another language": (
        lambda s, by: languages.translate_all(by, french(s), [oui(s)]),
        "secretary",
    ),
    "issue a revision in another language": (
        lambda s, by: (put_into_french(s), languages.issue(by, french(s), s.revision)),
        "secretary",
    ),
    "park": (lambda s, by: parkings.park(by, s.provision, "Thursday", "Finance comes first."), DECIDERS),
    "take up what is parked": (
        lambda s, by: (
            parkings.park(s.cast.chair, s.provision, "Thursday", "Finance."),
            parkings.lift(by, s.provision),
        ),
        DECIDERS,
    ),
    "reopen": (lambda s, by: agreements.reopen(by, s.agreement, "New facts."), DECIDERS),
    "go back to an earlier basis": (
        lambda s, by: revisions.return_to(by, s.text.revisions.get(number=1)),
        "chair",
    ),
    "correct an issued text": (lambda s, by: rectified(s, by), "secretary"),
    "confirm a blank of a final text": (lambda s, by: finals.confirm(by, *noted_at(s)), "secretary"),
    "send an editorial change": (
        lambda s, by: editorials.propose(
            by, s.text, [Correction("manifest", (Place(s.provision, 0, "Each", "Every"),))]
        ),
        "secretary",
    ),
    "object to an editorial change": (lambda s, by: objections.object(by, corrected(s)), DELEGATES),
    "make an editorial change": (lambda s, by: corrections.make(by, corrected(s, over=True)), "secretary"),
    "withdraw an editorial change": (lambda s, by: editorials.withdraw(by, corrected(s)), "secretary"),
    "take an editorial change back": (
        lambda s, by: corrections.undo(by, corrections.make(s.cast.secretary, corrected(s, over=True))),
        "secretary",
    ),
    "set the time to object": (lambda s, by: editorials.set_hours(by, 8), f"{ISSUERS} other_chair other_secretary"),
    "issue a revision": (lambda s, by: revisions.issue(by, s.text), ISSUERS),
    "see who is accredited": (lambda s, by: accreditations.register(by), "secretary other_secretary"),
    "see who is in the room": (lambda s, by: attendances.room(by), "secretary other_secretary"),
    "list who is in the room": (lambda s, by: rooms.list_room(by, wanted=True), "secretary other_secretary"),
    "find a seat to take away": (lambda s, by: accreditations.one(by, s.cast.kenya.pk), "secretary"),
    "find a delegation to accredit for": (lambda s, by: accreditations.delegation(by, "KEN"), "secretary"),
    "invite a person": (
        lambda s, by: invitations.invite(by, "new@example.org", Role.DELEGATE, s.of("KEN")),
        "secretary",
    ),
    "give a seat": (lambda s, by: seats.give(by, s.spare, Role.DELEGATE, s.of("KEN")), "secretary"),
    "take a seat": (lambda s, by: seats.take(by, s.cast.kenya), "secretary"),
    "enrol in a group": (lambda s, by: seats.enrol(by, s.of("G2"), [s.of("NET")]), "secretary"),
}


@pytest.mark.parametrize("name", [*DOORS, *ACTS])
def test_it_opens_to_these_seats_and_to_no_other(stage: Stage, name: str) -> None:
    act, wanted = (DOORS | ACTS)[name]
    opened = {called for called, seat in stage.cast.everybody() if opens(partial(act, stage, seat))}
    assert opened == set(wanted.split())


def opens(act: Callable[[], Any]) -> bool:
    """Tell whether an act is allowed, and leave no trace of it."""
    sentence = ""
    with transaction.atomic():
        try:
            act()
        except (Forbidden, NotFound) as refused:
            sentence = refused.message
        transaction.set_rollback(True)
    assert not sentence or sentence.endswith(".")
    return not sentence


def test_what_another_conference_does_not_know_of_is_not_found(stage: Stage) -> None:
    for act, _ in DOORS.values():
        with pytest.raises(NotFound):
            act(stage, stage.cast.other_chair)
