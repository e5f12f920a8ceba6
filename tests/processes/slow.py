"""A consolidation that a test can hold up in its middle; a worker of the tests takes it in with `--include`.

The worker leaves a mark when it has begun on a provision and goes on once `go` is there. Nobody waits long for a dead
worker: the site's own patience is ten seconds.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from drafting.config.celery_app import app
from drafting.services import consolidating, consolidation
from drafting.text import merging
from drafting.text.trees import Tree
from tests import waiting

FOLDER = Path(os.environ["SLOW_FOLDER"])
app.conf.broker_transport_options = {**app.conf.broker_transport_options, "visibility_timeout": 1}
consolidation.STALLED = 1

consolidate_one = merging.consolidate_one


def hold(base: str, texts: Mapping[str, str], cache: merging.Cache | None = None, is_nested: bool = True) -> Tree:
    """Consolidate one provision once the test says go."""
    (FOLDER / f"begun-{os.getpid()}").touch()
    waiting.until((FOLDER / "go").exists)
    return consolidate_one(base, texts, cache, is_nested)


consolidating.merging.consolidate_one = hold
