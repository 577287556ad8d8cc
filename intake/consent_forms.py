"""The forms of consent: each kind is a tick of its own, and none is ticked beforehand."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class ConsentForm(forms.Form):
    """Every box of the words in force. Without the needed one nothing is asked; a free one left empty is a no."""

    # A browser would say in its own words and language what is missing.
    use_required_attribute = False

    def __init__(self, data=None, *, boxes, given=None):
        super().__init__(data, initial=given or {})
        for box in boxes:
            self.fields[box.kind] = forms.BooleanField(
                label=box.label.in_language(get_language()),
                help_text=box.hint.in_language(get_language()),
                required=box.needed,
                error_messages={"required": _("Tick this box to go on. Rather on paper? Call us.")},
            )

    @property
    def needed(self):
        """The boxes without which nothing begins, as bound fields."""
        return [field for field in self if field.field.required]

    @property
    def free(self):
        """The boxes that one may leave empty, as bound fields."""
        return [field for field in self if not field.field.required]
