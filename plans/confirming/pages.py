"""The texts of the method for who reads and confirms them: section by section, each text in three languages.

Everybody of the practice may read; a practitioner confirms, in their own name and for their practice. Nothing here is
about a patient.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.content import LANGUAGES
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from plans import whole_method

from . import actions
from .labels import label, value
from .standing import history, standings

READERS = (Role.OWNER, Role.PRACTITIONER, Role.DESK)


@allow(*READERS)
@require_safe
def texts(request):
    """Every section, with how many of its texts still wait for a name."""
    now = standings(request.actor)
    rows = [
        {
            "section": section,
            "title": section.title_in(translation.get_language()),
            "all": len(section.entries),
            "waiting": sum(not now[entry.key].confirmed for entry in section.entries),
        }
        for section in whole_method.sections()
    ]
    return render(request, "plans/confirming/texts.html", {"rows": rows})


@allow(*READERS)
@require_safe
def section(request, section):
    """The texts of one section, and for a practitioner the button that confirms all that wait."""
    return _section_page(request, _the_section(section))


@allow(*READERS)
@require_safe
def text(request, key):
    """One text in every language, with who decided what on it."""
    return _text_page(request, _the_entry(key))


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def confirm(request, key):
    """Confirm one text, and go on to the next one of its section that waits."""
    entry = _the_entry(key)
    if not accepts(request):
        return conflict(request)
    try:
        actions.confirm(request.actor, {entry.key: request.POST.get("seen", "")})
    except actions.OtherWords:
        return _text_page(request, entry, changed=True, status=409)
    messages.success(request, _("Confirmed, in your name: %(text)s") % {"text": _name(entry)})
    after = _next_waiting(request.actor, entry)
    return redirect("desk:text", after.key) if after else redirect("desk:texts-section", entry.section)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def confirm_section(request, section):
    """Confirm every text that the page of a section listed: all of them, or none."""
    asked = _the_section(section)
    if not accepts(request):
        return conflict(request)
    seen = dict(one.rpartition("=")[::2] for one in request.POST.getlist("seen"))
    if not seen.keys() <= {entry.key for entry in asked.entries}:
        return _section_page(request, asked, changed=True, status=409)
    try:
        made = len(actions.confirm(request.actor, seen))
    except actions.OtherWords:
        return _section_page(request, asked, changed=True, status=409)
    words = ngettext(
        "%(made)s text confirmed, in your name.", "%(made)s texts confirmed, in your name.", made
    )
    messages.success(request, words % {"made": made} if made else _("Nothing waited here any more."))
    return redirect("desk:texts-section", asked.id)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def withdraw(request, key):
    """Take a confirmation back."""
    entry = _the_entry(key)
    if not accepts(request):
        return conflict(request)
    if actions.withdraw(request.actor, entry.key):
        messages.success(request, _("The confirmation is withdrawn, in your name."))
    return redirect("desk:text", entry.key)


# --- the pages ---------------------------------------------------------------------------------------


def _section_page(request, asked, *, changed=False, status=200):
    now = standings(request.actor)
    rows = [{"standing": now[entry.key], "entry": entry, "name": _name(entry)} for entry in asked.entries]
    context = {
        "part": asked,
        "title": asked.title_in(translation.get_language()),
        "rows": rows,
        "waiting": [row for row in rows if not row["standing"].confirmed],
        "may_confirm": request.actor.clinical,
        "changed": changed,
    }
    return render(request, "plans/confirming/section.html", context, status=status)


def _text_page(request, entry, *, changed=False, status=200):
    asked = _the_section(entry.section)
    order = [one.key for one in asked.entries]
    place = order.index(entry.key)
    context = {
        "entry": entry,
        "name": _name(entry),
        "part": asked,
        "title": asked.title_in(translation.get_language()),
        "standing": standings(request.actor)[entry.key],
        "pieces": [
            {
                "label": label(piece),
                "for_practitioner": piece.for_practitioner,
                "texts": [(code, _own_name(code), getattr(piece.text, code)) for code in LANGUAGES],
            }
            for piece in entry.texts
        ],
        "settings": [{"label": one.where, "value": value(one)} for one in entry.settings],
        "history": history(request.actor, entry),
        "before": asked.entries[place - 1] if place else None,
        "after": asked.entries[place + 1] if place + 1 < len(order) else None,
        "may_confirm": request.actor.clinical,
        "changed": changed,
    }
    return render(request, "plans/confirming/text.html", context, status=status)


def _name(entry):
    return entry.name.in_language(translation.get_language())


def _own_name(code):
    return translation.get_language_info(code)["name_local"].capitalize()


def _next_waiting(actor, entry):
    """The first text of the same section that waits: after this one, else from the top; None when none does."""
    order = _the_section(entry.section).entries
    now, place = standings(actor), order.index(entry)
    waiting = [one for one in (*order[place + 1 :], *order[:place]) if not now[one.key].confirmed]
    return waiting[0] if waiting else None


def _the_section(key):
    for one in whole_method.sections():
        if one.id == key:
            return one
    raise Http404


def _the_entry(key):
    try:
        return whole_method.entries()[key]
    except KeyError:
        raise Http404 from None
