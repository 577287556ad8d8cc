"""What one practice has of its own, read once, and told as our own content is: tips, exercises, helpers and texts.

In use means offered. What was withdrawn stays on the plans that have it, with the words that counted last.
"""

from dataclasses import dataclass
from functools import cached_property

from backup_plan_site.staff.actors import Actor
from exercises.library import Aliases, Amount, Exercise
from plans.own_models import OwnItem
from plans.plan_copy import PhotoOnPlan
from triggers.glasses import Tip

from . import body as bodies
from .body import EXERCISE, HELPER, HELPERS, TEXT, TIP, HelperBody, OwnText, lines, offered_in, text

# The phase that an exercise of one's own belongs to, by the stage in which it may begin.
PHASES = {"relieve": "relieve-1", "strong": "strong-1", "maintain": "maintain"}
SECTION = "own"
NO_ALIASES = Aliases(nl=(), en=(), fr=())


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTip(Tip):
    """A tip of the practice. The phase of a hernia stands in its text already."""

    withdrawn: bool = False

    @property
    def said(self):
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExercise(Exercise):
    """An exercise of the practice, with its photos: the start first."""

    photos: tuple[PhotoOnPlan, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHelper:
    """Somebody nearby: what stands on paper, and its name on plans."""

    id: str
    told: HelperBody
    withdrawn: bool = False

    @property
    def note(self):
        return text(self.told.note, self.told.first)


@dataclass(frozen=True)
class Own:
    """The items of one practice that were ever in use, with the words that count."""

    items: tuple[OwnItem, ...] = ()

    @classmethod
    def of(cls, practice_id, **filters):
        """Those of one practice; with `filters`, such as kind="text", only these. One query."""
        rows = OwnItem.objects.for_actor(Actor.system(practice_id)).filter(used__isnull=False, **filters)
        return cls(tuple(rows.select_related("used")))

    def tips(self, about, language, chosen=()):
        """Tips of one glass or condition for a patient of `language`, and those that were chosen already."""
        return [
            tip_of(item.key, body, withdrawn=_withdrawn(item))
            for item, body in self._bodies[TIP]
            if body.about == about and _fits(item, body, language, chosen)
        ]

    def exercises(self, language=None, chosen=()):
        """{key: exercise} for a patient of `language` (None: of any), and those that were chosen already."""
        return {
            item.key: exercise_of(
                item.key, body, version=f"{SECTION}.v{item.used.number}", withdrawn=_withdrawn(item)
            )
            for item, body in self._bodies[EXERCISE]
            if _fits(item, body, language, chosen)
        }

    def helpers(self, glass, language, chosen=()):
        """Helpers who are named with this glass, and those that were chosen already."""
        return [
            OwnHelper(id=item.key, told=body, withdrawn=_withdrawn(item))
            for item, body in self._bodies[HELPER]
            if item.key in chosen or (glass in HELPERS[body.kind] and _fits(item, body, language))
        ]

    def texts(self, language):
        """{place: sentence} for who reads this language."""
        return {
            item.place: text(body.text, body.first).in_language(language)
            for item, body in self._bodies[TEXT]
            if _fits(item, body, language)
        }

    @cached_property
    def _bodies(self):
        found = {kind: [] for kind in bodies.BODIES}
        for item in self.items:
            found[item.kind].append((item, bodies.from_json(item.kind, item.used.body)))
        return found


def _withdrawn(item):
    return item.state == OwnItem.State.WITHDRAWN


def _fits(item, body, language, chosen=()):
    if item.key in chosen:
        return True
    told = language is None or offered_in(item.kind, body, language)
    return told and item.state == OwnItem.State.IN_USE


def tip_of(key, body, *, withdrawn=False):
    """A tip's body as a tip of the content."""
    return OwnTip(
        id=key,
        text=text(body.text, body.first, body.phase),
        care=_or_none(body.care, body.first),
        withdrawn=withdrawn,
    )


def exercise_of(key, body, *, version=SECTION, withdrawn=False):
    """An exercise's body as an exercise of the library."""

    def said(words):
        return text(words, body.first)

    return OwnExercise(
        id=key,
        name=said(body.name),
        aliases=NO_ALIASES,
        phase=PHASES[body.stage],
        regions=body.regions,
        aim=body.aim,
        positions=body.positions,
        kit=body.kit,
        goal=said(body.goal),
        start=said(body.start),
        steps=lines(body.steps, body.first),
        breathing=OwnText("", "", "", body.first),
        feel=said(body.feel),
        dose=said(body.dose),
        amount=Amount(),
        easier=said(body.easier),
        harder=said(body.harder),
        stop=lines(body.stop, body.first),
        glasses=body.glasses,
        source=SECTION,
        confirmed=True,
        cautions=body.cautions,
        care=_or_none(body.care, body.first),
        section=SECTION,
        version=version,
        photos=tuple(sorted(body.photos, key=lambda photo: photo.place, reverse=True)),
        withdrawn=withdrawn,
    )


def _or_none(words, first):
    return text(words, first) if words.said(first) else None
