"""`./run catalogue`: all content as one JSON document, for people who check the words and for other programs."""

import json
from dataclasses import fields, is_dataclass

from django.core.management.base import BaseCommand

from backup_plan_site.content import LANGUAGES, Text
from exercises.library import library
from intake.red_flags import red_flags
from triggers.glasses import conditions, glasses


def catalogue():
    """{"red_flags", "conditions", "glasses", "exercises"}: lists of entries with `id`, each text in every language."""
    return {
        "red_flags": [{**_plain(item), "version": red_flags().name} for item in red_flags().items],
        "conditions": [_plain(one) for one in conditions().values()],
        "glasses": [_plain(one) for one in glasses().values()],
        "exercises": [_plain(one) for one in library().values()],
    }


def _plain(value):
    if isinstance(value, Text):
        return {language: getattr(value, language) for language in sorted(LANGUAGES)}
    if is_dataclass(value):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {name: _plain(one) for name, one in told.items() if one is not None}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value


class Command(BaseCommand):
    help = "Prints all content as one JSON document: red flags, conditions, glasses and exercises."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(json.dumps(catalogue(), ensure_ascii=False, indent=2))
