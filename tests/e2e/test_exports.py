"""The HTML that leaves the house, in a browser of its own: nothing for axe to object to, nothing wider than a phone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from drafting.exports import html
from drafting.text.document import Table
from tests.e2e.test_pages import AXE
from tests.exports.documents import everything


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_exported_page_is_accessible_and_fits_a_phone(language: str, scheme: str, chromium: Browser) -> None:
    with chromium.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800}) as window:  # type: ignore[arg-type]  # a parameter of pytest has no type
        page = window.new_page()
        whole = everything(language)
        wide = Table("Hashes", tuple("abcdef"), (("0" * 64,) * 6,))
        page.set_content(html.write(replace(whole, body=(*whole.body, wide))).decode())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
