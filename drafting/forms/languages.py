"""Forms of the text's other languages: a version opened, a provision put into it, a translator's file."""

from __future__ import annotations

from django import forms

from drafting.text.document import LANGUAGES


class OpenLanguageForm(forms.Form):
    """A language the text is to be put into."""

    language = forms.ChoiceField(label="Language")
    title = forms.CharField(label="Title in that language", max_length=300)

    def __init__(self, free: list[str], *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # a form takes what Django's takes
        self.fields["language"].choices = [(code, LANGUAGES[code]) for code in free]  # type: ignore[attr-defined]  # a choice field


class TranslationForm(forms.Form):
    """One provision as its translator leaves it; `brackets` are numbers as they stand in the words."""

    provision = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(max_length=64, widget=forms.HiddenInput)
    replaces = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(strip=False, required=False, widget=forms.Textarea)
    brackets = forms.CharField(required=False, max_length=2_000)

    def clean_words(self) -> str:
        """A browser sends line feeds in pairs."""
        words: str = self.cleaned_data["words"]
        return words.replace("\r\n", "\n")

    def clean_brackets(self) -> list[int] | None:
        """Numbers with spaces or commas between; 0 where none stands in the words, nothing for the original's order."""
        said = self.cleaned_data["brackets"].replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in said):
            raise forms.ValidationError("Give the brackets’ numbers, with spaces between.")
        return [int(part) for part in said if int(part)] if said else None


class TranslatedFileForm(forms.Form):
    """A file with the text in one language."""

    file = forms.FileField(
        label="File",
        help_text="Our own Word file of this version as the translator leaves it, or one with the same provisions.",
    )
