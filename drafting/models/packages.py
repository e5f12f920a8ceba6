"""Packages: provisions of which nothing is agreed until all of them are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from drafting.models.documents import NegotiatingText, Provision


class Package(models.Model):
    """A name, and the provisions in it; agreements that name it belong to it besides."""

    text = models.ForeignKey(NegotiatingText, models.CASCADE, related_name="packages")
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Provision, related_name="packages")

    class Meta:
        ordering: ClassVar = ["text", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["text", "name"], name="package_name_once_per_text")]

    def __str__(self) -> str:
        return self.name
