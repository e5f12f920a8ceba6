"""Forms of editorial changes: one written by hand, places as a page printed them, the time to object."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django import forms
from django.db.models import QuerySet

from drafting.errors import NotFound, StaleVersion
from drafting.models import EditorialChange, NegotiatingText, Provision, Rectification
from drafting.services import editorials
from drafting.services.editorials import Correction, Place


class Printed(msgspec.Struct, frozen=True, array_like=True):
    """A place as a page printed it, to be sent with one press: of provision `key` at `rev`, `struck` from `lo` on."""

    key: int
    rev: int
    lo: Annotated[int, msgspec.Meta(ge=0)]
    struck: str
    words: str
    kind: str = EditorialChange.Kind.SPELLING
    reason: str = ""

    def encode(self) -> str:
        """Return it as the value of a button or a box."""
        return msgspec.json.encode(self).decode()


def printed(sent: str) -> Printed:
    """Return a place that a page printed; raises `NotFound` for what no page did."""
    try:
        return msgspec.json.decode(sent, type=Printed)
    except msgspec.MsgspecError as error:
        raise NotFound("This is no place a page of the site printed: look again.") from error


def completed(one: Printed, words: str) -> Printed:
    """Return the place with other words to put there."""
    return msgspec.structs.replace(one, words=words)


def place(negotiated: NegotiatingText, one: Printed) -> Place:
    """Return the place to correct; raises `StaleVersion` where the words changed since it was printed."""
    provision = _provisions(negotiated).filter(pk=one.key).first()
    if provision is None:
        raise NotFound("There is no such provision in this text.")
    if provision.words.rev != one.rev:
        raise StaleVersion(f"The words of {provision} changed while you looked: look again.", words=one.words)
    return Place(provision, one.lo, one.struck, one.words)


def correction(negotiated: NegotiatingText, one: Printed) -> Correction:
    """Return one printed place as a correction of its own."""
    return Correction(kind(one.kind), (place(negotiated, one),), one.reason)


def kind(asked: str) -> str:
    """Return a kind of editorial change; raises `NotFound` for another."""
    if asked not in EditorialChange.Kind.values:
        raise NotFound("There is no such kind of editorial change.")
    return asked


class EditorialForm(forms.Form):
    """Words of a provision to correct, copied exactly, and the words as they should be."""

    at = forms.CharField(label="Provision", max_length=80, help_text="As the floor calls it: 9.2")
    struck = forms.CharField(
        label="The words as they stand",
        strip=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "words"}),
        help_text="Copied exactly, and enough of them to stand there once.",
    )
    words = forms.CharField(
        label="As they should be",
        strip=False,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "words"}),
    )
    kind = forms.ChoiceField(label="What is corrected", choices=EditorialChange.Kind.choices)
    reason = forms.CharField(label="Why", max_length=400, required=False)

    def correction(self, negotiated: NegotiatingText) -> Correction:
        """Return what the form asks for; raises `NotFound` where the words do not stand there, or stand there twice."""
        data = {name: value.replace("\r\n", "\n") for name, value in self.cleaned_data.items()}
        provision = _provisions(negotiated).filter(address=data["at"].strip()).first()
        if provision is None:
            raise NotFound(f"There is no provision {data['at']} in this text.")
        times = provision.words.content.count(data["struck"])
        if times != 1:
            said = "stand there nowhere: copy them exactly" if not times else f"stand there {times} times: copy more"
            raise NotFound(f"These words {said}.", words=data["struck"])
        at = provision.words.content.index(data["struck"])
        return Correction(data["kind"], (Place(provision, at, data["struck"], data["words"]),), data["reason"])


class RectificationForm(forms.Form):
    """What corrects an issued text, beside its list of changes."""

    form = forms.ChoiceField(label="As", choices=Rectification.Form.choices)
    note = forms.CharField(
        label="Note",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Printed with it. Of a procès-verbal: how and when those entitled were notified.",
    )


class ChangeForm(forms.Form):
    """One correction: for these words read those; a row without an address is none."""

    at = forms.CharField(label="Provision", max_length=80, required=False)
    struck = forms.CharField(label="For", strip=False, max_length=2000, required=False)
    words = forms.CharField(label="Read", strip=False, max_length=2000, required=False)


ChangesForm = forms.formset_factory(ChangeForm, extra=4, max_num=40, absolute_max=40)


class HoursForm(forms.Form):
    """How long delegations have to object."""

    hours = forms.IntegerField(label="Hours to object", min_value=editorials.SHORTEST, max_value=editorials.LONGEST)


def _provisions(negotiated: NegotiatingText) -> QuerySet[Provision]:
    return Provision.objects.filter(text=negotiated).select_related("words", "text")
