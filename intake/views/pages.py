"""Part A page by page: each POST saves before the next page shows, and a dangerous answer leads to its care page."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backup_plan_site.web.once import accepts, idempotent
from backup_plan_site.web.seen import changed_meanwhile, seen
from intake import actions
from intake.access import patient_link
from intake.asking import asking
from intake.facts import Facts
from intake.fields import UNKNOWN
from intake.forms import FORMS
from intake.models import Intake, Patient, Respondent
from intake.practice_words import said
from intake.red_flags import red_flags
from intake.way import (
    address,
    back_address,
    care_is_due,
    next_address,
    part_b_address,
    part_b_is_open,
    step,
)

from .context import patient_context
from .recalled import recall
from .tablet import give_back


@patient_link
@require_safe
def start(request):
    """The hub: what this is, how far it is, and the one way on."""
    screening = request.intake.screening
    if part_b_is_open(screening):
        return redirect(part_b_address(request.intake))
    if screening and screening.sent_at:
        return redirect("intake:sent", request.intake.code)
    if request.respondent is None:
        return redirect("intake:whom", request.intake.code)
    state = "todo" if screening is None else "busy"
    tasks = [
        {
            "title": _("Start safely"),
            "hint": _("About 10 minutes. Your practice sees it at once."),
            "state": state,
        },
        {"title": _("My glasses"), "hint": _("Comes after that. Later is fine too."), "state": "locked"},
    ]
    context = {
        "begun": screening is not None,
        "tasks": tasks,
        "next_url": next_address(request.intake, screening),
        "own_words": said(request.intake.practice, translation.get_language()),
    }
    return render(request, "intake/start.html", patient_context(request, **context))


@patient_link
@require_safe
def safety_start(request):
    """The pause before the safety lists: what comes, and that it is mostly no."""
    screening = request.intake.screening
    if blocked := _somewhere_else(request, screening):
        return blocked
    facts = Facts.of(screening)
    if not facts.context_is_told:
        return redirect(next_address(request.intake, screening))
    first = next(page for page in facts.pages if page.name == "safety")
    questions = sum(len(page.keys) for page in facts.pages if page.name == "safety")
    context = {"next_url": address(request.intake, first), "questions": questions}
    return render(request, "intake/safety_start.html", patient_context(request, **context))


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def page(request, name, theme=""):
    """One page of questions, or where the patient must go first."""
    screening = request.intake.screening
    if blocked := _somewhere_else(request, screening):
        return blocked
    facts = Facts.of(screening)
    here = next((page for page in facts.pages if (page.name, page.theme) == (name, theme)), None)
    if here is None or (name == "safety" and not facts.context_is_told):
        return redirect(next_address(request.intake, screening))
    form = _form(request, here, facts)
    if accepts(request) and changed_meanwhile(request, form):
        _keep_what_is_right(request, screening, here, form, over=facts.latest)
        facts = Facts.of(screening)
        form = _form(request, here, facts)
    if accepts(request):
        if response := _carry_out(request, screening, here, form, facts):
            return response
        if use_language(request) or changed_meanwhile(request, form):
            form = _form(request, here, facts)
            _forgive_empty(form)
    return _show(request, screening, here, form, facts)


@patient_link
@require_POST
@idempotent
def language(request):
    """The language buttons of pages that have no form of their own."""
    use_language(request)
    to = request.POST.get("next", "")
    own = reverse("intake:start", args=[request.intake.code])
    return redirect(to if to.startswith(own) else own)


def _carry_out(request, screening, here, form, facts):
    """What the button that was pressed leads to, after saving; None shows the page again."""
    meanwhile = changed_meanwhile(request, form)
    if not meanwhile:
        if form.is_valid() and not leaves_early(request):
            return _save(request, screening, here, form)
        _keep_what_is_right(request, screening, here, form)
    if care_is_due(screening):
        return redirect("intake:care", request.intake.code)
    if "later" in request.POST and not meanwhile:
        return pause(request, "intake:start")
    if "back" in request.POST and not meanwhile:
        return redirect(back_address(request.intake, here, facts))
    return None


def leaves_early(request):
    """Whether a language button, 'later' or 'back' was pressed: then the page need not be finished."""
    return not request.POST.keys().isdisjoint({"language", "later", "back"})


def use_language(request):
    """Keep the language that a button asked for and go on in it. False when no button was pressed."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return False
    Intake.objects.for_actor(request.patient).update(language=language)
    request.intake.language = request.LANGUAGE_CODE = language
    translation.activate(language)
    return True


def pause(request, to):
    """What 'later' leads to once the page is saved: the hub; the practice's tablet is given back."""
    if request.way == Respondent.Way.TABLET:
        return give_back(request)
    messages.success(request, _("Saved. Come back with the same link whenever you like."))
    return redirect(to, request.intake.code)


def _form(request, here, facts):
    extra = {"page": here} if here.name == "safety" else {}
    if here.name == "about":
        extra = {"patient": request.intake.patient}
    form = FORMS[here.name](request.POST or None, facts=facts, **extra)
    recall(request, form, here, facts)
    return form


def _save(request, screening, here, form):
    try:
        actions.save_page(
            request.patient,
            screening,
            here.theme or here.name,
            form.values(),
            respondent=request.respondent,
        )
    except actions.Frozen:
        return redirect("intake:sent", request.intake.code)
    except actions.Stopped:
        return redirect("intake:care", request.intake.code)
    _keep_phone(request, form)
    return redirect(_after(request, screening, here))


def _after(request, screening, here):
    """Where saving leads: to urgent advice, back to the check page, or to the page that follows this one."""
    if care_is_due(screening):
        return reverse("intake:care", args=[request.intake.code])
    facts = Facts.of(screening)
    if facts.complete and request.GET.get("then") == "check":
        return reverse("intake:check", args=[request.intake.code])
    names = [(page.name, page.theme) for page in facts.pages]
    place = names.index((here.name, here.theme)) + 1 if (here.name, here.theme) in names else 0
    if place == len(facts.pages):
        return next_address(request.intake, screening)
    following = facts.pages[place]
    if here.name != "safety" and following.name == "safety":
        return reverse("intake:safety-start", args=[request.intake.code])
    return address(request.intake, following)


def _keep_what_is_right(request, screening, here, form, *, over=None):
    """A page that is not finished is kept as far as it goes: a dangerous answer must not wait for the rest.

    Only answers that stand by themselves are kept; what is wrong stays on the page beside its sentence. `over` are the
    answers that somebody gave elsewhere meanwhile: of those only a no gives way, to a yes or a 'not sure'.
    """
    form.is_valid()
    values = _typed(form)
    if over is not None:
        values = {
            key: value for key, value in values.items() if key not in over or _warns(here, key, value, over)
        }
    try:
        actions.save_page(
            request.patient,
            screening,
            here.theme or here.name,
            values,
            respondent=request.respondent,
        )
    except (actions.Frozen, actions.Stopped):
        return  # Nothing may be added any more; the page that follows says why.
    if over is None:
        _keep_phone(request, form)


def _warns(here, key, value, over):
    return key in here.keys and over[key] == "no" and value in ("yes", "unsure")


def _typed(form):
    """The values of the fields that were filled in rightly; an empty field says nothing yet."""
    return {
        key: value
        for key, value in form.values().items()
        if form[key].data and (value is not None or form[key].data == UNKNOWN)
    }


def _forgive_empty(form):
    """After a language button only what was typed wrongly is named, not what has not been reached yet."""
    for name, errors in list(form.errors.items()):
        if all(error.code == "required" for error in errors.as_data()):
            del form.errors[name]


def _keep_phone(request, form):
    phone = form.cleaned_data.get("phone")
    if phone and phone != request.intake.patient.phone:
        Patient.objects.for_actor(request.patient).filter(pk=request.intake.patient_id).update(phone=phone)


def _somewhere_else(request, screening):
    """A redirect when this patient has no business on a page of questions, else None."""
    if screening is None:
        return redirect("intake:consent", request.intake.code)
    if screening.sent_at:
        return redirect("intake:sent", request.intake.code)
    if care_is_due(screening):
        return redirect("intake:care", request.intake.code)
    if request.respondent is None:
        return redirect("intake:whom", request.intake.code)
    return None


def _show(request, screening, here, form, facts):
    context = {
        "form": form,
        "page": here,
        "theme": _theme(here),
        "asking": _asking(request, here),
        "step": step(here, facts),
        "back_url": back_address(request.intake, here, facts),
        "saved_at": timezone.localtime(screening.changed_at) if facts.latest else None,
        **seen(request, form),
    }
    template, status = f"intake/{here.name}.html", 409 if context["meanwhile"] else 200
    return render(request, template, patient_context(request, **context), status=status)


def _asking(request, here):
    """Why this page is asked, who sees it and what skipping means, in the reader's language."""
    practice = request.intake.practice.name
    return asking().told(here.theme or here.name, translation.get_language(), practice=practice)


def _theme(here):
    """Heading and introduction of one page of the safety lists, in the reader's language."""
    if not here.theme:
        return None
    theme = next(theme for theme in red_flags().themes if theme.key == here.theme)
    language = translation.get_language()
    return {
        "heading": theme.heading.in_language(language),
        "intro": theme.intro.in_language(language) if theme.intro else "",
    }
