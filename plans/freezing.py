"""From the working copy to the words that are given: every text looked up once, in the patient's language."""

from django.utils import translation
from django.utils.translation import gettext

from exercises.figure import svg
from exercises.filters import CAUTIONS
from exercises.library import library, stop_rules
from exercises.poses import figures
from intake.contact import numbers
from intake.red_flags import red_flags
from triggers.glasses import conditions, glasses
from triggers.telling import recognised_bones, recognised_texts

from .library.words import kit_words
from .models import Hanging
from .plan_copy import ConditionOnPlan, ExerciseOnPlan, GlassOnPlan, HabitOnPlan, PlanCopy
from .told import language_of, sent_answers, sent_conditions


def frozen(plan, *, number, corrects, made_by, made_on, link=""):
    """The PlanCopy that this working copy gives now. `number` 0 is a draft. `made_on` is a date, `link` an address."""
    intake, language = plan.intake, language_of(plan.intake)
    patient, practice = intake.patient, intake.practice
    with translation.override(language):
        return PlanCopy(
            language=language,
            number=number,
            corrects=corrects,
            given_name=patient.given_name,
            full_name=patient.full_name,
            birth_year=patient.birth_date.year,
            made_by=made_by,
            made_on=made_on.isoformat(),
            practice=practice.name,
            phone=practice.phone,
            out_of_hours=practice.out_of_hours,
            emergency=numbers(practice.country).emergency,
            strengths=tuple(row.text for row in plan.strengths.all()),
            glasses=_glasses(plan, intake, language),
            conditions=_conditions(plan, intake, language),
            habits=_habits(plan, language),
            exercises=_exercises(plan, language),
            stop_rules=tuple(rule.in_language(language) for rule in stop_rules().stop_rules),
            pain_rule=stop_rules().pain_rule.in_language(language),
            suddenly_worse=red_flags().suddenly_worse.in_language(language),
            note=plan.note,
            link=link if plan.exercises.exists() else "",
        )


def hanging_words(item, language, strengths):
    """On what a habit or an exercise hangs, in words. `strengths` maps codes to sentences; a lost one gives ''."""
    key = item.hangs_key
    match item.hangs_on:
        case Hanging.On.GLASS:
            return glasses()[key].label.in_language(language)
        case Hanging.On.CONDITION:
            return conditions()[key].name.in_language(language)
        case Hanging.On.STRENGTH:
            return strengths.get(key, "")
    with translation.override(language):
        return gettext("Keep moving")


def _glasses(plan, intake, language):
    answers = sent_answers(intake)
    return tuple(_glass(row, answers.get(row.glass), language) for row in plan.glasses.all())


def _glass(row, answer, language):
    glass = glasses()[row.glass]
    tips = [tip for tip in glass.tips if tip.id in row.tips]
    own = [row.own_tip] if row.own_tip else []
    return GlassOnPlan(
        key=row.glass,
        version=glass.version,
        family=glass.family,
        name=glass.name.in_language(language),
        label=glass.label.in_language(language),
        fills=row.fills,
        size=row.size,
        compensated=row.compensated,
        doing=row.doing,
        recognised=_recognised(glass, answer, language),
        why=glass.why.in_language(language),
        tips=(*(tip.said.in_language(language) for tip in tips), *own),
        cares=tuple(dict.fromkeys(tip.care.in_language(language) for tip in tips if tip.care)),
    )


def _conditions(plan, intake, language):
    answers = sent_conditions(intake)
    return tuple(_condition(row, answers.get(row.condition), language) for row in plan.conditions.all())


def _condition(row, answer, language):
    condition = conditions()[row.condition]
    bones = recognised_bones(condition, answer)
    tips = [condition.bones.told] if bones else []
    tips += [tip.said for tip in condition.tips if tip.id in row.tips]
    return ConditionOnPlan(
        key=row.condition,
        version=condition.version,
        name=condition.name.in_language(language),
        recognised=(
            *_recognised(condition, answer, language),
            *(one.text.in_language(language) for one in bones),
        ),
        why=condition.why.in_language(language),
        tips=tuple(tip.in_language(language) for tip in tips),
    )


def _recognised(questions, answer, language):
    """The sentences that were recognised. A private one belongs on no paper: families hang the plan on the fridge."""
    return tuple(recognised_texts(questions, answer, language, private=False))


def _habits(plan, language):
    strengths = _strengths(plan)
    return tuple(
        HabitOnPlan(
            after=row.after,
            do=row.do,
            where=row.where,
            how_often=row.how_often,
            small=row.small,
            hangs_on=hanging_words(row, language, strengths),
            begins=row.begins,
        )
        for row in plan.habits.all()
    )


def _exercises(plan, language):
    """An exercise that has left the library has no words to print; the composer does not show it either."""
    strengths = _strengths(plan)
    return tuple(
        _exercise(row, library()[row.exercise], plan.cautions, language, strengths)
        for row in plan.exercises.all()
        if row.exercise in library()
    )


def _care(exercise, cautions, language):
    """What this patient takes care of: the notes of their own cautions, and what no caution names."""
    notes = [note.text for note in exercise.notes if CAUTIONS[note.caution] in cautions]
    said = [*notes, *([exercise.care] if exercise.care else [])]
    return " ".join(text.in_language(language) for text in said)


def _exercise(row, exercise, cautions, language, strengths):
    drawing = figures().get(row.exercise)
    return ExerciseOnPlan(
        key=row.exercise,
        version=exercise.version,
        name=exercise.name.in_language(language),
        goal=exercise.goal.in_language(language),
        kit=kit_words(exercise.kit),
        steps=tuple(step.in_language(language) for step in exercise.steps),
        dose=row.dose,
        care=_care(exercise, cautions, language),
        stop=" ".join(line.in_language(language) for line in exercise.stop),
        hangs_on=hanging_words(row, language, strengths),
        start=exercise.start.in_language(language),
        breathing=exercise.breathing.in_language(language),
        feel=exercise.feel.in_language(language),
        easier=exercise.easier.in_language(language),
        harder=exercise.harder.in_language(language),
        figure=svg(drawing) if drawing else "",
        figure_alt=drawing.alt.get(language, "") if drawing else "",
    )


def _strengths(plan):
    return {str(row.code): row.text for row in plan.strengths.all()}
