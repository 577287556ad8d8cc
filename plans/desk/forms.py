"""The desk's forms: patients, intakes, decisions. Each lists its fields; nothing else of a request is read."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.web.forms import PlainForm
from intake import clearing
from intake.models import Clearance, Flag, Intake, Invitation, Patient
from intake.screening import Urgency

OLDEST = 120


class PatientForm(PlainForm, forms.ModelForm):
    """Who the patient is and how to reach them."""

    class Meta:
        model = Patient
        fields = ["given_name", "family_name", "birth_date", "email", "phone", "language"]
        widgets = {
            "birth_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        help_texts = {
            "email": _("For the link. Leave empty when the patient gets a slip."),
            "birth_date": _("The patient types it to open the link."),
        }

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if born > today:
            raise forms.ValidationError(_("This date of birth is in the future."))
        if born.year < today.year - OLDEST:
            raise forms.ValidationError(_("This date of birth is more than 120 years ago. Check the year."))
        return born


def offer(field, practitioners):
    """Let a practitioner field choose among these people, by name, or nobody yet."""
    field.queryset = practitioners
    field.empty_label = _("Nobody in particular yet")
    field.label_from_instance = lambda user: user.get_full_name()


class IntakeForm(PlainForm, forms.ModelForm):
    """One complaint: when the patient comes, and to whom."""

    class Meta:
        model = Intake
        fields = ["appointment_at", "practitioner"]
        widgets = {
            "appointment_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }
        labels = {"appointment_at": _("Appointment"), "practitioner": _("Practitioner")}
        help_texts = {
            "appointment_at": _("The link works until 14 days after it; without an appointment 30 days.")
        }

    def __init__(self, *args, practitioners, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["practitioner"], practitioners)


# The ways in which the desk gives a link; a reminder makes its own, the tablet and the consult have their buttons.
GIVEN = [choice for choice in Invitation.Channel.choices if choice[0] in ("email", "slip", "copy")]


class LinkForm(PlainForm, forms.Form):
    """How the link reaches the patient."""

    channel = forms.ChoiceField(label=_("Give the link"), choices=GIVEN)

    def __init__(self, *args, email="", **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_channel(self):
        channel = self.cleaned_data["channel"]
        if channel == Invitation.Channel.EMAIL and not self.email:
            raise forms.ValidationError(
                _("This patient has no e-mail address yet. Add one, or print a slip.")
            )
        return channel


class NewPatientForm(PatientForm):
    """A new patient with a first intake and, at once, a link."""

    LINKS = [("", _("Not now")), *GIVEN]

    appointment_at = IntakeForm.base_fields["appointment_at"]
    practitioner = IntakeForm.base_fields["practitioner"]
    channel = forms.ChoiceField(label=_("Give the link"), choices=LINKS, required=False, initial="slip")

    def __init__(self, *args, practitioners, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["practitioner"], practitioners)

    def clean(self):
        data = super().clean()
        if (
            data.get("channel") == Invitation.Channel.EMAIL
            and not data.get("email")
            and "email" not in self.errors
        ):
            self.add_error("email", _("Type the e-mail address that the link goes to, or choose a slip."))
        return data


class DecisionForm(PlainForm, forms.Form):
    """One decision on one flag, with exactly the reasons that its class has (clinical-brief B7)."""

    reason = forms.ChoiceField(
        label=_("Why may this flag go?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why this flag may go.")},
    )
    talked_with_patient = forms.BooleanField(label=_("I talked with the patient about it"), required=False)
    done_by = forms.CharField(
        label=_("By whom (name of the doctor or practitioner)"), max_length=200, required=False
    )
    done_on = forms.DateField(
        label=_("On which date (of the assessment or letter)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    tests = forms.CharField(label=_("Which tests you did, with their result"), max_length=500, required=False)
    explanation = forms.CharField(
        label=_("What you found or heard"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what you found or heard.")},
    )

    def __init__(self, *args, flag: Flag, **kwargs):
        kwargs.setdefault("prefix", f"clear-{flag.code}")
        super().__init__(*args, **kwargs)
        self.flag = flag
        reasons = flag.reasons
        labels = dict(Clearance.Reason.choices)
        self.fields["reason"].choices = [(reason.value, labels[reason.value]) for reason in reasons]
        details = {name for reason in reasons for name in clearing.DETAILS[reason]}
        if clearing.Reason.MISUNDERSTOOD in reasons and flag.urgency == Urgency.NOW.value:
            details.add("talked_with_patient")
        for name in {"talked_with_patient", "done_by", "done_on", "tests"} - details:
            del self.fields[name]

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > timezone.localdate():
            raise forms.ValidationError(_("This date is in the future."))
        return done_on

    def clean(self):
        data = super().clean()
        if not data.get("reason"):
            return data
        reason = clearing.Reason(data["reason"])
        for name in clearing.missing_details(reason, Urgency(self.flag.urgency), data):
            if name in self.fields and name not in self.errors:
                self.add_error(name, _("Needed for this reason."))
        return data


class ReferralForm(PlainForm, forms.Form):
    """To whom the patient goes first."""

    REFERRALS = [
        choice
        for choice in Clearance.Reason.choices
        if choice[0] in {referral.value for referral in clearing.Referral}
    ]

    to = forms.ChoiceField(
        label=_("Refer to"),
        choices=REFERRALS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose to whom the patient goes.")},
    )
    explanation = forms.CharField(
        label=_("What you agreed with the patient"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what you agreed.")},
    )

    def __init__(self, *args, flag: Flag, **kwargs):
        kwargs.setdefault("prefix", f"refer-{flag.code}")
        super().__init__(*args, **kwargs)


class NotReassuredForm(PlainForm, forms.Form):
    """A doubt in own words: it blocks although nothing was ticked."""

    explanation = forms.CharField(
        label=_("What does not reassure you?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoteForm(PlainForm, forms.Form):
    text = forms.CharField(
        label=_("Note for yourself"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only you read this."),
    )


class SearchForm(forms.Form):
    """Parts of a name, or a date of birth. Sent by POST, so that no name ever stands in an address or a log."""

    q = forms.CharField(label=_("Name or date of birth"), max_length=100, required=False)
