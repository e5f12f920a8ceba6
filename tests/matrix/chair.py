"""What the chair and who types in the room do."""

from __future__ import annotations

from datetime import time

from drafting.models import Pen
from drafting.queries import comments as filed
from drafting.services import (
    agreements,
    askings,
    boxes,
    brackets,
    bulk,
    comments,
    consolidation,
    decisions,
    handovers,
    interventions,
    kinds,
    mandates,
    packages,
    parkings,
    pen_sessions,
    pens,
    policies,
    positions,
    readings,
    revisions,
    shifts,
    unreflected,
    versions,
)
from drafting.services import pictures as confiding
from drafting.services.proposals import Proposed
from tests.matrix.stages import BUREAU, DECIDERS, NEW, NEWER, NOTED, Rows, asked, brought, lapsed, noted, over

ACTS: Rows = {
    "take a file over as a chair's text": (lambda s, by: brought(s, by, "chair"), "chair"),
    "keep the comments of a file": (lambda s, by: comments.keep(by, s.text, "a.docx", [(NOTED, None)]), BUREAU),
    "read the comments of files": (lambda s, by: filed.listed(by, s.text), BUREAU),
    "supply a translation": (
        lambda s, by: versions.translate(by, s.foreign(), [Proposed(s.provision, NEWER)]),
        BUREAU,
    ),
    "consolidate": (lambda s, by: consolidation.request(by, s.text), "chair"),
    "record where who spoke stands on an option": (
        lambda s, by: positions.take(by, s.option(), "oppose", on_behalf_of=s.of("NET")),
        BUREAU,
    ),
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
    "choose the kind of the next revision": (lambda s, by: kinds.prepare(by, s.text, "compilation"), "chair"),
    "order a consolidation overnight": (lambda s, by: shifts.order_overnight(by, s.text, time(3)), "chair"),
    "leave a note to the next shift": (lambda s, by: shifts.leave_note(by, s.text, "Be kind."), BUREAU),
    "name a facilitator": (lambda s, by: mandates.give(by, s.text, s.cast.facilitator, [s.provision]), "chair"),
    "end a mandate": (lambda s, by: mandates.end(by, s.text.mandates.get()), DECIDERS),
    "mark the loss report as read": (lambda s, by: readings.mark(by, s.text), BUREAU),
    "say what becomes of proposals not reflected": (lambda s, by: unreflected.choose(by, s.text, "stay"), "chair"),
    "revive what lapsed with a basis": (lambda s, by: unreflected.revive(by, lapsed(s)), "chair"),
    "gavel": (lambda s, by: agreements.gavel(by, s.provision, "ad-ref", "Plenary", words=(0, 4)), DECIDERS),
    "ask the room": (lambda s, by: askings.ask(by, s.provision, "agreed", "Plenary", 30, words=(0, 4)), DECIDERS),
    "withdraw what is asked": (lambda s, by: askings.withdraw(by, asked(s)), DECIDERS),
    "gavel what was asked": (lambda s, by: askings.gavel(by, over(s)), DECIDERS),
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
    "set a note or box": (lambda s, by: boxes.write(by, s.provision, "Not negotiated."), BUREAU),
    "leave a note out of the next revision": (lambda s, by: boxes.choose(by, noted(s), kept=False), BUREAU),
    "take the chair's note back": (lambda s, by: boxes.strike(by, noted(s)), "chair"),
    "put the chair's note back": (
        lambda s, by: (note := noted(s), boxes.strike(s.cast.chair, note), boxes.restore(by, note)),
        "chair",
    ),
    "reword the chair's note": (lambda s, by: boxes.reword(by, noted(s), "Anew."), "chair"),
    "look for notes in the words": (lambda s, by: boxes.find(by, s.text), "chair secretary"),
    "set a package": (lambda s, by: packages.set(by, s.text, "Finance", [s.provision]), "chair"),
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
}
