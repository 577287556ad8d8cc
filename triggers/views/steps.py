"""What every page of part B shares: who may be here, what a button does, where it leads."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.web.seen import changed_meanwhile, seen
from intake.actions import Frozen
from intake.views.context import patient_context
from intake.views.pages import leaves_early, pause, use_language
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
    if request.respondent is None:
        return progress, redirect("intake:whom", request.intake.code)
    if begun and not progress.begun:
        return progress, redirect("triggers:lesson", request.intake.code)
    return progress, None


def onward(request, name, number=1):
    """Where 'Go on' leads: back to the page whose 'Change' link was followed, else to the page that follows."""
    return _return(request) or around(request.intake, name, number)[1]


def backward(request, name, number=1):
    """Where 'Back' leads: to the page whose 'Change' link was followed, else to the page before."""
    return _return(request) or around(request.intake, name, number)[0]


def do(request, form, save, to, back):
    """Carry out the button that was pressed and say where it leads; None shows the form again.

    'Go on' saves a page that is right. A language button, 'later' and 'back' save it half done as well, unless
    something is wrong: then nothing is saved and the page says what. Nor is anything saved over what another tab or
    phone saved meanwhile. `save` takes the form's values.
    """
    if changed_meanwhile(request, form):
        return None
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
            return pause(request, "triggers:start")
        if form.typed():
            save(form.values())
        if "back" in request.POST:
            return redirect(back)
    except (Frozen, NotOpen):
        # Sent in another tab, or closed by the practice, at this very moment: the start says which.
        return redirect("triggers:start", request.intake.code)
    return None


def again(request, form, make_form):
    """The form to show after `do` said nothing: after a language button in that language, with what was typed."""
    if not use_language(request) and not changed_meanwhile(request, form):
        return form
    form = make_form(request.POST)
    form.is_valid()
    form.forgive_empty()
    return form


def page_context(request, saved_at=None, form=None, **extra):
    """What every page of part B shows around its own content; `saved_at` is when the last page was saved."""
    saved_at = timezone.localtime(saved_at) if saved_at else None
    around_form = {"form": form, **seen(request, form)} if form else {}
    return patient_context(request, support=support(), saved_at=saved_at, **around_form, **extra)


def show(request, template, context):
    """The page; 409 where it shows what was saved meanwhile beside what was typed."""
    return render(request, template, context, status=409 if context["meanwhile"] else 200)


def _return(request):
    then = request.GET.get("then", "")
    return reverse(f"triggers:{then}", args=[request.intake.code]) if then in RETURNS else ""
