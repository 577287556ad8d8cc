"""The pages of statements: the two conditions, then one glass a page. Each POST saves before the next page shows."""

from django.http import Http404
from django.utils import translation
from django.views.decorators.http import require_http_methods

from backup_plan_site.web.once import accepts, idempotent
from intake.access import patient_link
from intake.earlier import may_be_shown
from triggers import actions
from triggers.earlier import glass_last_time
from triggers.forms import ConditionForm, GlassForm
from triggers.glasses import CONDITIONS, GLASSES, conditions, glasses
from triggers.here import lines_of
from triggers.progress import finished
from triggers.telling import drawn_glass, family_word

from .steps import again, backward, do, onward, page_context, progress_of, show


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def condition(request, number):
    """Hernia (1) or arthrosis (2): may play a part beside the glasses; not a diagnosis."""
    key = _key(CONDITIONS, number)
    progress, elsewhere = progress_of(request)
    if elsewhere:
        return elsewhere
    questions, row = conditions()[key], progress.conditions.get(key)

    def make_form(data=None):
        return ConditionForm(data, questions=questions, row=row)

    def save(values):
        actions.save_condition(
            request.patient, progress.questionnaire, key, respondent=request.respondent, **values
        )

    form, back = make_form(request.POST or None), backward(request, "condition", number)
    if accepts(request):
        if response := do(request, form, save, onward(request, "condition", number), back):
            return response
        form = again(request, form, make_form)
    context = {"questions": questions, "number": number, "total": len(CONDITIONS), "back_url": back}
    return show(request, "triggers/condition.html", page_context(request, progress.saved_at, form, **context))


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def glass(request, number):
    """One of the 13 glasses: what fits, and whether it fills the bucket."""
    key = _key(GLASSES, number)
    progress, elsewhere = progress_of(request)
    if elsewhere:
        return elsewhere
    questions, row = glasses()[key], progress.glasses.get(key)

    def make_form(data=None):
        return GlassForm(data, questions=questions, row=row)

    def save(values):
        actions.save_glass(
            request.patient, progress.questionnaire, key, respondent=request.respondent, **values
        )

    form, back = make_form(request.POST or None), backward(request, "glass", number)
    if accepts(request):
        if response := do(request, form, save, onward(request, "glass", number), back):
            return response
        form = again(request, form, make_form)
    context = {**_about(request, questions, progress, number), "back_url": back}
    return show(request, "triggers/glass.html", page_context(request, progress.saved_at, form, **context))


def _key(keys, number):
    """The glass or condition with this number on the way. Raises Http404 for any other number."""
    if not 1 <= number <= len(keys):
        raise Http404
    return keys[number - 1]


def _about(request, questions, progress, number):
    """What the page of one glass shows around its form."""
    language = translation.get_language()
    return {
        "questions": questions,
        "number": number,
        "total": len(GLASSES),
        "picture": drawn_glass(questions, progress.glasses.get(questions.id), language),
        "family": family_word(questions.family, language),
        "marks": _marks(progress, number),
        "lines": lines_of(request.intake.practice, language),
        "last_time": _last_time(request, progress.glasses.get(questions.id), questions.id),
    }


def _last_time(request, row, key):
    """{day, word} of what this patient said of the glass last time; None once it is answered, and for who helps."""
    answered = row is not None and (row.fills or row.skipped)
    if answered or not request.intake.known or not may_be_shown(request.respondent):
        return None
    told = glass_last_time(request.patient, request.intake, key)
    return {"day": told[0], "word": told[1].label} if told else None


def _marks(progress, number):
    """One mark per glass, in the shape of its family: done, here or to come. A place on the way, not a result."""
    return [
        {
            "family": one.family,
            "state": "here" if place == number else "done" if finished(progress.glasses.get(key)) else "todo",
        }
        for place, (key, one) in enumerate(glasses().items(), start=1)
    ]
