"""The words of the pages about a practice's own things: what each kind, field and choice is called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.own_models import OwnItem

from .body import END, EXERCISE, HELPER, START, TEXT, TIP

# The tabs, by their name in addresses.
TABS = {"tips": TIP, "exercises": EXERCISE, "helpers": HELPER, "texts": TEXT}
SLUGS = {kind: slug for slug, kind in TABS.items()}
TITLES = {
    TIP: _("Tips"),
    EXERCISE: _("Exercises"),
    HELPER: _("Helpers nearby"),
    TEXT: _("Texts of the practice"),
}
NEW = {
    TIP: _("New tip"),
    EXERCISE: _("New exercise"),
    HELPER: _("New helper"),
    TEXT: _("New text"),
}
INTRODUCTIONS = {
    TIP: _("Your own tips stand beside ours when you make a plan. Ours stay as they are."),
    EXERCISE: _("Your own exercises stand beside ours, with your own photos. Ours stay as they are."),
    HELPER: _("People and places nearby. You choose them with the glasses that they can help with."),
    TEXT: _("A few sentences of your own that patients read."),
}
PLACES = dict(OwnItem.Place.choices)
PLACE_HINTS = {
    OwnItem.Place.WELCOME: _("Patients read it when they have opened their link."),
    OwnItem.Place.BRING: _("Patients read it on their first page, and when everything is sent."),
    OwnItem.Place.OUT_OF_HOURS: _("It takes the place of the sentence among the practice's details."),
    OwnItem.Place.CLOSING: _("The plan on paper ends with it."),
}
LABELS = {
    "text": pgettext_lazy("own", "The words"),
    "care": _("Take note"),
    "name": _("Name"),
    "goal": _("What it is for"),
    "start": _("Starting position"),
    "steps": _("Steps"),
    "feel": _("What you feel"),
    "dose": _("How much"),
    "stop": _("When to stop"),
    "easier": _("Easier"),
    "harder": _("Harder"),
    "note": _("Note"),
}
HINTS = {
    "text": _("As the patient reads it: short and friendly."),
    "care": _("Only where somebody has to be careful. It stands beside it on paper."),
    "steps": _("Three to five steps, each on a line of its own."),
    "stop": _("One to three lines."),
    "dose": _("For instance: 8 times, 2 times a day."),
    "note": _("For instance: call first, or which language they speak."),
}
KINDS = {
    "gp": _("GP"),
    "physio": _("Physiotherapist"),
    "dietician": _("Dietician"),
    "psychologist": _("Psychologist"),
    "smoking": _("Help to stop smoking"),
    "pharmacist": _("Pharmacist"),
    "coach": _("Coach"),
    "sport": _("Sports club"),
    "work": _("Help at work"),
    "foot": _("Podiatrist"),
    "relaxation": _("Relaxation therapist"),
    "social": _("Social worker"),
    "club": _("Club or association"),
    "other": _("Somebody else"),
}
PHOTOS = {START: _("Photo of the start"), END: _("Photo of the end")}
