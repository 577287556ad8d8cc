"""The patient's forms: one per page of part A. `values()` gives answers in the words of the screening contract."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import pages
from .fields import UNKNOWN, CardChoice, CardChoices, DateBoxesField, ScaleField, WordsField, YesNoField
from .red_flags import red_flags
from .screening import follow_ups
from .screening_context import LAST_AGE_OF_PREGNANCY

COURSES = [("better", _("Better")), ("same", _("The same")), ("worse", _("Worse"))]


class BirthDateForm(forms.Form):
    """The wrong-mailbox check of a link."""

    use_required_attribute = False

    birth_date = DateBoxesField(
        label=_("When were you born?"), help_text=_("So that we know this link reached the right person.")
    )


class PageForm(forms.Form):
    """A page of part A. `facts` is what was told before."""

    # A browser would hold back a page for a follow-up question that it does not even show.
    use_required_attribute = False

    def __init__(self, *args, facts, **kwargs):
        self.facts = facts
        kwargs.setdefault("initial", dict(facts.latest))
        super().__init__(*args, **kwargs)

    def values(self):
        """Answers by key, of the fields that are right; 'I don't know' and nothing typed are None."""
        blank = (None, "", [])
        return {key: None if value in blank else value for key, value in self.cleaned_data.items()}

    def ask(self, key, field):
        """Put one context question of clinical-brief B2 on this page, in the reader's language."""
        fact = red_flags().fact[key]
        field.label = fact.ask.in_language(get_language())
        if isinstance(field, forms.ChoiceField) and not field.choices:
            field.choices = [
                (one.key, capfirst(one.label.in_language(get_language()))) for one in fact.answers
            ]
        self.fields[key] = field
        if isinstance(field, YesNoField) and key in self.facts.latest and self.facts.latest[key] is None:
            self.initial[key] = UNKNOWN  # 'I don't know' was an answer too.


class AboutForm(PageForm):
    """Who fills in: sex and pregnancy because rules need them, phone and GP for the practice."""

    def __init__(self, *args, patient=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask("sex", CardChoice())
        if self.facts.age <= LAST_AGE_OF_PREGNANCY:
            # The page hides it when 'male' is chosen, so it is needed only for the others.
            self.ask("pregnant", CardChoice(required=False))
        self.fields["phone"] = forms.CharField(
            label=_("On which number can we reach you?"),
            max_length=40,
            required=False,
            initial=patient.phone if patient else "",
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        )
        self.fields[pages.GP] = forms.CharField(
            label=_("Who is your GP?"),
            help_text=_("Name and town. You may leave this empty."),
            max_length=200,
            required=False,
        )

    def clean(self):
        data = super().clean()
        shown = "pregnant" in self.fields and data.get("sex") not in (None, "male")
        if shown and not data.get("pregnant") and "pregnant" not in self.errors:
            self.add_error("pregnant", forms.ValidationError(_("Choose an answer."), code="required"))
        return data

    def values(self):
        values = super().values()
        values.pop("phone", None)
        if values.get("sex") == "male" and "pregnant" in self.fields:
            values["pregnant"] = None
        return values


class WhereForm(PageForm):
    """The places that hurt."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask("regions", CardChoices())


class ComplaintForm(PageForm):
    """The complaint in the patient's own words. No rule reads them: free text never lowers a class."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.facts.context.regions
        if len(chosen) > 1:
            self.fields[pages.WORST_PLACE] = CardChoice(
                label=_("Where does it bother you most?"),
                choices=[
                    (place.key, capfirst(place.label.in_language(get_language())))
                    for place in red_flags().fact["regions"].answers
                    if place.key in chosen
                ],
            )
        self.fields[pages.OWN_WORDS] = WordsField(
            label=_("What is the matter? Tell us in your own words."),
            help_text=_("A few sentences are enough. You may leave this empty."),
            max_length=1000,
            rows=5,
            required=False,
        )
        self.fields[pages.CANNOT_DO] = WordsField(
            label=_("What can you not do now that you would like to do?"),
            help_text=_("For instance: gardening, sleeping through, lifting my grandchild."),
            max_length=1000,
            rows=3,
            required=False,
        )


class SinceForm(PageForm):
    """Since when, and how it began."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask("duration", CardChoice())
        self.ask(
            "onset_age",
            forms.IntegerField(
                required=False,
                min_value=0,
                max_value=self.facts.age,
                help_text=_("A rough guess is fine. Don't know? Leave it empty."),
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": _("Use numbers only, for instance 35."),
                    "min_value": _("Use numbers only, for instance 35."),
                    "max_value": _("You are %(limit_value)s now, so this can be at most %(limit_value)s."),
                },
            ),
        )
        self.ask("first_episode", YesNoField())
        self.ask("sudden_onset", YesNoField(unknown=False, help_text=_("Not sure? Choose yes.")))


class PainForm(PageForm):
    """How the pain behaves."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask("recent_fall", YesNoField())
        self.ask("changes_with_movement", YesNoField())
        self.fields[pages.COURSE] = CardChoice(
            label=_("How has it been in the last few days?"),
            choices=COURSES,
            help_text=_("Compared with how it began."),
        )
        self.fields[pages.PAIN_NOW] = ScaleField(
            label=_("How bad is the pain now?"),
            help_text=_("0 is no pain, 10 is the worst pain you can think of."),
        )
        self.ask("worst_pain", ScaleField())


class HealthForm(PageForm):
    """Four facts that some rules need."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key in ("blood_thinners", "smoker", "high_blood_pressure", "spine_procedure_3_months"):
            self.ask(key, YesNoField())


class SafetyForm(PageForm):
    """One page of the three lists: each question a forced choice, its follow-ups behind a yes or not sure."""

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = page.keys
        language = get_language()
        for item in self.items:
            self.fields[item] = self._choice(red_flags().ask(item).in_language(language))
            for key in follow_ups(item, "yes", self.facts.context):
                self.fields[key] = self._choice(red_flags().ask(key).in_language(language), required=False)

    @staticmethod
    def _choice(label, *, required=True):
        choices = [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))]
        return CardChoice(label=label, choices=choices, required=required)

    def clean(self):
        data = super().clean()
        for key in self._shown(data):
            if not data.get(key) and key not in self.errors:
                self.add_error(key, forms.ValidationError(_("Please answer this one too."), code="required"))
        return data

    def values(self):
        """Answers of the items, and of the follow-ups that these answers show. What was not answered is left out."""
        shown = set(self._shown(self.cleaned_data)) | set(self.items)
        return {key: value for key, value in self.cleaned_data.items() if key in shown and value}

    def _shown(self, data):
        return [
            key for item in self.items for key in follow_ups(item, data.get(item) or "", self.facts.context)
        ]

    def blocks(self):
        """For the template: each question with field, 'for instance' lines, follow-ups and what opens them."""
        language = get_language()
        for number, item in enumerate(self.items, start=1):
            question = red_flags().by_id[item]
            shown = follow_ups(item, "yes", self.facts.context)
            yield {
                "number": number,
                "field": self[item],
                "examples": [line.in_language(language) for line in question.lines],
                "followups": [self[key] for key in shown],
                "opens": "yes-unsure" if follow_ups(item, "unsure", self.facts.context) else "yes",
            }


FORMS = {
    "about": AboutForm,
    "where": WhereForm,
    "complaint": ComplaintForm,
    "since": SinceForm,
    "pain": PainForm,
    "health": HealthForm,
    "safety": SafetyForm,
}
