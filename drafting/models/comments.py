"""What somebody wrote beside the words of a file that was imported: kept at its place, and no part of the text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText, Provision


class FileComment(models.Model):
    """One comment of a file: its author and time as the file has them, and the words it stands at.

    For who imports and who decides: whoever commented wrote to them, not to the floor.
    """

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="file_comments")
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, blank=True, related_name="file_comments")
    author = models.CharField(max_length=200, blank=True)
    when = models.CharField(max_length=40, blank=True, help_text="As the file has it, in ISO 8601.")
    words = models.CharField(max_length=200, blank=True, help_text="The words of the text it stands at.")
    said = models.TextField()
    file = models.CharField(max_length=255, blank=True, help_text="The name of the file.")
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+", help_text="Who imported it.")

    class Meta:
        ordering: ClassVar = ["text", "provision__order", "pk"]

    def __str__(self) -> str:
        return self.said[:60]
