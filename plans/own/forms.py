"""One form per kind: its words in every language side by side, and what is the same in all of them."""

import re
from dataclasses import dataclass

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from backup_plan_site.content import LANGUAGES
from exercises.filters import CAUTIONS
from plans.desk.composer_forms import CAUTION_WORDS
from plans.desk.fields import Words as Line
from plans.desk.fields import choice, select, ticks
from plans.library.words import AIMS, KIT, POSITIONS, REGIONS
from plans.models import Stage
from plans.own_models import OwnItem
from triggers.glasses import CONDITIONS, GLASSES, PHASES, conditions, glasses

from . import body as bodies
from .body import EXERCISE, HELPER, PLAIN, TEXT, TIP, WORDS, Words, lines_of
from .words import HINTS, KINDS, LABELS, PLACES

PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,38}[0-9]")


@dataclass(frozen=True)
class Row:
    """One field with words, as a row of the page: what it is, and a cell per language."""

    name: str
    label: str
    hint: str
    limit: int
    needed: bool
    cells: list


class OwnForm(forms.Form):
    """The words of one kind. `first` is the practice's own language: it comes first, and only it is needed."""

    use_required_attribute = False
    kind = ""
    everywhere = forms.BooleanField(
        label=_l("May also go to patients who read a language that is missing here"), required=False
    )

    def __init__(self, data=None, *, first, body=None):
        super().__init__(data, initial=_initial(self.kind, body) if body else None)
        self.first = body.first if body else first
        # The photos stand in their own form, and stay as they are here.
        self.body_before = body
        self.codes = (self.first, *(code for code in LANGUAGES if code != self.first))
        for name, limit in WORDS[self.kind].items():
            for code in self.codes:
                self.fields[f"{name}_{code}"] = _cell(limit, code)

    @property
    def rows(self):
        """The words, row by row."""
        return [
            Row(
                name,
                LABELS[name],
                HINTS.get(name, ""),
                limit.characters,
                limit.needed,
                [(code, own_name(code), self[f"{name}_{code}"]) for code in self.codes],
            )
            for name, limit in WORDS[self.kind].items()
        ]

    @property
    def errors_with_ids(self):
        """(id of the field, sentence) of everything that is wrong."""
        return [
            (field.auto_id + ("_0" if field.use_fieldset else ""), sentence)
            for field in self
            for sentence in field.errors
        ]

    def clean(self):
        data = super().clean()
        for name, limit in WORDS[self.kind].items():
            for code in self.codes:
                self._look_at(f"{name}_{code}", limit, code, data)
        return data

    def _look_at(self, field, limit, code, data):
        """Say beside one cell what is missing or does not fit in lines."""
        if field not in data:
            return
        fewest, most = limit.lines
        if not data[field] and limit.needed and code == self.first:
            self.add_error(field, _("Write this in %(language)s first.") % {"language": own_name(code)})
        elif data[field] and most and not fewest <= len(lines_of(data[field])) <= most:
            words = _("Write %(fewest)s to %(most)s lines here. Now there are %(number)s.")
            lines = {"fewest": fewest, "most": most, "number": len(lines_of(data[field]))}
            self.add_error(field, words % lines)

    def body(self):
        """What was typed, as a body of this kind."""
        data = self.cleaned_data
        said = {
            name: Words(**{code: data[f"{name}_{code}"] for code in LANGUAGES}) for name in WORDS[self.kind]
        }
        return bodies.BODIES[self.kind](
            first=self.first, everywhere=data["everywhere"], **said, **self.own_values(data)
        )

    def own_values(self, data):
        """What is the same in every language."""
        return {}


class TipForm(OwnForm):
    kind = TIP
    about = select(label=_l("For which glass"))
    phase = select(label=_l("When (only with a hernia)"), required=False)
    plain = ("about", "phase")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = translation.get_language()
        here = [(key, glasses()[key].label.in_language(language)) for key in GLASSES]
        beside = [(key, conditions()[key].name.in_language(language)) for key in CONDITIONS]
        self.fields["about"].choices = [("", _("Choose")), (_("Glasses"), here), (_("Conditions"), beside)]
        phases = [(key, text.in_language(language)) for key, text in PHASES.items()]
        self.fields["phase"].choices = [("", _("Always")), *phases]

    def clean(self):
        data = super().clean()
        if data.get("phase") and data.get("about") and data["about"] != "hernia":
            self.add_error("phase", _("Only a tip for a hernia belongs to one part of its course."))
        return data

    def own_values(self, data):
        return {"about": data["about"], "phase": data["phase"]}


class ExerciseForm(OwnForm):
    kind = EXERCISE
    stage = choice(label=_l("From which stage on"), choices=Stage.choices)
    aim = select(label=_l("Aim"))
    regions = ticks(label=_l("Region"))
    positions = ticks(label=_l("Starting position"))
    glasses = ticks(label=_l("Helps with these glasses"))
    kit = ticks(label=_l("What you need"))
    cautions = ticks(label=_l("Not for whom this holds"))
    plain = ("aim", "stage")
    many = ("regions", "positions", "glasses", "kit", "cautions")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = translation.get_language()
        words = {"regions": REGIONS, "positions": POSITIONS, "kit": KIT}
        words["glasses"] = {key: glasses()[key].label.in_language(language) for key in GLASSES}
        words["cautions"] = {letter: CAUTION_WORDS[code] for letter, code in CAUTIONS.items()}
        for name in self.many:
            self.fields[name].choices = [(key, capfirst(word)) for key, word in words[name].items()]
            self.fields[name].required = name in ("regions", "positions", "glasses")
            self.fields[name].error_messages["required"] = _("Choose at least one.")
        self.fields["aim"].choices = [("", _("Choose")), *((key, capfirst(one)) for key, one in AIMS.items())]

    def own_values(self, data):
        before = self.body_before
        return {
            "stage": data["stage"],
            "aim": data["aim"],
            **{name: tuple(data[name]) for name in self.many},
            "photos": before.photos if before else (),
        }


class HelperForm(OwnForm):
    kind = HELPER
    helper = select(label=_l("What kind of helper"))
    name = Line(limit=PLAIN["name"], label=_l("Name"), required=True)
    phone = Line(
        limit=PLAIN["phone"],
        label=_l("Phone"),
    )
    address = Line(limit=PLAIN["address"], label=_l("Address"))
    web = Line(limit=PLAIN["web"], label=_l("Website"))
    plain = ("helper", "name", "phone", "address", "web")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["helper"].choices = [("", _("Choose")), *KINDS.items()]
        self.fields["phone"].validators.append(
            RegexValidator(PHONE, _("Type a phone number: figures, spaces and a + in front."))
        )
        self.fields["web"].help_text = _("For instance: www.example.be")

    def clean_web(self):
        web = self.cleaned_data["web"]
        if not web:
            return ""
        web = web if "://" in web else f"https://{web}"
        URLValidator(schemes=["https", "http"], message=_("Type the address of a website."))(web)
        if len(web) > PLAIN["web"]:
            raise forms.ValidationError(_("This address is too long."))
        return web

    def own_values(self, data):
        return {"kind": data["helper"], **{name: data[name] for name in PLAIN}}


class TextForm(OwnForm):
    kind = TEXT
    place = select(label=_l("Where it stands"))

    def __init__(self, *args, places=None, place="", **kwargs):
        super().__init__(*args, **kwargs)
        if places is None:
            del self.fields["place"]  # A text stays where it is.
        else:
            self.fields["place"].choices = [("", _("Choose")), *((key, PLACES[key]) for key in places)]
            self.fields["place"].initial = place if place in places else ""

    @property
    def plain(self):
        return ("place",) if "place" in self.fields else ()


FORMS = {form.kind: form for form in (TipForm, ExerciseForm, HelperForm, TextForm)}


def own_name(code):
    """A language as its own speakers call it."""
    return capfirst(translation.get_language_info(code)["name_local"])


def free_places(taken):
    """The places of texts that have none yet, in their order."""
    return [place for place in OwnItem.Place.values if place not in taken]


def _cell(limit, code):
    cell = Line(limit=limit.characters, rows=max(2, limit.lines[1] + 1))
    cell.one_line = not limit.lines[1]
    cell.widget.attrs |= {"data-max": limit.characters, "lang": code, "dir": "auto"}
    return cell


def _initial(kind, body):
    """A body as the form shows it."""
    said = {
        f"{name}_{code}": words.said(code)
        for name, words in bodies.words_of(kind, body).items()
        for code in LANGUAGES
    }
    rest = {name: value for name, value in bodies.as_json(body).items() if name not in WORDS[kind]}
    if kind == HELPER:
        rest["helper"] = rest.pop("kind")
    return {**rest, **said}
