"""Two versions of a plan that were given, side by side."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from plans.comparing import compared
from plans.models import Release

PARTS = {
    "habits": _("Bucketlist"),
    "strengths": _("What goes well first"),
    "glasses": _("Glasses"),
    "conditions": _("Conditions"),
    "helpers": _("Who can help nearby"),
    "exercises": _("Exercises"),
    "building": _("Building up"),
    "note": _("A word for the patient"),
}


@allow(Role.PRACTITIONER)
@require_safe
def compare(request, code):
    """One version beside the one that it replaced, or beside the version ?with=. Reading it is audited."""
    releases = Release.objects.for_actor(request.actor).select_related("plan__intake__patient")
    release = get_object_or_404(releases, code=code)
    rows = list(releases.filter(plan=release.plan_id))
    # The first version has nothing before it: it stands beside itself.
    other = _other(rows, request.GET.get("with", str(max(1, release.number - 1))))
    before, after = sorted((other, release), key=lambda row: row.number)
    patient = release.plan.intake.patient
    audit.record(request.actor, "plan.compared", release.plan, request=request, subject=patient.code)
    parts = compared(before.plan_copy, after.plan_copy)
    context = {
        "patient": patient,
        "plan": release.plan,
        "release": release,
        "before": before,
        "after": after,
        "others": [row for row in rows if row.number != release.number],
        "parts": [(PARTS[part.key], part) for part in parts if part.differs],
        "same": [PARTS[part.key] for part in parts if not part.differs],
    }
    return render(request, "plans/versions.html", context)


def _other(rows, number):
    """The version of that number. Raises Http404."""
    for row in rows:
        if str(row.number) == number:
            return row
    raise Http404
