"""The questions before the safety lists, typed as ordinary small fields and read back."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from intake.facts import Facts
from intake.pages import CANNOT_DO, GP, OWN_WORDS, WORST_PLACE
from intake.screening_context import ALLOWED
from intake.telling.labels import value_of
from plans.desk.fields import Words
from plans.paper_codes import PHONE
from plans.paper_intake import SCALES, ask_of, asked_context, codes, context_only, hint_of, options_of

from .fields import OFF, PaperForm

# What the screen lets somebody leave empty: blank is then an answer too, 'nothing to say' (None).
MAY_BE_EMPTY = (GP, OWN_WORDS, CANNOT_DO, "onset_age")
LIMITS = {PHONE: 40, GP: 200, OWN_WORDS: 1000, CANNOT_DO: 1000}
UNKNOWN = "unknown"


class ContextForm(PaperForm):
    """One field for each C on the paper.

    `answers` are those before, for who may read them; `kept` the keys that have one.
    """

    def __init__(self, *args, intake, answers=None, kept=frozenset(), **kwargs):
        self.intake, self.kept = intake, kept
        self.keys = asked_context(intake)
        self.age = intake.patient.age_on(intake.began_on)
        told = {key: _shown(key, value) for key, value in (answers or {}).items()}
        kwargs.setdefault("initial", dict.fromkeys(self.keys, "") | told)
        super().__init__(*args, **kwargs)
        for key in self.keys:
            self.fields[key] = self._field(key)
            self.fields[key].label = f"{codes()[key]} {ask_of(key, get_language())}"
            hints = filter(None, (context_only(key, get_language()), str(hint_of(key))))
            self.fields[key].help_text = " ".join(hints)

    def _field(self, key):
        if key in SCALES:
            return _whole(10, _l("Type a number from 0 to 10."))
        if key == "onset_age":
            sentence = _("The patient is %(age)s, so this is a number from 0 to %(age)s.") % {"age": self.age}
            return _whole(self.age, sentence)
        if key in LIMITS:
            rows = 3 if key in (OWN_WORDS, CANNOT_DO) else 1
            return Words(limit=LIMITS[key], rows=rows)
        options = options_of(key, get_language())
        if key == "regions":
            return forms.MultipleChoiceField(
                choices=options, required=False, widget=forms.CheckboxSelectMultiple
            )
        # A radio button cannot be unchosen, so that blank is one of them.
        return forms.ChoiceField(
            choices=[*options, ("", _("left blank"))],
            required=False,
            widget=forms.RadioSelect(attrs={"autocomplete": "off"}),
        )

    def clean(self):
        data = super().clean()
        chosen, worst = data.get("regions") or [], data.get(WORST_PLACE)
        if worst and len(chosen) > 1 and worst not in chosen:
            self.refuse(
                WORST_PLACE,
                _("%(worst)s names a place that is not ticked at %(where)s. Look at the paper once more.")
                % {"worst": codes()[WORST_PLACE], "where": codes()["regions"]},
            )
        return data

    def values(self):
        """Answers by key as `save_page` takes them. What the paper left blank is not in it."""
        found = {}
        for key in self.keys:
            value = self.cleaned_data.get(key)
            if key == PHONE:
                continue
            if value in (None, "", []):
                # Typed again, an empty field takes nothing away.
                if key in MAY_BE_EMPTY and key not in self.kept:
                    found[key] = None
            else:
                found[key] = _meant(key, value)
        if found.get("sex") == "male" and "pregnant" in self.keys:
            found["pregnant"] = None
        if WORST_PLACE in found and len(found.get("regions", ())) < 2:
            del found[WORST_PLACE]
        return found

    def read_back(self):
        """(code, question, answer or '', note) of every question on the page."""
        language, values = get_language(), self.values()
        facts = Facts(values, self.age)
        shown = {key for page in facts.pages for key in page.keys}
        for key in self.keys:
            value = self.cleaned_data.get(key)
            said = value if key == PHONE else ""
            if key in values:
                said = value_of(key, values[key], language)
            yield codes()[key], ask_of(key, language), said or "", self._why_nothing(key, shown)

    def _why_nothing(self, key, shown):
        if key == PHONE:
            return (
                _("Not filled in")
                if not self.intake.patient.phone
                else _("Blank now; what was there before stays")
            )
        if key in self.kept:
            return _("Blank now; what was there before stays")
        return _("Not filled in") if key in shown or key in MAY_BE_EMPTY else _("Not asked of this person")


def _whole(most, sentence):
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=most,
        error_messages=wrong,
        widget=forms.TextInput(
            {**OFF, "class": "form-control typing typing--letter", "inputmode": "numeric"}
        ),
    )


def _meant(key, value):
    """A field's value in the contract's words."""
    if ALLOWED.get(key) is bool:
        return {"yes": True, "no": False}.get(value)
    return value


def _shown(key, value):
    """An answer as the field shows it."""
    if value is None:
        return UNKNOWN if ALLOWED.get(key) is bool else ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
