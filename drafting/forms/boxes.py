"""The form that sets a note or an explanatory box beside a provision."""

from __future__ import annotations

from django import forms

from drafting.models import Annotation

_BESIDE = [(place.value, place.label) for place in (Annotation.Place.AFTER, Annotation.Place.BEFORE)]


class AnnotationForm(forms.Form):
    """What a note says, where it stands, and in whose name."""

    form = forms.ChoiceField(label="What", choices=Annotation.Form.choices)
    place = forms.ChoiceField(label="Where", choices=_BESIDE)
    at = forms.CharField(label="Provision", max_length=80)
    officer = forms.CharField(
        label="In whose name", max_length=80, required=False, help_text="As printed; your office where it is empty."
    )
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000)
