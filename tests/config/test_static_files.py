"""Scripts and styles come from the site itself."""

from pathlib import Path
from typing import Any

import pytest
from django.test import AsyncClient


@pytest.fixture
def address(settings: Any, tmp_path: Path) -> str:
    """The address of a style sheet of 20 kB, more than one block of a streamed answer."""
    (tmp_path / "page.css").write_text("p { color: #111; }\n" * 1024)
    settings.STATICFILES_DIRS = [tmp_path]
    return "/static/page.css"


async def test_a_file_is_answered_whole(async_client: AsyncClient, address: str) -> None:
    answer = await async_client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')
    assert answer.streaming is False
    assert len(answer.content) == 19 * 1024


async def test_a_file_the_browser_has_is_not_sent_again(async_client: AsyncClient, address: str) -> None:
    tag = (await async_client.get(address))["ETag"]
    assert (await async_client.get(address, headers={"If-None-Match": tag})).status_code == 304


async def test_a_file_built_anew_under_a_running_site_is_answered_whole(
    async_client: AsyncClient, address: str, tmp_path: Path
) -> None:
    before = await async_client.get(address)
    built = tmp_path / "page.css"
    built.write_text("p { color: #222; }\n" * 2048)
    answer = await async_client.get(address, headers={"If-None-Match": before["ETag"]})
    assert (answer.status_code, int(answer["Content-Length"])) == (200, len(answer.content))
    assert answer.content == built.read_bytes()
