"""`./run catalogue`: all content as one JSON document; with `--review DIR` as documents to read and confirm."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backup_plan_site.content import LANGUAGES, Text, newest, read
from backup_plan_site.pdf import PdfUnavailable
from exercises.library import library, stop_rules
from intake import consents, contact
from intake.red_flags import red_flags
from plans import review_document
from plans.guides import FOLDER, themes
from plans.whole_method import REWRITES
from triggers.glasses import conditions, glasses
from triggers.lesson import lesson
from triggers.support import support
from triggers.telling_apart import telling_apart


def catalogue():
    """{part: content}, each text in every language, entries with their `id`. The first four keys stay first."""
    flags = red_flags()
    return {
        "red_flags": [{**_plain(item), "version": flags.name} for item in flags.items],
        "conditions": [_plain(one) for one in conditions().values()],
        "glasses": [_plain(one) for one in glasses().values()],
        "exercises": [_plain(one) for one in library().values()],
        "exercise_rules": _plain(stop_rules()),
        "red_flag_words": {
            "version": flags.name,
            **{
                name: _plain(getattr(flags, name)) for name in ("facts", "themes", "messages", "without_item")
            },
            "suddenly_worse": _plain(flags.suddenly_worse),
        },
        "guides": [_guide(one, theme) for theme in themes().values() for one in theme.guides],
        "guide_themes": [
            {"id": one.id, "step": one.step, "name": _plain(one.name)} for one in themes().values()
        ],
        "rewrites": read(newest(FOLDER)[REWRITES])["rewrites"],
        "lesson": _plain(lesson()),
        "support": _plain(support()),
        "numbers": read(contact.FILE),
        "consent": read(consents.FILE),
        "telling_apart": _plain(telling_apart()),
    }


def _guide(guide, theme):
    return {**_plain(guide), "theme": theme.id, "version": theme.version}


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
    help = "Prints all content as one JSON document, or writes it as documents for who reads and confirms it."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--review",
            metavar="DIR",
            type=Path,
            help="write review-nl.html and review-nl.pdf there, and the same in English and French",
        )

    def handle(self, *, review, **options):
        if review is None:
            # A date in the content ("checked_on") is written as people write it.
            self.stdout.write(json.dumps(catalogue(), ensure_ascii=False, indent=2, default=str))
            return
        try:
            review.mkdir(parents=True, exist_ok=True)
            for language in LANGUAGES:
                for name, made in review_document.files(language).items():
                    (review / name).write_bytes(made)
                    self.stderr.write(f"{review / name}: {len(made)} bytes")
        except PdfUnavailable as missing:
            raise CommandError(str(missing)) from None
        except OSError as error:
            raise CommandError(f"{review} cannot be written: {error.strerror}") from None
