"""Replaying editorial changes, confirmations and corrections of issued texts, and reading them."""

from __future__ import annotations

from typing import Any

from drafting import events
from drafting.models import Confirmation, EditorialChange, NegotiatingText, Rectification
from tests.replay.states import Row, Rule, Rules, State, plain


def read(negotiated: NegotiatingText, named: bool) -> dict[str, dict[int, Row]]:
    """Return these tables of a text as its rows have them."""
    confirmations = Confirmation.objects.filter(provision__text=negotiated)
    rectifications = Rectification.objects.filter(revision__text=negotiated)
    return {
        "confirmations": {
            row.pk: {"at": (row.provision_id, row.rev, row.lo, row.hi), "form": row.form}
            for row in plain(confirmations, "provision_id", "rev", "lo", "hi", "form")
        },
        "rectifications": {
            row.pk: {"of": row.revision_id, "symbol": row.symbol, "digest": row.digest}
            for row in plain(rectifications, "revision_id", "symbol", "digest")
        },
        "editorials": {
            row.pk: _editorial(row, named) for row in EditorialChange.objects.filter(text=negotiated).order_by()
        },
    }


def _editorial(row: EditorialChange, named: bool) -> Row:
    places = row.places.order_by("pk").values_list("provision", "lo", "hi", "struck", "words")
    by = row.delegation.code if row.delegation and named else None
    amendment = str(row.amendment_id) if row.amendment_id else None
    ended = {"by": by, "objection": row.objection, "amendment": amendment}
    return {"form": row.kind, "closes": row.closes.isoformat(), "places": list(places), "state": row.state} | ended


def _send(state: State, event: Any) -> None:
    sent = {"form": event.form, "closes": event.closes, "places": event.places, "state": "proposed"}
    state.editorials[event.editorial] = sent | {"by": None, "objection": "", "amendment": None}


def _object(state: State, event: Any) -> None:
    said = {"by": event.delegation, "objection": event.reason, "amendment": event.amendment}
    state.editorials[event.editorial] |= {"state": "objected"} | said


def _correct(is_made: bool) -> Rule:
    def rule(state: State, event: Any) -> None:
        state.editorials[event.editorial]["state"] = "applied" if is_made else "undone"
        for provision, label in event.labels:
            state.provisions[provision]["label"] = label

    return rule


def _end(state: State, event: Any) -> None:
    state.editorials[event.editorial]["state"] = event.state


def _confirm(state: State, event: Any) -> None:
    at = (event.provision, event.at, *event.place)
    state.confirmations[event.confirmation] = {"at": at, "form": event.form}


def _unconfirm(state: State, event: Any) -> None:
    del state.confirmations[event.confirmation]


def _rectify(state: State, event: Any) -> None:
    said = {"of": event.revision, "symbol": event.symbol, "digest": event.digest}
    state.rectifications[event.rectification] = said


RULES: Rules = {
    events.EditorialProposed: _send,
    events.EditorialObjected: _object,
    events.EditorialApplied: _correct(True),
    events.EditorialUndone: _correct(False),
    events.EditorialEnded: _end,
    events.PlaceConfirmed: _confirm,
    events.ConfirmationWithdrawn: _unconfirm,
    events.RectificationIssued: _rectify,
}
