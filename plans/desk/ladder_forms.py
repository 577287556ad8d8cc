"""The exposure ladder as a form: rungs in their order, what was tried, and what keeps it closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans import actions, ladder
from plans.actions.seeing import RUNG

from .building_forms import Building, BuildingRow
from .fields import Day, Row, Words, ticks

CLOSED_BY = {
    "recent-fracture": _("A recent fracture"),
    "surgery": _("A recent operation on back or neck"),
    "serious-spinal-injury": _("A serious injury of the spine"),
}


class RungRow(BuildingRow):
    """One rung, with what was expected and what happened."""

    text = Words(label=_("Movement or activity"))
    expects = Words(label=_("What do I expect, and how frightening is it, from 0 to 10?"))
    happened = Words(label=_("What happened, and how frightening was it really?"))
    done_on = Day(label=_("Done on"))
    calmer = forms.TypedChoiceField(
        label=_("Calmer now?"),
        choices=[("", _("Not tried yet")), ("yes", _("Yes")), ("no", _("Not yet"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    not_now = forms.BooleanField(label=_("Not now: the practitioner puts this rung off"), required=False)

    typed = ("text",)

    def __init__(self, key, sheet, data=None, row=None):
        initial = {name: getattr(row, name) for name in RUNG} if row else {}
        if row:
            initial["calmer"] = {None: "", True: "yes", False: "no"}[row.calmer]
        super().__init__(key, data, initial=initial)
        self.row = row

    def clean(self):
        data = super().clean()
        told = (
            any(data.get(name) for name in ("expects", "happened", "done_on"))
            or data.get("calmer") is not None
        )
        if told and not data.get("off") and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say which movement or activity."))
        return data


class ClosedBy(Row):
    """What keeps the ladder closed for now."""

    reasons = ticks(label=_("Keep the ladder closed for now, because of"), choices=list(CLOSED_BY.items()))


class Ladder(Building):
    """The exposure ladder: at most ten rungs, and what keeps it closed."""

    name = "ladder"
    row_form = RungRow
    most = ladder.MOST_RUNGS
    empty = 3

    @property
    def there(self):
        return self.sheet.plan.rungs.all()

    def make_rows(self):
        self.rungs = super().make_rows()
        self.last_there = next((row.key for row in reversed(self.rungs) if row["text"].value()), "")
        self.closed = ClosedBy("closed", self.data, initial={"reasons": self.sheet.plan.ladder_closed_by})
        return [*self.rungs, self.closed]

    @property
    def shown(self):
        """The rungs on the plan, in their order."""
        return list(self.there)

    @property
    def next(self):
        """The rung to do now, or None; the others wait."""
        return None if self.closed_by else ladder.suggested(self.shown)

    @property
    def closed_by(self):
        """What keeps it closed, in words."""
        return [CLOSED_BY[reason] for reason in ladder.blocked_by(True, self.sheet.plan.ladder_closed_by)]

    def values(self):
        return [row.values() for row in self.rungs if row.counts]

    def in_lines(self):
        """What stands on the plan, a line each."""
        return [rung.text for rung in self.shown] + [str(reason) for reason in self.closed_by]

    def save(self, actor, seen):
        reasons = self.closed.cleaned_data["reasons"]
        actions.save_ladder(actor, self.sheet.plan, self.values(), reasons, seen=seen)
