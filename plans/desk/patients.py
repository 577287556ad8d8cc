"""Patients and their intakes, as the desk keeps them. Nothing on these pages is an answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backup_plan_site.jobs.models import Job
from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.staff.models import Practice, User
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake import actions
from intake.models import Intake, Invitation, Patient
from intake.models.people import IllegalMove
from plans.models import Plan

from .forms import IntakeForm, LinkForm, NewPatientForm, PatientForm, SearchForm
from .links import give
from .searching import Found, code_in, found, listed
from .who_answered import helper_mark, with_helper

# What the script says that wants the rows and no page around them.
ROWS_ALONE = "X-Rows-Alone"


def practitioners(actor):
    """The people of the practice who treat patients."""
    return User.objects.filter(
        memberships__practice_id=actor.practice_id,
        memberships__role=Role.PRACTITIONER,
        memberships__ended_at=None,
        is_active=True,
    ).order_by("name")


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def patients(request):
    """All patients by name, or those whom a search finds; js/search.js asks for the rows alone.

    The search comes by POST and writes nothing: a name belongs in no address and no log.
    """
    form = SearchForm(request.POST or None)
    searched = bool(request.POST.get("q", "").strip())
    if searched:
        shown = found(request.actor, form.cleaned_data["q"]) if form.is_valid() else Found()
    else:
        shown = listed(request.actor, after=code_in(request.GET.get("after")))
    audit.record(request.actor, "patients.viewed", request=request, rows=len(shown.people))
    template = "plans/_found.html" if ROWS_ALONE in request.headers else "plans/patients.html"
    context = {"section": "patients", "form": form, "found": shown, "searched": searched}
    return render(request, template, context)


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def new_patient(request):
    """A patient, a first intake, and when asked for a link, in one go."""
    form = NewPatientForm(
        request.POST or None,
        practitioners=practitioners(request.actor),
        initial={"language": Practice.objects.get(pk=request.actor.practice_id).default_language},
    )
    if accepts(request) and form.is_valid():
        patient = form.save(commit=False)
        patient.practice_id = request.actor.practice_id
        actions.save_patient(patient)
        audit.record(request.actor, "patient.created", patient, request=request, subject=patient.code)
        intake = _begin(request, patient, form.cleaned_data)
        if form.cleaned_data["channel"]:
            return give(request, intake, form.cleaned_data["channel"])
        return redirect("desk:patient", patient.code)
    return render(request, "plans/patient_new.html", {"form": form})


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def patient(request, code):
    """One patient: how to reach them, their intakes and links."""
    patient = get_object_or_404(Patient.objects.for_actor(request.actor), code=code)
    intakes = list(
        with_helper(Intake.objects.for_actor(request.actor), request.actor)
        .filter(patient=patient)
        .select_related("practitioner", "practice")
        .prefetch_related("screenings", "invitations__created_by")
        .order_by("closed_at", "-pk")
    )
    for intake in intakes:
        intake.helper = helper_mark(intake)
        for link in intake.invitations.all():
            link.practice = (
                intake.practice
            )  # Its time zone says when a consult ends; nobody asks again per row.
        intake.latest_screening = max(intake.screenings.all(), key=lambda one: one.number, default=None)
    _join_mail_states(intakes)
    _join_plans(request.actor, intakes)
    audit.record(request.actor, "patient.viewed", patient, request=request, subject=patient.code)
    return render(
        request,
        "plans/patient.html",
        {
            "patient": patient,
            "intakes": intakes,
            "link_form": LinkForm(email=patient.email),
            "now": timezone.now(),
        },
    )


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def edit_patient(request, code):
    patient = get_object_or_404(Patient.objects.for_actor(request.actor), code=code)
    form = PatientForm(request.POST or None, instance=patient)
    if accepts(request) and form.is_valid():
        actions.save_patient(form.save(commit=False))
        audit.record(
            request.actor,
            "patient.changed",
            patient,
            request=request,
            subject=patient.code,
            fields=form.changed_data,
        )
        messages.success(request, _("Saved."))
        return redirect("desk:patient", patient.code)
    return render(request, "plans/patient_edit.html", {"form": form, "patient": patient})


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def new_intake(request, code):
    """A new complaint of a known patient."""
    patient = get_object_or_404(Patient.objects.for_actor(request.actor), code=code)
    form = IntakeForm(request.POST or None, practitioners=practitioners(request.actor))
    if accepts(request) and form.is_valid():
        _begin(request, patient, form.cleaned_data)
        return redirect("desk:patient", patient.code)
    return render(request, "plans/intake_edit.html", {"form": form, "patient": patient})


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def edit_intake(request, code):
    """Another appointment or practitioner; the life of the link follows the appointment."""
    intake = get_object_or_404(
        Intake.objects.for_actor(request.actor).open().select_related("patient"), code=code
    )
    form = IntakeForm(request.POST or None, instance=intake, practitioners=practitioners(request.actor))
    if accepts(request) and form.is_valid():
        form.save()
        if "appointment_at" in form.changed_data:
            actions.plan_reminder(intake)
        audit.record(
            request.actor,
            "intake.changed",
            intake,
            request=request,
            subject=intake.patient.code,
            fields=form.changed_data,
        )
        messages.success(request, _("Saved."))
        return redirect("desk:patient", intake.patient.code)
    return render(
        request, "plans/intake_edit.html", {"form": form, "patient": intake.patient, "intake": intake}
    )


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def close(request, code):
    """End an intake and its links."""
    if not accepts(request):
        return conflict(request)
    intake = get_object_or_404(Intake.objects.for_actor(request.actor).select_related("patient"), code=code)
    try:
        actions.close_intake(request.actor, intake)
    except IllegalMove:
        messages.info(request, _("This intake had ended already."))
    else:
        messages.success(request, _("The intake is closed and its links have ended."))
    return redirect("desk:patient", intake.patient.code)


def _begin(request, patient, data):
    intake = Intake.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        language=patient.language,
        appointment_at=data["appointment_at"],
        practitioner=data["practitioner"],
    )
    audit.record(request.actor, "intake.created", intake, request=request, subject=patient.code)
    return intake


def _join_plans(actor, intakes):
    """Put beside each intake its plan with what was released, for who may read it. Two queries at most."""
    plans = Plan.objects.for_actor(actor).filter(intake__in=intakes).prefetch_related("releases")
    by_intake = {plan.intake_id: plan for plan in plans}
    for intake in intakes:
        intake.own_plan = by_intake.get(intake.pk)
        rows = intake.own_plan.releases.all() if intake.own_plan else ()
        intake.own_releases = sorted(rows, key=lambda one: -one.number)
        screening = intake.latest_screening
        intake.may_open = screening is not None and screening.gate_is_open


def _join_mail_states(intakes):
    """Put beside each e-mailed link how its mail is doing. One query."""
    links = [link for intake in intakes for link in intake.invitations.all()]
    keys = {
        f"invitation-mail:{link.code}": link for link in links if link.channel == Invitation.Channel.EMAIL
    }
    for job in Job.objects.filter(unique_key__in=keys):
        keys[job.unique_key].mail_job = job
