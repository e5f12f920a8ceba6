"""What the secretariat does, and what is set for a whole conference."""

from __future__ import annotations

from delegations.roles import Role
from drafting.queries import (
    accreditations,
    attendances,
)
from drafting.queries import ladders as rungs
from drafting.queries import policies as adopted
from drafting.services import attendances as rooms
from drafting.services import (
    corrections,
    deadlines,
    editorials,
    finals,
    invitations,
    ladders,
    languages,
    openings,
    policies,
    revisions,
    seats,
)
from drafting.services.editorials import Correction, Place
from drafting.text import structures
from tests.matrix.stages import (
    ELSEWHERE,
    ISSUERS,
    SEATED,
    Rows,
    brought,
    corrected,
    french,
    noted_at,
    oui,
    put_into_french,
    rectified,
)

ACTS: Rows = {
    "open a text": (
        lambda s, by: openings.open(by, s.cast.conference, structures.plain(["a"]), title="t", slug="t"),
        "secretary",
    ),
    "take a file over on an editorial mandate": (lambda s, by: brought(s, by, "editorial"), "secretary"),
    "set the deadline": (lambda s, by: deadlines.set(by, s.text, None), ISSUERS),
    "check before issuing": (lambda s, by: revisions.check(by, s.text), ISSUERS),
    "read the policies of one's conference": (lambda s, by: adopted.listed(by), f"{SEATED} {ELSEWHERE}"),
    "adopt a policy": (
        lambda s, by: policies.adopt(by, "attribution_shown", value=False),
        f"{ISSUERS} other_chair other_secretary",
    ),
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
    "correct an issued text": (lambda s, by: rectified(s, by), "secretary"),
    "confirm a blank of a final text": (lambda s, by: finals.confirm(by, *noted_at(s)), "secretary"),
    "send an editorial change": (
        lambda s, by: editorials.propose(
            by, s.text, [Correction("manifest", (Place(s.provision, 0, "Each", "Every"),))]
        ),
        "secretary",
    ),
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
