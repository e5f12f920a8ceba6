"""What can happen to notes and explanatory boxes by officers."""

from __future__ import annotations

from drafting.events.kinds import Event


class AnnotationMade(Event, frozen=True, tag="annotation-made"):
    """A note or box by an officer stands before or after a provision; `here`, the provision's words are the note."""

    annotation: int
    provision: int
    place: str
    form: str
    officer: str
    words: str = ""


class AnnotationReworded(Event, frozen=True, tag="annotation-reworded"):
    annotation: int
    provision: int
    words: str


class AnnotationChosen(Event, frozen=True, tag="annotation-chosen"):
    """It is printed in the revision being prepared, or left out of it."""

    annotation: int
    provision: int
    kept: bool


class AnnotationStruck(Event, frozen=True, tag="annotation-struck"):
    """An officer took it back, or, where it is `here`, said that these words are no note."""

    annotation: int
    provision: int


class AnnotationRestored(Event, frozen=True, tag="annotation-restored"):
    annotation: int
    provision: int
