"""What the page of the glasses shows: the patient's answer in words, and the practitioner's mark beside it."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from intake.standing import Standing
from plans.actions import is_empty
from plans.models import Plan
from plans.told import latest_marks
from triggers.glasses import CONDITIONS, GLASSES, conditions, glasses
from triggers.models import PractitionerMark
from triggers.progress import Progress
from triggers.shelf import glass as one_glass
from triggers.shelf import shelf
from triggers.telling import drawn, drawn_glass, family_word, recognised, recognised_bones, size_word
from triggers.telling_apart import telling_apart

from .heads import head_of
from .sheet import Said
from .together import may_sit_together
from .who_answered import glasses_told


@dataclass
class Card:
    """One glass or condition: who said what. `open` cards are those that were circled or still need a word."""

    key: str
    place: int
    name: str
    family: str = ""
    family_word: str = ""
    drawing: str = ""
    choice: str = ""
    recognised: list = field(default_factory=list)
    private: list = field(default_factory=list)
    asks: list = field(default_factory=list)
    bones: list = field(default_factory=list)
    telling: object = None
    size: str = ""
    compensated: bool = False
    doing: str = ""
    asked_by: str = ""
    mark: PractitionerMark | None = None
    form: object = None
    open: bool = False


def glasses_page(actor, intake, form):
    """Everything the template reads. `form(key, mark)` makes the form of one mark."""
    progress = Progress.of(actor, intake)
    sent = progress.questionnaire if progress.questionnaire and progress.questionnaire.sent_at else None
    # What was not sent yet is the patient's own.
    answers, told = (progress.glasses, progress.conditions) if sent else ({}, {})
    marks = latest_marks(intake)
    screening = intake.screening
    plan = Plan.objects.for_actor(actor).filter(intake=intake).first()
    return {
        "intake": intake,
        "patient": intake.patient,
        "head": head_of(intake, screening),
        "sent": sent,
        "filled_in_by": glasses_told(actor, intake, *answers.values(), *told.values()),
        "may_sit_together": may_sit_together(intake, screening, sent=bool(sent)),
        "state": _state(progress.questionnaire),
        "picture": _picture(intake, answers) if sent else "",
        "cards": [_glass_card(key, intake, answers, marks, form, bool(sent)) for key in GLASSES],
        "conditions": [_condition_card(key, intake, told) for key in CONDITIONS] if sent else [],
        "screening": screening,
        # A plan that was opened before the glasses were sent gets its first draft by the same button.
        "plan": None if plan and sent and is_empty(plan) else plan,
        "gate_is_open": screening is not None and screening.gate_is_open,
        "why_not": why_no_plan(screening),
    }


def why_no_plan(screening):
    """Why step 1 does not allow a plan now, in a sentence; '' when it does."""
    if screening is None:
        return _("The safety questions are not begun yet. A plan comes after them.")
    if screening.gate_is_open:
        return ""
    if screening.sent_at is None:
        return _("The safety questions are still being filled in. A plan comes after them.")
    if screening.state == Standing.REFERRED.value:
        return _("This patient is referred. A plan waits until a doctor found it safe.")
    return _("There are flags to decide first. A plan comes after that.")


def _state(questionnaire):
    if questionnaire is None or (questionnaire.lesson_read_at is None and questionnaire.sent_at is None):
        return _("The patient has not begun with the glasses yet.")
    if questionnaire.sent_at is None:
        return _("The patient is still filling in the glasses. You see the answers once they are sent.")
    return ""


def _picture(intake, answers):
    title = _("The shelf of %(name)s") % {"name": intake.patient.given_name}
    return mark_safe(shelf(drawn(answers, intake.language), title=title))


def choice_word(answer, sent):
    """What the patient chose, in words. A missing answer is never a no."""
    if not sent:
        return _("not sent yet")
    if answer is None:
        return _("not answered")
    if answer.skipped:
        return _("rather not say")
    if answer.fills:
        return {"yes": _("yes"), "bit": _("a bit"), "no": _("no")}[answer.fills]
    return _("nothing fitted") if answer.nothing_fits else _("not answered")


def _glass_card(key, intake, answers, marks, form, sent):
    glass, answer, mark = glasses()[key], answers.get(key), marks.get(key)
    language = translation.get_language()
    mark_form = form(key, mark)
    drawing = one_glass(drawn_glass(glass, answer, intake.language), title=False, scope="card")
    chosen = bool(answer and answer.chosen)
    return Card(
        key,
        GLASSES.index(key) + 1,
        glass.label.in_language(language),
        glass.family,
        family_word(glass.family, language),
        mark_safe(drawing),
        choice_word(answer, sent),
        *_sentences(glass, answer, intake),
        size=size_word(answer.size) if chosen else "",
        compensated=chosen and answer.compensated,
        doing=answer.own_words if chosen else "",
        asked_by=_asked_by(answer),
        mark=mark,
        form=mark_form,
        open=chosen or bool(mark and mark.opinion != PractitionerMark.Opinion.NOT_NOW) or mark_form.is_bound,
    )


def _condition_card(key, intake, told):
    condition, answer = conditions()[key], told.get(key)
    recognised, private, asks = _sentences(condition, answer, intake)
    bones = [Said.of(one.text, intake.language) for one in recognised_bones(condition, answer)]
    return Card(
        key,
        CONDITIONS.index(key) + 1,
        condition.name.in_language(translation.get_language()),
        choice=_condition_word(answer),
        recognised=recognised,
        private=private,
        asks=asks,
        bones=bones,
        telling=telling_apart() if condition.bones else None,
        asked_by=_asked_by(answer),
        open=bool(recognised or bones),
    )


def _condition_word(answer):
    if answer is None:
        return _("not answered")
    if answer.skipped:
        return _("rather not say")
    if answer.recognised:
        return _("recognised")
    return _("nothing fitted") if answer.nothing_fits else _("not answered")


def _sentences(questions, answer, intake):
    """(recognised sentences, those that are private, hints for the practitioner that belong to any of them).

    The last two stay folded away: the patient, or somebody with the patient, sits beside the screen.
    """
    found = recognised(questions, answer)
    said = [(one.private, Said.of(one.text, intake.language)) for one in found]
    return (
        [one for private, one in said if not private],
        [one for private, one in said if private],
        [one.ask.in_language(translation.get_language()) for one in found if one.ask],
    )


def _asked_by(answer):
    return answer.asked_by.get_full_name() if answer and answer.asked_by_id else ""
