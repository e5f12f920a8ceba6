"""Where Redis is reached, in the spelling of each library. What it is used for lives in the settings.

The embedded default is a Unix socket in ROLLING_HOME, found again by every process that has the same home.
"""

import hashlib
import os
from pathlib import Path

#: `sockaddr_un.sun_path` holds 108 bytes on Linux and 104 on macOS, the closing NUL included.
LONGEST_SOCKET_PATH = 103


def find_socket(home: Path) -> Path:
    """Returns the path of the embedded Redis' socket: in the home, or in a short folder where that is too long."""
    near = home / "redis.sock"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
        return near
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(f"/tmp/rolling-{os.getuid()}-{digest}/redis.sock")


def spell_for_redis(address: str) -> str:
    """Returns the address as redis-py, channels_redis and Django's cache read it (`unix:///path`)."""
    return "unix" + address.removeprefix("redis+socket") if address.startswith("redis+socket:") else address


def spell_for_celery(address: str) -> str:
    """Returns the address as Celery reads it (`redis+socket:///path`)."""
    return "redis+socket" + address.removeprefix("unix") if address.startswith("unix:") else address
