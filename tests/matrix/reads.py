"""Doors: what a seat may read and find."""

from __future__ import annotations

from drafting.imports import capitals as returned
from drafting.queries import (
    access,
    boards,
    boxes,
    capitals,
    decided,
    digests,
    dispatches,
    documents,
    fates,
    listings,
    moments,
    options,
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
from drafting.queries import consolidation as desks
from drafting.queries import editorials as noted
from drafting.queries import finals as wanting
from drafting.queries import languages as tongues
from drafting.queries import notes as sealed
from drafting.queries import packages as packaged
from drafting.queries import rectifications as rectified_texts
from drafting.queries import revisions as reads
from drafting.services import foresight
from drafting.services import pictures as confiding
from drafting.services.bulk import Place
from drafting.text.renumberings import Way
from tests.matrix.stages import (
    BUREAU,
    DECIDERS,
    DELEGATES,
    GUESTS,
    ISSUERS,
    OWN,
    SEATED,
    TODAY,
    Rows,
    archived,
    corrected,
    french,
    french_issued,
    quotes,
    rectified,
    returning,
    shared,
)

DOORS: Rows = {
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
    "list notes and boxes": (lambda s, by: boxes.listed(by, s.text), SEATED),
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
    "find a draft one is invited to": (lambda s, by: shared(s) and access.draft(by, s.draft.pk), GUESTS),
    "follow a draft one is invited to": (lambda s, by: shared(s) and access.stream(by, s.draft.stream_id), GUESTS),
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
    "foresee one act on many places": (
        lambda s, by: foresight.foresee_each(by, s.text, "lift", "room", [Place("one", brackets=(s.bracket().pk,))]),
        DECIDERS,
    ),
    "read where delegations stand on options": (
        lambda s, by: options.shown(by, s.text, s.provision.pk),
        SEATED,
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
    "print the certificate of what is issued": (
        lambda s, by: listings.make(by, s.text, "certificate", 1),
        f"{SEATED} observer",
    ),
    "print the certificate of the text as imported": (
        lambda s, by: listings.make(by, s.text, "certificate", 0),
        SEATED,
    ),
    "print what is issued": (lambda s, by: documents.clean(by, s.text, 1), f"{SEATED} observer"),
    "see how far the languages are": (lambda s, by: tongues.progress(by, s.text), SEATED),
    "read the floor in another language": (
        lambda s, by: documents.bracketed(by, french(s).text, language="fr"),
        SEATED,
    ),
    "read what is issued in another language": (
        lambda s, by: french_issued(s) and documents.bracketed(by, s.text, 1, "fr"),
        f"{SEATED} observer",
    ),
    "compare the floor with what is issued": (lambda s, by: documents.comparison(by, s.text, 1), SEATED),
}
