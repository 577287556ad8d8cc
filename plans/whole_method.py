"""All content, for who reads and confirms it: sections, and in each the entries in the order of the method.

A section holds entries (a glass, a safety question, a guide); an entry holds its texts in every language, and the plain
values that decide something (cautions, telephone numbers). How an entry is read stands in `text_walk`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from backup_plan_site.content import LANGUAGES, Text, newest
from exercises.library import FOLDER as EXERCISES
from exercises.library import library, stop_rules
from intake import consents, contact
from intake.asking import asking
from intake.red_flags import FOLDER as INTAKE
from intake.red_flags import red_flags
from intake.statements import accessibility, privacy
from triggers.glasses import FOLDER as TRIGGERS
from triggers.glasses import conditions, glasses
from triggers.lesson import lesson
from triggers.support import support
from triggers.telling_apart import telling_apart

from .guides import FOLDER as PLANS
from .guides import Theme, themes
from .text_walk import NOT_TEXT, Entry, entry_of, is_text, tables

REWRITES = "vague"
PAPER_FORM = Text("Het papieren formulier", "The paper form", "Le formulaire papier")

# Where texts come from whose file does not say it beside each of them.
SOURCES = {
    "message": "clinical-brief B1",
    "context": "clinical-brief B2; wording GK",
    "page": "own headings over the lists of clinical-brief B3-B5",
    "reason": "clinical-brief B6 and B8; wording GK",
    "theme": "own heading over these guides",
    "numbers": "own wording",
}

MESSAGES = {
    "now": Text("Boodschap: nu", "Message: now", "Message : maintenant"),
    "today": Text("Boodschap: vandaag", "Message: today", "Message : aujourd'hui"),
    "days": Text(
        "Boodschap: binnen enkele dagen", "Message: within days", "Message : dans les jours qui viennent"
    ),
    "talk": Text("Boodschap: bespreken", "Message: talk it over", "Message : à discuter"),
    "suddenly-worse": Text("Boodschap: plots erger", "Message: suddenly worse", "Message : soudain pire"),
}
SUPPORT = {
    "words": Text("Woorden rond de hulp", "Words around the help", "Les mots autour de l'aide"),
    "box": Text("Het steunkader", "The support box", "L'encadré de soutien"),
    "help": Text("De pagina ‘Hulp nu’", "The page ‘Help now’", "La page « De l'aide maintenant »"),
    "violence": Text("Niet veilig bij iemand", "Not safe with someone", "Pas en sécurité avec quelqu'un"),
}
NUMBERS = {
    "words": Text("Bij de nummers", "Beside the numbers", "À côté des numéros"),
    "BE": Text("Nummers in België", "Numbers in Belgium", "Numéros en Belgique"),
    "BE.in_french": Text(
        "Nummers in België, in het Frans", "Numbers in Belgium, in French", "Numéros en Belgique, en français"
    ),
    "NL": Text("Nummers in Nederland", "Numbers in the Netherlands", "Numéros aux Pays-Bas"),
}
STOP_RULES = Text("Wanneer stop je?", "When to stop", "Quand arrêter")
CONSENT = Text("Toestemming", "Consent", "Consentement")


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that are read one after the other. `title` is a Text, or words of the catalogue."""

    id: str
    title: Text | Promise
    entries: tuple[Entry, ...]

    def title_in(self, language: str) -> str:
        """The title; words of the catalogue come in the language that is active."""
        return self.title.in_language(language) if isinstance(self.title, Text) else str(self.title)


@cache
def sections() -> tuple[Section, ...]:
    """All of it, in the order of the method. Read from disk once."""
    return tuple(Section(key, title, tuple(entries)) for key, title, entries in _sections())


@cache
def entries() -> dict[str, Entry]:
    """Every entry by its key. Raises ValueError when two have the same."""
    found: dict[str, Entry] = {}
    for section in sections():
        for entry in section.entries:
            if entry.key in found:
                raise ValueError(f"{entry.key} stands in {found[entry.key].section} and in {section.id}")
            found[entry.key] = entry
    return found


# --- section by section ------------------------------------------------------------------------------


def _sections() -> Iterator[tuple[str, Text | Promise, Iterable[Entry]]]:
    yield "consent", _("Consent"), _consent()
    yield "red-flags", _("Safety questions"), _items()
    yield "red-flags-around", _("Around the safety questions"), _around_the_items()
    yield "lesson", _("Picture lesson"), [_lesson()]
    yield "conditions", _("Conditions"), _conditions()
    yield "glasses", _("Glasses"), _glasses()
    yield "support", _("Support"), _support()
    yield "numbers", _("Telephone numbers"), _numbers()
    yield "exercises", _("Exercises"), _exercises()
    for theme in themes().values():
        yield f"guides-{theme.id}", theme.name, _guides(theme)
    yield "rewrites", _("From vague to concrete"), _rewrites()
    yield "telling-apart", _("Telling apart, for practitioners"), [_telling_apart()]
    yield "paper-intake", _("Paper form"), [_paper_intake()]


def _items() -> Iterator[Entry]:
    content = red_flags()
    for one in content.items:
        yield entry_of(
            "red-flags", f"red-flag:{one.id}", one, one.ask, INTAKE, without=("theme",), version=content.name
        )


def _around_the_items() -> Iterator[Entry]:
    content, section = red_flags(), "red-flags-around"
    rows = [
        *(("message", one.key, one, MESSAGES[one.key]) for one in content.messages),
        ("message", "suddenly-worse", {"text": content.suddenly_worse}, MESSAGES["suddenly-worse"]),
        *(("context", one.key, one, one.ask) for one in content.facts),
        *(("page", one.key, one, one.heading) for one in content.themes),
        *(("reason", one.id, one, one.told) for one in content.without_item),
    ]
    for kind, key, value, name in rows:
        about = {"version": content.name, "source": SOURCES[kind], "confirmed": False}
        yield entry_of(
            section, f"red-flag-{kind}:{key}", value, name, INTAKE, without=("items", "list_number"), **about
        )


def _lesson() -> Entry:
    return entry_of("lesson", "lesson:lesson", lesson(), lesson().heading, TRIGGERS)


def _telling_apart() -> Entry:
    table = telling_apart()
    return entry_of("telling-apart", "telling-apart:pain", table, table.heading, TRIGGERS)


def _glasses() -> Iterator[Entry]:
    for key, one in glasses().items():
        yield entry_of("glasses", f"glass:{key}", one, one.name, TRIGGERS)


def _guides(theme: Theme) -> Iterator[Entry]:
    """The theme's name first: it is read by itself, above its guides."""
    section, about = f"guides-{theme.id}", {"version": theme.version}
    own = {"source": SOURCES["theme"], "confirmed": False, **about}
    yield entry_of(section, f"guide-theme:{theme.id}", {"name": theme.name}, theme.name, PLANS, **own)
    for one in theme.guides:
        yield entry_of(section, f"guide:{one.id}", one, one.title, PLANS, **about)


def _conditions() -> Iterator[Entry]:
    for key, one in conditions().items():
        yield entry_of("conditions", f"condition:{key}", one, one.name, TRIGGERS, without=("bones",))
        if one.bones:
            bones = one.bones
            yield entry_of("conditions", f"bones:{key}", bones, bones.heading, TRIGGERS, version=one.version)


def _exercises() -> Iterator[Entry]:
    yield entry_of("exercises", "exercise-rules:rules", stop_rules(), STOP_RULES, EXERCISES)
    for key, one in library().items():
        yield entry_of("exercises", f"exercise:{key}", one, one.name, EXERCISES, without=("section",))


def _consent() -> Iterator[Entry]:
    """What is agreed to, and what patients may read beside it: why a page is asked, their data, who can use it."""
    yield entry_of("consent", "consent:consent", tables(consents.FILE), CONSENT, INTAKE)
    names = {"asking": asking().summary, "privacy": privacy().title, "accessibility": accessibility().title}
    for file, name in names.items():
        yield entry_of("consent", f"consent:{file}", tables(newest(INTAKE)[file]), name, INTAKE)


def _support() -> Iterator[Entry]:
    whole = support()
    about = {"version": whole.version, "source": whole.source, "confirmed": whole.confirmed}
    parts = ("box", "help", "violence")
    yield entry_of("support", "support:words", whole, SUPPORT["words"], TRIGGERS, without=parts, **about)
    for part in parts:
        yield entry_of("support", f"support:{part}", getattr(whole, part), SUPPORT[part], TRIGGERS, **about)


def _numbers() -> Iterator[Entry]:
    """One entry for each country, and one for the lines of a country that answer in another language."""
    whole = tables(contact.FILE)
    about = {"version": whole["version"], "source": SOURCES["numbers"], "confirmed": False}
    countries = {key: one for key, one in whole.items() if isinstance(one, dict) and "emergency" in one}
    words = {key: one for key, one in whole.items() if isinstance(one, dict) and key not in countries}
    yield entry_of("numbers", "numbers:words", words, NUMBERS["words"], INTAKE, **about)
    for key, row in countries.items():
        inside = {name: one for name, one in row.items() if isinstance(one, dict) and not is_text(one)}
        about |= {"source": row.get("source", about["source"]), "confirmed": row.get("confirmed", False)}
        yield entry_of("numbers", f"numbers:{key}", row, NUMBERS[key], INTAKE, without=inside, **about)
        for name, lines in inside.items():
            name = f"{key}.{name}"
            own = {which: lines[which] for which in ("source", "confirmed") if which in lines}
            yield entry_of("numbers", f"numbers:{name}", lines, NUMBERS[name], INTAKE, **{**about, **own})


def _rewrites() -> Iterator[Entry]:
    whole = tables(newest(PLANS)[REWRITES])
    about = {which: whole[which] for which in NOT_TEXT & whole.keys()}
    for row in whole["rewrites"]:
        own = {which: row[which] for which in ("source", "confirmed") if which in row}
        name = Text(*(row["words"][code][0] for code in LANGUAGES))
        yield entry_of("rewrites", f"rewrite:{row['id']}", row, name, PLANS, **{**about, **own})


def _paper_intake() -> Entry:
    whole = tables(newest(PLANS)["paper-intake"])
    return entry_of("paper-intake", "paper-intake:words", whole, PAPER_FORM, PLANS)
