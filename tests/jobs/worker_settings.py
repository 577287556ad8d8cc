"""The whole site plus two kinds of jobs that a test can watch from another process."""

from backup_plan_site.settings import dev
from backup_plan_site.settings.dev import *  # noqa: F403

INSTALLED_APPS = [*dev.INSTALLED_APPS, "tests.jobs.watched.WatchedConfig"]
