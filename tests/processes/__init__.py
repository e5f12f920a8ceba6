"""Tests that start the site's real processes."""
