"""Forms of agreement: the gavel, parking. What an act allows is decided by its service."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from drafting.forms import CodesField
from drafting.models import Agreement


class GavelForm(forms.Form):
    """Agreement on a provision, or on words of it: chosen in the page (`start`, `end`) or quoted as they stand."""

    level = forms.ChoiceField(label="Level", choices=Agreement.Level.choices)
    forum = forms.CharField(label="By whom", max_length=120, initial="the room")
    quoted = forms.CharField(
        label="On these words alone",
        strip=False,
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "words"}),
        help_text="Select them in the text, or copy them here exactly as they stand. Empty for the whole provision.",
    )
    pending = CodesField(label="Still to confirm", help_text="Codes of delegations whose capital has to confirm.")
    package = forms.CharField(
        label="In the package",
        max_length=120,
        required=False,
        help_text="A name. Nothing in a package is agreed until all of it is.",
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, known: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        pending = self.fields["pending"]
        assert isinstance(pending, CodesField)
        pending.known = known


class ParkingForm(forms.Form):
    """Until when or what a provision is parked, and why."""

    until = forms.CharField(label="Until when or what", max_length=120, help_text="Thursday; finance is done")
    reason = forms.CharField(label="Why", max_length=400)
