"""What the patient's components show on the style page: every state, and words as long as Dutch has them."""

import datetime

from django import forms

from intake.fields import CardChoice, CardChoices, DateBoxesField, ScaleField, WordsField, YesNoField
from intake.red_flags import red_flags
from triggers.shelf_glass import DrawnGlass

LONG = "Arbeidsongeschiktheidsverzekeringsmaatschappij"
ANSWERS = [("yes", "Ja"), ("no", "Nee"), ("unsure", "Weet ik niet")]
FAMILIES = (("orange", "Oranje"), ("green", "Groen"), ("blue", "Blauw"))


class Fields(forms.Form):
    """One field of every kind."""

    use_required_attribute = False

    one = CardChoice(label="Hoelang duurt dit nu al?", choices=[("a", "Minder dan 6 weken"), ("b", LONG)])
    thirds = YesNoField(label="Rook je, of heb je vroeger gerookt?", help_text="Vapen telt mee.")
    some = CardChoices(
        label="Tik aan wat bij je past.",
        choices=[
            ("a", "Ik zit veel."),
            ("b", f"Ik werk bij een {LONG}."),
            ("none", "Niets hiervan past bij mij"),
        ],
    )
    tick = forms.BooleanField(label="Ja, jullie mogen mijn antwoorden bewaren", help_text="Dit is nodig.")
    line = forms.CharField(label="Wie is je huisarts?", help_text="Naam en gemeente.")
    words = WordsField(label="Wat is er aan de hand?", max_length=200, help_text="Een paar zinnen volstaan.")
    number = forms.IntegerField(label="Hoe lang ben je?", max_value=250)
    day = DateBoxesField(label="Wanneer ben je geboren?")
    scale = ScaleField(label="Hoe erg is de pijn nu?")


class Where(forms.Form):
    """The page with the body: the real question, so that its places light up."""

    regions = CardChoices(label="Waar heb je pijn?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        answers = red_flags().fact["regions"].answers
        self.fields["regions"].choices = [(one.key, one.label.nl) for one in answers]


class Questions(forms.Form):
    """A safety question with what follows it."""

    ask = CardChoice(label="Voelt het doof of vreemd rond je anus of je geslachtsdelen?", choices=ANSWERS)
    follow = CardChoice(label="Nieuw of erger in de voorbije 2 weken?", choices=ANSWERS)

    def after(self):
        """The questions that an answer opens."""
        return [self["follow"]]


FILLED = {
    "one": "b",
    "thirds": "no",
    "some": ["a", "b"],
    "tick": "on",
    "line": LONG,
    "words": f"{LONG}. " * 5,
    "number": "999",
    "day_day": "31",
    "day_month": "2",
    "day_year": "1950",
    "scale": "10",
}


def everything():
    """The context of the page."""
    locked = Fields(auto_id="locked_%s", initial={"one": "a", "some": ["b"], "line": "Dokter Peeters"})
    for field in locked.fields.values():
        field.disabled = True
    return {
        "practice": {"name": "Praktijk De Linde", "phone": "015 11 22 33", "emergency_number": "112"},
        "back_url": "desk/",
        "step": {"number": 4, "total": 13, "label": "De pijn"},
        "answering_for": "Georgette Vandenbroucke-Vansteenkiste",
        "saved_at": datetime.time(10, 42),
        "sets": [
            ("Nothing filled in", Fields(auto_id="empty_%s")),
            ("Filled in, and what is wrong", Fields(FILLED, auto_id="filled_%s")),
            ("Nothing filled in, and sent", Fields({}, auto_id="wrong_%s")),
            ("Cannot be changed", locked),
        ],
        "where": Where({"regions": ["neck", "low-back"]}, auto_id="where_%s"),
        "questions": [
            Questions(auto_id="ask_%s"),
            Questions(initial={"ask": "yes"}, auto_id="opened_%s"),
            Questions({}, auto_id="asked_%s"),
        ],
        "examples": ["bijvoorbeeld bij het afvegen", LONG],
        "cares": [_care(urgency) for urgency in ("now", "today", "days", "talk")],
        "rows": [
            {"label": "Hoelang duurt dit nu al?", "value": "Minder dan 6 weken", "url": "#"},
            {
                "label": "Heb je een van deze klachten?",
                "examples": "koorts; rillingen",
                "value": "Nee",
                "url": "#",
            },
            {"label": "Waar doet het pijn?", "value": "Nek, heup", "zones": ["neck", "leg"], "url": "#"},
            {"label": "Wie is je huisarts?", "missing": True, "url": "#"},
            {"label": LONG, "value": LONG * 2, "url": "#"},
            {"label": "Je leeftijd", "value": ""},
        ],
        "tasks": [
            {"title": title, "url": url, "hint": "Ongeveer 10 minuten.", "state": state}
            for title, url, state in (
                ("Veilig starten", "", "done"),
                ("Mijn glazen", "#", "todo"),
                (LONG, "#", "busy"),
                ("Mijn plan", "", "locked"),
            )
        ],
        "kinds": ("good", "link", "mail", "lock", "info"),
        "levels": ("success", "info", "warning", "error"),
        "families": [
            {
                "key": key,
                "name": name,
                "glasses": [_glass(key, name, fills) for fills in ("yes", "bit", "no")],
            }
            for key, name in FAMILIES
        ],
        "marks": [
            {"family": key, "state": state} for key, _name in FAMILIES for state in ("done", "here", "todo")
        ],
        "number": 5,
        "total": 9,
        "family": "Groen",
        "long": LONG,
    }


def _care(urgency):
    calls = [
        {"what": "Bel 112", "number": "112", "note": "gratis, dag en nacht"},
        {"what": "Bel Praktijk De Linde", "number": "015 11 22 33", "note": "015 11 22 33"},
    ]
    return {
        "urgency": urgency,
        "title": "Bel vandaag nog je huisarts",
        "lead": "Je plan wacht tot een arts ernaar gekeken heeft.",
        "calls": calls if urgency in ("now", "today") else [],
        "steps": ["De zenuw heeft misschien snel hulp nodig."],
        "tell": ["Voelt het doof of vreemd? Ja."] if urgency in ("now", "today") else [],
        "worse": "" if urgency == "now" else "Plots erger? Bel 112.",
    }


def _glass(family, label, fills):
    size = {"yes": "giant", "bit": "small", "no": "medium"}[fills]
    return DrawnGlass(f"{family}-{fills}", family, label, fills, size=size, compensated=fills == "yes")
