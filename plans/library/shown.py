"""One exercise as a page shows it: as the library tells it, or as it was given on a plan."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from exercises.filters import CAUTIONS, verdict
from exercises.library import Amount, library
from exercises.poses import figures
from plans.desk.composer_forms import CAUTION_WORDS
from plans.models import ExerciseLink
from plans.own.shelf import OwnExercise
from triggers.glasses import glasses

from .drawn import Picture, figure_of, frames, pictures
from .words import AIMS, PHASES, POSITIONS, REGIONS, kit_words

# The aims of exercises in which one keeps still for a while.
HELD = ("stretch", "balance", "strength")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One exercise in the words of one language.

    `amount` is what the timer counts, None where nothing is held; `agreed` is False where `dose` says something else.
    `moves`: there is a
    movement to ask for. `held`: one keeps still in it, and does not go on moving.
    """

    key: str
    name: str
    goal: str
    kit: str
    start: str
    steps: tuple[str, ...]
    breathing: str
    feel: str
    dose: str
    easier: str
    harder: str
    care: tuple[str, ...]
    stop: tuple[str, ...]
    pictures: tuple[Picture, ...]
    alt: str
    moves: bool
    amount: Amount | None
    each_side: bool
    held: bool
    agreed: bool = True

    @property
    def has_other_side(self):
        """Whether the other side of the body can be shown."""
        return self.each_side and any(picture.other for picture in self.pictures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One exercise in the list: `hides` and `careful` are cautions in words. `photo` is an own exercise's first."""

    key: str
    name: str
    goal: str
    positions: str
    hides: tuple[str, ...]
    careful: tuple[str, ...]
    drawn: bool
    own: bool = False
    photo: str = ""


def of_library(one, language):
    """An exercise as the library tells it, with what everybody's cautions ask."""

    def said(*texts):
        return tuple(text.in_language(language) for text in texts if text)

    return Shown(
        key=one.id,
        name=one.name.in_language(language),
        goal=one.goal.in_language(language),
        kit=kit_words(one.kit),
        start=one.start.in_language(language),
        steps=said(*one.steps),
        breathing=one.breathing.in_language(language),
        feel=one.feel.in_language(language),
        dose=one.dose.in_language(language),
        easier=one.easier.in_language(language),
        harder=one.harder.in_language(language),
        care=said(one.care, *(note.text for note in one.notes)),
        stop=said(*one.stop),
        pictures=photos_of(one) or pictures(one.id),
        alt=alt(one.id, language),
        moves=bool(frames(one.id)),
        amount=timed(one.amount),
        each_side=one.amount.each_side,
        held=one.aim in HELD,
    )


def photos_of(one):
    """The photos of an own exercise, for who is signed in; () for ours."""
    photos = one.photos if isinstance(one, OwnExercise) else ()
    return tuple(_photo(one, reverse("desk:own-photo", args=[one.code])) for one in photos)


def _photo(photo, address):
    return Picture(address, "", photo.width, photo.height)


def of_plan(given, language, token):
    """An exercise word for word as it was given. Its movement and its timer are those that the library has now."""
    photos = tuple(_photo(one, reverse("own:photo", args=[token, one.code])) for one in given.photos)
    here = library().get(given.key)
    return Shown(
        key=given.key,
        name=given.name,
        goal=given.goal,
        kit=given.kit,
        start=given.start,
        steps=given.steps,
        breathing=given.breathing,
        feel=given.feel,
        dose=given.dose,
        easier=given.easier,
        harder=given.harder,
        care=(given.care,) if given.care else (),
        stop=_lines(given.stop, here.stop if here else (), language),
        pictures=photos or pictures(given.key, given=given.figure),
        alt=given.figure_alt or alt(given.key, language),
        moves=bool(frames(given.key)),
        amount=timed(here.amount) if here else None,
        each_side=here is not None and here.amount.each_side,
        held=here is not None and here.aim in HELD,
        # The dose stands in words. As long as they are the library's, so are the numbers.
        agreed=here is None or given.dose == here.dose.in_language(language),
    )


def _lines(given, texts, language):
    """What was given in one piece, line by line as long as the library says the same; else as it is."""
    lines = tuple(text.in_language(language) for text in texts)
    return lines if " ".join(lines) == given else (given,) if given else ()


def card(one, cautions, language):
    """An exercise in the list. `careful` are those of the chosen `cautions` that ask for care."""
    found = verdict(one, cautions)
    return Card(
        key=one.id,
        name=one.name.in_language(language),
        goal=one.goal.in_language(language),
        positions=capfirst(", ".join(str(POSITIONS[key]) for key in one.positions)),
        hides=caution_words(one.cautions),
        careful=caution_words(found.because) if found.state == "note" else (),
        drawn=figure_of(one.id) is not None,
        own=isinstance(one, OwnExercise),
        photo=next((picture.src for picture in photos_of(one)), ""),
    )


def facts(one, language):
    """For whom an exercise is, in words by name of the fact."""
    return {
        "phase": [PHASES[one.phase]],
        "aim": [AIMS[one.aim]],
        "regions": [REGIONS[region] for region in one.regions],
        "positions": [POSITIONS[position] for position in one.positions],
        "glasses": [glasses()[glass].label.in_language(language) for glass in one.glasses],
    }


def caution_words(letters):
    """Cautions in words, in the order of CAUTIONS."""
    return tuple(CAUTION_WORDS[code] for letter, code in CAUTIONS.items() if letter in letters)


def timed(amount):
    """The amount where something is held, breathed or kept up, for a timer to count; else None."""
    return amount if amount.seconds or amount.breaths or amount.minutes else None


def alt(key, language):
    """What the drawing shows, in words; '' where nobody wrote them."""
    figure = figures().get(key)
    return figure.alt.get(language, "") if figure else ""


def opened(token):
    """(release, does it still open) of the address on somebody's paper; (None, False) for one that nobody was given.

    Only the newest release of a plan opens, and only while step 1 allows it. The token is the door itself.
    """
    links = ExerciseLink.objects.select_related("release__plan__intake__practice")
    link = links.filter(token=token).first() if TOKEN.fullmatch(token) else None
    if link is None:
        return None, False
    plan = link.release.plan
    screening = plan.intake.screening
    gate_is_open = screening is not None and screening.gate_is_open
    return link.release, gate_is_open and plan.latest_release.pk == link.release_id
