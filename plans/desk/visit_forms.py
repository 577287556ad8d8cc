"""The forms of the visits page: one visit, and the look again."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.web.forms import PlainForm
from plans.models import VisitChoice
from plans.visit_models import EXPLANATION, NOTE
from plans.visits import MOST

from .fields import Words

PERCENTAGE = _("Type a whole number from 0 to 100.")


class VisitForm(PlainForm, forms.Form):
    """One visit: on which day, how it goes since the first treatment, and a note. `began_on` is the first day."""

    use_required_attribute = False

    on = forms.DateField(
        label=_("Day of the visit"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Fill in the day."), "invalid": _("This is not a date that exists.")},
    )
    better = forms.IntegerField(
        label=_("% better than before the first treatment"),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The patient says a number from 0 to 100. Leave it empty when you did not ask."),
        error_messages={"invalid": PERCENTAGE, "min_value": PERCENTAGE, "max_value": PERCENTAGE},
    )
    worse = forms.BooleanField(label=_("Worse than before the first treatment"), required=False)
    note = Words(
        limit=NOTE,
        rows=3,
        label=_("Note on this visit"),
        help_text=_("For the practitioners here; it goes on no paper. At most 500 characters."),
    )

    def __init__(self, data=None, *, began_on, visit=None, prefix="visit"):
        names = ("on", "better", "worse", "note")
        initial = {name: getattr(visit, name) for name in names} if visit else {"on": timezone.localdate()}
        super().__init__(data, initial=initial, prefix=prefix)
        self.began_on = began_on
        self.visit = visit

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        if on < self.began_on:
            raise forms.ValidationError(_("This is before the intake began."))
        return on

    def clean(self):
        data = super().clean()
        if data.get("worse") and data.get("better") is not None:
            self.add_error("worse", _("Choose one: a number, or worse."))
        return data

    def refuse_day(self):
        """Say beside the day that it has a visit already."""
        self.add_error("on", _("There is a visit on this day already."))


class LookAgainForm(PlainForm, forms.Form):
    """What was done when the fourth visit was not halfway. Without a step and a reason it stays open."""

    use_required_attribute = False

    steps = forms.MultipleChoiceField(
        label=_("What did you do?"),
        choices=VisitChoice.Step,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what you did.")},
    )
    explanation = forms.CharField(
        label=_("What you found, and how you go on"),
        max_length=EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what you found.")},
    )

    def __init__(self, data=None):
        super().__init__(data, prefix="again")
