"""What one composer page reads: the working copy of a plan with its lists, each read once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _

from exercises.library import library
from intake.models import Intake
from plans.composition import first_draft
from plans.freezing import frozen
from plans.habit_words import habit_sentence
from plans.models import BucketlistItem, Hanging, Plan, PlanExercise
from plans.own.body import OwnText
from plans.own.shelf import Own, OwnTip
from plans.plan_copy import as_json
from plans.told import language_of, recognised_conditions, sent_answers, sent_conditions, told_glasses
from triggers.glasses import conditions, glasses

On = Hanging.On


@dataclass(frozen=True)
class Said:
    """One text of the content: in the patient's language, and in the reader's when that is another one."""

    text: str
    lang: str
    translation: str = ""
    own: bool = False  # the practice's own, not ours
    withdrawn: bool = False

    @classmethod
    def of(cls, text, patient_language, **marks):
        """`text` for a patient of that language and for whoever reads this page now."""
        told = text.in_language(patient_language)
        read = text.in_language(translation.get_language())
        # A text of the practice's own may not be told in that language.
        lang = text.language_for(patient_language) if isinstance(text, OwnText) else patient_language
        return cls(told, lang, "" if read == told else read, **marks)

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Sheet:
    """One plan as the composer shows it. The lists are read when they are first asked for, and once."""

    plan: Plan

    @property
    def intake(self) -> Intake:
        return self.plan.intake

    @cached_property
    def language(self) -> str:
        """The patient's language: what is written here goes on paper in it."""
        return language_of(self.intake)

    @cached_property
    def screening(self):
        return self.intake.screening

    @property
    def gate_is_open(self):
        """Whether this plan may be changed and given now."""
        return self.screening is not None and self.screening.gate_is_open

    @cached_property
    def strengths(self):
        return list(self.plan.strengths.all())

    @cached_property
    def glasses(self):
        return list(self.plan.glasses.all())

    @cached_property
    def conditions(self):
        return list(self.plan.conditions.all())

    @cached_property
    def exercises(self):
        return list(self.plan.exercises.all())

    @cached_property
    def habits(self):
        return list(self.plan.habits.all())

    @cached_property
    def own(self):
        """What the practice has of its own."""
        return Own.of(self.plan.practice_id)

    @cached_property
    def library(self):
        """{id: exercise} to choose from for this patient: the practice's own first, then ours."""
        chosen = {row.exercise for row in self.exercises}
        return {**self.own.exercises(self.language, chosen), **library()}

    def tips(self, about, row=None):
        """The tips of one glass or condition: ours, then the practice's own. `row` is what stands on the plan."""
        ours = (conditions() if about in conditions() else glasses())[about].tips
        return (*ours, *self.own.tips(about, self.language, row.tips if row else ()))

    @cached_property
    def releases(self):
        """The newest first, each with its document beside it (None: still being made)."""
        rows = list(self.plan.releases.order_by("-number").select_related("document"))
        for row in rows:
            row.pdf = getattr(row, "document", None)
        return rows

    @cached_property
    def paper_is_behind(self):
        """Whether this plan says something else than the version that was given last. None was given: no."""
        if not self.releases:
            return False
        last = self.releases[0].plan_copy
        now = frozen(
            self.plan,
            number=last.number,
            corrects=last.corrects,
            made_by=last.made_by,
            made_on=date.fromisoformat(last.made_on),
            link=last.link,
        )
        return as_json(now) != as_json(last)

    @cached_property
    def answers(self):
        """{glass: GlassAnswer} as sent."""
        return sent_answers(self.intake)

    @cached_property
    def condition_answers(self):
        return sent_conditions(self.intake)

    @cached_property
    def more_strengths(self):
        """Sentences that may be added to what goes well: of glasses with an outspoken no, as (glass, sentence)."""
        draft = first_draft(told_glasses(self.intake), recognised_conditions(self.intake))
        there = {row.glass for row in self.strengths}
        return [
            (idea.glass, Said.of(glasses()[idea.glass].good, self.language))
            for idea in draft.more_strengths
            if idea.glass not in there
        ]

    @cached_property
    def hangs(self):
        """Everything on this plan that a habit or an exercise may hang on, as choices of a select."""
        groups = (
            (_("Glasses"), [(f"{On.GLASS}:{row.glass}", label_of(row.glass)) for row in self.glasses]),
            (
                _("Conditions"),
                [(f"{On.CONDITION}:{row.condition}", name_of(row.condition)) for row in self.conditions],
            ),
            (_("What goes well"), [(f"{On.STRENGTH}:{row.code}", row.text) for row in self.strengths]),
        )
        moving = [(f"{On.MOVING}:", _("Keep moving"))]
        return [*((name, rows) for name, rows in groups if rows), (_("For everybody"), moving)]

    def hangs_in_words(self, item):
        """On what a habit or an exercise hangs, in the reader's language."""
        value = hanging(item)
        return next((str(word) for _group, rows in self.hangs for key, word in rows if key == value), "")


def hanging(item):
    """On what a habit or an exercise hangs, as the value of the select."""
    return f"{item.hangs_on}:{item.hangs_key}"


def label_of(glass):
    """The short name of a glass in the reader's language."""
    return glasses()[glass].label.in_language(translation.get_language())


def name_of(condition):
    """The name of a condition in the reader's language."""
    return conditions()[condition].name.in_language(translation.get_language())


def said_tip(tip, language):
    """A tip as it is read, for a patient of that language."""
    own = isinstance(tip, OwnTip)
    return Said.of(tip.said, language, own=own, withdrawn=own and tip.withdrawn)


def exercise_name(key, exercises):
    """The name of an exercise in the reader's language; one that has left the library keeps its id."""
    found = exercises.get(key)
    return found.name.in_language(translation.get_language()) if found else key


def sentence_of(item: BucketlistItem, language):
    """A habit read back as one sentence: 'After breakfast I stand up.'"""
    return habit_sentence(item.after, item.do, language)


def in_words(item: BucketlistItem | PlanExercise, sheet):
    """A habit or an exercise in one line, to say what still hangs on something."""
    if isinstance(item, BucketlistItem):
        return sentence_of(item, sheet.language)
    return exercise_name(item.exercise, sheet.library)
