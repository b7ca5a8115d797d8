"""The newcomer's default: SQLite and a broker that needs no server, everything under var/."""

import os
import secrets

from .base import *  # noqa: F403
from .base import STORAGES, STYLES, VAR, env

STYLES.mkdir(parents=True, exist_ok=True)
for folder in ("broker/messages", "broker/processed", "broker/control", "mail", "static"):
    (VAR / folder).mkdir(parents=True, exist_ok=True)


def _own_key() -> str:
    """A key of this machine's own, made once; O_EXCL so that two processes starting agree on one."""
    path = VAR / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="") or _own_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": env("SPRING_SQLITE", default=str(VAR / "spring.sqlite3")),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            ),
        },
    }
}

CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(VAR / "broker/messages"),
    "data_folder_out": str(VAR / "broker/messages"),
    "processed_folder": str(VAR / "broker/processed"),
    "control_folder": str(VAR / "broker/control"),
    "store_processed": False,
}

# Mail is written to files here: nothing leaves a newcomer's machine.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
