"""Forms of a file that is brought to a text: the file, and on whose authority it is taken over."""

from __future__ import annotations

from typing import Any

from django import forms

from delegations.models import Seat
from delegations.roles import Right
from drafting.models import Decision

Authority = Decision.Authority


class BringForm(forms.Form):
    """A file that is to follow the text as it stands."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text="Word (.docx), Akoma Ntoso, our JSON, Markdown or text. No word changes until you see what would.",
    )
    changes = forms.ChoiceField(
        label="Tracked changes",
        choices=[("accepted", "as if all were accepted"), ("rejected", "as if all were rejected")],
        required=False,
    )


class TakeOverForm(forms.Form):
    """What a person confirms once they saw the report; the authorities are those their seat can name."""

    authority = forms.ChoiceField(label="On whose authority", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason", max_length=300, required=False, help_text="Printed in the change log, with the file’s name."
    )
    forum = forms.CharField(
        label="Where and when", max_length=120, required=False, help_text="For what the room agreed: which room, when."
    )
    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, seat: Seat, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [Authority.EDITORIAL, Authority.ROOM] if seat.may(Right.IMPORT) else []
        offered += [Authority.CHAIR] if seat.may(Right.DECIDE) else []
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one), one.label) for one in offered]
        field.initial = str(offered[0]) if len(offered) == 1 else None
