"""The application of delegations: who takes part."""

from django.apps import AppConfig


class DelegationsConfig(AppConfig):
    """People, conferences, delegations and seats."""

    name = "delegations"
    default_auto_field = "django.db.models.BigAutoField"
