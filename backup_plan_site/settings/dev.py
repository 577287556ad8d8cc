"""For one machine: `./run demo` and work on the code. No secret of this file protects anybody."""

from .base import *
from .base import BASE_DIR, DATA_DIR, env

DEBUG = env.bool("DEBUG", default=False)
if DEBUG:
    # The pages with every component: /style/ and /style/desk/.
    ROOT_URLCONF = "backup_plan_site.urls_dev"
    MORE_ACCESS = (BASE_DIR / "backup_plan_site/style/access.toml",)
SECRET_KEY = env("SECRET_KEY", default="only-for-one-machine-never-for-people-0123456789-abcdefghijklmnop")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
# The demo is tried by one person with invented patients; it offers the second factor without forcing it.
DEMO = env.bool("DEMO", default=False)
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
DEMO_OUTPUT = BASE_DIR / "demo-output"
if DEMO:
    STAFF_IDLE_MINUTES = 8 * 60

DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
(DATA_DIR / "static").mkdir(exist_ok=True)
# Browsers make passkeys on http://localhost (never on a bare 127.0.0.1).
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
