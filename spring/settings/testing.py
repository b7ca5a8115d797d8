"""The test suite: SQLite unless SPRING_TEST_DATABASE_URL names a PostgreSQL."""

import os

from .base import *  # noqa: F403
from .base import STORAGES, STYLES, TEMPLATES, VAR, env

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STYLES.mkdir(parents=True, exist_ok=True)
(VAR / "static").mkdir(parents=True, exist_ok=True)

if env("SPRING_TEST_DATABASE_URL", default=""):
    DATABASES = {"default": env.db("SPRING_TEST_DATABASE_URL")}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env("SPRING_SQLITE", default=":memory:"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
                ),
            },
            # A file, not memory: only there do threads compete as they do in life.
            "TEST": {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")},
        }
    }

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = env("REDIS_URL", default="memory://")
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
TEMPLATES[0]["OPTIONS"] |= {"string_if_invalid": "UNDEFINED<%s>"}  # type: ignore[operator]
