"""One-click seats answer this machine only."""

from typing import Any

import pytest

from drafting.config.loopback import LoopbackOnly


async def call(scope: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns what is sent to whoever connects; the site itself answers 'in'."""
    sent: list[dict[str, Any]] = []

    async def site(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "in"})

    async def send(message: Any) -> None:
        sent.append(message)

    await LoopbackOnly(site)(scope, None, send)  # type: ignore[arg-type]  # a refusal reads nothing
    return sent


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
async def test_this_machine_gets_in(client: str, kind: str) -> None:
    assert await call({"type": kind, "client": (client, 50_000)}) == [{"type": "in"}]


@pytest.mark.parametrize("client", [("192.0.2.7", 1), ("2001:db8::1", 1), ("proxy", 1), ("", 0), None])
async def test_everybody_else_is_refused(client: tuple[str, int] | None) -> None:
    start, body = await call({"type": "http", "client": client})
    assert start["status"] == 403
    assert b"this machine only" in body["body"]


async def test_a_foreign_socket_is_closed_before_it_opens() -> None:
    (closed,) = await call({"type": "websocket", "client": ("192.0.2.7", 1)})
    assert closed["type"] == "websocket.close"
