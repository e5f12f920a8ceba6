"""The composition root. Whoever reads the settings has the Celery application too, so that tasks find their queue."""

from drafting.config.celery_app import app as celery_app

__all__ = ["celery_app"]
