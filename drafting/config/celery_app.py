"""The Celery application; its tasks live in `drafting.tasks`, its settings are Django's with the prefix CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drafting.config.settings")

app = Celery("rolling")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
