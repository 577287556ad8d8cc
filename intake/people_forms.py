"""Forms about the people around an intake: who fills in, and the code on the practice's tablet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import tokens
from .fields import CardChoice, YesNoField
from .models import Respondent

Who = Respondent.Who


class WhomForm(forms.Form):
    """Who fills in. Nothing is chosen beforehand; what only a helper is asked is dropped for who fills in alone."""

    # A browser would hold back the page for a question that it does not even show.
    use_required_attribute = False

    who = CardChoice(
        label=_("Who fills this in?"),
        help_text=_("So that your practitioner knows who is answering."),
        choices=[
            (Who.SELF.value, _("I fill it in for myself")),
            (Who.TOGETHER.value, _("I fill it in together with somebody")),
            (Who.FOR.value, _("I fill it in for somebody else")),
        ],
    )
    helper_name = forms.CharField(
        label=_("What is the helper's name?"), max_length=100, required=False, widget=forms.TextInput
    )
    relation = CardChoice(
        label=_("Who is the helper for the patient?"), choices=Respondent.Relation, required=False
    )
    patient_present = YesNoField(label=_("Is the patient sitting beside you?"), unknown=False, required=False)

    def clean(self):
        data = super().clean()
        who = data.get("who")
        if who in (Who.TOGETHER, Who.FOR):
            self._ask_for("helper_name", _("Fill in the helper's name."))
            self._ask_for("relation", _("Choose an answer."))
        if who == Who.FOR:
            self._ask_for("patient_present", _("Choose an answer."))
        return data

    def values(self):
        """What `answer_as` takes."""
        data, who = self.cleaned_data, self.cleaned_data["who"]
        if who == Who.SELF:
            return {"who": who}
        present = {"patient_present": data["patient_present"]} if who == Who.FOR else {}
        return {"who": who, "helper_name": data["helper_name"], "relation": data["relation"], **present}

    def forgive_empty(self):
        """After a language button only what was typed wrongly is named, not what has not been reached yet."""
        for name, errors in list(self.errors.items()):
            if all(error.code == "required" for error in errors.as_data()):
                del self.errors[name]

    def _ask_for(self, name, sentence):
        if name not in self.errors and self.cleaned_data.get(name) in ("", None):
            self.add_error(name, forms.ValidationError(sentence, code="required"))


class CodeForm(forms.Form):
    """The code that the desk shows, typed on the practice's tablet."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Which code did you get?"),
        help_text=_("Ask for it at the desk. Capitals or small letters: both are fine."),
        max_length=40,
        error_messages={"required": _("Fill in the six letters and figures.")},
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_code(self):
        """The code as it is stored. One of another length was mistyped, and is no try."""
        code = tokens.plain_code(self.cleaned_data["code"])
        if len(code) != tokens.CODE_LENGTH:
            raise forms.ValidationError(_("A code has six letters and figures."), code="length")
        return code
