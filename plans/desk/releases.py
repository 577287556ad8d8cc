"""From working copy to paper: look at it beforehand, release it, open the PDF that was made."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.jobs.models import Job
from backup_plan_site.pdf import PdfUnavailable
from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, idempotent
from plans import actions, documents
from plans.freezing import frozen
from plans.models import Release
from plans.paper import plan_pdf

from .composer import closed, the_plan, to_section
from .plan_page import Conflict, plan_page
from .sheet import Sheet


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def release(request, code):
    """Give the plan a number and order its PDF."""
    sheet = Sheet(the_plan(request, code))
    if not sheet.gate_is_open:
        return closed(request, sheet.plan)
    if not accepts(request):
        return plan_page(request, sheet, status=409)
    before = list(sheet.releases)
    try:
        made = actions.release(request.actor, sheet.plan, seen=request.POST.get("seen", ""))
    except actions.GateClosed:
        return closed(request, sheet.plan)
    except actions.Changed:
        conflict = Conflict("release", sheet.plan.changed_by_name, sheet.plan.changed_at)
        return plan_page(request, sheet, conflict=conflict, status=409)
    except actions.NotReady as refusal:
        return plan_page(request, sheet, problems=refusal.problems, status=422)
    messages.success(request, _made(made, before), extra_tags="release")
    return to_section(sheet.plan, "release")


def _made(made, before):
    """What a release came to: a new version, or the one there was when the plan says nothing else."""
    if made.number in {release.number for release in before}:
        words = _("Nothing changed since version %(number)s, so it stays that one.")
    else:
        words = _("Version %(number)s is made. You can print it now.")
    return words % {"number": made.number}


@allow(Role.PRACTITIONER)
@require_safe
def preview(request, code):
    """The plan as it would be given now, as a PDF that is kept nowhere."""
    sheet = Sheet(the_plan(request, code))
    if not sheet.gate_is_open:
        return not_now(request, sheet.plan)
    copy = frozen(
        sheet.plan,
        number=0,
        corrects=sheet.releases[0].number if sheet.releases else 0,
        made_by=request.actor.user_name,
        made_on=timezone.localdate(),
    )
    try:
        pdf = plan_pdf(copy)
    except PdfUnavailable:
        return no_paper(request, sheet.plan)
    subject = sheet.intake.patient.code
    audit.record(request.actor, "plan.previewed", sheet.plan, request=request, subject=subject)
    return as_pdf(pdf, "back-up-plan-draft.pdf")


@allow(Role.PRACTITIONER)
@require_safe
def document(request, code):
    """The PDF of one release; a page that waits for it while it is being made."""
    releases = Release.objects.for_actor(request.actor).select_related("plan__intake__patient")
    release = get_object_or_404(releases, code=code)
    intake = release.plan.intake
    if not Sheet(release.plan).gate_is_open:
        return not_now(request, release.plan)
    found = documents.ready(release)
    if found is None:
        # After a first failure there is nothing to wait for on this page: the job tries again later.
        job = Job.objects.filter(unique_key=documents.job_key(release)).first()
        failed = job is not None and (job.state == Job.State.FAILED or bool(job.error))
        page = render(request, "plans/document_waits.html", {"release": release, "failed": failed})
        if not failed:
            page["Retry-After"] = "2"  # js/wait.js asks on while this is there.
        return page
    try:
        pdf = _bytes(release, found)
    except (documents.Damaged, PdfUnavailable):
        return no_paper(request, release.plan)
    if request.method == "GET":  # HEAD only asks whether it is there.
        audit.record(request.actor, "document.opened", found, request=request, subject=intake.patient.code)
    return as_pdf(pdf, f"back-up-plan-{release.number}.pdf")


def as_pdf(pdf, name):
    """A PDF to look at in the browser, under a name that says nothing about the patient."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def not_now(request, plan):
    """A plan may not be handed out while step 1 does not allow it."""
    return render(request, "plans/not_now.html", {"plan": plan, "intake": plan.intake}, status=403)


def no_paper(request, plan):
    """The file is lost or not what was made, or this server cannot make PDFs."""
    return render(request, "plans/no_paper.html", {"plan": plan}, status=503)


def _bytes(release, found):
    """The file as it was made; a lost one is made again from the frozen words. Raises Damaged."""
    try:
        return documents.read(found)
    except documents.Damaged:
        return documents.read(documents.make(release))
