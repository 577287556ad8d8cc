"""What the verbs of the audit trail are called for people. Each app names its own when it starts."""

from django.utils.translation import gettext_lazy as _

_words = {
    "member.invited": _("Colleague invited"),
    "member.roles-changed": _("Roles changed"),
    "member.ended": _("Colleague ended"),
    "practice.created": _("Practice made"),
    "practice.changed": _("Practice changed"),
}


def name(words):
    """Add the words of one app's verbs."""
    _words.update(words)


def in_words(verb):
    """The verb for a reader; the verb itself where nobody named it."""
    return str(_words.get(verb, verb))
