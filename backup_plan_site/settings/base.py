"""What holds in every surrounding. Values that differ come from the environment (table in the README)."""

from pathlib import Path

import environ
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from .mail import mailers_from_url

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
env.smart_cast = False

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "backup_plan_site.web",
    "backup_plan_site.jobs",
    "backup_plan_site.staff",
    "intake",
    "triggers",
    "exercises",
    "plans",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "backup_plan_site.web.middleware.RequestIdMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "backup_plan_site.web.middleware.PrivateResponseMiddleware",
    "backup_plan_site.web.middleware.NextMiddleware",
    "backup_plan_site.web.middleware.BusyDatabaseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "backup_plan_site.staff.middleware.StaffSessionMiddleware",
    "backup_plan_site.staff.middleware.ActorMiddleware",
    "backup_plan_site.staff.middleware.StaffLanguageMiddleware",
    "backup_plan_site.staff.middleware.SecondFactorMiddleware",
    "intake.known.KnownLinksMiddleware",
]

ROOT_URLCONF = "backup_plan_site.urls"
# Lines of the access matrix beside staff/access.toml, for addresses that no practice has.
MORE_ACCESS = ()
WSGI_APPLICATION = "backup_plan_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- database -------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # A deferred transaction that turns into a write fails at once when another one writes.
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    # FULL: a health answer that was called saved survives a power cut too.
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
        # Without it INSERT OR REPLACE would remove a protected row unseen by its trigger.
        "PRAGMA recursive_triggers=ON;"
    ),
}


def database(url):
    """Django's settings for one database address, with what this project asks of each engine."""
    config = env.db_url_config(url)
    config["CONN_MAX_AGE"] = None
    config["CONN_HEALTH_CHECKS"] = True
    if "sqlite" in config["ENGINE"]:
        config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    return config


DATABASES = {
    "default": database(env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'backup-plan.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Only counters of tries live here, so that limits are shared between processes; never a person's data.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_limits"}}

# --- languages ------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("fr", _("French")), ("en", _("English"))]
FORMAT_MODULE_PATH = ["backup_plan_site.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="Europe/Brussels")

# --- static files ---------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# --- the wall around every page -------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# `no-referrer` would make browsers send `Origin: null`, and the CSRF check then refuses every form.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "backup_plan_site.web.views.csrf_failure"
# One intake page has at most a few kilobytes; a request is refused long before it can fill memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
# The only files that people send are photos of a practice's own exercises, one at a time.
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_HANDLERS = [
    "backup_plan_site.web.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# A half-filled intake must still be there the next day, a day and a half after the last page; staff sessions are cut
# shorter by StaffSessionMiddleware. After that a browser that knows a link is asked for the birth date again.
SESSION_COOKIE_AGE = 36 * 3600
KNOWN_LINKS_COOKIE_NAME = "known_links"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# A message may name a patient; it stays on the server, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=15)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)

# --- staff login (backup_plan_site/staff) ---------------------------------------------------

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 72 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:worklist"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "backup_plan_site.staff.adapters.StaffAccountAdapter"
ACCOUNT_FORMS = {"reset_password": "backup_plan_site.staff.adapters.StaffResetPasswordForm"}
# allauth's own generator writes a row while it reads a link; Django's writes nothing and covers the address too.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "backup_plan_site.staff.adapters.StaffMFAAdapter"
# Nobody signs up here: an owner typed the address, and the first password came by a link to it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Back-Up Plan"
SECOND_FACTOR_REQUIRED = True

# --- forms ----------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5", "patient_pack"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- mail and jobs --------------------------------------------------------------------------

MAILERS = mailers_from_url(env("EMAIL_URL", default=f"file://{DATA_DIR / 'mail'}"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="backup-plan@localhost")
# Shown where no practice is known, as on the page of a link that has ended. Empty: the first practice's number.
CONTACT_PHONE = env("CONTACT_PHONE", default="")

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="filesystem://")

# --- logs: who asked for what and when, never what somebody answered ------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "backup_plan_site.web.logs.MaskFilter"}},
    "formatters": {"line": {"()": "backup_plan_site.web.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"django": {"level": "WARNING", "propagate": True, "handlers": []}},
}

# --- what wakes the job table; how Celery is set stands in backup_plan_site/celery.py -----------

# By name: only the thread that sends, and the worker, import Celery.
CELERY_APP = "backup_plan_site.celery.app"

# --- how many processes make PDFs beside each web or job process; see backup_plan_site/press.py -----

# 0 makes them in the process itself, without its bounds on time and memory: for tests and benches.
PDF_PROCESSES = 1
