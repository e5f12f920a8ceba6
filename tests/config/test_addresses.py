"""Where the embedded Redis listens."""

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from drafting.config import addresses


@given(st.text("abcdefghij/é", min_size=1, max_size=300))
def test_a_socket_always_fits_the_kernels_limit(name: str) -> None:
    assert len(os.fsencode(addresses.find_socket(Path("/") / name))) <= addresses.LONGEST_SOCKET_PATH


def test_a_short_home_holds_its_own_socket() -> None:
    assert addresses.find_socket(Path("/srv/text")) == Path("/srv/text/redis.sock")


def test_two_long_homes_have_two_sockets() -> None:
    homes = [Path("/", *["a" * 60] * 3, last) for last in ("first", "second")]
    assert len({addresses.find_socket(home) for home in homes}) == 2


def test_an_address_with_a_host_is_left_as_it_is() -> None:
    address = "rediss://name:word@redis.example:6380/0"
    assert addresses.spell_for_celery(address) == addresses.spell_for_redis(address) == address
