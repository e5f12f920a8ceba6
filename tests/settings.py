"""The site's settings for tests: a throw-away home, everything inside one process, cheap passwords.

DATABASE_URL and REDIS_URL win here as they do everywhere; the browser tests start real processes with real Redis.
"""

import atexit
import os
import shutil
import tempfile

if "ROLLING_HOME" not in os.environ:
    os.environ["ROLLING_HOME"] = tempfile.mkdtemp(prefix="rolling-test-")
    atexit.register(shutil.rmtree, os.environ["ROLLING_HOME"], ignore_errors=True)

from drafting.config.settings import *  # noqa: F403  (a settings file is the names it holds)
from drafting.config.settings import DATABASES, HOME

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, since the browser tests' processes open it too; the rest of its options are those of the site.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # the site's own, for people who sign in through a browser
]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CELERY_BROKER_URL = "memory://"
CELERY_RESULT_BACKEND = "cache+memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
