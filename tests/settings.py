"""The site's settings for tests: a throw-away home, everything inside one process, cheap passwords.

DATABASE_URL and REDIS_URL win here as they do everywhere; the browser tests start real processes with real Redis.
"""

import os
import tempfile

os.environ.setdefault("ROLLING_HOME", tempfile.mkdtemp(prefix="rolling-test-"))

from drafting.config.settings import *  # noqa: F403  (a settings file is the names it holds)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CELERY_BROKER_URL = "memory://"
CELERY_RESULT_BACKEND = "cache+memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
