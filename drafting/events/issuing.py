"""What can happen round issuing a revision: the loss report read, proposals not reflected in the new basis."""

from __future__ import annotations

from drafting.events.kinds import Event


class LossReportRead(Event, frozen=True, tag="loss-report-read"):
    """Somebody of the bureau read the loss report with this digest (SHA-256)."""

    digest: str


class UnreflectedChosen(Event, frozen=True, tag="unreflected-chosen"):
    """What becomes of proposals that the next basis does not reflect: stay, lapse or withdraw."""

    policy: str
    forum: str = ""


class AmendmentsLapsed(Event, frozen=True, tag="amendments-lapsed"):
    """These amendments lapsed with the basis before `revision`, or are withdrawn (`withdrawn`), as was announced."""

    revision: int
    amendments: list[str]
    withdrawn: bool = False


class AmendmentsRevived(Event, frozen=True, tag="amendments-revived"):
    """These amendments, which had ended with a basis, are open again."""

    revision: int
    amendments: list[str]
