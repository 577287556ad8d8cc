"""Visits in words: what the page of one intake tells, and the one word that the worklist may carry.

The worklist reads `with_visits(intakes, actor)` and then `visit_words(intake)` of each row: no query per row. Who may
not read clinical rows gets no visit through `with_visits`, and so no word.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from .models import Visit, VisitChoice
from .visits import DECIDES, ENOUGH, Course, Treatment, course, task_is_due


def with_visits(intakes, actor):
    """`intakes` with what `visit_words` reads of each: the fourth visit, and whether somebody decided on it."""
    fourth = Visit.objects.for_actor(actor).filter(intake=OuterRef("pk")).order_by("on")
    fourth = fourth[DECIDES - 1 : DECIDES]
    return intakes.annotate(
        fourth_visit=Subquery(fourth.values("pk")),
        fourth_better=Subquery(fourth.values("better")),
        fourth_worse=Subquery(fourth.values("worse")),
        looked_again=Exists(VisitChoice.objects.for_actor(actor).filter(intake=OuterRef("pk"))),
    )


def waits_for_a_look():
    """The same rule as a condition on `with_visits`, for a filter with its count."""
    return Q(fourth_visit__isnull=False, looked_again=False) & (
        Q(fourth_better=None) | Q(fourth_better__lt=ENOUGH)
    )


def visit_words(intake):
    """[] or the one state of the worklist that says: the fourth visit was not halfway. Reads `with_visits`."""
    if intake.fourth_visit is None:
        return []
    fourth = Treatment(intake.fourth_better, bool(intake.fourth_worse))
    if not task_is_due([Treatment()] * (DECIDES - 1) + [fourth], decided=intake.looked_again):
        return []
    return [{"word": _("visit %(number)s: look again") % {"number": DECIDES}, "state": "todo"}]


@dataclass(frozen=True)
class Line:
    """One visit with its number, as the timeline shows it."""

    number: int
    visit: Visit
    decides: bool
    latest: bool


@dataclass(frozen=True)
class Visits:
    """The visits of one intake with what they tell. Two queries, each made when it is first needed."""

    actor: object
    intake: object

    @cached_property
    def rows(self):
        """In the order of their days."""
        return list(Visit.objects.for_actor(self.actor).filter(intake=self.intake).order_by("on"))

    @cached_property
    def choice(self):
        """What was chosen when the fourth was not halfway, or None."""
        return VisitChoice.objects.for_actor(self.actor).filter(intake=self.intake).first()

    @property
    def lines(self):
        """The latest first."""
        last = len(self.rows)
        return [
            Line(number, visit, number == DECIDES, number == last)
            for number, visit in reversed(list(enumerate(self.rows, start=1)))
        ]

    @property
    def treatments(self):
        return [visit.treatment for visit in self.rows]

    @property
    def fourth(self):
        """The visit that is looked at, or None."""
        return self.rows[DECIDES - 1] if len(self.rows) >= DECIDES else None

    @property
    def well(self):
        return course(self.treatments) is Course.WELL

    @property
    def too_early(self):
        return course(self.treatments) is Course.TOO_EARLY

    @property
    def task_is_due(self):
        return task_is_due(self.treatments, decided=self.choice is not None)

    @property
    def latest(self):
        """The visit that may still be changed or taken off, or None."""
        last = self.rows[-1] if self.rows else None
        return None if last is not None and self.choice and self.choice.visit_id == last.pk else last
