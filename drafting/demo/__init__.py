"""The fictional conference that `manage.py demo` loads."""
