"""Forms of the floor: what a person fills in, checked for shape. What an act allows is decided by its service."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from delegations.roles import OFFICES, Role
from drafting.models import Decision, Pen, Revision
from drafting.services import openings

#: Characters of words one field takes; the services say the same of what they are sent.
_LONGEST = 2_000_000
CONVENTIONS = (
    "Words in [square brackets] are not agreed. Alternatives stand side by side in brackets of their own.\n"
    "Options marked so are alternatives for whole provisions. Absence of brackets is not agreement."
)
_WORDS = forms.Textarea(attrs={"class": "words", "dir": "auto", "rows": 8, "data-keep": "", "spellcheck": "true"})


class CodesField(forms.CharField):
    """Codes of delegations, "NOR, EU": cleaned to a list, every one of them known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        attrs = {"list": "codes", "autocomplete": "off", "class": "codes"}
        super().__init__(*args, required=False, max_length=2000, widget=forms.TextInput(attrs=attrs), **options)
        self.known: Collection[str] = ()

    def clean(self, value: Any) -> list[str]:
        """Return the codes in the order given, each once."""
        given = super().clean(value).upper().replace(";", ",").replace(" ", ",")
        codes = list(dict.fromkeys(code for code in given.split(",") if code))
        if strangers := [code for code in codes if code not in self.known]:
            raise forms.ValidationError(f"No delegation here has the code {', '.join(strangers)}.")
        return codes


class SeatForm(forms.Form):
    """Who is given which seat: an office has no delegation, every other seat exactly one."""

    called = forms.CharField(
        label="User name or e-mail",
        max_length=150,
        help_text="Somebody new is known by an e-mail address, and gets a link to set a password.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = forms.CharField(label="Name", max_length=150, required=False, help_text="For somebody new.")
    role = forms.ChoiceField(label="Seat", choices=Role.choices, initial=Role.DELEGATE)
    delegation = CodesField(label="Delegation", help_text="Its code; chair, facilitator and secretariat have none.")

    def __init__(self, known: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _tell(self.fields["delegation"], known)

    def clean(self) -> dict[str, Any]:
        """The delegation fits the role."""
        cleaned = super().clean() or self.cleaned_data
        codes = cleaned.get("delegation")
        if codes is not None and "role" in cleaned and len(codes) != (cleaned["role"] not in OFFICES):
            self.add_error("delegation", "An office belongs to no delegation, every other seat to exactly one.")
        return cleaned


class EnrolForm(forms.Form):
    """Delegations that join a group."""

    group = CodesField(label="Group")
    members = CodesField(label="New members", help_text="Codes: NOR, KEN")

    def __init__(self, known: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            _tell(field, known)

    def clean(self) -> dict[str, Any]:
        """One group, one member at least."""
        cleaned = super().clean() or self.cleaned_data
        if len(cleaned.get("group", ())) != 1 and "group" not in self.errors:
            self.add_error("group", "Name one group.")
        if not cleaned.get("members") and "members" not in self.errors:
            self.add_error("members", "Name who joins it.")
        return cleaned


def _tell(field: forms.Field, known: Collection[str]) -> None:
    assert isinstance(field, CodesField)
    field.known = known


class RecordForm(forms.Form):
    """What somebody said in the room, typed for them."""

    authority = forms.ChoiceField(label="For whom", choices=Pen.For.choices, widget=forms.RadioSelect)
    speakers = CodesField(label="Who speaks", help_text="Codes of delegations or groups: NOR, or NOR, EU")
    supporters = CodesField(label="Supported by", help_text="Who supported it in the room; may be left empty.")
    words = forms.CharField(label="The words as they would have them", required=False, strip=False, widget=_WORDS)
    base = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, max_length=_LONGEST)
    reason = forms.CharField(
        label="Reason",
        max_length=400,
        required=False,
        help_text="Needed for the chair's words and for an editorial mandate.",
    )

    def __init__(self, known: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("speakers", "supporters"):
            field = self.fields[name]
            assert isinstance(field, CodesField)
            field.known = known

    def clean(self) -> dict[str, Any]:
        """A delegation's words need the delegation."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("authority") == Pen.For.DELEGATION and "speakers" in cleaned and not cleaned["speakers"]:
            self.add_error("speakers", "Say who spoke: there is no unattributed change.")
        return cleaned


class BracketForm(forms.Form):
    """Words of a provision to put in brackets: chosen in the page (`start`, `end`) or quoted as they stand."""

    speakers = CodesField(label="Who asked for it", help_text="Codes of delegations or groups: NOR, or NOR, EU")
    quoted = forms.CharField(
        label="The words, exactly as they stand",
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "words"}),
        help_text="Select them in the text, or copy them here. Brackets inside must be whole.",
    )
    last = forms.CharField(
        label="To the end of another provision",
        max_length=80,
        required=False,
        help_text="Its address, where the bracket goes on past this one; else leave it empty.",
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    rev = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, known: Collection[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        speakers = self.fields["speakers"]
        assert isinstance(speakers, CodesField)
        speakers.known = known

    def clean_speakers(self) -> list[str]:
        """A bracket is somebody's."""
        speakers: list[str] = self.cleaned_data["speakers"]
        if not speakers:
            raise forms.ValidationError("Say who brackets these words: a bracket is somebody's.")
        return speakers


class CapitalForm(forms.Form):
    """A Word file that comes back from the capital."""

    file = forms.FileField(
        label="The file",
        allow_empty_file=True,
        help_text="Word (.docx), with its tracked changes as they are. Nothing is kept until you see what it asks for.",
    )


class ImportForm(forms.Form):
    """A file with a negotiating text."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text="Word (.docx), Akoma Ntoso, our JSON, Markdown or text. Nothing is kept until you see the report.",
    )
    changes = forms.ChoiceField(
        label="Tracked changes",
        choices=[("accepted", "as if all were accepted"), ("rejected", "as if all were rejected")],
        required=False,
        help_text="The report lists them either way; plain texts have none.",
    )
    title = forms.CharField(label="Title", max_length=300)
    slug = forms.SlugField(label="Short name for its address", max_length=60, help_text="For example: draft-agreement")
    symbol = forms.CharField(label="Symbol", max_length=80, required=False, help_text="For example A/CONF.999/L.1")
    agenda = forms.CharField(
        label="Agenda item", max_length=200, required=False, help_text="For example Agenda item 4: oceans"
    )
    language = forms.ChoiceField(
        label="Language",
        choices=[
            ("en", "English"),
            ("ar", "Arabic"),
            ("zh", "Chinese"),
            ("fr", "French"),
            ("ru", "Russian"),
            ("es", "Spanish"),
        ],
    )

    def clean_slug(self) -> str:
        """A text may not be called as a page of the conference is."""
        slug: str = self.cleaned_data["slug"]
        if slug in openings.RESERVED:
            raise forms.ValidationError("This name is taken by a page of the site: choose another.")
        return slug


class IssueForm(forms.Form):
    """What a revision is called."""

    kind = forms.ChoiceField(choices=Revision.Kind.choices, initial=Revision.Kind.REVISION, widget=forms.HiddenInput)
    symbol = forms.CharField(label="Symbol", max_length=100, required=False)
    issued_by = forms.CharField(
        label="Issued by", max_length=120, required=False, help_text="In whose name: the co-chairs, the secretariat."
    )
    note = forms.CharField(
        label="Status note", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    conventions = forms.CharField(
        label="Conventions, printed as the cover note",
        max_length=2000,
        required=False,
        initial=CONVENTIONS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    basis = forms.BooleanField(
        label="It is the basis of negotiation",
        required=False,
        initial=True,
        help_text="Without it the text has no status, and the earlier basis stays.",
    )
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label="Issue it anyway, with what is listed as it stands", required=False)


class DecisionForm(forms.Form):
    """One decision on one slot; `choice` names an act and what it is done to, as the desk printed it."""

    choice = forms.CharField(max_length=200)
    authority = forms.ChoiceField(
        label="On whose authority", choices=Decision.Authority.choices, initial=Decision.Authority.CHAIR
    )
    reason = forms.CharField(label="Reason", max_length=400, required=False)
    words = forms.CharField(label="Your own words", required=False, strip=False, max_length=_LONGEST)
    into = forms.IntegerField(required=False, min_value=1)
    seen = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    forum = forms.CharField(label="Where and when", max_length=120, required=False)


class BulkForm(forms.Form):
    """One act on every place ticked; each `place` is the hunks of a cluster, or the brackets of a linked place."""

    act = forms.ChoiceField(choices=Decision.Act.choices)
    authority = forms.ChoiceField(
        label="On whose authority", choices=Decision.Authority.choices, initial=Decision.Authority.CHAIR
    )
    forum = forms.CharField(label="Where and when", max_length=120, required=False)
    reason = forms.CharField(label="Reason, one for all", max_length=400, required=False)
    chosen = forms.CharField(required=False, strip=False, max_length=_LONGEST)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class PreparationForm(forms.Form):
    """Which kind of revision is being prepared."""

    kind = forms.ChoiceField(label="Preparing", required=False, choices=[("", "not limited"), *Revision.Kind.choices])
