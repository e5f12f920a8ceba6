"""Forms of agreement: the gavel, parking. What an act allows is decided by its service."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from drafting.forms.floor import CodesField
from drafting.queries.ladders import STYLES, Rung
from drafting.services import askings


class GavelForm(forms.Form):
    """Agreement on a provision, or on words of it: chosen in the page (`start`, `end`) or quoted as they stand."""

    level = forms.ChoiceField(label="Level")
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
    seconds = forms.IntegerField(
        label="Seconds to object, if the room is asked first",
        required=False,
        initial=30,
        min_value=askings.SHORTEST,
        max_value=askings.LONGEST,
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, rungs: Sequence[Rung], known: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)
        level.choices = [(rung.key, rung.name) for rung in rungs]
        pending = self.fields["pending"]
        assert isinstance(pending, CodesField)
        pending.known = known


class ParkingForm(forms.Form):
    """Until when or what a provision is parked, and why."""

    until = forms.CharField(label="Until when or what", max_length=120, help_text="Thursday; finance is done")
    reason = forms.CharField(label="Why", max_length=400)


class RungForm(forms.Form):
    """One rung of the ladder; without a name there is none."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=40)
    style = forms.ChoiceField(choices=STYLES.items())
    locks = forms.BooleanField(required=False)


LadderForm = forms.formset_factory(RungForm, extra=2, max_num=8, absolute_max=8)
