"""The conditions, or the glasses of one colour: what was ticked of each, whether it fills, and what was written."""

from dataclasses import dataclass, field
from itertools import chain

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans.desk.fields import Words
from plans.paper_codes import BONES
from plans.paper_intake import codes, on_paper
from plans.paper_typing import NO, YES, YES_BIT_NO, YES_NO
from triggers.glasses import CONDITIONS, conditions, glasses
from triggers.models import OWN_WORDS, Fills, Size
from triggers.telling import size_word

from .fields import LetterField, NumbersField, PaperForm
from .words import letters_fills, letters_yes_no

LAST_LIST = "blue"  # 'What do I miss?' stands below it on paper.


@dataclass(frozen=True)
class Given:
    """What goes to `save_condition` or `save_glass` of one key, and to `save_shelf` where the glass fills."""

    key: str
    said: dict
    shelf: dict = field(default_factory=dict)


class GlassesForm(PaperForm):
    """The boxes of one page of conditions or glasses. `rows` are answers for who may read them, else {}."""

    def __init__(self, *args, keys, name, rows=None, missing="", kept=frozenset(), **kwargs):
        self.questions = [(conditions() if key in CONDITIONS else glasses())[key] for key in keys]
        self.kept = kept
        rows = rows or {}
        kwargs.setdefault(
            "initial", dict(chain.from_iterable(map(_before, rows.values()))) | {"missing": missing}
        )
        super().__init__(*args, **kwargs)
        for one in self.questions:
            self._add(one)
        if name == LAST_LIST:
            self.fields["missing"] = Words(limit=OWN_WORDS, rows=3, label=_("What do I miss?"))

    def _add(self, one):
        known = tuple(number for number, _statement in on_paper(one.statements))
        self.fields[f"{one.id}-ticked"] = NumbersField(
            known=known,
            may_skip=True,
            max_length=80,
            label=_("Ticked (n: nothing fits, s: would rather not)"),
        )
        if one.id in CONDITIONS:
            if one.bones:
                bones = tuple(number for number, _statement in on_paper(one.bones.statements))
                self.fields[f"{one.id}-bones"] = NumbersField(
                    known=bones,
                    max_length=80,
                    label=f"{codes()[BONES]} {one.bones.heading.in_language(get_language())}",
                )
            return
        if one.filter:
            self.fields[f"{one.id}-filter"] = LetterField(
                letters=YES_NO,
                told=letters_yes_no(),
                max_length=20,
                label=one.filter.in_language(get_language()),
            )
        self.fields[f"{one.id}-fills"] = LetterField(
            letters=YES_BIT_NO,
            told=letters_fills(),
            max_length=20,
            label=_("Does this glass fill the bucket?"),
        )
        self.fields[f"{one.id}-size"] = forms.ChoiceField(
            label=_("How big"),
            required=False,
            choices=[("", _("left blank")), *((size.value, size_word(size)) for size in Size)],
            widget=forms.Select({"class": "form-select", "autocomplete": "off"}),
        )
        self.fields[f"{one.id}-compensated"] = forms.BooleanField(
            label=_("Ticked: “I already do something about this”"), required=False
        )
        self.fields[f"{one.id}-own_words"] = Words(limit=OWN_WORDS, label=_("What is written there"))

    def clean(self):
        data = super().clean()
        self.given = []
        for one in self.questions:
            if not any(name.startswith(f"{one.id}-") for name in self.errors):
                self._read(one, {name: data.get(f"{one.id}-{name}") for name in _NAMES})
        return data

    def _read(self, one, typed):
        ticked = typed["ticked"]
        said = {
            "recognised": _ids(one.statements, ticked),
            "nothing_fits": ticked.none,
            "skipped": ticked.skipped,
        }
        if one.id in CONDITIONS:
            bones = typed["bones"]
            said["bones"] = _ids(one.bones.statements, bones) if bones else []
            if ticked.skipped and said["bones"]:
                return self.refuse(
                    f"{one.id}-ticked", _("Bones were ticked below it, so this is not s. Leave it empty.")
                )
            if not ticked.empty or said["bones"] or (bones and bones.none):
                self.given.append(Given(one.id, said))
            return None
        return self._read_glass(one, typed, said)

    def _read_glass(self, one, typed, said):
        fills, filter_answer = typed["fills"] or "", typed["filter"] or ""
        written = any(typed[name] for name in ("size", "compensated", "own_words"))
        if typed["ticked"].skipped and (fills or filter_answer or written):
            return self.refuse(
                f"{one.id}-ticked", _("s stands for “would rather not answer”: then the rest is empty.")
            )
        behind = {statement.id for statement in one.statements if statement.after_filter}
        if filter_answer != YES and behind & set(said["recognised"]):
            return self.refuse(
                f"{one.id}-filter",
                _("Sentences are ticked below this question. Type y, or look at the paper once more."),
            )
        if written and fills in ("", NO):
            return self.refuse(
                f"{one.id}-fills",
                _(
                    "Size and words stay only with a glass that fills the bucket. Look at the paper once more."
                    " If it is so, type the words at “What do I miss?”, with the blue glasses."
                ),
            )
        if not (typed["ticked"].empty and not fills and not filter_answer):
            said |= {"fills": fills, "filter_answer": filter_answer}
            self.given.append(Given(one.id, said, _shelf(typed) if fills in (Fills.YES, Fills.BIT) else {}))
        return None

    def blocks(self):
        """For the typing page: each glass with its sentences by number, and its boxes."""
        language = get_language()
        for one in self.questions:
            yield {
                "code": codes()[one.id],
                "name": one.name.in_language(language),
                "sentences": [
                    (n, statement.text.in_language(language)) for n, statement in on_paper(one.statements)
                ],
                "bones": [
                    (n, statement.text.in_language(language))
                    for n, statement in on_paper(one.bones.statements)
                ]
                if getattr(one, "bones", None)
                else [],
                "boxes": {
                    name: self[f"{one.id}-{name}"] for name in _NAMES if f"{one.id}-{name}" in self.fields
                },
            }

    def read_back(self):
        """(code, question, answer or '', note) of every sentence and question on this page."""
        language, by_key = get_language(), {given.key: given for given in self.given}
        for one in self.questions:
            given, name = by_key.get(one.id), one.name.in_language(language)
            if given is None:
                kept = one.id in self.kept
                yield (
                    codes()[one.id],
                    name,
                    "",
                    (_("Blank now; what was there before stays") if kept else _("Not filled in")),
                )
                continue
            yield codes()[one.id], name, _how(given.said), ""
            yield from self._told(one, given, language)
        if missing := self.cleaned_data.get("missing"):
            yield "", _("What do I miss?"), missing, ""

    def _told(self, one, given, language):
        """The lines of one answered glass or condition."""
        if not given.said["skipped"]:
            sentences = on_paper(one.statements)
            sentences += on_paper(one.bones.statements) if getattr(one, "bones", None) else []
            ticked = {*given.said["recognised"], *given.said.get("bones", ())}
            for _number, statement in sentences:
                word = _("Ticked") if statement.id in ticked else _("Not ticked")
                yield codes()[statement.id], statement.text.in_language(language), word, ""
        if one.id in CONDITIONS or given.said["skipped"]:
            return
        if one.filter:
            word = {YES: _("Yes"), NO: _("No")}.get(given.said["filter_answer"], "")
            yield codes()[one.id], one.filter.in_language(language), word, _("Not filled in")
        fills = dict(Fills.choices).get(given.said["fills"], "")
        yield codes()[one.id], _("Does this glass fill the bucket?"), str(fills), _("Not filled in")
        if given.shelf:
            yield codes()[one.id], _("How big"), size_word(given.shelf["size"]), ""
            if given.shelf["compensated"]:
                yield (
                    codes()[one.id],
                    _("I already do something about this"),
                    given.shelf["own_words"] or _("Ticked"),
                    "",
                )


_NAMES = ("ticked", "filter", "fills", "size", "compensated", "own_words", "bones")


def _ids(statements, typed):
    wanted = set(typed.numbers)
    return [one.id for number, one in on_paper(statements) if number in wanted]


def _shelf(typed):
    own_words = typed["own_words"] or ""
    # Words below an empty box say it as well: the box was passed over.
    return {
        "size": typed["size"] or Size.MEDIUM.value,
        "compensated": bool(typed["compensated"] or own_words),
        "own_words": own_words,
    }


def _how(said):
    if said["skipped"]:
        return _("Would rather not answer")
    return _("Nothing fits") if said["nothing_fits"] else _("Filled in")


def _before(row):
    """The boxes of one answer that was given before, as they would be typed."""
    key = getattr(row, "glass", None) or row.condition
    questions = (conditions() if key in CONDITIONS else glasses())[key]
    yield (
        f"{key}-ticked",
        "s" if row.skipped else "n" if row.nothing_fits else _numbers(questions.statements, row.recognised),
    )
    if key in CONDITIONS:
        yield f"{key}-bones", _numbers(questions.bones.statements, row.bones) if questions.bones else ""
        return
    first = {"yes": _("Yes"), "bit": _("A bit"), "no": _("No"), "": " "}
    yield f"{key}-fills", {"bit": "b"}.get(row.fills, first[row.fills][0].lower().strip())
    yield f"{key}-filter", first.get(row.filter_answer, " ")[0].lower().strip()
    if row.chosen:
        yield f"{key}-size", row.size
        yield f"{key}-compensated", row.compensated
        yield f"{key}-own_words", row.own_words


def _numbers(statements, ids):
    return " ".join(str(number) for number, one in on_paper(statements) if one.id in ids)
