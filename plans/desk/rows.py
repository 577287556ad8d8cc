"""Rows of the worklist as words for the template: who, when, how urgent, how far, what to do next."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from backup_plan_site.staff.actors import Role
from intake.models.screening import NONE_UNHANDLED
from intake.screening import Urgency
from intake.standing import GATE_OPEN, Standing
from plans.visits_told import visit_words
from triggers.shelf import strip
from triggers.telling import drawn

from .who_answered import helper_mark

# A talk that is pending does not stop the patient from going on with the glasses.
MAY_FILL_IN = {*GATE_OPEN, Standing.HOLD}
URGENCY_OF_RANK = {urgency.rank: urgency.value for urgency in Urgency}


def grouped(intakes, actor, shelves):
    """The rows in groups: first whoever waits for a decision, then per day, then those without an appointment.

    `intakes` come sorted by unhandled urgency, then appointment; the order inside a group is kept. `shelves` holds
    the sent answers of those that sent any, for who may read them.
    """
    groups = {}
    for intake in intakes:
        groups.setdefault(_group(intake), []).append(row(intake, actor, shelves.get(intake.pk)))
    return [{"label": label, "rows": rows} for label, rows in groups.items()]


def row(intake, actor, shelf=None):
    """One intake for components/worklist.html. The desk gets the state's word and never a way to the answers."""
    urgency = URGENCY_OF_RANK.get(intake.unhandled, "")
    patient = intake.patient
    patient_url = reverse("desk:patient", args=[patient.code])
    reviewable = actor.clinical and intake.state is not None
    url = reverse("desk:review", args=[intake.code]) if reviewable else patient_url
    if not actor.has(Role.PRACTITIONER, Role.DESK):
        url = patient_url = ""  # an owner who is neither sees how busy it is, and opens nobody
    return {
        "code": str(intake.code),
        "time": _when(intake),
        "name": patient.full_name,
        "age": patient.age_on(timezone.localdate()),
        "url": url,
        "urgency": urgency,
        "unseen": urgency in (Urgency.NOW, Urgency.TODAY),
        "helper": helper_mark(intake),
        "with_whom": intake.practitioner.get_full_name() if intake.practitioner else "",
        "states": [
            progress(intake),
            *standing_words(intake),
            *glasses_words(intake),
            *plan_words(intake),
            *visit_words(intake),
            *shelf_drawing(shelf),
        ],
        "action": _action(intake, urgency, url, patient_url, reviewable),
    }


def progress(intake):
    """How far the patient is with part A."""
    if intake.sent_at:
        return {"word": _("sent"), "state": "done"}
    if intake.state is not None:
        return {"word": _("filling in"), "state": "busy"}
    if intake.opened_at:
        return {"word": _("link opened"), "state": "todo"}
    if getattr(intake, "not_opened", False):
        return {"word": _("mailed, not opened: call?"), "state": "todo"}
    return {"word": _("link not opened yet"), "state": "todo"}


def standing_words(intake):
    """The state of the screening in one word, where it says more than the progress does."""
    match intake.state:
        case Standing.BLOCKED_NOW.value:
            return [{"word": _("stopped: help now"), "state": "stopped"}]
        case Standing.BLOCKED.value:
            return [{"word": _("waits for a doctor"), "state": "stopped"}]
        case Standing.HOLD.value:
            return [{"word": _("talk first"), "state": "todo"}]
        case Standing.REFERRED.value:
            return [{"word": _("referred"), "state": "stopped"}]
        case Standing.CLEARED.value:
            return [{"word": _("cleared"), "state": "done"}]
        case Standing.PASSED.value if intake.sent_at:
            return [{"word": _("safe to start"), "state": "done"}]
    return []


def glasses_words(intake):
    """How far the patient is with part B; nothing before part A is sent and lets on to it."""
    if intake.glasses_sent_at:
        return [{"word": _("glasses: sent"), "state": "done"}]
    if intake.glasses_begun_at:
        return [{"word": _("glasses: filling in"), "state": "busy"}]
    if intake.sent_at and intake.state in MAY_FILL_IN:
        return [{"word": _("glasses: not opened"), "state": "todo"}]
    return []


def plan_words(intake):
    """Whether there is a plan: not yet, begun, or given to the patient; nothing before the glasses are sent."""
    if intake.release_code:
        return [{"word": _("plan: given"), "state": "done"}]
    if intake.plan_code:
        return [{"word": _("plan: draft"), "state": "busy"}]
    if intake.glasses_sent_at:
        return [{"word": _("plan: none yet"), "state": "todo"}]
    return []


def shelf_drawing(shelf):
    """The thirteen glasses in the shelf's own order as glyphs, for who may read the answers; nothing is counted."""
    if shelf is None:
        return []
    return [{"word": mark_safe(strip(drawn(shelf, get_language()))), "state": "shelf"}]


def _group(intake):
    if intake.unhandled != NONE_UNHANDLED:
        return _("To decide first")
    if intake.appointment_at is None:
        return _("Without an appointment")
    day = timezone.localtime(intake.appointment_at).date()
    words = date_format(day, "l j F")
    return _("Today, %(day)s") % {"day": words} if day == timezone.localdate() else words


def _when(intake):
    if intake.appointment_at is None:
        return ""
    at = timezone.localtime(intake.appointment_at)
    if intake.unhandled == NONE_UNHANDLED or at.date() == timezone.localdate():
        return date_format(at, "TIME_FORMAT")
    return date_format(at, "SHORT_DATETIME_FORMAT")


def _action(intake, urgency, url, patient_url, reviewable):
    """The natural next step: decide, look again, go through the glasses, make the plan, print it."""
    if urgency and reviewable:
        return {"label": _("Decide"), "url": url, "primary": True}
    if visit_words(intake):
        return {"label": _("Look again"), "url": reverse("desk:visits", args=[intake.code]), "primary": True}
    if reviewable and intake.sent_at and intake.state in GATE_OPEN:
        return _after_the_gate(intake) or {"label": _("Read"), "url": url}
    if reviewable:
        return {"label": _("Read"), "url": url}
    return {"label": pgettext("button", "Open"), "url": patient_url} if patient_url else None


def _after_the_gate(intake):
    if intake.release_code:
        return {"label": _("PDF"), "url": reverse("desk:document", args=[intake.release_code])}
    if intake.plan_code:
        return {"label": _("Plan"), "url": reverse("desk:plan", args=[intake.plan_code]), "primary": True}
    if intake.glasses_begun_at or intake.glasses_sent_at:
        sent = intake.glasses_sent_at is not None
        return {"label": _("Glasses"), "url": reverse("desk:glasses", args=[intake.code]), "primary": sent}
    return None
