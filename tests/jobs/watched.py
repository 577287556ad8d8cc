"""Jobs that leave a line in a file: what was begun and what was done, for a test in another process."""

import time
from pathlib import Path

from django.apps import AppConfig


class WatchedConfig(AppConfig):
    name = "tests.jobs.watched"
    label = "watched"
    # Not a package: Django has to be told where it lies.
    path = str(Path(__file__).parent / "watched")

    def ready(self):
        from django.conf import settings

        from backup_plan_site.jobs.api import handler

        def note(line):
            with (settings.DATA_DIR / "watched.txt").open("a") as file:
                file.write(line + "\n")

        @handler("quick")
        def quick(ids):
            note(f"done {ids['n']}")

        @handler("slow")
        def slow(ids):
            note(f"begun {ids['n']}")
            time.sleep(2)
            note(f"done {ids['n']}")


def enqueue(kind, *numbers):
    """`python -m tests.jobs.watched quick 1 2 3`"""
    import django

    django.setup()
    from django.db import transaction

    from backup_plan_site.jobs import api, broker

    for number in numbers:
        with transaction.atomic():
            api.enqueue(kind, practice_id=None, ids={"n": int(number)}, unique_key=f"{kind}-{number}")
    while not broker._waker.idle():
        time.sleep(0.01)


if __name__ == "__main__":
    import sys

    enqueue(*sys.argv[1:])
