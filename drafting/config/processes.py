"""The processes a site is made of, each as one command line: the same on this machine and in a container.

`python -m drafting.config.processes web --port 8000` becomes that process; words after the name are passed on.
"""

import os
import sys

#: The site's own limit of one WebSocket message in bytes; a long paste fits, a flood does not.
LARGEST_MESSAGE = 1024 * 1024

PYTHON = (sys.executable, "-m")
CELERY = (*PYTHON, "celery", "--quiet", "-A", "drafting.config.celery_app")

COMMANDS: dict[str, tuple[str, ...]] = {
    # permessage-deflate off: it costs memory by the socket, and frames are small. Ten seconds to hang up on sockets.
    "web": (
        *PYTHON,
        "uvicorn",
        "drafting.config.asgi:application",
        *("--host", os.environ.get("ROLLING_BIND", "127.0.0.1")),
        *("--lifespan", "off", "--no-server-header", "--no-access-log", "--log-level", "warning"),
        *("--ws", "drafting.live.transports:Shown", "--ws-per-message-deflate", "false"),
        *("--ws-max-size", str(LARGEST_MESSAGE)),
        # Browsers say by themselves that they are alive, and twice as often.
        *("--ws-ping-interval", "0"),
        *("--timeout-graceful-shutdown", "5"),
    ),
    "worker": (*CELERY, "worker", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    "beat": (*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""),
}


def main(arguments: list[str]) -> None:
    """Becomes the process named first; the rest of the arguments are its own."""
    if not arguments or arguments[0] not in COMMANDS:
        sys.exit(f"Which process? One of {', '.join(COMMANDS)}.")
    command = [*COMMANDS[arguments[0]], *arguments[1:]]
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
