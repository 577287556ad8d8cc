"""What a patient told about glasses and conditions, with the practitioner's latest mark, as plain data for composing.

Only what was sent is read: until then the answers are the patient's own.
"""

from triggers.glasses import CONDITIONS, GLASSES, glasses
from triggers.models import ConditionAnswer, GlassAnswer, GlassQuestionnaire, PractitionerMark

from .composition import ToldGlass


def sent_answers(intake):
    """{glass: GlassAnswer} of a part B that was sent, or of what a practitioner asked; else {}. One query."""
    rows = GlassAnswer.objects.filter(
        questionnaire__intake=intake, questionnaire__sent_at__isnull=False
    ).select_related("asked_by")
    return {row.glass: row for row in rows}


def sent_conditions(intake):
    """{condition: ConditionAnswer} of a part B that was sent. One query."""
    rows = ConditionAnswer.objects.filter(questionnaire__intake=intake, questionnaire__sent_at__isnull=False)
    return {row.condition: row for row in rows}


def language_of(intake):
    """The language of the plan: that in which the glasses were sent, whatever a link asks for later. One query."""
    sent = GlassQuestionnaire.objects.filter(intake=intake, sent_at__isnull=False).values_list("language")
    return next((language for (language,) in sent), intake.language)


def latest_marks(intake):
    """{glass: PractitionerMark}, the latest of each. One query."""
    return {mark.glass: mark for mark in PractitionerMark.objects.filter(intake=intake).order_by("pk")}


def told_glasses(intake):
    """The 13 glasses in the shelf's order, as ToldGlass."""
    answers, marks = sent_answers(intake), latest_marks(intake)
    return tuple(_told(key, answers.get(key), marks.get(key)) for key in GLASSES)


def recognised_conditions(intake):
    """Ids of the conditions of which at least one statement was recognised, in their own order."""
    answers = sent_conditions(intake)
    return tuple(key for key in CONDITIONS if key in answers and answers[key].recognised)


def recognised_statements(intake, key):
    """Ids of the statements recognised of one glass or condition, in the file's order."""
    found = sent_conditions(intake) if key in CONDITIONS else sent_answers(intake)
    return tuple(found[key].recognised) if key in found else ()


def recognised_bones(intake):
    """Ids of the sentences about the bones that were recognised, in the file's order."""
    return tuple(one for row in sent_conditions(intake).values() for one in row.bones)


def _told(key, answer, mark):
    tips = tuple(tip.id for tip in glasses()[key].tips)
    opinion = mark.opinion if mark else ""
    if answer is None:
        return ToldGlass(id=key, opinion=opinion, tips=tips)
    return ToldGlass(
        id=key,
        fills=answer.fills,
        size=answer.size,
        compensated=answer.compensated,
        doing=answer.own_words,
        opinion=opinion,
        tips=tips,
    )
