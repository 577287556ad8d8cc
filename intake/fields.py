"""Form fields for the patient's pages: a date in three boxes, a forced choice, a 0-10, a whole number."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

UNKNOWN = "unknown"


class DateBoxes(forms.MultiWidget):
    """Day, month and year as three number boxes: no picker, no guessing of an order."""

    def __init__(self, attrs=None):
        boxes = {name: forms.TextInput(attrs={"inputmode": "numeric"}) for name in ("day", "month", "year")}
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateBoxesField(forms.MultiValueField):
    """A date of the past, typed as day, month and year. Cleans to a date; says in one sentence what is wrong."""

    widget = DateBoxes

    def __init__(self, **kwargs):
        parts = [forms.CharField(max_length=4, required=False) for _part in range(3)]
        super().__init__(parts, require_all_fields=False, **kwargs)

    def clean(self, value):
        texts = [(part or "").strip() for part in (value or ["", "", ""])]
        if not all(texts):
            raise ValidationError(_("Fill in day, month and year."), code="required")
        if not all(text.isascii() and text.isdigit() for text in texts):
            raise ValidationError(_("Use numbers only, for instance 3 5 1979."), code="invalid")
        day, month, year = map(int, texts)
        if year < 1000:
            raise ValidationError(_("Write the year in four digits, for instance 1979."), code="invalid")
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            raise ValidationError(
                _("This day does not exist. Check day and month."), code="invalid"
            ) from None
        if date > timezone.localdate():
            raise ValidationError(_("This date is in the future. Check the year."), code="invalid")
        return date


class CardChoice(forms.ChoiceField):
    """One of a few cards, nothing chosen beforehand."""

    widget = forms.RadioSelect
    default_error_messages = {"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")}


class CardChoices(forms.MultipleChoiceField):
    """One or more cards."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "required": _("Choose at least one."),
        "invalid_choice": _("Choose from the list."),
        "invalid_list": _("Choose from the list."),
    }


class YesNoField(CardChoice):
    """Yes, no, and where it is offered 'I don't know'. Cleans to True, False or None."""

    def __init__(self, *, unknown=True, **kwargs):
        choices = [("yes", _("Yes")), ("no", _("No"))]
        if unknown:
            choices.append((UNKNOWN, _("I don't know")))
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value):
        return {"yes": True, "no": False}.get(super().clean(value))


class ScaleField(forms.TypedChoiceField):
    """A whole number from 0 to 10, or None where it may be skipped."""

    widget = forms.RadioSelect
    default_error_messages = {
        "required": _("Choose a number."),
        "invalid_choice": _("Choose a number from 0 to 10."),
    }

    def __init__(self, **kwargs):
        choices = [(str(number), str(number)) for number in range(11)]
        super().__init__(choices=choices, coerce=int, empty_value=None, **kwargs)


class WordsField(forms.CharField):
    """Free text. Over-long text is refused beside the field and stays there to be shortened."""

    default_error_messages = {
        "max_length": _(
            "This is %(show_value)d characters; at most %(limit_value)d fit. Shorten it a little."
        ),
    }

    def __init__(self, *, max_length, rows=4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = self.error_messages["max_length"]

    def widget_attrs(self, widget):
        # No maxlength: a browser would cut off what is pasted without a word.
        attrs = super().widget_attrs(widget)
        attrs["data-max"] = attrs.pop("maxlength")
        return attrs
