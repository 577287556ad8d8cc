"""One safety list: three boxes with numbers, a letter for each follow-up question, and the same read back in words."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intake.red_flags import red_flags
from intake.screening import asked, follow_ups
from intake.telling.labels import answer_word
from plans.paper_intake import codes
from plans.paper_typing import NO, YES_NO_UNSURE, Mistyped, answers_of, spelled

from .fields import LetterField, NumbersField, PaperForm
from .words import letters_yes_no_unsure, refusal

BOXES = ("yes", "unsure", "blank")


class SafetyForm(PaperForm):
    """The list of one theme.

    `kept` are keys that have an answer already; `answers` those answers, for who may read them.
    """

    def __init__(self, *args, theme, context, kept=frozenset(), answers=None, **kwargs):
        self.items = dict(enumerate(theme.items, start=1))
        open_items = set(asked(context))
        self.asked = [number for number, key in self.items.items() if key in open_items]
        self.context, self.kept = context, kept
        kwargs.setdefault("initial", self._before(answers) if answers else None)
        super().__init__(*args, **kwargs)
        labels = {
            "yes": _("Yes (n when there is none)"),
            "unsure": _("Not sure"),
            "blank": _("Left blank"),
        }
        for name in BOXES:
            self.fields[name] = NumbersField(known=tuple(self.items), label=labels[name], max_length=80)
        for key in self._all_follow_ups():
            self.fields[_name(key)] = LetterField(
                letters=YES_NO_UNSURE,
                told=letters_yes_no_unsure(),
                max_length=20,
                label=f"{codes()[key]} {red_flags().ask(key).in_language(get_language())}",
            )

    def clean(self):
        data = super().clean()
        self.answers = {}
        if not any(name in self.errors for name in BOXES):
            self._read_boxes()
        for key in self._all_follow_ups():
            said, item = data.get(_name(key)), key.partition(".")[0]
            if not said:
                continue
            if self.answers.get(item) == NO:
                self.refuse(
                    _name(key),
                    _(
                        "%(follow)s is filled in, but %(item)s is no. Look at the paper: was %(item)s left blank?"
                        " Then type its number at “Left blank”."
                    )
                    % {"follow": codes()[key], "item": codes()[item]},
                )
            self.answers[key] = said
        return data

    def _read_boxes(self):
        boxes = [str(self.data.get(self.add_prefix(name), "")) for name in BOXES]
        try:
            said = answers_of(*boxes, known=self.items, asked=self.asked)
        except Mistyped as wrong:
            for name in BOXES[1:]:
                if int(wrong.what) in self.cleaned_data[name].numbers:
                    return self.add_error(name, refusal(wrong))
        else:
            self.answers = {self.items[number]: answer for number, answer in said.items()}

    def blocks(self):
        """For the typing page: each question with its number and the boxes of its follow-ups."""
        for number, key in self.items.items():
            yield {
                "number": number,
                "code": codes()[key],
                "ask": _whole_question(key, get_language()),
                "asked": number in self.asked,
                "follow_ups": [
                    self[_name(one)] for one in self._all_follow_ups() if one.startswith(f"{key}.")
                ],
            }

    def read_back(self):
        """(code, question, answer or '', note) of every question and of the follow-ups that its answer calls for."""
        language = get_language()
        for number, key in self.items.items():
            said = self.answers.get(key)
            note = "" if said else self._why_nothing(key, number)
            yield (
                codes()[key],
                red_flags().ask(key).in_language(language),
                answer_word(said) if said else "",
                note,
            )
            shown = set(follow_ups(key, said, self.context)) | {
                one for one in self.answers if one.startswith(f"{key}.")
            }
            for one in (one for one in self._all_follow_ups() if one in shown):
                said = self.answers.get(one)
                note = "" if said else self._why_nothing(one, number)
                yield (
                    codes()[one],
                    red_flags().ask(one).in_language(language),
                    answer_word(said) if said else "",
                    note,
                )

    def _why_nothing(self, key, number):
        if key in self.kept:
            return _("Blank now; what was there before stays")
        return _("Not filled in") if number in self.asked else _("Not asked of this person")

    def _all_follow_ups(self):
        return [f"{key}.{one.id}" for key in self.items.values() for one in red_flags().by_id[key].follow_ups]

    def _before(self, answers):
        numbers = {number: answers[key] for number, key in self.items.items() if key in answers}
        boxes = dict(zip(BOXES, spelled(numbers, self.asked), strict=True))
        return boxes | {_name(key): _letter(answers[key]) for key in self._all_follow_ups() if key in answers}


def _whole_question(key, language):
    """The question with its lines: many lists ask 'one of these?'."""
    item = red_flags().by_id[key]
    return " · ".join(text.in_language(language) for text in (item.ask, *item.lines))


def _name(key):
    """The name of a follow-up's field: its code on the paper."""
    return "f-" + codes()[key].replace(".", "-")


def _letter(answer):
    return {"yes": _("Yes"), "no": _("No")}.get(answer, "?")[0].lower()
