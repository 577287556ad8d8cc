"""One Bucketlist item as a form: empty, from a tip that carries a habit, or as it stands on the list."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from plans.composition import MOST_TO_START
from plans.guides import rewrites
from plans.models import BucketlistItem, Hanging
from plans.vague import friendly_rewrite
from triggers.glasses import conditions, glasses

from .fields import Row, Words, choice, select
from .sheet import Said, hanging

BEGIN, LATER = "begin", "later"
NEEDED = {
    "after": _l("Say after which habit: that is what makes it stick."),
    "do": _l("Say what the patient will do."),
    "how_often": _l("Say how often."),
}


class HabitForm(Row):
    """After which habit, what, where, how often, and the small version of it for a bad day.

    What reminds, with whom and the reward may stay empty, and stand folded away.
    """

    after = Words(
        label=_l("After which habit"),
        help_text=_l("Write the whole beginning: “After breakfast” or “When the coffee runs”."),
        required=True,
        error_messages={"required": NEEDED["after"]},
    )
    do = Words(
        label=_l("I do what"),
        help_text=_l("It reads on as one sentence: “I walk to the corner”."),
        required=True,
        error_messages={"required": NEEDED["do"]},
    )
    how_often = Words(label=_l("How often"), required=True, error_messages={"required": NEEDED["how_often"]})
    where = Words(label=_l("Where"))
    small = Words(label=_l("The small version, for a bad day"))
    nudge = Words(
        label=_l("What reminds me"), help_text=_l("Something one sees: “the shoes beside the door”.")
    )
    with_whom = Words(label=_l("With whom"))
    reward = Words(label=_l("My reward"), help_text=_l("Something small, at once: “a page of my book”."))
    hangs = select(label=_l("Hangs on"))
    begins = choice(
        label=_l("When"), choices=[(BEGIN, _l("To begin with")), (LATER, _l("Later"))], initial=LATER
    )

    def __init__(self, key, sheet, data=None, *, initial=None, tip=""):
        super().__init__(key, data, initial=initial, auto_id=f"id_{key}_%s")
        self.tip = tip
        self.language = sheet.language
        self.vague = ""
        self.fields["hangs"].choices = sheet.hangs

    def add_prefix(self, field_name):
        # Every form of a habit posts the same names; only the ids differ from form to form.
        return field_name

    def clean(self):
        """Vague words come back once with a friendly question. Pressing again keeps them: people decide."""
        data = super().clean()
        action = data.get("do", "")
        found = friendly_rewrite(action, self.language, rewrites())
        if found and self.data.get("vague") != action:
            self.vague = action
            self.add_error("do", _in_concrete_words(found, self.language))
        return data

    @property
    def more_is_told(self):
        """Whether something of what is folded away is filled in or wrong."""
        return any(self[name].value() or self[name].errors for name in ("nudge", "with_whom", "reward"))

    def values(self):
        """What the verbs take; the tip stays with the item."""
        data = dict(self.cleaned_data)
        on, _colon, key = data.pop("hangs").partition(":")
        return {**data, "begins": data["begins"] == BEGIN, "hangs_on": on, "hangs_key": key}


def _in_concrete_words(rewrite, patient_language):
    words = {
        "question": rewrite.say.in_language(translation.get_language()),
        "example": rewrite.example.in_language(patient_language),
    }
    return _("%(question)s For example: “%(example)s” Save again to keep your own words.") % words


def empty_form(sheet, data=None):
    """A form for a habit of one's own."""
    with translation.override(sheet.language):
        initial = {"how_often": _("every day")}
    return HabitForm("new", sheet, data, initial={**initial, "begins": room_to_begin(sheet)})


def form_of(item, sheet, data=None):
    """The form that changes one item."""
    names = ("after", "do", "where", "how_often", "small", "nudge", "with_whom", "reward")
    initial = {name: getattr(item, name) for name in names}
    initial |= {"hangs": hanging(item), "begins": BEGIN if item.begins else LATER}
    return HabitForm(f"habit-{item.code}", sheet, data, initial=initial)


def forms_of_tips(sheet, data=None):
    """A filled-in form for each chosen tip that carries a habit and is not one yet, by the tip's id."""
    used = {item.tip for item in sheet.habits}
    found = {}
    for hook, tip in _chosen_tips(sheet):
        if tip.habit is None or tip.id in used or tip.id in found:
            continue
        found[tip.id] = _form_of_tip(sheet, hook, tip, data)
    return found


def room_to_begin(sheet):
    """Whether one more habit may begin: 'begin' or 'later'."""
    return BEGIN if sum(item.begins for item in sheet.habits) < MOST_TO_START else LATER


def _form_of_tip(sheet, hook, tip, data):
    names = ("after", "do", "where", "how_often", "small")
    words = {name: getattr(tip.habit, name) for name in names}
    initial = {name: text.in_language(sheet.language) if text else "" for name, text in words.items()}
    form = HabitForm(
        tip.id,
        sheet,
        data,
        initial={**initial, "hangs": hook, "begins": room_to_begin(sheet)},
        tip=tip.id,
    )
    form.says = Said.of(tip.said, sheet.language)
    form.sentence = BucketlistItem(after=initial["after"], do=initial["do"])
    return form


def _chosen_tips(sheet):
    for row in sheet.glasses:
        for tip in glasses()[row.glass].tips:
            if tip.id in row.tips:
                yield f"{Hanging.On.GLASS}:{row.glass}", tip
    for row in sheet.conditions:
        for tip in conditions()[row.condition].tips:
            if tip.id in row.tips:
                yield f"{Hanging.On.CONDITION}:{row.condition}", tip
