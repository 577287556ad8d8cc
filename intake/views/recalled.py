"""What was told last time, beside the fields that ask it again: as text to confirm, never chosen beforehand."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from intake import actions, pages
from intake.earlier import LASTING, may_be_shown
from intake.telling.labels import value_of


def recall(request, form, here, facts):
    """Put the lasting facts of last time beside the fields of `form` that have no answer in this round yet."""
    asked = set(here.keys).intersection(LASTING) - facts.latest.keys()
    if not asked or not request.intake.known or not may_be_shown(request.respondent):
        return
    told = actions.earlier(request.patient, request.intake, request.intake.screening)
    if told is None:
        return
    for key, value in told.on_page(here, answered=facts.latest).items():
        if key == pages.GP:
            # Somebody's name and town, not a fact about the body: typed once is enough (WCAG 3.3.7).
            form.initial[key] = value
        if key in form.fields:
            beside(form.fields[key], told.on, value_of(key, value, translation.get_language()))


def beside(field, day, words):
    """Say in the field's help what was told on `day`."""
    sentence = _("Last time (%(day)s) you told us: %(words)s. Is this still so?") % {
        "day": date_format(day, "j F Y"),
        "words": words,
    }
    field.help_text = format_html('<span class="earlier">{}</span> {}', sentence, field.help_text)
