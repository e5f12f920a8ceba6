"""The root of the one error tree, and the errors of the engine.

Every refusal has a `code` (stable, for programs), a sentence its reader understands, and an HTTP status.
`drafting.errors` grows the tree for acts that need a database; nothing else defines exceptions.
"""


class RollingTextError(Exception):
    """A refusal: `code` for programs, `message` for the person, `status` for HTTP, `data` for a page to explain."""

    code = "refused"
    status = 400

    def __init__(self, message: str, **data: object) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class TextError(RollingTextError):
    """A text or an edit that cannot be read or applied."""

    code = "unreadable-text"


class ChangeMismatch(TextError):
    """A change set that does not fit the text it is applied to."""

    code = "change-mismatch"
    status = 409


class UnpairedBrackets(TextError):
    """An act that would leave a bracket without its partner, cross two pairs, or pair old brackets anew."""

    code = "unpaired-brackets"
    status = 422


class ActRefused(TextError):
    """An act the semantics do not allow on this text (for example lifting a placeholder)."""

    code = "act-refused"
    status = 422
