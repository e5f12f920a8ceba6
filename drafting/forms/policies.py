"""The form that sets one policy of a conference."""

from __future__ import annotations

from django import forms


class PolicyForm(forms.Form):
    """Whether a policy is in force, and which room adopted it, if one did."""

    policy = forms.CharField(max_length=40)
    value = forms.TypedChoiceField(choices=[("1", "on"), ("0", "off")], coerce=lambda given: given == "1")
    forum = forms.CharField(max_length=120, required=False)
