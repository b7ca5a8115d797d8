"""What every way of running Spring shares.

Anything that the people who run the contract may still decide is a setting here,
never a constant in code.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.urls import reverse_lazy

ROOT = Path(__file__).resolve().parent.parent.parent
env = environ.FileAwareEnv()
VAR = Path(env("SPRING_VAR", default=str(ROOT / "var"))).resolve()  # all that a run writes

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
    "spring",
    "spring.core",
    "spring.audit",
    "spring.accounts",
    "partners",
    "participants",
    "linkworkers",
    "referrals",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "spring.core.middleware.RequestId",
    "spring.core.middleware.Utf8Only",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "partners.access.DenyByDefault",
    "spring.core.middleware.PrivateResponses",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "spring.urls"
WSGI_APPLICATION = "spring.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "spring.context.shell",
            ],
            "builtins": ["spring.core.templatetags.words"],
        },
    }
]

# --- data ---------------------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # in the database, so that limits survive a flush of Redis
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody can crowd a limit out
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "spring.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # a plan of forty goals, each with its steps, is one form

# --- words, time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# --- people who sign in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("home")
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())
ACCOUNT_ADAPTER = "spring.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by invitation to that address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "spring.accounts.tokens.ResetTokens"  # noqa: S105

# --- browser ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STYLES = ROOT / "var" / "styles"  # where `make styles` writes
STATICFILES_DIRS = [ROOT / "static", ("build", STYLES)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CRISPY_TEMPLATE_PACK = "spring"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["spring"]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- mail -------------------------------------------------------------------------------------------
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("SPRING_MAIL_FROM", default="Spring <spring@spring.example>")
SPRING_BASE_URL = env("SPRING_BASE_URL", default="http://localhost:8000")

# --- background work ----------------------------------------------------------------------------------
# Everything is a sweep: the database knows what is due, so a lost broker delays work and loses none.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {
        "task": "spring.core.tasks.beat",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "send-messages": {
        "task": "spring.core.tasks.send_messages",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
    "find-reminders": {
        "task": "linkworkers.tasks.write_digests",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "make-reports": {
        "task": "reports.tasks.make_reports",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
    "request-monthly-report": {
        "task": "reports.tasks.request_monthly_report",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
}

# --- the service: names and defaults the contract may change --------------------------------------------
SPRING = {
    "SERVICE_NAME": env("SPRING_SERVICE_NAME", default="Spring"),
    "AREA_NAME": env("SPRING_AREA_NAME", default="Northamptonshire"),
    "TELEPHONE": env("SPRING_TELEPHONE", default="01604 000000"),
    "EMAIL": env("SPRING_EMAIL", default="hello@spring.example"),
    "COUNCILS": {"west": "West Northamptonshire", "north": "North Northamptonshire"},
    "POSTCODE_AREAS": ("NN",),  # elsewhere is asked about at triage, never refused
    "TRIAGE_WORKING_DAYS": 2,
    "FIRST_CONTACT_WORKING_DAYS": 5,
    "ATTEMPTS_BEFORE_LETTER": 3,
    "NO_CONTACT_DAYS": 30,
    "REVIEW_MONTHS": (3, 6, 9, 12),
    "REVIEW_WINDOW_DAYS": 28,
    "BASELINE_WINDOW_DAYS": 28,
    "JOURNEY_MONTHS": 12,
    "JOURNEY_ENDING_SOON_MONTHS": 11,
    "EARLY_CLOSE_MONTHS": 6,
    "CASELOAD_AMBER": 45,
    "CASELOAD_RED": 55,
    "DISCLOSURE_THRESHOLD": 7,
    "DISCLOSURE_ROUNDING": 5,
    "MEASURE_MINIMUM_N": 30,
    "YEARLY_TARGET_PEOPLE": 1000,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "spring.core.middleware.RequestIdFilter"}},
    "formatters": {"line": {"()": "spring.core.logs.Line"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    # It tells of each step of each page; a report tells of itself on its own row.
    "loggers": {"weasyprint.progress": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
