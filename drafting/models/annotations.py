"""Notes and explanatory boxes: what an officer says in or beside the text, which is not negotiated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import Provision
from drafting.models.revisions import Revision


class Annotation(models.Model):
    """A note or box by an officer, before or after a provision, or `here`: the provision's own words are the note.

    Words stand in one place: those of a note that is `here` in the text, which goes on being the truth, and are not
    repeated; all others on this row. `kept` says whether it is printed in the revision being prepared, `kept_in` in
    which it was.
    """

    class Place(models.TextChoices):
        HERE = "here", "in the text"
        BEFORE = "before", "before"
        AFTER = "after", "after"

    class Form(models.TextChoices):
        NOTE = "note", "note"
        BOX = "box", "explanatory box"

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="annotations")
    place = models.CharField(max_length=6, choices=Place.choices, default=Place.AFTER)
    form = models.CharField(max_length=4, choices=Form.choices, default=Form.NOTE)
    officer = models.CharField(max_length=80, blank=True, help_text="Whose note it is, as printed; empty for nobody's.")
    words = models.TextField(blank=True)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="annotations")
    at = models.DateTimeField()
    kept = models.BooleanField(default=True)
    struck = models.BooleanField(default=False, help_text="Taken back; the row stays, and may be put back.")
    kept_in = models.ManyToManyField(Revision, related_name="annotations", blank=True)

    class Meta:
        ordering: ClassVar = ["provision__order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provision"], condition=models.Q(place="here"), name="provision_is_one_note_at_most"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.get_place_display()} {self.provision}"
