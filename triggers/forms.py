"""The patient's forms of part B: a page of statements, one glass, and the shelf. Nothing is ticked in advance."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.fields import CardChoice, CardChoices, WordsField

from .glasses import glasses
from .models import OWN_WORDS, Fills, Size

NONE = "none"
YES, NO = "yes", "no"


class Page(forms.Form):
    """A page that a language button or 'later' may leave half done."""

    # A browser would hold back a page for a question that it does not even show.
    use_required_attribute = False
    may_be_skipped = False

    def typed(self):
        """Whether anything was chosen or typed at all."""
        return any(self[name].data for name in self.fields)

    def wrong(self):
        """Whether something is typed wrongly; what is only missing yet is not wrong."""
        return any(error.code != "required" for errors in self.errors.as_data().values() for error in errors)

    def forgive_empty(self):
        """Name only what was typed wrongly, not what has not been reached yet."""
        for name, errors in list(self.errors.items()):
            if all(error.code == "required" for error in errors.as_data()):
                del self.errors[name]


class StatementsForm(Page):
    """Sentences to recognise, and 'nothing here fits me' that excludes them. `row` is what was answered before."""

    may_be_skipped = True

    def __init__(self, *args, questions, row=None, **kwargs):
        self.questions = questions
        super().__init__(*args, **{"initial": self.before(row), **kwargs})
        language = get_language()
        sentences = [(one.id, one.text.in_language(language)) for one in questions.statements]
        self.fields["recognised"] = CardChoices(
            label=_("Tick what fits you."),
            required=False,
            choices=[*sentences, (NONE, _("Nothing here fits me"))],
        )

    def before(self, row):
        """The page as it was left the last time."""
        if row is None:
            return {}
        return {"recognised": [NONE] if row.nothing_fits else row.recognised}

    def hidden(self, data):
        """Ids of statements that these answers do not show."""
        return set()

    def clean(self):
        data = super().clean()
        if "recognised" in self.errors:
            return data
        hidden = self.hidden(data)
        ticked = data["recognised"] = [one for one in data.get("recognised", []) if one not in hidden]
        if not ticked:
            self._missing("recognised", _("Tick what fits you, or “Nothing here fits me”."))
        elif NONE in ticked and len(ticked) > 1:
            sentence = _("You ticked sentences and also “Nothing here fits me”. Keep one of the two.")
            self.add_error("recognised", forms.ValidationError(sentence, code="both"))
        return data

    def values(self):
        """What was answered, of the fields that are right."""
        ticked = self.cleaned_data.get("recognised", [])
        return {"recognised": [one for one in ticked if one != NONE], "nothing_fits": NONE in ticked}

    def cards(self):
        """For the template: each card with its statement, None for 'nothing here fits me'."""
        by_id = {one.id: one for one in self.questions.statements}
        language = get_language()
        for option in self["recognised"]:
            statement = by_id.get(option.data["value"])
            extra = statement.extra.in_language(language) if statement and statement.extra else ""
            yield {"option": option, "statement": statement, "extra": extra}

    def _missing(self, name, sentence):
        self.add_error(name, forms.ValidationError(sentence, code="required"))


class ConditionForm(StatementsForm):
    """Hernia or arthrosis; where the file asks about the bones too, those sentences below. They may stay empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if bones := self.questions.bones:
            language = get_language()
            self.fields["bones"] = CardChoices(
                label=bones.heading.in_language(language),
                help_text=bones.intro.in_language(language),
                required=False,
                choices=[(one.id, one.text.in_language(language)) for one in bones.statements],
            )

    def before(self, row):
        return {**super().before(row), **({"bones": row.bones} if row else {})}

    def values(self):
        return {**super().values(), "bones": self.cleaned_data.get("bones", [])}


class GlassForm(StatementsForm):
    """One glass: its filter question where it has one, its statements, and whether it fills the bucket."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.questions.filter is not None:
            self.fields["filter_answer"] = CardChoice(
                label=self.questions.filter.in_language(get_language()),
                choices=[(YES, _("Yes")), (NO, _("No"))],
            )
            self.order_fields(["filter_answer", "recognised"])
        self.fields["fills"] = CardChoice(
            label=_("Does this glass fill my bucket?"), choices=Fills.choices, required=False
        )

    def before(self, row):
        extra = {"fills": row.fills, "filter_answer": row.filter_answer} if row else {}
        return {**super().before(row), **extra}

    def hidden(self, data):
        if self.questions.filter is None or data.get("filter_answer") == YES:
            return set()
        return {one.id for one in self.questions.statements if one.after_filter}

    def clean(self):
        data = super().clean()
        ticked = data.get("recognised") or []
        if ticked and NONE not in ticked and not data.get("fills") and "fills" not in self.errors:
            self._missing("fills", _("Choose an answer."))
        return data

    def values(self):
        data = self.cleaned_data
        extra = {"fills": data.get("fills") or "", "filter_answer": data.get("filter_answer") or ""}
        return {**super().values(), **extra}


class ShelfForm(Page):
    """Size, what is already done and own words of each chosen glass; and what is missing on the shelf."""

    def __init__(self, *args, chosen, missing="", **kwargs):
        self.chosen = chosen  # rows, in the order of the shelf
        super().__init__(*args, **kwargs)
        for row in chosen:
            self.fields[f"size-{row.glass}"] = CardChoice(
                label=_("How big is this glass for you?"), choices=_SIZES, initial=row.size
            )
            self.fields[f"compensated-{row.glass}"] = forms.BooleanField(
                label=_("I already do something about this"), required=False, initial=row.compensated
            )
            self.fields[f"own_words-{row.glass}"] = WordsField(
                label=_("What do you do about it?"),
                max_length=OWN_WORDS,
                rows=3,
                required=False,
                initial=row.own_words,
            )
        self.fields["missing"] = WordsField(
            label=_("What do I miss?"),
            help_text=_(
                "Does something else fill your bucket? Write it down here. You may leave this empty."
            ),
            max_length=OWN_WORDS,
            rows=3,
            required=False,
            initial=missing,
        )

    def values(self):
        """What `save_shelf` takes, of the glasses whose fields are all right."""
        data = self.cleaned_data
        return {
            "glasses": {
                row.glass: {
                    "size": data[f"size-{row.glass}"],
                    "compensated": data[f"compensated-{row.glass}"],
                    "own_words": data[f"own_words-{row.glass}"],
                }
                for row in self.chosen
                if all(f"{name}-{row.glass}" in data for name in ("size", "compensated", "own_words"))
            },
            "missing": data.get("missing", ""),
        }

    def heading_of(self, name):
        """The glass that a field is about; '' for what is missing on the shelf."""
        glass = name.partition("-")[2]
        return glasses()[glass].name.in_language(get_language()) if glass else ""

    def cards(self):
        """For the template: {glass: its three fields}."""
        return {
            row.glass: {name: self[f"{name}-{row.glass}"] for name in ("size", "compensated", "own_words")}
            for row in self.chosen
        }


_SIZES = [(size.value, size.label) for size in Size]
