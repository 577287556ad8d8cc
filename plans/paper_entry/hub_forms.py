"""What the first page of typing asks: the signature on the paper, and who filled it in."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.consents import consent_text
from intake.models import Consent, Respondent
from plans.desk.fields import choice, select

from .fields import PaperForm

Who = Respondent.Who


class ConsentForm(PaperForm):
    """The consent that was signed on paper. Without the signature nothing may be typed in."""

    signed = forms.BooleanField(
        label=_("The paper is signed, and the box for the care record is ticked"),
        error_messages={
            "required": _("Without a signature nothing may be typed in. Ask the patient to sign first.")
        },
    )
    signed_on = forms.DateField(
        label=_("Signed on"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": _("Fill in the day."), "invalid": _("This is not a date that exists.")},
    )
    language = choice(label=_("Language of the paper"), choices=settings.LANGUAGES)

    def __init__(self, *args, language, **kwargs):
        kwargs.setdefault("initial", {"language": language})
        super().__init__(*args, **kwargs)
        labels = dict(Consent.Kind.choices)
        for box in consent_text().free:
            self.fields[box.kind] = forms.BooleanField(
                required=False, label=_("Also ticked: %(what)s") % {"what": labels[box.kind]}
            )

    def clean_signed_on(self):
        on = self.cleaned_data["signed_on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return on

    def given(self):
        """{kind: yes or no}: an empty free box is a no, as on the screen."""
        free = {box.kind: self.cleaned_data[box.kind] for box in consent_text().free}
        return {Consent.Kind.CARE.value: True, **free}

    @property
    def free_fields(self):
        return [self[box.kind] for box in consent_text().free]


class WhoForm(PaperForm):
    """Who filled in the paper. A helper's name may have been left blank there."""

    who = choice(
        label=_("Who filled in the paper?"),
        choices=Who,
        error_messages={"required": _("Choose an answer.")},
    )
    helper_name = forms.CharField(
        label=_("Name of who helped"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    relation = select(
        label=_("Who that is for the patient"),
        required=False,
        choices=[("", _("left blank")), *Respondent.Relation.choices],
    )
    present = select(
        label=_("Was the patient there?"),
        required=False,
        choices=[("", _("left blank")), ("yes", _("Yes")), ("no", _("No"))],
    )

    def values(self):
        """The columns of the Respondent row. Who answered alone has no helper."""
        data = self.cleaned_data
        if data["who"] == Who.SELF:
            return {"who": data["who"]}
        return {
            "who": data["who"],
            "helper_name": data["helper_name"],
            "relation": data["relation"],
            "patient_present": {"yes": True, "no": False}.get(data["present"]),
        }


class WayForm(PaperForm):
    """For a practitioner only: whether an answer stands on the paper, or was asked now."""

    PAPER, CONSULT = Respondent.Way.PAPER.value, Respondent.Way.CONSULT.value

    way = choice(
        label=_("Where do these answers come from?"),
        choices=[(PAPER, _("They stand on the paper")), (CONSULT, _("I asked the patient"))],
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
