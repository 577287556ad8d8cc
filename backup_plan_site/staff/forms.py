"""Forms of the team and the practice. Each names its fields: nothing else can be posted into a row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backup_plan_site.web.forms import PlainForm

from .models import AuditEvent, Practice, User
from .roles import Role
from .verbs import in_words


class RolesField(forms.MultipleChoiceField):
    """At least one role; several may be ticked."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": _("Tick at least one role.")}

    def __init__(self, **kwargs):
        super().__init__(choices=Role.choices, label=_("Roles"), **kwargs)


class InviteForm(PlainForm, forms.ModelForm):
    """Somebody who comes to work here. Whoever already has a login keeps name, language and password."""

    roles = RolesField(
        help_text=_("Practitioners read patients' answers. The front desk sees names and appointments.")
    )

    class Meta:
        model = User
        fields = ["name", "email", "language"]

    def clean_email(self):
        return User.objects.normalize_email(self.cleaned_data["email"])

    def validate_unique(self):
        """An address that is known elsewhere is no mistake: the same person may work in two practices."""

    def validate_constraints(self):
        """As above: the action looks the person up."""


class RolesForm(PlainForm, forms.Form):
    roles = RolesField()


class PracticeForm(PlainForm, forms.ModelForm):
    class Meta:
        model = Practice
        fields = [
            "name",
            "phone",
            "email",
            "on_call_email",
            "out_of_hours",
            "default_language",
            "time_zone",
        ]
        widgets = {"out_of_hours": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}
        help_texts = {
            "phone": _("Patients see this number on every page."),
            "on_call_email": _("Answers that cannot wait are announced here at once, without a name."),
            "out_of_hours": _("Patients read this when something urgent comes up. Say who they can call."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Someone with an urgent answer is told to call; a practice without a number cannot be called.
        self.fields["phone"].required = True


class SwitchForm(PlainForm, forms.Form):
    """One of the practices where this person works."""

    practice = forms.ModelChoiceField(
        Practice.objects.none(),
        label=_("Practice"),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="code",
    )

    def __init__(self, *args, practices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["practice"].queryset = Practice.objects.filter(pk__in=[one.pk for one in practices])


class AuditFilterForm(PlainForm, forms.Form):
    """What to show of the audit trail. Choices come from the rows that may be seen."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Who"), required=False, empty_label=_("Everybody")
    )

    def __init__(self, *args, events: "models.QuerySet[AuditEvent]", **kwargs):  # noqa: F821
        super().__init__(*args, **kwargs)
        verbs = events.order_by("verb").values_list("verb", flat=True).distinct()
        self.fields["verb"].choices = [("", _("Everything")), *((verb, in_words(verb)) for verb in verbs)]
        self.fields["person"].queryset = User.objects.filter(
            pk__in=events.order_by().values("user").distinct()
        )
