"""A job that a test can watch and hold up; a worker of the tests takes it in with `--include`."""

import os
from pathlib import Path

from drafting.config.celery_app import app
from tests import waiting

# The site waits 30 seconds before it hands out the job of a lost worker again; a test would rather not.
app.conf.broker_transport_options = {**app.conf.broker_transport_options, "visibility_timeout": 1}


@app.task(name="tests.wait")
def wait(folder: str) -> str:
    """Leaves a mark for each time it begins, goes on once `go` is there, and leaves another mark when done."""
    (Path(folder) / f"begun-{os.getpid()}").touch()
    waiting.until((Path(folder) / "go").exists)
    (Path(folder) / "done").touch()
    return "done"
