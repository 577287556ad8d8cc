"""The three kinds of lists as a page needs them: its form, how it is read back, and the verb that keeps it."""

from dataclasses import dataclass

from intake.red_flags import red_flags
from plans.paper_codes import PHONE

from . import actions
from .context import ContextForm
from .glasses import LAST_LIST, GlassesForm
from .lists import CONTEXT, Sitting, keys_of, title_of
from .safety import SafetyForm
from .words import letters_fills, letters_yes_no_unsure


@dataclass
class Page:
    """One list. `reads` says whether the person behind it may read what was answered before: a practitioner."""

    sitting: Sitting
    name: str
    reads: bool

    @property
    def title(self):
        return title_of(self.name)

    @property
    def typed(self):
        return self.sitting.typed(self.name)

    @property
    def mark(self):
        """What `seen` says of a page that is opened now."""
        return self.typed.mark if self.typed else ""

    def save(self, actor, form, *, seen, way):
        """Keep what `form` says. Raises what `actions` raise."""
        values = form.values() if self.name == CONTEXT else form.answers
        phone = form.cleaned_data.get(PHONE, "") if self.name == CONTEXT else ""
        intake = self.sitting.intake
        actions.save_answers(actor, intake, self.name, values, seen=seen, way=way, phone=phone)


class ContextPage(Page):
    template = "plans/paper_entry/context.html"

    @property
    def is_open(self):
        return self.sitting.may_type_a

    def form(self, data=None):
        facts = self.sitting.facts
        answers = {**facts.latest, PHONE: self.sitting.intake.patient.phone} if self.reads else None
        return ContextForm(data, intake=self.sitting.intake, answers=answers, kept=facts.latest.keys())


class SafetyPage(Page):
    letters = staticmethod(letters_yes_no_unsure)
    template = "plans/paper_entry/safety.html"

    @property
    def is_open(self):
        return self.sitting.may_type_a and self.sitting.context_was_typed

    def form(self, data=None):
        facts = self.sitting.facts
        return SafetyForm(
            data,
            theme=next(theme for theme in red_flags().themes if theme.key == self.name),
            context=facts.context,
            kept=facts.answers.keys(),
            answers=facts.answers if self.reads else None,
        )


class GlassesPage(Page):
    letters = staticmethod(letters_fills)
    template = "plans/paper_entry/glasses.html"

    @property
    def is_open(self):
        return self.sitting.may_type_b

    def form(self, data=None):
        keys, rows = keys_of(self.name), self.sitting.rows_b
        questionnaire = self.sitting.questionnaire
        return GlassesForm(
            data,
            keys=keys,
            name=self.name,
            rows={key: rows[key] for key in keys if key in rows} if self.reads else None,
            missing=questionnaire.missing if self.reads and questionnaire else "",
            kept=rows.keys(),
        )

    def save(self, actor, form, *, seen, way):
        missing = form.cleaned_data.get("missing", "") if self.name == LAST_LIST else ""
        intake = self.sitting.intake
        actions.save_glasses(actor, intake, self.name, form.given, seen=seen, way=way, missing=missing)
