"""What a seat may do. The one list of roles and rights; `drafting.access` turns rights into objects.

A right never says *which* object: that is decided at the one door, `drafting.access`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in a conference, in the words of the field."""

    CHAIR = "chair", _("Chair")
    FACILITATOR = "facilitator", _("Facilitator")
    SECRETARIAT = "secretariat", _("Secretariat")
    HEAD = "head", _("Head of delegation")
    DELEGATE = "delegate", _("Delegate")
    COORDINATOR = "coordinator", _("Group coordinator")
    CAPITAL = "capital", _("Capital")
    OBSERVER = "observer", _("Observer")


#: What each does here, in a sentence for who has not been to a conference.
DUTIES: dict[str, str] = {
    Role.CHAIR: "Holds the pen: puts proposals together, decides, issues revisions.",
    Role.FACILITATOR: "Works on a part of the text for the chair.",
    Role.SECRETARIAT: "Seats people, types for speakers, issues and files documents.",
    Role.HEAD: "Signs proposals off, and answers for where the delegation stands.",
    Role.DELEGATE: "Reads, proposes, supports, opposes, reserves.",
    Role.COORDINATOR: "Proposes and speaks for a group; its members endorse or opt out.",
    Role.CAPITAL: "Reads, and marks the text up for its delegation.",
    Role.OBSERVER: "Reads what has been issued.",
}


class Right(TextChoices):
    """One thing a seat may do; unlisted means refused."""

    READ_PUBLIC = "read-public", _("read what is public")
    READ_FLOOR = "read-floor", _("read the floor text")
    PROPOSE = "propose", _("propose amendments")
    STAND = "stand", _("support, oppose, reserve and hold brackets")
    RECORD = "record", _("type in the room for whoever speaks")
    DECIDE = "decide", _("consolidate and decide")
    ISSUE = "issue", _("issue revisions")
    IMPORT = "import", _("import texts")
    EDIT = "edit", _("correct manifest errors and number the text")
    TRANSLATE = "translate", _("put a text into other languages")
    ACCREDIT = "accredit", _("seat people and delegations")


#: Offices belong to no delegation; everybody else speaks for exactly one.
OFFICES = frozenset({Role.CHAIR, Role.FACILITATOR, Role.SECRETARIAT})

_DELEGATE = frozenset({Right.READ_PUBLIC, Right.READ_FLOOR, Right.PROPOSE, Right.STAND})

RIGHTS: dict[str, frozenset[Right]] = {
    Role.CHAIR: frozenset({Right.READ_PUBLIC, Right.READ_FLOOR, Right.RECORD, Right.DECIDE, Right.ISSUE}),
    Role.FACILITATOR: frozenset({Right.READ_PUBLIC, Right.READ_FLOOR, Right.RECORD, Right.DECIDE}),
    Role.SECRETARIAT: frozenset(
        {
            *(Right.READ_PUBLIC, Right.READ_FLOOR, Right.RECORD, Right.ISSUE),
            *(Right.IMPORT, Right.EDIT, Right.TRANSLATE, Right.ACCREDIT),
        }
    ),
    Role.HEAD: _DELEGATE,
    Role.DELEGATE: _DELEGATE,
    Role.COORDINATOR: _DELEGATE,
    Role.CAPITAL: frozenset({Right.READ_PUBLIC, Right.READ_FLOOR}),
    Role.OBSERVER: frozenset({Right.READ_PUBLIC}),
}
