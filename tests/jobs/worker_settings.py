"""The whole site plus two kinds of jobs that a test can watch from another process."""

from backup_plan_site.settings.dev import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.watched.WatchedConfig"]
