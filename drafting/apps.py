"""The application of drafting: what is negotiated."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Texts, brackets, amendments, decisions, revisions and the journal of it all."""

    name = "drafting"
    default_auto_field = "django.db.models.BigAutoField"
