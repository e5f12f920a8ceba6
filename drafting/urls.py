"""The addresses of `drafting`. A provision's stands last: everything else under a text has a name of its own."""

from django.urls import path, register_converter

from drafting.views import (
    agreements,
    bases,
    boards,
    brackets,
    capitals,
    conferences,
    consolidations,
    desk,
    dispatches,
    documents,
    groupings,
    guests,
    guides,
    handovers,
    imports,
    interventions,
    ladders,
    look,
    notes,
    people,
    pictures,
    policies,
    preparing,
    proposals,
    proposing,
    provisions,
    records,
    rules,
    searches,
    stances,
    texts,
    triage,
    versions,
    watches,
)


class DocumentKind:
    """The documents there are, by the name they have in an address."""

    regex = "bracketed|unattributed|clean|log|loss"

    def to_python(self, value: str) -> str:
        """Return the name as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the name as it stands."""
        return value


register_converter(DocumentKind, "kind")

_TEXT = "<slug:conference>/<slug:slug>/"

urlpatterns = [
    path("", conferences.listed, name="conferences"),
    path("help/", guides.help_page, name="help"),
    path("components/", guides.components, name="components"),
    path("look/", look.choose, name="look"),
    path("<slug:conference>/", conferences.home, name="conference"),
    path("<slug:conference>/import/", imports.upload, name="import"),
    path("<slug:conference>/people/", people.listed, name="people"),
    path("<slug:conference>/room/", people.room, name="room"),
    path("<slug:conference>/ladder/", ladders.ladder, name="ladder"),
    path("<slug:conference>/policies/", policies.listed, name="policies"),
    path(_TEXT, texts.text, name="text"),
    path(_TEXT + "find/", searches.find, name="find"),
    path(_TEXT + "since/", watches.since, name="since"),
    path(_TEXT + "watches/", watches.listed, name="watches"),
    path(_TEXT + "watches/drop/", watches.drop, name="drop-watch"),
    path(_TEXT + "board/", boards.board, name="board"),
    path(_TEXT + "fates/", boards.became, name="fates"),
    path(_TEXT + "pack/", boards.pack, name="pack"),
    path(_TEXT + "capital/", capitals.trip, name="capital"),
    path(_TEXT + "report/", dispatches.report, name="report"),
    path(_TEXT + "notes/", notes.listed, name="notes"),
    path(_TEXT + "notes/ring/", notes.ring, name="note-ring"),
    path(_TEXT + "notes/act/", notes.act, name="note-act"),
    path(_TEXT + "fragments/", texts.fragments, name="fragments"),
    path(_TEXT + "fragments/panel/<int:pk>/", texts.panel_fragment, name="panel-fragment"),
    path(_TEXT + "proposals/", proposals.listed, name="proposals"),
    path(_TEXT + "proposals/<int:number>/", proposals.one, name="proposal"),
    path(_TEXT + "proposals/<int:number>/words/", versions.write, name="amend"),
    path(_TEXT + "proposals/<int:number>/act/", versions.act, name="amendment-act"),
    path(_TEXT + "throughout/", proposing.throughout, name="throughout"),
    path(_TEXT + "remark/", proposing.remark, name="remark"),
    path(_TEXT + "reserves/", rules.reserved, name="reserves"),
    path(_TEXT + "deadline/", rules.deadline, name="deadline"),
    path(_TEXT + "sign-off/", rules.sign_off, name="sign-off"),
    path(_TEXT + "circles/", rules.groups, name="circles"),
    path(_TEXT + "circles/<str:code>/endorse/", rules.endorse, name="endorse"),
    path(_TEXT + "proposals/<int:number>/stance/", stances.on_amendment, name="amendment-stance"),
    path(_TEXT + "brackets/<int:pk>/stance/", stances.on_bracket, name="bracket-stance"),
    path(_TEXT + "desk/", desk.desk, name="desk"),
    path(_TEXT + "desk/undo/<int:pk>/", desk.undo, name="undo-decision"),
    path(_TEXT + "desk/redo/<int:pk>/", desk.redo, name="redo-decision"),
    path(_TEXT + "desk/effect/", desk.effect, name="effect"),
    path(_TEXT + "desk/triage/", triage.sort_out, name="triage"),
    path(_TEXT + "desk/pictures/", pictures.see, name="pictures"),
    path(_TEXT + "desk/triage/unopposed/", triage.admit, name="admit-unopposed"),
    path(_TEXT + "desk/policy/", policies.outcomes, name="by-policy"),
    path(_TEXT + "desk/linked/", triage.quarrel, name="linked"),
    path(_TEXT + "desk/undo/<uuid:batch>/", triage.undo, name="undo-batch"),
    path(_TEXT + "desk/preparing/", preparing.prepare, name="prepare"),
    path(_TEXT + "desk/notes/", preparing.leave_note, name="shift-note"),
    path(_TEXT + "desk/overnight/", preparing.overnight, name="overnight"),
    path(_TEXT + "desk/consolidations/", consolidations.start, name="consolidate"),
    path(_TEXT + "desk/consolidations/<uuid:pk>/", consolidations.found, name="consolidation"),
    path(_TEXT + "desk/consolidations/<uuid:pk>/cancel/", consolidations.cancel, name="cancel-consolidation"),
    path(_TEXT + "askings/<int:pk>/", agreements.answer, name="answer-asking"),
    path(_TEXT + "groups/", groupings.listed, name="groupings"),
    path(_TEXT + "groups/<int:pk>/", groupings.settle_group, name="settle-group"),
    path(_TEXT + "anomalies/<int:pk>/", groupings.mend, name="mend"),
    path(_TEXT + "drafts/<uuid:pk>/", proposals.draft, name="draft"),
    path(_TEXT + "drafts/<uuid:pk>/guests/", guests.change, name="draft-guests"),
    path(_TEXT + "revisions/", documents.listed, name="revisions"),
    path(_TEXT + "revisions/archive.zip", documents.archive, name="archive"),
    path(_TEXT + "revisions/<int:number>/", documents.revision, name="revision"),
    path(_TEXT + "revisions/<int:number>/<kind:kind>/", documents.document, name="revision-document"),
    path(_TEXT + "revisions/<int:number>/<kind:kind>.<slug:form>", documents.download, name="revision-file"),
    path(_TEXT + "revisions/<int:number>/basis/", bases.return_to, name="return-to-basis"),
    path(_TEXT + "issue/", documents.issue, name="issue"),
    path(_TEXT + "compare/", documents.compare, name="compare"),
    path(_TEXT + "<kind:kind>/", documents.document, name="floor-document"),
    path(_TEXT + "<kind:kind>.<slug:form>", documents.download, name="floor-file"),
    path(_TEXT + "<str:address>/pen/", handovers.hand, name="hand-pen"),
    path(_TEXT + "<str:address>/whose/", provisions.whose, name="whose"),
    path(_TEXT + "<str:address>/said/", interventions.say, name="say"),
    path(_TEXT + "<str:address>/record/", records.record, name="record"),
    path(_TEXT + "<str:address>/bracket/", brackets.put, name="put-bracket"),
    path(_TEXT + "<str:address>/agreement/", agreements.agreement, name="agreement"),
    path(_TEXT + "<str:address>/parked/", agreements.park, name="park"),
    path(_TEXT + "<str:address>/agreed/", agreements.gavel, name="gavel"),
    path(_TEXT + "<str:address>/reopened/", agreements.reopen, name="reopen"),
    path(_TEXT + "<str:address>/propose/", proposing.propose, name="propose"),
    path(_TEXT + "<str:address>/restructure/", proposing.restructure, name="restructure"),
    path(_TEXT + "<str:address>/", provisions.provision, name="provision"),
]
