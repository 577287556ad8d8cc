"""Typing in a paper form: the hub, and each list in two steps, typed and then read back before anything is kept."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import FIELD, accepts, conflict, idempotent
from intake.actions import Frozen, Stopped
from intake.models import Intake, Respondent
from intake.models.people import IllegalMove
from intake.red_flags import red_flags
from plans.desk.heads import head_of
from triggers import actions as part_b

from . import actions
from .hub import hub_page, start_forms
from .hub_forms import ConsentForm, WayForm, WhoForm
from .lists import CONTEXT, GLASS_LISTS, Sitting
from .pages import ContextPage, GlassesPage, SafetyPage

TYPING = ["GET", "HEAD", "POST"]
# Fields that say what was pressed, not what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", FIELD, "seen", "right", "change"}


def the_sitting(request, code):
    """The intake at this address as something to type into. 404 for what is not of this practice."""
    intakes = Intake.objects.for_actor(request.actor).select_related("patient", "practice")
    return Sitting(get_object_or_404(intakes, code=code))


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def hub(request, code):
    """Consent, who filled in, the lists and how far they are. No answer stands here."""
    sitting = the_sitting(request, code)
    subject = sitting.intake.patient.code
    audit.record(request.actor, "paper.viewed", sitting.intake, request=request, subject=subject)
    return hub_page(request, sitting, **start_forms(sitting))


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def consent(request, code):
    """Write down that the paper was signed."""
    sitting = the_sitting(request, code)
    if sitting.screening is not None or not sitting.is_open:
        return redirect("desk:paper", code)
    form = ConsentForm(request.POST, language=sitting.intake.language)
    if not (accepts(request) and form.is_valid()):
        return hub_page(request, sitting, consent_form=form, status=422)
    actions.consent_on_paper(
        request.actor,
        sitting.intake,
        form.given(),
        signed_on=form.cleaned_data["signed_on"],
        language=form.cleaned_data["language"],
    )
    return redirect("desk:paper", code)


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def who(request, code):
    """Write down who filled in the paper."""
    sitting = the_sitting(request, code)
    if not sitting.has_consent or not sitting.is_open:
        return redirect("desk:paper", code)
    form = WhoForm(request.POST)
    if not (accepts(request) and form.is_valid()):
        return hub_page(request, sitting, who_form=form, status=422)
    actions.answered_by(request.actor, sitting.intake, **form.values())
    return redirect("desk:paper", code)


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(TYPING)
@idempotent
def context(request, code):
    """The questions before the safety lists."""
    return _list(request, ContextPage(the_sitting(request, code), CONTEXT, request.actor.clinical))


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(TYPING)
@idempotent
def safety(request, code, theme):
    """One page of the safety lists."""
    if theme not in {one.key for one in red_flags().themes}:
        raise Http404
    return _list(request, SafetyPage(the_sitting(request, code), theme, request.actor.clinical))


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(TYPING)
@idempotent
def glasses(request, code, family):
    """The conditions, or the glasses of one colour."""
    if family not in GLASS_LISTS:
        raise Http404
    return _list(request, GlassesPage(the_sitting(request, code), family, request.actor.clinical))


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def send(request, code):
    """Send part A or part B, as the button says. After that nobody of the desk reads or types anything of it."""
    if not accepts(request):
        return conflict(request)
    sitting, part = the_sitting(request, code), request.POST.get("part", "")
    try:
        {"a": actions.send_a, "b": actions.send_b}.get(part, _nothing)(request.actor, sitting.intake)
    except (actions.NotOpen, Frozen, part_b.NotOpen):
        messages.info(request, _("Nothing was sent: this part is closed, or not complete yet."))
    except (Stopped, IllegalMove):
        messages.warning(request, _("This cannot be sent yet. What is still to be asked stands below."))
    else:
        messages.success(request, _("Sent. The practitioner can read it now."))
    return redirect("desk:paper", code)


def _nothing(actor, intake):
    raise actions.NotOpen


def _list(request, page):
    """One list: type it, read it back, keep it. Every step carries all that was typed."""
    code = page.sitting.intake.code
    if not page.is_open:
        return _closed(request, page)
    if request.method != "POST":
        return _typing(request, page, page.form(), way=None)
    form, way = page.form(request.POST), _way(request)
    right = all([form.is_valid(), way is None or way.is_valid()])
    if "change" in request.POST or not right:
        return _typing(request, page, form, way=way, status=200 if right else 422)
    if "right" not in request.POST or not accepts(request):
        return _read_back(request, page, form)
    from_where = way.cleaned_data["way"] if way else Respondent.Way.PAPER.value
    try:
        page.save(request.actor, form, seen=request.POST.get("seen", ""), way=from_where)
    except actions.TypedMeanwhile as meanwhile:
        return _read_back(request, page, form, meanwhile=meanwhile.typed, status=409)
    except Stopped:
        return _read_back(request, page, form, stopped=True, status=409)
    except (actions.NotOpen, Frozen, part_b.NotOpen):
        return _closed(request, page)
    if the_sitting(request, code).needs_help_now is None:
        # Else the next page has one thing to say.
        messages.success(request, _("Saved: %(list)s.") % {"list": page.title})
    return redirect("desk:paper", code)


def _way(request):
    """The practitioner says whether the paper says so or the patient; the desk only types what stands on paper."""
    return WayForm(request.POST) if request.actor.clinical else None


def _closed(request, page):
    messages.info(request, _("This list takes no answers now. Nothing was changed."))
    return redirect("desk:paper", page.sitting.intake.code)


def _typing(request, page, form, *, way, status=200):
    if page.reads and request.method == "GET":
        subject = page.sitting.intake.patient.code
        audit.record(
            request.actor, "paper.read", page.sitting.intake, request=request, subject=subject, list=page.name
        )
    if request.actor.clinical and way is None:
        given = WayForm.CONSULT if page.typed else WayForm.PAPER
        way = WayForm(initial={"way": given})
    told = {
        "form": form,
        "way": way,
        "errors": _errors(form, way),
        "seen": request.POST.get("seen", page.mark),
    }
    return render(request, page.template, {**_around(page), **told}, status=status)


def _read_back(request, page, form, *, meanwhile=None, stopped=False, status=200):
    """Everything once more in words, with what was typed inside the same form."""
    typed = [
        (name, value)
        for name in request.POST
        if name not in NOT_TYPED
        for value in request.POST.getlist(name)
    ]
    told = {
        "rows": [
            {"code": code, "ask": ask, "answer": answer, "note": note}
            for code, ask, answer, note in form.read_back()
        ],
        "typed_fields": typed,
        "meanwhile": meanwhile,
        "stopped": stopped,
        # Seen now: pressing once more is then a choice.
        "seen": meanwhile.mark if meanwhile else request.POST.get("seen", ""),
    }
    return render(request, "plans/paper_entry/read_back.html", {**_around(page), **told}, status=status)


def _around(page):
    sitting = page.sitting
    return {
        "page": page,
        "intake": sitting.intake,
        "patient": sitting.intake.patient,
        "head": head_of(sitting.intake, sitting.screening),
        "already": page.typed,
    }


def _errors(*forms):
    """(id of the field, sentence) of everything that is wrong, for the summary above the page."""
    return [
        (f"{field.auto_id}_0" if field.use_fieldset else field.auto_id, sentence)
        for form in forms
        if form is not None
        for field in form
        for sentence in field.errors
    ]
