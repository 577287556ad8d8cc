"""What is said to who types: why something cannot be read, and which letters do what in the reader's language."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def refusal(mistyped, letters=""):
    """A ValidationError with one clear sentence for what could not be read. `letters` are those of the box."""
    sentences = {
        "unknown": _("“%(what)s” cannot be read here. Type numbers such as 1 3 5, or n for none."),
        "no-such-number": _("There is no %(what)s on this list; it goes to %(last)s."),
        "backwards": _("%(what)s runs backwards. Type the lower number first."),
        "both": _("Type numbers, or one letter: not both."),
        "twice": _("%(what)s stands in two boxes. Keep it in one."),
        "letter": _("“%(what)s” is no answer here. Type one of: %(letters)s."),
    }
    told = {"what": mistyped.what[:20], "last": mistyped.last, "letters": letters}
    return ValidationError(sentences[mistyped.why] % told, code=mistyped.why)


def letters_yes_no():
    return _("y = yes, n = no")


def letters_yes_no_unsure():
    return _("y = yes, n = no, ? = not sure")


def letters_fills():
    return _("y = yes, b = a bit, n = no")
