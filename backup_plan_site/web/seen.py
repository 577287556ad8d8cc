"""Two tabs, two phones: what was saved elsewhere in the meantime is never overwritten without a word.

A page sends along, as the hidden field `seen`, a fingerprint of what it showed. When that is not what is saved now,
and what was typed differs from it, nothing is overwritten: the page shows both (409), with a fresh key and fingerprint.

    if accepts(request) and not changed_meanwhile(request, form): …
    context = {**seen(request, form)}

A form that is repeated with its own key never comes here: the memory of forms answers it.
"""

import json

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

FIELD = "seen"


def seen(request, form):
    """What a page's template reads: the fingerprint, and what is saved now where something else was typed."""
    rows = _rows(form) if changed_meanwhile(request, form) else []
    return {"seen": fingerprint(form), "meanwhile": rows}


def fingerprint(form):
    """What this form shows before anybody types, as a short opaque text."""
    shown = {bound.name: value for bound in form if (value := _plain(_saved(bound)))}
    return salted_hmac(__name__, json.dumps(shown, sort_keys=True), algorithm="sha256").hexdigest()[:24]


def changed_meanwhile(request, form):
    """Whether something else is saved now than the page showed, and something else than was typed.

    `form` holds what was sent, around what is saved now. False for a form that came without a fingerprint.
    """
    shown = request.POST.get(FIELD) if request.method == "POST" else None
    return bool(shown and shown != fingerprint(form) and _different(form))


def _different(form):
    return [bound for bound in form if _plain(bound.value()) != _plain(_saved(bound))]


def _rows(form):
    """What is saved now in words, of each field where something else was typed."""
    heading_of = getattr(form, "heading_of", lambda name: "")
    return [
        {"heading": heading_of(bound.name), "label": bound.label, "values": _words(bound)}
        for bound in _different(form)
    ]


def _words(bound):
    value = _plain(_saved(bound))
    if not value:
        return [_("Nothing filled in")]
    if value == "True":
        return [_("Yes")]
    values = value if isinstance(value, list) else [value]
    labels = {str(key): label for key, label in getattr(bound.field, "choices", ())}
    return [labels[one] for one in labels if one in values] if labels else values


def _saved(bound):
    return bound.field.prepare_value(bound.initial)


def _plain(value):
    """A value as a browser would send it: nothing typed, nothing ticked and nothing saved are all ''."""
    if value is None or value is False or value == "":  # a pain of 0 is an answer
        return ""
    if isinstance(value, list | tuple | set):
        return sorted(str(one) for one in value) or ""
    return str(value).replace("\r\n", "\n").strip()
