"""What the forms of people who work in a practice have in common."""

from crispy_forms.helper import FormHelper


class PlainForm:
    """A crispy form whose `<form>` tag, token, idempotency key and buttons stand in the template."""

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
