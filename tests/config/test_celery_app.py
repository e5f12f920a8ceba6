"""A worker stands back for whoever types."""

from __future__ import annotations

import os

import pytest
from celery import signals

from drafting.config.celery_app import NICENESS


def test_a_worker_that_starts_stands_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    signals.celeryd_init.send(sender="worker")
    assert asked == [NICENESS]
