"""The composer's sections as forms: what goes well, glasses, conditions, cautions, exercises, a word for the patient.

Each section reads its rows from the page or from the plan, and gives the verb what it takes. Nothing else is read.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from exercises.filters import CAUTIONS
from plans import actions
from plans.building import with_worksheet
from plans.composition import MOST_STRENGTHS
from plans.models import NOTE, Stage
from plans.own.words import KINDS
from triggers.glasses import CONDITIONS, GLASSES, glasses
from triggers.models import Fills, Size

from .fields import Row, Section, Words, choice, ticks
from .sheet import Said, label_of, name_of, said_tip

FILLS = [(Fills.YES.value, Fills.YES.label), (Fills.BIT.value, Fills.BIT.label)]
CAUTION_WORDS = {
    "bones": _("Fragile bones"),
    "disc": _("Pain that runs into a leg or an arm"),
    "knees": _("Sensitive knees"),
    "wrists": _("Sensitive wrists"),
    "neck": _("Dizzy when the neck moves, or a neck injury"),
    "hip": _("A new hip"),
    "pregnant": _("Pregnant, or perhaps"),
    "circulation": _("Heart, blood pressure or eye pressure"),
    "falls": _("Unsteady, or afraid to fall"),
    "shoulder": _("A sensitive shoulder"),
}
EMPTY_ROWS = 2


def helper_words(helper):
    """A helper in one line: 'Lies Peeters · Physiotherapist'."""
    return f"{helper.told.name} · {KINDS[helper.told.kind]}"


def tip_choices(tips, language):
    """Tips as choices, in the words that go on paper."""
    return [(tip.id, said_tip(tip, language)) for tip in tips]


class StrengthRow(Row):
    text = Words(limit=NOTE, label=_("What goes well"))

    @property
    def strength_code(self):
        """The code of the row on the plan, or '' for a new one."""
        return "" if self.key.startswith("new-") else self.key


class Ideas(Row):
    """Sentences that may be taken over with one tick."""

    add = ticks(label=_("Also going well?"))

    def __init__(self, key, ideas, data=None):
        super().__init__(key, data)
        self.fields["add"].choices = ideas


class Strengths(Section):
    """What already goes well: sentences in the patient's own language. An empty line goes."""

    name = "strengths"

    def make_rows(self):
        new = [f"new-{number}" for number in range(EMPTY_ROWS)]
        there = {str(row.code): row.text for row in self.sheet.strengths}
        # A line whose row somebody took off meanwhile comes back as a new one: its words are not lost.
        keys = [*there, *new]
        if self.is_bound:
            keys = self.moved(self.data.getlist("row")[: MOST_STRENGTHS * 2])
        self.sentences = [
            StrengthRow(key, self.data, initial={"text": there.get(key, "")})
            for key in dict.fromkeys(keys)
            if key in there or len(key) <= 40
        ]
        self.last_there = next((row.key for row in reversed(self.sentences) if row.strength_code), "")
        self.ideas = Ideas("ideas", self.sheet.more_strengths, self.data)
        return [*self.sentences, self.ideas]

    def values(self):
        """The rows for the verb, in their order, with the ideas that were ticked at the end."""
        there = {str(row.code): row for row in self.sheet.strengths}
        sentences = [
            {
                "code": there[row.key].code if row.key in there else None,
                "text": row.cleaned_data["text"],
                "glass": there[row.key].glass if row.key in there else "",
            }
            for row in self.sentences
            if row.cleaned_data["text"]
        ]
        good = dict(self.sheet.more_strengths)
        added = [
            {"code": None, "text": str(good[glass]), "glass": glass}
            for glass in self.ideas.cleaned_data["add"]
        ]
        return sentences + added

    def save(self, actor, seen):
        actions.save_strengths(actor, self.sheet.plan, self.values(), seen=seen)


class GlassRow(Row):
    """One glass on the plan."""

    fills = choice(label=_("Fills the bucket"), choices=FILLS)
    size = choice(label=_("How big it feels"), choices=Size)
    compensated = forms.BooleanField(label=_("Already does something about it"), required=False)
    doing = Words(limit=NOTE, rows=2, label=_("What the patient does about it"))
    tips = ticks(label=_("To try"))
    own_tip = Words(label=_("A tip of your own"))
    helpers = ticks(label=_("Who can help nearby"))
    who_helps = forms.BooleanField(label=_("Say on paper who can help"), required=False)
    off = forms.BooleanField(label=_("Take this glass off the plan"), required=False)

    def __init__(self, key, sheet, data=None, row=None):
        names = ("fills", "size", "compensated", "doing", "tips", "own_tip", "helpers", "who_helps")
        initial = {name: getattr(row, name) for name in names} if row else {"fills": "yes", "size": "medium"}
        super().__init__(key, data, initial=initial)
        self.glass = glasses()[key]
        self.fields["tips"].choices = tip_choices(sheet.tips(key, row), sheet.language)
        helpers = sheet.own.helpers(key, sheet.language, row.helpers if row else ())
        self.fields["helpers"].choices = [(one.id, helper_words(one)) for one in helpers]
        self.label = label_of(key)
        self.helps = Said.of(self.glass.helpers_in(sheet.intake.practice.country), sheet.language)


class MoreGlasses(Row):
    """Glasses that are not on the plan yet."""

    add = ticks(label=_("Add a glass"))

    def __init__(self, key, there, data=None):
        super().__init__(key, data)
        self.fields["add"].choices = [(glass, label_of(glass)) for glass in GLASSES if glass not in there]


class GlassesOnPlan(Section):
    """The glasses on the plan with their tips, in the shelf's order."""

    name = "glasses"

    def make_rows(self):
        there = {row.glass: row for row in self.sheet.glasses}
        keys = self.posted(GLASSES) if self.is_bound else list(there)
        self.cards = [GlassRow(key, self.sheet, self.data, there.get(key)) for key in keys]
        self.more = MoreGlasses("more", keys, self.data)
        return [*self.cards, self.more]

    def values(self):
        kept = [
            {"glass": row.key, **{name: row.cleaned_data[name] for name in row.fields if name != "off"}}
            for row in self.cards
            if not row.cleaned_data["off"]
        ]
        return kept + [self._new(glass) for glass in self.more.cleaned_data["add"]]

    def _new(self, glass):
        """A glass that was added by hand: with what the patient said about it, where that was sent."""
        answer = self.sheet.answers.get(glass)
        return {
            "glass": glass,
            "fills": Fills.BIT.value if answer and answer.fills == Fills.BIT else Fills.YES.value,
            "size": answer.size if answer else Size.MEDIUM.value,
            "compensated": bool(answer and answer.compensated),
            "doing": answer.own_words if answer else "",
            "tips": [tip.id for tip in glasses()[glass].tips[:1]],
            "own_tip": "",
            "helpers": [],
            "who_helps": False,
        }

    def save(self, actor, seen):
        actions.save_glasses(actor, self.sheet.plan, self.values(), seen=seen)


class ConditionRow(Row):
    on = forms.BooleanField(label=_("May play a part"), required=False)
    tips = ticks(label=_("To try"))

    def __init__(self, key, sheet, data=None, row=None):
        super().__init__(key, data, initial={"on": row is not None, "tips": row.tips if row else []})
        self.fields["tips"].choices = tip_choices(sheet.tips(key, row), sheet.language)
        self.label = name_of(key)


class ConditionsOnPlan(Section):
    """The two conditions, each on the plan or not."""

    name = "conditions"

    def make_rows(self):
        there = {row.condition: row for row in self.sheet.conditions}
        return [ConditionRow(key, self.sheet, self.data, there.get(key)) for key in CONDITIONS]

    def values(self):
        return [
            {"condition": row.key, "tips": row.cleaned_data["tips"]}
            for row in self.rows
            if row.cleaned_data["on"]
        ]

    def save(self, actor, seen):
        actions.save_conditions(actor, self.sheet.plan, self.values(), seen=seen)


class CautionsRow(Row):
    codes = ticks(label=_("What to be careful with"))
    stage = choice(
        label=_("Where the patient is now"),
        choices=Stage,
        required=False,
        help_text=_("The next one when this one felt fine two days in a row, with no flare the day after."),
    )

    def __init__(self, key, data=None, **kwargs):
        super().__init__(key, data, **kwargs)
        self.fields["codes"].choices = [(code, CAUTION_WORDS[code]) for code in CAUTIONS.values()]


class Cautions(Section):
    """What the exercises must leave out."""

    name = "cautions"

    def make_rows(self):
        self.row = CautionsRow("cautions", self.data, initial=self._before())
        return [self.row]

    def _before(self):
        return {"codes": self.sheet.plan.cautions, "stage": self.sheet.plan.stage}

    def save(self, actor, seen):
        told = self.row.cleaned_data
        actions.save_cautions(actor, self.sheet.plan, told["codes"], told["stage"], seen=seen)


class WorksheetsRow(Row):
    keys = ticks(label=_("To fill in at home"))

    def __init__(self, key, sheet, data=None):
        super().__init__(key, data, initial={"keys": sheet.plan.worksheets})
        self.fields["keys"].choices = [
            (one, Said.of(guide.title, sheet.language)) for one, guide in with_worksheet().items()
        ]


class Worksheets(Section):
    """Worksheets of the back school that go along on paper."""

    name = "worksheets"

    def make_rows(self):
        self.row = WorksheetsRow("worksheets", self.sheet, self.data)
        return [self.row]

    def in_lines(self):
        """What stands on the plan, a line each."""
        return [
            str(title) for key, title in self.row.fields["keys"].choices if key in self.sheet.plan.worksheets
        ]

    def save(self, actor, seen):
        actions.save_worksheets(actor, self.sheet.plan, self.row.cleaned_data["keys"], seen=seen)


class NoteRow(Row):
    text = Words(
        limit=NOTE,
        rows=4,
        label=_("A word for the patient"),
        help_text=_("It stands on the plan as you type it. At most 500 characters."),
    )


class Note(Section):
    """A word for the patient."""

    name = "note"

    def make_rows(self):
        self.row = NoteRow("note", self.data, initial={"text": self.sheet.plan.note})
        return [self.row]

    def save(self, actor, seen):
        actions.save_note(actor, self.sheet.plan, self.row.cleaned_data["text"], seen=seen)
