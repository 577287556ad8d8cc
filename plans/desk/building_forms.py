"""What builds up as forms: an activity by weeks, a task in pieces, hours at work. The ladder is in ladder_forms.

Every part is optional: a row in which nobody typed anything is no row, and a row that was taken off is not looked at.
"""

import re

from django import forms
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _l

from plans import actions, build_up, building, stairs
from plans.actions.seeing import BUILD_UP, PACED_TASK, WORK
from plans.build_up import NotPossible
from plans.building_on_page import stair_alt
from plans.models import NOTE, BuildUp, PacedTask, ReturnToWork

from .fields import TOO_MUCH, Day, Number, Row, Section, Words, choice

# Where NotPossible says `measured`, the fields in their order.
MEASURED = ("first", "second", "third")
SENTENCES = {
    "measured-number": _l("Type a number above 0."),
    "measured-positive": _l("Type a number above 0."),
    "measured-most": TOO_MUCH,
    "start-none": _l("This is too little to build up from. Count in a smaller unit."),
    "goal-most": TOO_MUCH,
    "goal-whole": _l("Type a whole number."),
    "goal-above-start": _l("The goal must be higher than where one starts."),
    "weeks-range": _l("From 1 to 26 weeks."),
    "sessions-range": _l("From 3 to 14 times a week."),
    "minutes-range": _l("From 1 to 480 minutes."),
    "work-range": _l("From 1 to 120 minutes."),
    "rest-range": _l("From 1 to 120 minutes."),
    "hours-range": _l("From 1 to 48 hours a week."),
    "days-range": _l("From 1 to 7 days a week."),
    "day-short": _l("These are more days than hours."),
    "day-long": _l("That is more than 12 hours a day."),
}


class BuildingRow(Row):
    """A row that may stay empty. `typed` names the fields of which one makes it a row, `needed` what each asks for."""

    typed: tuple[str, ...] = ()
    needed: dict = {}

    off = forms.BooleanField(label=_l("Take this off the plan"), required=False)

    @property
    def counts(self):
        """Whether this row goes on the plan: something is typed, and it was not taken off."""
        data = self.cleaned_data
        return not data.get("off") and any(data.get(name) not in (None, "") for name in self.typed)

    def clean(self):
        data = super().clean()
        wrong = any(name in self.errors for name in self.typed)
        if data.get("off") or not (self.counts or wrong):
            self._errors.clear()
            return data
        for name, sentence in self.needed.items():
            if name not in self.errors and data.get(name) in (None, ""):
                self.add_error(name, sentence)
        if not self.errors:
            self.try_out(data)
        return data

    def try_out(self, data):
        """Say beside the field what gives no schedule."""

    def refuse(self, refusal, **names):
        """Say a NotPossible beside its field; `names` are the fields that are called otherwise there."""
        if refusal.code == "weeks-range" and "weeks_per_step" in self.fields:
            self.add_error("weeks_per_step", _l("From 1 to 12 weeks."))
        else:
            self.add_error(names.get(refusal.field, refusal.field), SENTENCES[refusal.code])

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "off"}


class Building(Section):
    """The rows of one part, in the plan's order, with `empty` rows to fill in behind them."""

    row_form = BuildingRow
    most = 1
    empty = 1

    @property
    def there(self):
        """The rows on the plan."""
        raise NotImplementedError

    def make_rows(self):
        there = {f"{self.name}-{place}": row for place, row in enumerate(self.there)}
        places = range(min(self.most, len(there) + self.empty))
        keys = [f"{self.name}-{place}" for place in places]
        if self.is_bound:
            known = re.compile(rf"{self.name}-\d{{1,2}}")
            keys = [
                key for key in self.moved(dict.fromkeys(self.data.getlist("row"))) if known.fullmatch(key)
            ]
        return [self.row_form(key, self.sheet, self.data, there.get(key)) for key in keys]

    def values(self):
        return [row.values() for row in self.rows if row.counts]


class BuildUpRow(BuildingRow):
    """One activity, built up."""

    activity = Words(label=_l("What do we build up?"), help_text=_l("In the patient's words: “walking”."))
    unit = choice(label=_l("Counted in"), choices=BuildUp.Unit, required=False)
    first = Number(label=_l("First time"))
    second = Number(label=_l("Second time"))
    third = Number(label=_l("Third time"))
    percent = forms.TypedChoiceField(
        label=_l("Begin this much below the middle of the three"),
        coerce=int,
        empty_value=20,
        required=False,
        widget=forms.RadioSelect,
        choices=[(20, _l("One fifth")), (25, _l("One quarter")), (30, _l("Almost one third"))],
    )
    goal = Number(whole=True, label=_l("Goal"))
    weeks = Number(whole=True, label=_l("In how many weeks"), help_text=_l("From 1 to 26."))
    sessions = Number(whole=True, label=_l("Times a week"), help_text=_l("At least 3."))
    starts_on = Day(label=_l("First day"))

    typed = ("activity", *MEASURED, "goal")
    needed = {
        "activity": _l("Say which activity."),
        **dict.fromkeys(MEASURED, _l("Measure it three times first.")),
        "goal": _l("Say what the patient wants to reach."),
        "weeks": _l("Say in how many weeks."),
        "sessions": _l("Say how many times a week."),
        "starts_on": _l("Fill in the day."),
    }

    def __init__(self, key, sheet, data=None, row=None):
        fresh = {
            "unit": "minutes",
            "percent": 20,
            "weeks": 6,
            "sessions": 3,
            "starts_on": timezone.localdate(),
        }
        initial = {name: getattr(row, name) for name in BUILD_UP} if row else fresh
        super().__init__(key, data, initial=initial)
        self.row, self.language = row, sheet.language

    def try_out(self, data):
        data["unit"] = data.get("unit") or "minutes"
        try:
            _schedule = BuildUp(**self.values()).schedule
        except NotPossible as refusal:
            names = {"measured": MEASURED[refusal.at or 0], "lower": "percent"}
            self.refuse(refusal, **names)


class BuildUps(Building):
    """Graded activity: at most two activities, each by weeks."""

    name = "build-up"
    row_form = BuildUpRow
    most = actions.MOST_BUILD_UPS

    @property
    def there(self):
        return self.sheet.plan.build_ups.all()

    @cached_property
    def shown(self):
        """What stands on the plan, as it goes on paper: (what is told, its drawing, whether it goes up fast)."""
        rows = list(self.there)
        with translation.override(self.sheet.language):
            told = building.build_ups(self.sheet.plan, self.sheet.language)
        steep = [build_up.STEEP in row.schedule.warnings for row in rows]
        return [(one, drawing(one), fast) for one, fast in zip(told, steep, strict=True)]

    def in_lines(self):
        """What stands on the plan, a line each."""
        return [
            f"{told.activity}: {told.weeks[0].says} – {told.weeks[-1].says}" for told, *_rest in self.shown
        ]

    def save(self, actor, seen):
        actions.save_build_ups(actor, self.sheet.plan, self.values(), seen=seen)


def drawing(told):
    """The stair of one build-up, for the page: the words of it stand below."""
    weeks = [stairs.Stair(week.amount, week.name) for week in told.weeks]
    return mark_safe(stairs.stairs(weeks, title=stair_alt(told)))


class PacedTaskRow(BuildingRow):
    """One task in pieces."""

    task = Words(label=_l("Which task?"), help_text=_l("In the patient's words: “weeding”."))
    minutes = Number(whole=True, label=_l("Minutes in all"))
    work = Number(whole=True, label=_l("Minutes of one piece"))
    rest = Number(whole=True, label=_l("Minutes of a break"))
    other = Words(label=_l("What in between?"))

    typed = ("task", "minutes", "other")
    needed = {
        "task": _l("Say which task."),
        "minutes": _l("Say how many minutes."),
        "work": _l("Say how many minutes."),
        "rest": _l("Say how many minutes."),
    }

    def __init__(self, key, sheet, data=None, row=None):
        initial = {name: getattr(row, name) for name in PACED_TASK} if row else {"work": 20, "rest": 15}
        super().__init__(key, data, initial=initial)
        self.row = row

    def try_out(self, data):
        try:
            _pacing = PacedTask(**self.values()).pacing
        except NotPossible as refusal:
            self.refuse(refusal)


class PacedTasks(Building):
    """Tasks in pieces, three at most."""

    name = "pacing"
    row_form = PacedTaskRow
    most = actions.MOST_PACED_TASKS

    @property
    def there(self):
        return self.sheet.plan.paced_tasks.all()

    @cached_property
    def shown(self):
        """What stands on the plan, as it goes on paper."""
        with translation.override(self.sheet.language):
            told = building.paced(self.sheet.plan, self.sheet.language)
        return told.tasks if told else ()

    def in_lines(self):
        """What stands on the plan, a line each."""
        return [f"{one.task}: {' · '.join(one.blocks)}" for one in self.shown]

    def save(self, actor, seen):
        actions.save_pacing(actor, self.sheet.plan, self.values(), seen=seen)


class WorkRow(BuildingRow):
    """Going back to work."""

    hours = Number(label=_l("Hours in a usual week"))
    days = Number(whole=True, label=_l("Days in a usual week"))
    weeks_per_step = Number(whole=True, label=_l("Weeks for each step"))
    starts_on = Day(label=_l("First day back"))
    shape = choice(label=_l("Fewer hours as"), choices=ReturnToWork.Shape, required=False)
    replaced = Words(limit=NOTE, rows=2, label=_l("Tasks that are replaced for a while"))

    typed = ("hours", "starts_on", "replaced")
    needed = {
        "hours": _l("Say how many hours."),
        "days": _l("Say how many days."),
        "weeks_per_step": _l("Say how many weeks."),
        "starts_on": _l("Fill in the day."),
    }

    def __init__(self, key, sheet, data=None, row=None):
        fresh = {"days": 5, "weeks_per_step": 2, "shape": ReturnToWork.Shape.SHORTER_DAYS}
        initial = {name: getattr(row, name) for name in WORK} if row else fresh
        super().__init__(key, data, initial=initial)
        self.row = row

    def try_out(self, data):
        data["shape"] = data.get("shape") or ReturnToWork.Shape.SHORTER_DAYS
        try:
            _steps = ReturnToWork(**self.values()).steps
        except NotPossible as refusal:
            self.refuse(refusal)


class WorkAgain(Building):
    """The way back to work: one row or none."""

    name = "work"
    row_form = WorkRow

    @property
    def there(self):
        return self.sheet.plan.works.all()

    @cached_property
    def shown(self):
        """What stands on the plan, as it goes on paper, or None."""
        with translation.override(self.sheet.language):
            return building.work(self.sheet.plan, self.sheet.language)

    def in_lines(self):
        """What stands on the plan, a line each."""
        steps = self.shown.steps if self.shown else ()
        return [f"{one.starts}: {one.hours}" for one in steps]

    def save(self, actor, seen):
        actions.save_work(actor, self.sheet.plan, self.values(), seen=seen)
