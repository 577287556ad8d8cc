"""Which exercises of the library somebody looks for: by what was chosen in lists, or by words that were typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backup_plan_site.content import LANGUAGES
from backup_plan_site.web.finding import Findable, find
from exercises.filters import CAUTIONS, STAGES, verdict
from exercises.library import Exercise, library
from plans.desk.composer_forms import CAUTION_WORDS
from plans.models import Stage
from triggers.glasses import glasses

from .words import AIMS, KIT, POSITIONS, REGIONS

NOTHING = "nothing"  # what an exercise without kit needs


def stage_of(one):
    """The stage that an exercise belongs to: the first one that offers it."""
    return next(stage for stage, phases in STAGES.items() if one.phase in phases)


def _glass_words(language):
    return {key: one.label.in_language(language) for key, one in glasses().items()}


@dataclass(frozen=True)
class Dimension:
    """One list on the page: its label, its values in words, and those of them that an exercise has."""

    label: str
    words: Callable
    of: Callable

    def there(self, exercises):
        """The values that some exercise has."""
        return {value for one in exercises.values() for value in self.of(one)}


# By the name in the address.
DIMENSIONS = {
    "region": Dimension(_("Region"), lambda language: REGIONS, lambda one: one.regions),
    "aim": Dimension(_("Aim"), lambda language: AIMS, lambda one: (one.aim,)),
    "position": Dimension(
        _("Starting position"),
        lambda language: POSITIONS,
        lambda one: tuple(POSITIONS) if "any" in one.positions else one.positions,
    ),
    "kit": Dimension(
        _("What you need"),
        lambda language: {NOTHING: _("nothing"), **KIT},
        lambda one: one.kit or (NOTHING,),
    ),
    "glass": Dimension(_("Glass"), _glass_words, lambda one: one.glasses),
    "stage": Dimension(_("Stage"), lambda language: dict(Stage.choices), lambda one: (stage_of(one),)),
}


@dataclass(frozen=True)
class Choice:
    """What was chosen in the address. What nobody knows is no choice; `cautions` are letters.

    `exercises` are those to choose from: ours alone, or with a practice's own.
    """

    chosen: dict[str, str]
    cautions: tuple[str, ...]
    exercises: Mapping[str, Exercise] = field(default_factory=library)

    @classmethod
    def of(cls, query, exercises=None):
        exercises = library() if exercises is None else exercises
        asked_for = {name: query.get(name, "") for name in DIMENSIONS}
        known = ((name, value) for name, value in asked_for.items() if value)
        chosen = {name: value for name, value in known if value in DIMENSIONS[name].there(exercises)}
        ticked = query.getlist("caution")
        return cls(chosen, tuple(letter for letter in CAUTIONS if letter in ticked), exercises)

    def __bool__(self):
        return bool(self.chosen or self.cautions)

    @property
    def found(self):
        """The exercises that have all of it and that no caution hides, in the order of the library."""
        return [one for one in self._wanted() if verdict(one, self.cautions).state != "hidden"]

    @property
    def left_out(self):
        """How many have all of it, and are hidden by a caution."""
        return len(self._wanted()) - len(self.found)

    def _wanted(self):
        return [
            one
            for one in self.exercises.values()
            if all(value in DIMENSIONS[name].of(one) for name, value in self.chosen.items())
        ]

    def lists(self, language):
        """(name, label, choices with what is chosen now) of every list on the page."""
        for name, one in DIMENSIONS.items():
            there = one.there(self.exercises)
            options = [(key, capfirst(word)) for key, word in one.words(language).items() if key in there]
            yield name, one.label, options, self.chosen.get(name, "")

    def boxes(self):
        """(letter, words, ticked) of every caution."""
        return [(letter, CAUTION_WORDS[code], letter in self.cautions) for letter, code in CAUTIONS.items()]


def searched(typed, language, exercises=None):
    """The exercises that have the typed words, the best first. Names are searched in every language."""
    exercises = library() if exercises is None else exercises
    return [exercises[key] for key in find(typed, findable(language, exercises))]


def findable(language, exercises=None):
    """Every exercise as `finding.find` takes it, for a reader of `language`."""
    for one in (library() if exercises is None else exercises).values():
        own = one.name.in_language(language)
        others = (one.name.in_language(code) for code in LANGUAGES if code != language)
        about = [REGIONS[key] for key in one.regions] + [POSITIONS[key] for key in one.positions]
        about += [KIT[key] for key in one.kit] + [AIMS[one.aim]]
        words = (*others, *getattr(one.aliases, language), *map(str, about))
        yield Findable(one.id, (own,), words)
