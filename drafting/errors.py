"""The error tree of acts: what a service refuses, with a code, a sentence and an HTTP status.

The root and the engine's errors are in `drafting.text.errors`; views and the live floor turn any of them into the
same answer. An object somebody may not see is `NotFound`: its existence can be a secret.
"""

from drafting.text.errors import RollingTextError


class NotFound(RollingTextError):
    """There is no such thing, or not for this seat; the two look alike."""

    code = "not-found"
    status = 404


class Forbidden(RollingTextError):
    """The seat may see the thing but not do this to it."""

    code = "forbidden"
    status = 403


class EmptyImport(RollingTextError):
    """A file without a word of text."""

    code = "empty-file"
    status = 422


class UnreadableImport(RollingTextError):
    """A file that is not text in UTF-8, or too large to be one."""

    code = "unreadable-file"
    status = 422


class Taken(RollingTextError):
    """An address, a name or a seat that somebody has already."""

    code = "taken"
    status = 409


class EmptyChange(RollingTextError):
    """A proposal whose words are the words that stand."""

    code = "nothing-changed"
    status = 422


class TooLong(RollingTextError):
    """Words beyond what one act may carry."""

    code = "too-long"
    status = 413


class Retired(RollingTextError):
    """The provision was taken out of the text; its words stay in the record."""

    code = "retired"
    status = 409


class Closed(RollingTextError):
    """The proposal, draft or job has ended: nothing more can be done to it."""

    code = "closed"
    status = 409


class TooEarly(RollingTextError):
    """The moment promised to others is not over; `closes` is when it is."""

    code = "too-early"
    status = 409


class PastDeadline(RollingTextError):
    """The time for amendments is over, and the chair takes no late ones."""

    code = "past-deadline"
    status = 409


class SignOffNeeded(RollingTextError):
    """The delegation has its head sign proposals off, and this seat is not the head's."""

    code = "sign-off-needed"
    status = 409


class StaleVersion(RollingTextError):
    """The text moved since it was read; the words sent come back in `data` so that nothing is lost."""

    code = "stale"
    status = 409


class StaleDecision(RollingTextError):
    """A decision on words that moved; both texts come back in `data`."""

    code = "stale-decision"
    status = 409


class Locked(RollingTextError):
    """Agreed words; they are reopened before they change."""

    code = "agreed"
    status = 409


class ReasonNeeded(RollingTextError):
    """An act that drops or replaces somebody's words needs a reason."""

    code = "reason-needed"
    status = 422


class NotOfThisKind(RollingTextError):
    """The kind of revision being prepared does not allow the act; `data` lists the kinds that would."""

    code = "not-of-this-kind"
    status = 409


class CannotUndo(RollingTextError):
    """A later act touched what this one did; `data` lists the dependents."""

    code = "cannot-undo"
    status = 409


class Unsealed(RollingTextError):
    """Something that should have come as ciphertext did not; it is not kept."""

    code = "unsealed"
    status = 422


class NotIssuable(RollingTextError):
    """A check stands against issuing the revision; `data` lists what."""

    code = "not-issuable"
    status = 409


class AlreadyRunning(RollingTextError):
    """Another consolidation of the text is under way."""

    code = "already-running"
    status = 409


class Superseded(RollingTextError):
    """A worker that lost its fencing token: a later start owns the job, so its results are not saved."""

    code = "superseded"
    status = 409


class BrokenChain(RollingTextError):
    """The journal does not verify; `data` names stream and seq."""

    code = "broken-chain"
    status = 500


class Unprintable(RollingTextError):
    """A document with a character that no font at hand can set; other formats need none."""

    code = "no-font"
    status = 422
