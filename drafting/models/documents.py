"""The negotiating text, its instruments and provisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from delegations.models import Conference
from drafting.models.journal import Stream
from drafting.models.texts import WorkingText
from drafting.text import addresses


class NegotiatingText(models.Model):
    """One text that a conference refines until it is adopted, with the streams of its audiences."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="texts")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=300)
    symbol = models.CharField(
        max_length=80, blank=True, help_text="For example A/CONF.999/L.1; the same in all languages."
    )
    language = models.CharField(max_length=7, default="en")
    agenda = models.CharField(max_length=200, blank=True, help_text="The agenda item it is negotiated under.")
    floor = models.OneToOneField(Stream, models.PROTECT, related_name="floor_of")
    public = models.OneToOneField(Stream, models.PROTECT, related_name="public_of")
    bureau = models.OneToOneField(Stream, models.PROTECT, related_name="bureau_of")
    amendments_numbered = models.PositiveIntegerField(default=0, help_text="The last floor number given.")
    created = models.DateTimeField(auto_now_add=True)
    deadline = models.DateTimeField(null=True, blank=True, help_text="Until when amendments may be lodged.")
    takes_late = models.BooleanField(default=False, help_text="Whether the chair takes amendments after it, as late.")

    class Meta:
        ordering: ClassVar = ["conference", "slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "slug"], name="text_slug_once_per_conference")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the text's page, all provisions in one page."""
        return reverse("text", args=[self.conference.slug, self.slug])


class Instrument(models.Model):
    """A part of the document with its own numbering: agreement, draft decision, annex."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="instruments")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["text", "order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["text", "order"], name="instrument_order_once")]

    def __str__(self) -> str:
        return self.title or f"instrument {self.order}"


class Provision(models.Model):
    """A piece of the text with a permanent id: a heading, a paragraph, a page head left in by an import.

    The printed label is part of the words (`label` repeats it, `label_length` is its span at their head).
    `article` is the article, preamble or annex it stands in: bracket numbers restart there.
    """

    class Part(models.TextChoices):
        MASTHEAD = "masthead", "masthead"
        PREAMBLE = "preamble", "preamble"
        OPERATIVE = "operative", "operative part"
        ANNEX = "annex", "annex"

    class Kind(models.TextChoices):
        HEADING = "heading", "heading"
        ARTICLE = "article", "article"
        CHAPEAU = "chapeau", "chapeau"
        PARAGRAPH = "paragraph", "paragraph"
        SUBPARAGRAPH = "subparagraph", "subparagraph"
        OPTION = "option", "option"
        NOTE = "note", "note"
        FURNITURE = "furniture", "page head or foot"

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="provisions")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="provisions")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField(help_text="Place in the document; unique among what stands in it.")
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.OPERATIVE)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PARAGRAPH)
    depth = models.PositiveSmallIntegerField(default=0, help_text="Indentation: 0 for a paragraph, 1 for (a), …")
    label = models.CharField(max_length=60, blank=True)
    label_length = models.PositiveSmallIntegerField(default=0)
    address = models.CharField(max_length=80, help_text="How the floor calls it, for example 9.2; stable, unique.")
    article = models.CharField(max_length=80, blank=True, help_text="The address of its article, preamble or annex.")
    words = models.OneToOneField(WorkingText, models.PROTECT, related_name="provision")
    retired = models.BooleanField(default=False, help_text="A tombstone: its words stay in the journal.")
    disposition = models.CharField(max_length=300, blank=True, help_text="Why it is a tombstone, in print.")

    class Meta:
        ordering: ClassVar = ["text", "order"]
        indexes: ClassVar = [models.Index(fields=["text", "order"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["text", "address"], name="address_once_per_text")]

    def __str__(self) -> str:
        return addresses.say(self.address)
