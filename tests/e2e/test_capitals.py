"""The capital's round trip in a real browser without scripts: out as Word, edited, looked at, and made into drafts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from drafting.models import NegotiatingText
from tests import factories
from tests.cast import Cast
from tests.imports.packages import changed, p, r, with_part
from tests.views.conftest import STRUCTURE

WORDS = "2. Nothing here affects drinking &lt;water&gt;."


@pytest.fixture
def treaty(cast: Cast, offstage: Callable[..., Any]) -> NegotiatingText:
    """A text on the floor."""
    text: NegotiatingText = offstage(factories.opened, cast, STRUCTURE)
    return text


def edited(data: bytes) -> bytes:
    """The file as the capital sends it back: one word for another, and a cover sheet's line."""
    inside = changed("del", r("Nothing", "delText"), "A. Hansen") + changed("ins", r("Nothing at all"), "A. Hansen")
    data = with_part(data, "word/document.xml", r(WORDS), r("2. ") + inside + r(WORDS.removeprefix("2. Nothing")))
    return with_part(data, "word/document.xml", "<w:body>", f"<w:body>{p(r('From the ministry'))}")


def test_a_file_goes_out_comes_back_and_becomes_drafts(
    cast: Cast, treaty: NegotiatingText, take_seat: Callable[..., Page], tmp_path: Path
) -> None:
    page = take_seat(cast.norway, "/rivers/treaty/capital/", java_script_enabled=False)
    page.get_by_label("Articles and provisions").fill("9")
    with page.expect_download() as out:
        page.get_by_role("button", name="Download as Word").click()
    file = tmp_path / "9.docx"
    file.write_bytes(edited(Path(out.value.path()).read_bytes()))
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at what it asks for").click()
    expect(page.locator("[data-draft='9.2'] ins")).to_have_text("at all ")
    expect(page.get_by_role("cell", name="From the ministry")).to_be_visible()
    page.get_by_role("button", name="Make 1 draft").click()
    expect(page.get_by_role("link", name="9.2").first).to_be_visible()
