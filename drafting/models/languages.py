"""The text in its other languages: its versions, each provision's translations, and what was issued of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from delegations.models import Seat
from drafting.models.documents import NegotiatingText, Provision
from drafting.models.revisions import Revision
from drafting.models.texts import BaseText


class LanguageVersion(models.Model):
    """A text in one of the languages it is not negotiated in: the same provisions, brackets and symbol."""

    text = models.ForeignKey(NegotiatingText, models.PROTECT, related_name="languages")
    language = models.CharField(max_length=7)
    title = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["text", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "language"], name="language_once_per_text"),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"


class Translation(models.Model):
    """The words of one provision in another language, for the very words they were made from; never changed.

    The last one made for the words that stand is the provision in that language; where none was, it is stale. `order`
    says which brackets of the original stand in it, as `translations.order` gives it.
    """

    version = models.ForeignKey(LanguageVersion, models.PROTECT, related_name="translations")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="translations")
    source = models.ForeignKey(BaseText, models.PROTECT, related_name="+")
    words = models.TextField()
    order = models.JSONField(default=list)
    by = models.ForeignKey(Seat, models.PROTECT, related_name="translated")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["version", "provision"], name="translations_of_provision")]

    def __str__(self) -> str:
        return self.words[:60]


class LanguageIssue(models.Model):
    """A revision as issued in another language; `snapshot` has the shape of the revision's own, `digest` is of it."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="languages")
    version = models.ForeignKey(LanguageVersion, models.PROTECT, related_name="issues")
    title = models.CharField(max_length=300)
    issued = models.DateTimeField()
    by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    snapshot = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["revision", "version__language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "version"], name="revision_once_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} ({self.version.language})"
