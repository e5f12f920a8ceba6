"""Every setting, read from the environment; what is not set is safe. README.md names the variables.

A site is *public* as soon as it is served under a name that is not this machine's loopback, or when it says so itself
(ROLLING_PRODUCTION=1). A public site insists on HTTPS and on a key of its own, and can have neither debug pages nor
one-click seats.
"""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from drafting.config.addresses import find_socket, spell_for_celery, spell_for_redis
from drafting.config.keys import keep_key

env = environ.Env()
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

BASE_DIR = Path(__file__).resolve().parents[2]
HOME = Path(env.str("ROLLING_HOME", default=str(BASE_DIR / "var"))).absolute()
BIND = env.str("ROLLING_BIND", default="127.0.0.1")

ALLOWED_HOSTS = env.list("ROLLING_HOSTS", default=sorted(LOOPBACK))
PRODUCTION = env.bool("ROLLING_PRODUCTION", default=False) or not LOOPBACK.issuperset(ALLOWED_HOSTS)
DEBUG = env.bool("ROLLING_DEBUG", default=False)
DEMO = env.bool("ROLLING_DEMO", default=False)

if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("ROLLING_DEBUG=1 shows the inside of the site to everybody: not on a public one.")
if DEMO and PRODUCTION:
    raise ImproperlyConfigured("ROLLING_DEMO=1 lets anyone take any seat: not on a public site.")
if DEMO and BIND not in LOOPBACK | {"::1"}:
    raise ImproperlyConfigured(f"ROLLING_DEMO=1 lets anyone take any seat: it is served on 127.0.0.1, not on {BIND}.")
if PRODUCTION and not env.str("SECRET_KEY", default=""):
    raise ImproperlyConfigured("A public site needs a SECRET_KEY of its own: at least 50 random characters.")

SECRET_KEY = env.str("SECRET_KEY", default="") or keep_key(HOME)

#: Where people reach the site: what links in mail begin with.
SITE_URL = env.str(
    "ROLLING_URL", default=f"https://{ALLOWED_HOSTS[0]}/" if PRODUCTION and ALLOWED_HOSTS else "http://127.0.0.1:8000/"
)

# Applications and the way of a request through them

ROOT_URLCONF = "drafting.config.urls"
ASGI_APPLICATION = "drafting.config.asgi.application"
INSTALLED_APPS = [
    "drafting.apps.DraftingConfig",
    "delegations.apps.DelegationsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "channels",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "drafting.config.static_files.WholeFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "delegations.middleware.ActingSeat",
    "drafting.views.errors.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "drafting.views.context.frame",
            ]
        },
    }
]

# People

AUTH_USER_MODEL = "delegations.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "delegations.accounts.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "delegations.accounts.SignIn",
    "reset_password": "delegations.accounts.AskForLink",
    "reset_password_from_key": "delegations.accounts.SetPassword",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True

# What may reach a browser, and from where

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "rolling_session"
CSRF_COOKIE_NAME = "rolling_csrf"
CSRF_FAILURE_VIEW = "drafting.views.errors.distrust"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION

# The database: SQLite on this machine, PostgreSQL where DATABASE_URL names one

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{HOME / 'rolling.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # synchronous=FULL: NORMAL loses acknowledged acts on loss of power. IMMEDIATE: a deferred transaction that turns
    # into a writing one fails at once with "database is locked", whatever the timeout (seconds).
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis: the bus between processes, the queue of jobs, the cache. Losing it loses no act.

REDIS_URL = spell_for_redis(env.str("REDIS_URL", default=f"unix://{find_socket(HOME)}"))
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "rolling"},
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "rolling",
    }
}

# Celery: a job is acknowledged when it is done, so one whose worker was killed is handed out again after
# `visibility_timeout` seconds; a job still running then may be handed out twice, and its fencing token decides.
# Unthrottled, since Celery would look for jobs of killed workers every 100 s only.

CELERY_BROKER_URL = CELERY_RESULT_BACKEND = spell_for_celery(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 30,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "rolling:",
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"global_keyprefix": "rolling:"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TRACK_STARTED = True
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_RESULT_EXPIRES = 86_400
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(HOME / "beat-schedule")
CELERY_BEAT_SCHEDULE = {  # seconds
    "resume-stalled": {"task": "drafting.resume_stalled", "schedule": 10.0},
    "fold-journal": {"task": "drafting.fold_journal", "schedule": 6 * 3600.0},
    "overnight": {"task": "drafting.consolidate_overnight", "schedule": 60.0},
    "editorials": {"task": "drafting.make_due_editorials", "schedule": 60.0},
    "send-digests": {"task": "drafting.send_digests", "schedule": 300.0},
}

# Pages: languages, static files, mail, log

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("en", _("English")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = env.str("ROLLING_STATIC", default=str(HOME / "static")) if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
#: On one machine files are built anew under a running site, which sends them as they are, not as they were at start.
WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_MAX_AGE = 60 if PRODUCTION else 0
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = HOME / "files"
#: Bytes of a form: words of 2 MB with their base, each byte sent as three. More is refused with a sentence before that.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
#: Seconds a typist rests from typing until what was typed is sealed.
PEN_REST = env.float("ROLLING_PEN_REST", default=10.0)
#: Where rows of the journal go that are folded into one.
ARCHIVES = Path(env.str("ROLLING_ARCHIVES", default=str(HOME / "archives"))).absolute()
#: What the browser's files are built from, in short: a page of another build is asked to reload.
_build = BASE_DIR / "static" / "dist" / "build.txt"
BUILD = _build.read_text(encoding="ascii") if _build.exists() else "unbuilt"

vars().update(env.email("EMAIL_URL", default=f"filemail:///{HOME / 'mail'}"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("ROLLING_FROM", default="Rolling Text <rolling@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("ROLLING_LOG_LEVEL", default="WARNING")},
}
