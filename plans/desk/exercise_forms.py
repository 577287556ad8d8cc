"""Exercises on the plan, suggestions for its glasses, and the rest of the library: each a row with dose and hook."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from exercises.filters import CAUTIONS, STAGES, suggestions, verdict
from exercises.poses import figures
from plans import actions
from plans.library.words import AIMS, POSITIONS
from plans.models import Hanging
from plans.own.shelf import OwnExercise

from .composer_forms import CAUTION_WORDS
from .fields import Row, Section, Words, select
from .sheet import Said, exercise_name, hanging, label_of

MOST_DONE_WELL = (
    3  # two are done better than eight: more than this is worth a word, and no stop (ux-brief 1.2)
)
SUGGESTED = 3
GENTLE = _("gentle")
ANYHOW = f"{Hanging.On.MOVING}:"


class ExerciseRow(Row):
    """One exercise: on the plan or not, with its dose and what it hangs on."""

    on = forms.BooleanField(required=False)
    dose = Words(label=_("How much"))
    hangs = select(label=_("Hangs on"))

    def __init__(self, key, sheet, data=None, *, row=None, hook=ANYHOW):
        self.exercise = sheet.library[key]
        self.own = isinstance(self.exercise, OwnExercise)
        dose = Said.of(self.exercise.dose, sheet.language)
        initial = {"on": row is not None, "dose": row.dose if row else dose.text, "hangs": hook}
        super().__init__(key, data, initial=initial)
        self.fields["hangs"].choices = sheet.hangs
        self.fields["on"].label = exercise_name(key, sheet.library)
        self.goal = Said.of(self.exercise.goal, sheet.language)
        found = verdict(self.exercise, letters(sheet))
        words = [CAUTION_WORDS[CAUTIONS[code]] for code in found.because]
        self.because = words if found.state == "hidden" else []
        self.careful = [
            Said.of(note.text, sheet.language)
            for note in self.exercise.notes
            if note.caution in found.because
        ]
        if self.exercise.care:
            self.careful.append(Said.of(self.exercise.care, sheet.language))
        self.figure = key if key in figures() else ""
        self.photos = self.exercise.photos if self.own else ()
        self.reason = reason(self.exercise, hook)

    def clean(self):
        data = super().clean()
        if data.get("on") and "dose" in data and not data["dose"]:
            self.add_error("dose", _("Say how much: how many times, how often."))
        if not data.get("on"):
            # What is not chosen is not looked at: an old hook there stops nobody.
            self._errors.clear()
        return data


class Exercises(Section):
    """Every exercise of the library as a row: first those on the plan, then what suits its glasses, then the rest."""

    name = "exercises"

    def make_rows(self):
        library = self.sheet.library
        there = {row.exercise: row for row in self.sheet.exercises if row.exercise in library}
        order = self._order(there)
        offered = {one.exercise.id: one for one in self._offered()}
        hooks = {key: f"glass:{one.glass}" for key, one in offered.items() if one.glass}
        hooks |= {key: hanging(row) for key, row in there.items()}
        rows = {
            key: ExerciseRow(key, self.sheet, self.data, row=there.get(key), hook=hooks.get(key, ANYHOW))
            for key in [*order, *(key for key in offered if key not in order), *library]
        }
        self.chosen = [rows[key] for key in order]
        free = [key for key in offered if key not in order]
        self.suggested = [rows[key] for key in free[:SUGGESTED]]
        shown = {*order, *free[:SUGGESTED]}
        rest = [row for key, row in rows.items() if key not in shown]
        # One that was ticked just now is shown with its caution, never dropped in silence.
        self.rest = [row for row in rest if not row.because or row["on"].value()]
        self.left_out = [row for row in rest if row not in self.rest]
        return [*self.chosen, *self.suggested, *self.rest]

    def _order(self, there):
        """The exercises on the plan in their order; of a form as posted, with one that was moved in its new place."""
        if not self.is_bound:
            return list(there)
        keys = [key for key in self.posted(self.sheet.library) if key in there]
        keys += [key for key in there if key not in keys]
        return self.moved(keys)

    def _offered(self):
        glasses = [row.glass for row in self.sheet.glasses]
        # What was withdrawn stays where it is chosen, and is offered no more.
        library = {
            key: one
            for key, one in self.sheet.library.items()
            if not (isinstance(one, OwnExercise) and one.withdrawn)
        }
        return suggestions(
            library, glasses, letters(self.sheet), stage=self.sheet.plan.stage, at_most=len(library)
        )

    @cached_property
    def many(self):
        """Whether more stand on the plan than are done well."""
        return len(self.sheet.exercises) > MOST_DONE_WELL

    def values(self):
        return [
            {
                "exercise": row.key,
                "dose": row.cleaned_data["dose"],
                **dict(zip(("hangs_on", "hangs_key"), row.cleaned_data["hangs"].split(":", 1), strict=True)),
            }
            for row in self.rows
            if row.cleaned_data.get("on")
        ]

    def save(self, actor, seen):
        actions.save_exercises(actor, self.sheet.plan, self.values(), seen=seen)


def reason(exercise, hook):
    """Why this exercise is offered, in a few words: 'because of Sitting · gentle · on a chair'."""
    on, _colon, glass = hook.partition(":")
    words = [_("because of %(glass)s") % {"glass": label_of(glass)}] if on == Hanging.On.GLASS else []
    words += [GENTLE if exercise.phase in STAGES["relieve"] else AIMS[exercise.aim]]
    words += [POSITIONS[exercise.positions[0]]]
    return [str(word) for word in words]


def letters(sheet):
    """The plan's cautions as the library writes them."""
    return [letter for letter, code in CAUTIONS.items() if code in sheet.plan.cautions]
