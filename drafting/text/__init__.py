"""The text engine: pure Python, provable without a database; no framework is imported here."""
