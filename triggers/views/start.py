"""The way into part B: the hub, and the picture lesson before the first page."""

from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backup_plan_site.web.once import accepts, idempotent
from intake.access import patient_link
from intake.views.pages import use_language
from triggers import actions
from triggers.lesson import lesson
from triggers.progress import around, next_address
from triggers.telling import example

from .steps import backward, page_context, progress_of


@patient_link
@require_safe
def start(request):
    """The hub: what is done, what comes, and the one way on to the first unfinished page."""
    progress, elsewhere = progress_of(request, begun=False)
    if elsewhere:
        return elsewhere
    next_url = next_address(request.intake, progress)
    tasks = [
        {"title": _("Start safely"), "hint": _("Sent to your practice."), "state": "done"},
        {
            "title": _("My glasses"),
            "url": next_url,
            "hint": _("About 10 minutes. Your practitioner goes through it with you."),
            "state": "busy" if progress.begun else "todo",
        },
    ]
    context = {"tasks": tasks, "begun": progress.begun, "next_url": next_url}
    return render(request, "triggers/start.html", page_context(request, **context))


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def read_lesson(request):
    """The picture in one screen. POST says that it was read, and begins the questionnaire."""
    _progress, elsewhere = progress_of(request, begun=False)
    if elsewhere:
        return elsewhere
    if use_language(request):
        return redirect("triggers:lesson", request.intake.code)
    if accepts(request):
        try:
            questionnaire = actions.begin(request.patient, request.intake)
            actions.read_lesson(request.patient, questionnaire)
        except (actions.Frozen, actions.NotOpen):
            return redirect("triggers:start", request.intake.code)
        return redirect(around(request.intake, "lesson")[1])
    words = lesson()
    families = [(family, example(family.id, translation.get_language())) for family in words.families]
    context = {"lesson": words, "families": families, "back_url": backward(request, "lesson")}
    return render(request, "triggers/lesson.html", page_context(request, **context))
