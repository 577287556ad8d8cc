"""For the tests: SQLite in a file (threads and WAL as in life), or PostgreSQL by TEST_DATABASE_URL."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *
from .base import database, env
from .mail import mailers_from_url

DEBUG = False
DEMO = False
SECRET_KEY = "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

DATA_DIR = Path(tempfile.mkdtemp(prefix="backup-plan-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
if test_database := env("TEST_DATABASE_URL", default=""):
    DATABASES = {"default": database(test_database)}
else:
    DATABASES = {"default": database(f"sqlite:///{DATA_DIR / 'main.sqlite3'}")}
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # Power cuts do not happen to a test database; half the waiting does.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA recursive_triggers=ON;"
    )

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = mailers_from_url("memory:")
CELERY_BROKER_URL = "memory://"
# The tests of the press start it themselves.
PDF_PROCESSES = 0
SECOND_FACTOR_REQUIRED = True
WHITENOISE_USE_FINDERS = True
# Passkeys are tried on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
