"""What every page of part B shares: who may be here, what a button does, where it leads."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.actions import Frozen
from intake.views.context import patient_context
from intake.views.pages import leaves_early, use_language
from intake.way import next_address, part_b_is_open
from triggers.actions import NotOpen
from triggers.here import remember_practice
from triggers.progress import Progress, around
from triggers.support import support

# Pages that a 'Change' link may come from; it leads back to them.
RETURNS = ("check", "shelf")


def progress_of(request, *, begun=True):
    """(progress, redirect): the redirect is there when this patient has no business here.

    That is when the lists do not let anybody on, when part B was sent, and with `begun` while the lesson was not read.
    """
    screening = request.intake.screening
    if not part_b_is_open(screening):
        return None, redirect(next_address(request.intake, screening))
    progress = Progress.of(request.patient, request.intake)
    if progress.sent:
        remember_practice(request.session, request.intake)
        return progress, redirect("triggers:thanks")
    if begun and not progress.begun:
        return progress, redirect("triggers:lesson", request.intake.code)
    return progress, None


def onward(request, name, number=1):
    """Where 'Go on' leads: back to the page whose 'Change' link was followed, else to the page that follows."""
    return _return(request) or around(request.intake, name, number)[1]


def backward(request, name, number=1):
    """Where 'Back' leads: to the page whose 'Change' link was followed, else to the page before."""
    return _return(request) or around(request.intake, name, number)[0]


def do(request, form, save, to):
    """Carry out the button that was pressed and say where it leads; None shows the form again.

    'Go on' saves a page that is right. A language button and 'later' save it half done as well, unless something is
    wrong: then nothing is saved and the page says what. `save` takes the form's values.
    """
    try:
        if "skip" in request.POST and form.may_be_skipped:
            save({"skipped": True})
            return redirect(to)
        if form.is_valid() and not leaves_early(request):
            save(form.values())
            return redirect(to)
        if not leaves_early(request) or form.wrong():
            return None
        if "later" in request.POST:
            save(form.values())
            messages.success(request, _("Saved. Come back with the same link whenever you like."))
            return redirect("triggers:start", request.intake.code)
        if form.typed():
            save(form.values())
    except (Frozen, NotOpen):
        # Sent in another tab, or closed by the practice, at this very moment: the start says which.
        return redirect("triggers:start", request.intake.code)
    return None


def again(request, form, make_form):
    """The form to show after `do` said nothing: after a language button in that language, with what was typed."""
    if not use_language(request):
        return form
    form = make_form(request.POST)
    form.is_valid()
    form.forgive_empty()
    return form


def page_context(request, row=None, **extra):
    """What every page of part B shows around its own content."""
    saved_at = timezone.localtime(row.answered_at) if row else None
    return patient_context(request, support=support(), saved_at=saved_at, **extra)


def _return(request):
    then = request.GET.get("then", "")
    return reverse(f"triggers:{then}", args=[request.intake.code]) if then in RETURNS else ""
