"""The small parts of the composer's forms: words with a limit that is said, and rows that belong to one section."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from plans.models import LINE

TOO_LONG = _("At most %(limit_value)d characters fit here; you typed %(show_value)d.")


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
