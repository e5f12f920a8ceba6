"""Forms of a delegation's desk: proposals of every kind, offers, reserves; and the deadline they keep.

Shape only, like `forms`: what an act allows is decided by its service.
"""

from __future__ import annotations

from typing import Any

from django import forms

from drafting.models import Reserve

_WORDS = forms.Textarea(attrs={"class": "words", "dir": "auto", "rows": 8, "data-keep": "", "spellcheck": "true"})
#: The languages a proposal may be lodged in, by their own names.
TONGUES = (
    ("en", "English"),
    ("ar", "العربية"),
    ("zh", "中文"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
)
_RATIONALE = forms.Textarea(attrs={"dir": "auto", "rows": 2})


class RationaleForm(forms.Form):
    """Why something is proposed."""

    rationale = forms.CharField(
        label="Why (optional)",
        required=False,
        max_length=4000,
        widget=_RATIONALE,
        help_text="Shown with the proposal once it is submitted.",
    )


class ProposalForm(RationaleForm):
    """What goes with the words of a proposal, which come in areas of their own: why, and in which language."""

    language = forms.ChoiceField(
        label="Language of your words",
        choices=TONGUES,
        required=False,
        help_text="In another language than the text's it is listed at once, and decided once it is translated.",
    )

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        options["initial"] = {"language": language, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self._spoken = language

    def clean_language(self) -> str:
        """The text's own language, where none is chosen."""
        return str(self.cleaned_data["language"] or self._spoken)


class RestructureForm(RationaleForm):
    """A change of whole provisions; `others` are addresses."""

    field_order = ("op", "others", "divided", "instead", "rationale")

    op = forms.ChoiceField(
        label="What you propose",
        widget=forms.RadioSelect,
        choices=[
            ("delete", "Delete it: no text"),
            ("move", "Move it"),
            ("merge", "Merge another provision into it"),
            ("split", "Divide it"),
            ("alternative", "An alternative to it as a whole"),
        ],
    )
    others = forms.CharField(
        label="Other provisions, by address",
        required=False,
        max_length=400,
        help_text="What it goes after, what is merged into it, what else is deleted or replaced: 9.2, 9.3",
    )
    divided = forms.CharField(
        label="Where it is divided",
        required=False,
        strip=False,
        widget=_WORDS,
        help_text="Only to divide it: put an empty line where a new provision begins.",
    )
    instead = forms.CharField(
        label="The alternative",
        required=False,
        strip=False,
        widget=_WORDS,
        help_text="Only for an alternative: its words, with its label.",
    )

    def clean_others(self) -> list[str]:
        """Return the addresses in the order given, each once."""
        given = str(self.cleaned_data["others"]).replace(";", ",").split(",")
        return list(dict.fromkeys(address.strip() for address in given if address.strip()))


class ThroughoutForm(RationaleForm):
    """Words that change wherever they stand."""

    field_order = ("wanted", "instead", "is_one", "rationale")

    wanted = forms.CharField(label="The words, exactly as they stand", max_length=400)
    instead = forms.CharField(
        label="Words instead", required=False, max_length=4000, help_text="Leave it empty to have them deleted."
    )
    is_one = forms.BooleanField(label="Decide all places together, not one by one", required=False)


class RemarkForm(ProposalForm):
    """A proposal without words to decide."""

    field_order = ("op", "at", "said", "language")

    op = forms.ChoiceField(
        label="What it is",
        widget=forms.RadioSelect,
        choices=[
            ("prefer", "A preference among alternatives or options"),
            ("to-decision", "Move something to the decision"),
            ("comment", "A general comment"),
        ],
    )
    at = forms.CharField(label="Provision, by address", required=False, max_length=80, help_text="For example 9.2")
    said = forms.CharField(
        label="What you want to say", required=False, strip=False, widget=_WORDS, help_text="For example: Option 2."
    )
    rationale = None  # type: ignore[assignment]  # Django's way to leave out a field of the base form


class OfferForm(forms.Form):
    """Why words are offered to another's amendment."""

    note = forms.CharField(label="Why (optional)", required=False, max_length=4000, widget=_RATIONALE)


class DeadlineForm(forms.Form):
    """Until when amendments may be lodged; empty for no limit."""

    deadline = forms.DateTimeField(
        label="Deadline for proposals",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    takes_late = forms.BooleanField(label="Take later ones, as late", required=False)


class ReserveForm(forms.Form):
    """A reserve on words, a provision, its chapter or the whole text."""

    scope = forms.ChoiceField(label="Reserve", choices=Reserve.Scope.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Kind", choices=Reserve.Kind.choices)
    at = forms.CharField(label="Provision, by address", required=False, max_length=80)
    words = forms.CharField(
        label="The words, exactly as they stand", required=False, max_length=400, help_text="Only for words."
    )
