"""Forms of following a text: what is watched, the daily digest, the report. Checked for shape alone."""

from __future__ import annotations

from typing import Any

from django import forms

from drafting.models import Watch


class WatchForm(forms.Form):
    """One thing to watch."""

    kind = forms.ChoiceField(label="Watch a", choices=Watch.Kind.choices)
    value = forms.CharField(
        label="Which",
        max_length=100,
        help_text="A provision (9.2), an article (9), a word (shall), a delegation (KEN).",
    )


class DigestForm(forms.Form):
    """The hour of the daily digest, or none."""

    hour = forms.TypedChoiceField(
        label="Sent",
        choices=[("", "none"), *((hour, f"every day at {hour:02}:00") for hour in range(24))],
        coerce=int,
        empty_value=None,
        required=False,
    )


class PeriodForm(forms.Form):
    """The days of a report, both included."""

    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="to", widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """A period begins before it ends, and a report covers a year at most."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days <= 366:
            raise forms.ValidationError("The first day comes before the last, and a report covers a year at most.")
        return cleaned


class ReportForm(forms.Form):
    """A report as its writer has it, to be written to a file."""

    title = forms.CharField(label="Title", max_length=200)
    words = forms.CharField(label="The report", widget=forms.Textarea(attrs={"rows": 28}), max_length=2_000_000)
