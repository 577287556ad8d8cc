"""The words of a practice's own things: what each kind consists of, and what must hold for it. No Django.

A body is stored as it was saved and read back as one of these dataclasses. Its own language (`first`) is complete; the
others are extra. What is not told in a language is not offered to who reads it, unless somebody said that it may.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, fields

from backup_plan_site.content import LANGUAGES, Text, build, lower_first
from exercises.filters import CAUTIONS, STAGES
from exercises.library import AIMS, GLASS_IDS, KIT, POSITIONS, REGIONS
from plans.plan_copy import PhotoOnPlan
from triggers.glasses import CONDITIONS, GLASSES, PHASES

TIP, EXERCISE, HELPER, TEXT = "tip", "exercise", "helper", "text"
LINE = 200  # characters of one line on paper
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much fits: characters, and for what is told in lines how few and how many."""

    characters: int = LINE
    needed: bool = False
    lines: tuple[int, int] = (0, 0)


# The fields with words of each kind, in the order of the form.
WORDS: dict[str, dict[str, Limit]] = {
    TIP: {"text": Limit(needed=True), "care": Limit()},
    EXERCISE: {
        "name": Limit(80, needed=True),
        "goal": Limit(needed=True),
        "start": Limit(needed=True),
        "steps": Limit(900, needed=True, lines=(3, 5)),
        "feel": Limit(needed=True),
        "dose": Limit(needed=True),
        "stop": Limit(400, needed=True, lines=(1, 3)),
        "easier": Limit(),
        "harder": Limit(),
        "care": Limit(),
    },
    HELPER: {"note": Limit()},
    TEXT: {"text": Limit(300, needed=True)},
}
# What stands in one line and is the same in every language.
PLAIN = {"name": 80, "address": LINE, "phone": 40, "web": LINE}

# Who a helper may be, and the glasses whose own words name such a helper (triggers/content, `helpers`).
HELPERS = {
    "gp": (
        *(
            "movement-change",
            "poor-sleep",
            "weight-food",
            "hydration",
            "smoking",
            "hyperventilation",
            "stress",
        ),
        *("keep-going", "thoughts-emotions", "self-care", "social-net"),
    ),
    "physio": (
        *("sitting", "heavy-work", "movement-change", "poor-sleep", "hyperventilation", "keep-going"),
        "thoughts-emotions",
    ),
    "dietician": ("weight-food", "hydration"),
    "psychologist": (
        *("poor-sleep", "weight-food", "hyperventilation", "stress", "keep-going", "thoughts-emotions"),
        *("self-care", "social-net"),
    ),
    "smoking": ("smoking",),
    "pharmacist": ("smoking",),
    "coach": ("weight-food", "keep-going", "self-care"),
    "sport": ("weight-food", "social-net"),
    "work": ("sitting", "heavy-work", "stress", "keep-going"),
    "foot": ("movement-change",),
    "relaxation": ("stress",),
    "social": ("stress", "self-care", "social-net"),
    "club": ("self-care", "social-net"),
    "other": GLASSES,
}


@dataclass(frozen=True, slots=True)
class Words:
    """One text as somebody wrote it: '' where it is not told in a language."""

    nl: str = ""
    en: str = ""
    fr: str = ""

    def said(self, code: str) -> str:
        return str(getattr(self, code))


@dataclass(frozen=True, slots=True, kw_only=True)
class TipBody:
    """One thing to try with a glass or a condition. `phase` is a hernia's; '' is both, and every other tip."""

    first: str
    about: str
    text: Words
    care: Words = Words()
    phase: str = ""
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseBody:
    """One exercise. `steps` and `stop` are lines; `cautions` are letters that hide it; `photos` are two at most."""

    first: str
    name: Words
    goal: Words
    start: Words
    steps: Words
    feel: Words
    dose: Words
    stop: Words
    stage: str
    aim: str
    regions: tuple[str, ...]
    positions: tuple[str, ...]
    glasses: tuple[str, ...]
    easier: Words = Words()
    harder: Words = Words()
    care: Words = Words()
    kit: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    photos: tuple[PhotoOnPlan, ...] = ()
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperBody:
    """Somebody nearby who can help: `kind` is a key of HELPERS."""

    first: str
    kind: str
    name: str
    address: str = ""
    phone: str = ""
    web: str = ""
    note: Words = Words()
    everywhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBody:
    """A few sentences that stand in one place."""

    first: str
    text: Words
    everywhere: bool = False


Body = TipBody | ExerciseBody | HelperBody | TextBody
BODIES: dict[str, type] = {TIP: TipBody, EXERCISE: ExerciseBody, HELPER: HelperBody, TEXT: TextBody}


def from_json(kind: str, stored: dict) -> Body:
    """The body that was stored. Raises ValueError with the place where it is not one."""
    return build(BODIES[kind], stored, kind)


def as_json(body: Body) -> dict:
    """Plain lists and words, as they are stored."""
    return json.loads(json.dumps(asdict(body)))


def lines_of(text: str) -> list[str]:
    """What stands on lines of their own."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


# --- in which languages -------------------------------------------------------------------------------


def words_of(kind: str, body: Body) -> dict[str, Words]:
    """The fields with words, in the order of the form."""
    return {name: getattr(body, name) for name in WORDS[kind]}


def missing_in(kind: str, body: Body, code: str) -> tuple[str, ...]:
    """The fields that say something in the body's own language and not as much in this one."""
    return tuple(
        name
        for name, words in words_of(kind, body).items()
        if words.said(body.first) and not _as_much(WORDS[kind][name], words, body.first, code)
    )


def told_in(kind: str, body: Body, code: str) -> bool:
    """Whether all of it is told in this language."""
    return not missing_in(kind, body, code)


def offered_in(kind: str, body: Body, code: str) -> bool:
    """Whether it may be given to who reads this language: told in it, or somebody said that it may go anyhow."""
    return body.everywhere or told_in(kind, body, code)


def _as_much(limit: Limit, words: Words, first: str, code: str) -> bool:
    if limit.lines[1]:
        return len(lines_of(words.said(code))) == len(lines_of(words.said(first)))
    return bool(words.said(code).strip())


# --- what must hold -----------------------------------------------------------------------------------


def problems(kind: str, body: Body) -> Iterator[str]:
    """What is wrong with a body, one sentence each: the last wall, behind the forms that say it kindly."""
    if type(body) is not BODIES[kind]:
        yield f"this is no {kind}"
        return
    yield from _unknown("first", [body.first], LANGUAGES)
    for name, limit in WORDS[kind].items():
        yield from _words_problems(name, limit, getattr(body, name), body.first)
    match body:
        case TipBody():
            yield from _unknown("about", [body.about], (*GLASSES, *CONDITIONS))
            yield from _unknown("phase", [body.phase], ("", *PHASES) if body.about == "hernia" else ("",))
        case ExerciseBody():
            yield from _exercise_problems(body)
        case HelperBody():
            yield from _unknown("kind", [body.kind], HELPERS)
            if not body.name.strip():
                yield "name says nothing"
            if body.web and not body.web.startswith(("https://", "http://")):
                yield "web is no address of the web"
            for name, characters in PLAIN.items():
                if len(getattr(body, name)) > characters:
                    yield f"{name} has more than {characters} characters"


def _words_problems(name: str, limit: Limit, words: Words, first: str) -> Iterator[str]:
    for code in LANGUAGES:
        text = words.said(code)
        if len(text) > limit.characters:
            yield f"{name} ({code}) has more than {limit.characters} characters"
        lines, (fewest, most) = len(lines_of(text)), limit.lines
        if text and most and not fewest <= lines <= most:
            yield f"{name} ({code}) has {lines} lines, not {fewest} to {most}"
    if limit.needed and first in LANGUAGES and not words.said(first).strip():
        yield f"{name} says nothing in {first}"


def _exercise_problems(body: ExerciseBody) -> Iterator[str]:
    known = {
        "stage": ([body.stage], STAGES),
        "aim": ([body.aim], AIMS),
        "regions": (body.regions, REGIONS),
        "positions": (body.positions, POSITIONS),
        "glasses": (body.glasses, GLASS_IDS),
        "kit": (body.kit, KIT),
        "cautions": (body.cautions, CAUTIONS),
        "photos": ([photo.place for photo in body.photos], (START, END)),
    }
    for what, (names, all_of_them) in known.items():
        yield from _unknown(what, names, all_of_them)
        if len(set(names)) != len(list(names)):
            yield f"{what} names something twice"
    yield from (
        f"{what} names nothing" for what in ("regions", "positions", "glasses") if not getattr(body, what)
    )


def _unknown(what: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"{what} names {name!r}, which nobody knows" for name in names if name not in known)


# --- as our own content is read ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnText(Text):
    """A practice's own text: where it is not told in a language, its own language stands in, not English."""

    first: str = "nl"

    def __post_init__(self) -> None:
        """Unlike ours it needs no Dutch and no English."""

    def language_for(self, code: str) -> str:
        """The language in which somebody who reads `code` gets it."""
        code = code.lower().replace("_", "-").partition("-")[0]
        return code if code in LANGUAGES and getattr(self, code) else self.first

    def in_language(self, code: str) -> str:
        """The text in `code` ('fr', 'nl-be'), or in its own language; '' where nobody wrote anything."""
        return str(getattr(self, self.language_for(code)))


def text(words: Words, first: str, phase: str = "") -> OwnText:
    """Words as a text to read; with the phase of a hernia's course in front."""
    said = {one.name: getattr(words, one.name) for one in fields(words)}
    if phase:
        when = PHASES[phase]
        said = {
            code: f"{getattr(when, code)}: {lower_first(one)}" if one else "" for code, one in said.items()
        }
    return OwnText(said["nl"], said["en"], said["fr"], first)


def lines(words: Words, first: str) -> tuple[OwnText, ...]:
    """Words that stand on lines, line by line. A language that has fewer or more lines is not told."""
    by_code = {code: lines_of(words.said(code)) for code in LANGUAGES}
    number = len(by_code[first])
    told = {code: found if len(found) == number else [""] * number for code, found in by_code.items()}
    return tuple(
        OwnText(nl, en, fr, first) for nl, en, fr in zip(told["nl"], told["en"], told["fr"], strict=True)
    )
