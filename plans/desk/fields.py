"""The small parts of the composer's forms: words with a limit that is said, and rows that belong to one section."""

from math import isfinite

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from plans.models import LINE

TOO_LONG = _("At most %(limit_value)d characters fit here; you typed %(show_value)d.")
TOO_MUCH = _("This is more than anybody counts. Is it a slip of the finger?")
DIGITS = 12
DAYS_AWAY = 730
A_NUMBER = _("Type a number, such as 22 or 22.5.")
WHOLE_NUMBER = _("Type a whole number.")


class Words(forms.CharField):
    """Free text. Too much of it is refused with the limit and stays as typed; a browser would cut it off in silence."""

    def __init__(self, *, limit=LINE, rows=1, **kwargs):
        kwargs.setdefault("required", False)
        attrs = {"class": "form-control"}
        widget = forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)
        super().__init__(widget=widget, validators=[MaxLengthValidator(limit, TOO_LONG)], **kwargs)
        self.one_line = rows == 1

    def to_python(self, value):
        value = super().to_python(value)
        return " ".join(value.split()) if self.one_line else value.replace("\r\n", "\n")


class Number(forms.Field):
    """A number as people type it: with a comma or a point. `whole`: nothing behind it. Empty gives None."""

    def __init__(self, *, whole=False, **kwargs):
        kwargs.setdefault("required", False)
        mode = "numeric" if whole else "decimal"
        attrs = {"class": "form-control", "inputmode": mode, "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)
        self.whole = whole

    def prepare_value(self, value):
        """22.0 is shown as 22, and 22.5 as people of the reader's language write it."""
        if not isinstance(value, float):
            return value
        return formats.localize(int(value) if value == int(value) else value, use_l10n=True)

    def to_python(self, value):
        value = (value or "").strip()
        if not value:
            return None
        if len(value) > DIGITS:
            raise forms.ValidationError(TOO_MUCH)
        try:
            return int(value) if self.whole else finite(value.replace(",", "."))
        except ValueError:
            raise forms.ValidationError(WHOLE_NUMBER if self.whole else A_NUMBER) from None


def finite(text):
    """The number that was typed. Raises ValueError, for 'nan' and 'inf' too."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("error_messages", {"invalid": _("This is not a date that exists.")})
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value):
        super().validate(value)
        if value and abs((value - timezone.localdate()).days) > DAYS_AWAY:
            raise forms.ValidationError(_("Choose a day less than two years away."))


def choice(**kwargs):
    """One of a few, as radio buttons."""
    return forms.ChoiceField(widget=forms.RadioSelect, **kwargs)


def ticks(**kwargs):
    """Any of a few, as checkboxes."""
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False, **kwargs)


def select(**kwargs):
    return forms.ChoiceField(widget=forms.Select({"class": "form-select"}), **kwargs)


class Row(forms.Form):
    """One row of a section. `key` is its name in the form."""

    use_required_attribute = False

    def __init__(self, key, data=None, **kwargs):
        super().__init__(data, prefix=key, **kwargs)
        self.key = key


class Section:
    """The rows of one section of a plan, as a person typed them or as they stand.

    `name` is the section's; `rows` its forms; `refusals` what the plan itself refused, to be said above the rows.
    """

    name = ""

    def __init__(self, sheet, data=None):
        self.sheet = sheet
        self.data = data
        self.refusals = []
        self.lines = []
        self.rows = self.make_rows()

    @property
    def is_bound(self):
        return self.data is not None

    def make_rows(self):
        """The forms of this section."""
        raise NotImplementedError

    def is_valid(self):
        """Whether every row is right. Each row is looked at, so that all that is wrong is said at once."""
        return all([row.is_valid() for row in self.rows]) and not self.refusals

    @property
    def errors(self):
        """(id of the field, sentence) of everything that is wrong."""
        if not self.is_bound:
            return []
        wrong = [(f"section-{self.name}", sentence) for sentence in self.refusals]
        for row in self.rows:
            for field in row:
                at = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
                wrong += [(at, sentence) for sentence in field.errors]
        return wrong

    def refuse(self, sentence, lines=()):
        """Say above the rows why this cannot be saved; `lines` name what stands in the way."""
        self.refusals.append(sentence)
        self.lines = list(lines)

    def moved(self, keys):
        """`keys` with the row that was moved in its new place. A form without a moved row leaves them as they are."""
        way, _colon, key = self.data.get("move", "").partition(":")
        keys = list(keys)
        if key in keys:
            at = keys.index(key)
            keys.insert(max(0, at - 1) if way == "up" else at + 1, keys.pop(at))
        return keys

    def posted(self, known):
        """The keys of the rows as posted, in their order; without a form those that stand on the plan."""
        keys = dict.fromkeys(self.data.getlist("row"))
        return [key for key in keys if key in known]
