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

from . import building
from .library.words import kit_words
from .models import Hanging
from .own import photos
from .own.shelf import Own, OwnExercise, OwnTip
from .own.words import KINDS
from .plan_copy import ConditionOnPlan, ExerciseOnPlan, GlassOnPlan, HabitOnPlan, HelperOnPlan, PlanCopy
from .told import language_of, sent_answers, sent_conditions


def frozen(plan, *, number, corrects, made_by, made_on, link=""):
    """The PlanCopy that this working copy gives now. `number` 0 is a draft. `made_on` is a date, `link` an address."""
    intake, language = plan.intake, language_of(plan.intake)
    patient, practice = intake.patient, intake.practice
    own = Own.of(plan.practice_id)
    texts = own.texts(language)
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
            out_of_hours=texts.get("out-of-hours") or practice.out_of_hours,
            emergency=numbers(practice.country).emergency,
            strengths=tuple(row.text for row in plan.strengths.all()),
            glasses=_glasses(plan, intake, language, own),
            conditions=_conditions(plan, intake, language, own),
            habits=_habits(plan, language),
            exercises=_exercises(plan, language, own),
            stop_rules=tuple(rule.in_language(language) for rule in stop_rules().stop_rules),
            pain_rule=stop_rules().pain_rule.in_language(language),
            suddenly_worse=red_flags().suddenly_worse.in_language(language),
            note=plan.note,
            link=link if plan.exercises.exists() else "",
            helpers=_helpers(plan, language, own),
            closing=texts.get("closing", ""),
            build_ups=building.build_ups(plan, language),
            ladder=building.ladder(plan, language),
            pacing=building.paced(plan, language),
            work=building.work(plan, language),
            worksheets=building.worksheets(plan, language),
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


def _glasses(plan, intake, language, own):
    answers = sent_answers(intake)
    return tuple(_glass(row, answers.get(row.glass), language, own) for row in plan.glasses.all())


def _glass(row, answer, language, own):
    glass = glasses()[row.glass]
    tips = [tip for tip in (*glass.tips, *own.tips(row.glass, language, row.tips)) if tip.id in row.tips]
    own_tip = [row.own_tip] if row.own_tip else []
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
        tips=(*(tip.said.in_language(language) for tip in tips), *own_tip),
        cares=tuple(dict.fromkeys(tip.care.in_language(language) for tip in tips if tip.care)),
        who_helps=_who_helps(row, glass, language),
    )


def _who_helps(row, glass, language):
    """The glass's own words about who can help, in the practice's country, where they were chosen."""
    return glass.helpers_in(row.plan.intake.practice.country).in_language(language) if row.who_helps else ""


def _conditions(plan, intake, language, own):
    answers = sent_conditions(intake)
    return tuple(_condition(row, answers.get(row.condition), language, own) for row in plan.conditions.all())


def _condition(row, answer, language, own):
    condition = conditions()[row.condition]
    bones = recognised_bones(condition, answer)
    tips = [condition.bones.told] if bones else []
    offered = (*condition.tips, *own.tips(row.condition, language, row.tips))
    chosen = [tip for tip in offered if tip.id in row.tips]
    tips += [tip.said for tip in chosen]
    # A condition has no place of its own for what an own tip asks to be careful with.
    tips += [tip.care for tip in chosen if isinstance(tip, OwnTip) and tip.care]
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
            nudge=row.nudge,
            with_whom=row.with_whom,
            reward=row.reward,
        )
        for row in plan.habits.all()
    )


def _helpers(plan, language, own):
    """Who can help nearby, each once, in the order of the glasses that they were chosen with."""
    chosen = [
        helper
        for row in plan.glasses.all()
        for helper in own.helpers(row.glass, language, row.helpers)
        if helper.id in row.helpers
    ]
    return tuple(_helper(one, language) for one in {one.id: one for one in chosen}.values())


def _helper(helper, language):
    told = helper.told
    return HelperOnPlan(
        kind=str(KINDS[told.kind]),
        name=told.name,
        address=told.address,
        phone=told.phone,
        web=told.web,
        note=helper.note.in_language(language),
    )


def _exercises(plan, language, own):
    """An exercise that has left the library has no words to print; the composer does not show it either."""
    strengths, rows = _strengths(plan), list(plan.exercises.all())
    known = {**library(), **own.exercises(language, {row.exercise for row in rows})}
    return tuple(
        _exercise(row, known[row.exercise], plan.cautions, language, strengths)
        for row in rows
        if row.exercise in known
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
        photos=_photos(exercise),
    )


def _photos(exercise):
    """The photos of an own exercise. One whose file is lost goes on no paper: the words say it without."""
    own = exercise.photos if isinstance(exercise, OwnExercise) else ()
    return tuple(photo for photo in own if photos.is_there(photo.name))


def _strengths(plan):
    return {str(row.code): row.text for row in plan.strengths.all()}
