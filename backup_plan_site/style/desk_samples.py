"""What the components of the desk show on the style page: every state, and words as long as Dutch has them."""

import segno
from django import forms
from django.utils.safestring import mark_safe

from backup_plan_site.web.forms import PlainForm

from .patient_samples import LONG

NAME = "Marie-Antoinette Vandenbroucke-Vansteenkiste"


class Fields(PlainForm, forms.Form):
    """One field of every kind."""

    use_required_attribute = False

    name = forms.CharField(label="Naam", help_text="Zoals op de kaart.")
    practitioner = forms.ChoiceField(label="Behandelaar", choices=[("", "Kies"), ("a", NAME)])
    note = forms.CharField(label="Uitleg", widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.BooleanField(label="Ik heb dit met de patiënt besproken")
    way = forms.ChoiceField(
        label="Hoe gaat de link?", choices=[("slip", "Op papier"), ("mail", LONG)], widget=forms.RadioSelect
    )


def everything():
    """The context of the page."""
    locked = Fields(prefix="locked", initial={"name": NAME, "practitioner": "a", "seen": True, "way": "slip"})
    for field in locked.fields.values():
        field.disabled = True
    return {
        "alert": {"text": "2 dringend, nog niet bevestigd", "url": "#"},
        "head": {
            "name": NAME,
            "born": "12 april 1950",
            "age": "76 jaar",
            "language": "Nederlands",
            "helper": "Samen met dochter",
            "contact": "0470 00 00 00",
            "urgency": "today",
            "word": "Wacht op een beslissing",
        },
        "sets": [
            ("Nothing filled in", Fields(prefix="empty")),
            ("Nothing filled in, and sent", Fields({}, prefix="wrong")),
            ("Cannot be changed", locked),
        ],
        "urgencies": ("now", "today", "days", "talk", ""),
        "levels": ("success", "info", "warning", "error"),
        "filters": [
            {"label": "Vandaag", "count": 12, "url": "#", "current": True},
            {"label": "Dringend", "count": 0, "url": "#"},
            {"label": LONG, "count": 1234, "url": "#"},
        ],
        "days": [
            {"label": "Vandaag", "rows": [_row(urgency) for urgency in ("now", "today", "days", "talk", "")]}
        ],
        "rows": [
            {"label": "Waar", "value": "Nek, bovenrug", "zones": ["neck", "upper-back"]},
            {"label": "In eigen woorden", "value": f"{LONG} {LONG}"},
            {"label": "Huisarts", "missing": True},
            {"label": "Duur", "value": ""},
        ],
        "practice": {"name": "Praktijk De Linde", "phone": "015 11 22 33"},
        "qr": mark_safe(segno.make("https://example.org/l/voorbeeld/", error="q").svg_inline(omitsize=True)),
        "link": "https://example.org/l/voorbeeld-van-een-heel-lange-link-die-niemand-overtikt/",
    }


def _row(urgency):
    return {
        "time": "09.30" if urgency else "",
        "name": NAME,
        "age": 76,
        "url": "#",
        "urgency": urgency,
        "unseen": urgency == "now",
        "seen_by": "Gezien door Pieter" if urgency == "today" else "",
        "helper": "met dochter" if urgency == "days" else "",
        "language": "Frans" if urgency == "talk" else "",
        "states": [
            {"word": "Verstuurd", "state": "done"},
            {"word": "Bezig", "state": "busy"},
            {"word": "Gestopt", "state": "stopped"},
            {"word": "Nog te doen", "state": "todo"},
            {"word": "Geen plan", "state": "none"},
        ],
        "action": {"label": "Bekijk", "url": "#", "primary": urgency == "now"},
    }
