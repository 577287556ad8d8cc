"""My shelf: the 13 glasses as they were answered; how big the chosen ones feel and what is done about them already."""

from django.utils import translation
from django.views.decorators.http import require_http_methods

from backup_plan_site.web.once import accepts, idempotent
from intake.access import patient_link
from triggers import actions
from triggers.forms import ShelfForm
from triggers.glasses import GLASSES
from triggers.telling import drawn, glasses_told

from .steps import again, backward, do, onward, page_context, progress_of, show


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def shelf(request):
    """The shelf. A glass that was not chosen can be gone back to; one without an answer is shown as such."""
    progress, elsewhere = progress_of(request)
    if elsewhere:
        return elsewhere
    questionnaire = progress.questionnaire
    chosen = [
        progress.glasses[key] for key in GLASSES if key in progress.glasses and progress.glasses[key].chosen
    ]

    def make_form(data=None):
        return ShelfForm(data, chosen=chosen, missing=questionnaire.missing)

    def save(values):
        actions.save_shelf(request.patient, questionnaire, **values)

    form, back = make_form(request.POST or None), backward(request, "shelf")
    if accepts(request):
        if response := do(request, form, save, onward(request, "shelf"), back):
            return response
        form = again(request, form, make_form)
    context = {**_shown(request, progress, form), "back_url": back}
    return show(request, "triggers/shelf.html", page_context(request, progress.saved_at, form, **context))


def _shown(request, progress, form):
    """Each glass with its drawing, how it was answered and, where it was chosen, its fields."""
    language = translation.get_language()
    pictures, fields = drawn(progress.glasses, language), form.cards()
    told = glasses_told(progress, language, code=request.intake.code, then="shelf")
    return {
        "pictures": pictures,
        "cards": [
            {"told": one, "picture": picture, "fields": fields.get(one.key)}
            for one, picture in zip(told, pictures, strict=True)
        ],
    }
