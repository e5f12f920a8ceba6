"""One of everything there is, for who tries to open it; and who is who in the rows of the matrix."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from delegations.models import Delegation, Seat, User
from drafting.errors import Forbidden
from drafting.exports import FORMATS, archives
from drafting.imports import reading
from drafting.models import (
    Agreement,
    Amendment,
    AmendmentVersion,
    Annotation,
    Asking,
    BaseText,
    Bracket,
    Decision,
    Draft,
    EditorialChange,
    LanguageVersion,
    Lapse,
    NegotiatingText,
    Option,
    Pen,
    Provision,
    Rectification,
    Revision,
)
from drafting.queries import (
    capitals,
    dispatches,
)
from drafting.queries import finals as wanting
from drafting.queries import revisions as reads
from drafting.services import (
    agreements,
    amendments,
    askings,
    boxes,
    decisions,
    drafts,
    editorials,
    guests,
    languages,
    mandates,
    notes,
    offers,
    pens,
    positions,
    rectifications,
    rekeying,
    revisions,
    successions,
    unreflected,
)
from drafting.services import draft_texts as drafted
from drafting.services.editorials import Correction, Place
from drafting.services.languages import Wording
from drafting.services.proposals import Proposed
from drafting.services.rectifications import Wanted
from drafting.services.rekeying import Resealed, Wrapped
from drafting.text import alignment
from drafting.text.document import Comment
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

    def option(self) -> Option:
        """Have options in the first provision, and return one."""
        words = f"{self.provision.words.content}\nOption 1: Some.\nOption 2: None."
        pens.write(self.cast.secretary, Proposed(self.provision, words), "room")
        return Option(provision=self.provision, name="Option 1")

    def bracket(self, number: int = 3) -> Bracket:
        return factories.bracket(self.text, number)


def lapsed(stage: Stage) -> Revision:
    """A revision with which the open proposals lapsed."""
    if not Lapse.objects.exists():
        unreflected.choose(stage.cast.chair, stage.text, "lapse")
        unreflected.settle(revisions.issue(stage.cast.chair, stage.text).pk)
    return Lapse.objects.get().revision


def noted(stage: Stage) -> Annotation:
    """A note the chair set."""
    return boxes.write(stage.cast.chair, stage.provision, "Not negotiated.")


def quotes(by: Seat, text: NegotiatingText) -> None:
    """Raise `Forbidden` where the loss report of the first revision quotes no proposal."""
    if not any(entry.hunks or entry.sponsors for entry in reads.loss_report(by, text, 1)):
        raise Forbidden("It quotes nothing.")


def archived(by: Seat, text: NegotiatingText, stream: str) -> None:
    """Raise `Forbidden` where the archive written for a seat has no such stream's journal."""
    with zipfile.ZipFile(io.BytesIO(archives.write(by, text))) as packed:
        if f"journal/{stream}.jsonl" not in packed.namelist():
            raise Forbidden("It is not in there.")


def furnish(cast: Cast) -> Stage:
    """Return one of everything there is, in the cast's conference."""
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
    return Wording(row, BaseText.key_of(row.words.content), "Texte convenu.")


def put_into_french(stage: Stage) -> bool:
    """Put every provision as it was issued into French."""
    version = french(stage)
    for row in stage.text.provisions.select_related("words"):
        wording = Wording(row, BaseText.key_of(row.words.content), row.words.content)
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


def change_key(stage: Stage, by: Seat) -> None:
    """Change Norway's key as `by`, one note sealed anew."""
    note, own, change = Resealed(note_of(stage), 1, "AA=="), {by.pk: Wrapped("AA==", "AA==")}, uuid4()
    edition = factories.edition(stage.cast.norway)
    rekeying.reseal(stage.cast.norway, stage.text, edition, change, [note])
    rekeying.change(by, stage.text, edition, change, LOCKED, own)


def reseal(stage: Stage, by: Seat) -> None:
    """Seal a note of Norway's anew as `by`."""
    note, edition = Resealed(note_of(stage), 1, "AA=="), factories.edition(stage.cast.norway)
    rekeying.reseal(by, stage.text, edition, uuid4(), [note])


def supported(stage: Stage) -> Option:
    """Have the group support an option, and return it."""
    option = stage.option()
    positions.take(stage.cast.group, option, "support")
    return Option.objects.get(provision=option.provision, name=option.name)


def shared(stage: Stage) -> bool:
    """Have Norway's draft shared with Kenya."""
    if not stage.draft.invited.exists():
        guests.invite(stage.cast.norway, stage.draft, stage.of("KEN"))
    return True


def after(stage: Stage) -> drafted.Wording:
    """Return a new provision to be drafted."""
    return drafted.Wording(stage.provision, inserts_after=True)


def narrow(stage: Stage, by: Seat) -> None:
    """Widen Norway's draft as Norway, and take the provision out again as `by`."""
    part = drafts.widen(stage.cast.norway, stage.draft, after(stage))
    drafts.narrow(by, stage.draft, part.words_id)


OWN = f"{DELEGATES} capital"


Act = Callable[[Stage, Seat], Any]
Rows = dict[str, tuple[Act, str]]
