"""The small boxes of the typing pages. Browsers remember nothing that is typed in them."""

from django import forms

from plans.paper_typing import Mistyped, read_letter, read_numbers

from .words import refusal

OFF = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class PaperForm(forms.Form):
    """A page of a paper form. Nothing is required: what the paper left blank stays blank."""

    use_required_attribute = False

    def refuse(self, name, sentence):
        self.add_error(name, forms.ValidationError(sentence))


class NumbersField(forms.CharField):
    """`1 3-5`, or `n` for none; with `may_skip` also `s`. Cleans to paper_typing.Typed."""

    def __init__(self, *, known, may_skip=False, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput({**OFF, "class": "form-control typing", "inputmode": "text"})
        )
        super().__init__(required=False, **kwargs)
        self.known, self.may_skip = known, may_skip

    def clean(self, value):
        try:
            return read_numbers(super().clean(value), self.known, may_skip=self.may_skip)
        except Mistyped as wrong:
            raise refusal(wrong) from None


class LetterField(forms.CharField):
    """One letter for one answer. Cleans to the answer, '' where nothing was typed."""

    def __init__(self, *, letters, told, **kwargs):
        attrs = {**OFF, "class": "form-control typing typing--letter"}
        super().__init__(required=False, widget=forms.TextInput(attrs), **kwargs)
        self.letters, self.told = letters, told

    def clean(self, value):
        try:
            return read_letter(super().clean(value), self.letters)
        except Mistyped as wrong:
            raise refusal(wrong, letters=str(self.told)) from None
