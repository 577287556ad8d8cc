"""The blank intake on paper: the questions of the screens as the words of a PDF. Nobody's answers stand in it.

The questions come from the files that the screens read; what only paper says stands in content/paper-intake.v1.toml.
"""

from functools import cache

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backup_plan_site import press
from backup_plan_site.content import Text, identity, newest, read
from intake.consents import consent_text
from intake.forms import COURSES
from intake.pages import CANNOT_DO, COURSE, GP, OWN_WORDS, PAIN_NOW, WORST_PLACE
from intake.red_flags import red_flags
from intake.screening import ITEMS
from intake.screening_context import LAST_AGE_OF_PREGNANCY
from intake.screening_items import BACK_LEG, HEAD_NECK_ARM
from intake.telling.labels import label_of
from triggers.glasses import FAMILIES, conditions, glasses
from triggers.here import emergency_of, lines_of
from triggers.lesson import lesson
from triggers.support import support

from . import paper_codes
from .guides import FOLDER
from .paper_codes import BONES, PHONE

TEMPLATE = "plans/paper/intake.html"
STYLE = "css/paper-intake.css"
FILE = newest(FOLDER)["paper-intake"]
NO_PHONE = "………………………"

# The rules that hide a question, in the plain words for it. A rule without words is a KeyError, seen by the tests.
ONLY_WITH = {frozenset(): "", HEAD_NECK_ARM: "only-head-neck-arm", BACK_LEG: "only-back-leg"}
HIDDEN_FOR = {"": "", "male": "only-not-male", "female": "only-not-female"}
# Follow-up questions that only some are asked (intake.screening.follow_ups).
FOLLOW_UPS_ONLY = {"rf1-trauma-minor": "only-neck"}

OPEN_LINES = {PHONE: 1, GP: 1, OWN_WORDS: 4, CANNOT_DO: 3, "onset_age": 1}
SCALES = (PAIN_NOW, "worst_pain")


@cache
def codes():
    """{key: code} of everything that is asked on paper."""
    content = red_flags()
    return {
        **paper_codes.context_codes(),
        **paper_codes.safety_codes(content.themes, content.by_id),
        **paper_codes.condition_codes(conditions().values()),
        **paper_codes.glass_codes(glasses().values()),
    }


@cache
def words():
    """{key: Text} of what only paper says. Read from disk once."""
    return {row["key"]: Text(**row["text"]) for row in read(FILE)["sentences"]}


def version():
    """The name of the words in force, to stand on the first page."""
    return str(identity(FILE))


def intake_pdf(language, practice, intake=None):
    """The bytes of the blank form in `language`, for one intake or for anybody. `practice` may be None.

    Raises backup_plan_site.pdf.PdfUnavailable where Pango is missing.
    """
    return press.render(TEMPLATE, context(language, practice, intake), language=language, stylesheet=STYLE)


def context(language, practice, intake=None):
    """Everything that the templates say."""
    with translation.override(language):
        say = {key.replace("-", "_"): text.in_language(language) for key, text in words().items()}
        phone = (practice and practice.phone) or NO_PHONE
        for key in ("unwell", "safety_wait"):
            say[key] = say[key].format(phone=phone)
        say["glasses_heading"] = say["glasses_heading"].format(lesson=lesson().heading.in_language(language))
        return {
            "say": say,
            "practice": practice,
            "intake": intake,
            "visit_code": visit_code(intake) if intake else "",
            "version": version(),
            "worse": red_flags().suddenly_worse.in_language(language),
            "consent": consent(language, practice),
            "context": [context_question(key, language) for key in asked_context(intake)],
            "themes": [safety_theme(theme, language) for theme in red_flags().themes],
            "conditions": [condition(one, language) for one in conditions().values()],
            "bones": [bones(one.bones, language) for one in conditions().values() if one.bones],
            "lesson": [text.in_language(language) for text in lesson().sentences],
            "no_points": lesson().no_points.in_language(language),
            "no_diagnosis": lesson().no_diagnosis.in_language(language),
            "families": [family(key, language) for key in FAMILIES],
            "support": support_box(practice, language),
            "scale": range(11),
        }


def visit_code(intake):
    """What tells two patients of one name apart on loose sheets. It opens nothing."""
    short = intake.code.hex[:8].upper()
    return f"{short[:4]}-{short[4:]}"


def consent(language, practice):
    """What is consented to, in the words in force, and the boxes beside it."""
    text = consent_text()
    filled_in = {
        "practice": practice.name if practice else "…",
        "years": practice.retention_years if practice else 30,
    }
    return {
        "parts": text.told(language, **filled_in),
        "boxes": [
            {
                "label": box.label.in_language(language),
                "hint": "" if box.needed else box.hint.in_language(language),
            }
            for box in text.boxes
        ],
        "intended_use": text.intended_use.in_language(language),
    }


# --- before the safety lists ---


def asked_context(intake=None):
    """The keys that this paper asks, in order. Where the age is known, pregnancy only up to the age it is asked."""
    if intake and intake.patient.age_on(intake.began_on) > LAST_AGE_OF_PREGNANCY:
        return [key for key in paper_codes.CONTEXT if key != "pregnant"]
    return list(paper_codes.CONTEXT)


def context_question(key, language):
    """One question before the safety lists: boxes to tick, a scale from 0 to 10, or lines to write on."""
    return {
        "code": codes()[key],
        "ask": ask_of(key, language),
        "only": context_only(key, language),
        "hint": hint_of(key),
        "options": [label for _value, label in options_of(key, language)],
        "lines": range(OPEN_LINES.get(key, 0)),
        "scale": key in SCALES,
    }


def ask_of(key, language):
    """The question behind one key of the context, as the screen asks it."""
    return _("On which number can we reach you?") if key == PHONE else label_of(key, language)


def options_of(key, language):
    """(value, words) of the boxes of one context question, as the screen offers them; () where there are none."""
    if key == COURSE:
        return [(value, str(label)) for value, label in COURSES]
    fact = red_flags().fact.get("regions" if key == WORST_PLACE else key)
    if fact is None or key in SCALES:
        return []
    found = [(one.key, capfirst(one.label.in_language(language))) for one in fact.answers]
    if fact.kind == "yes-no":
        found = [("yes", _("Yes")), ("no", _("No"))]
        # The screen offers no 'I don't know' here either: not sure counts as yes.
        found += [] if key == "sudden_onset" else [("unknown", _("I don't know"))]
    return found


def hint_of(key):
    """The line below the question, as on the screen."""
    return {
        GP: _("Name and town. You may leave this empty."),
        OWN_WORDS: _("A few sentences are enough. You may leave this empty."),
        CANNOT_DO: _("For instance: gardening, sleeping through, lifting my grandchild."),
        "onset_age": _("A rough guess is fine. Don't know? Leave it empty."),
        "sudden_onset": _("Not sure? Choose yes."),
        COURSE: _("Compared with how it began."),
        PAIN_NOW: _("0 is no pain, 10 is the worst pain you can think of."),
    }.get(key, "")


def context_only(key, language):
    """When the screen hides this question, in plain words."""
    if key == "pregnant":
        return " ".join(
            [_only("only-not-male", language), _only("only-up-to-age", language, age=LAST_AGE_OF_PREGNANCY)]
        )
    return _only("only-several-places", language) if key == WORST_PLACE else ""


def _only(key, language, **filled_in):
    return words()[key].in_language(language).format(**filled_in) if key else ""


# --- the safety lists ---


def safety_theme(theme, language):
    """One page of the screens: a heading and its questions."""
    return {
        "heading": theme.heading.in_language(language),
        "intro": theme.intro.in_language(language) if theme.intro else "",
        "items": [safety_item(red_flags().by_id[key], language) for key in theme.items],
    }


def safety_item(item, language):
    return {
        "code": codes()[item.id],
        "ask": item.ask.in_language(language),
        "examples": [line.in_language(language) for line in item.lines],
        "only": item_only(item.id, language),
        "follow_ups_only": _only(FOLLOW_UPS_ONLY.get(item.id, ""), language),
        "follow_ups": [
            {"code": codes()[f"{item.id}.{one.id}"], "ask": one.ask.in_language(language)}
            for one in item.follow_ups
        ],
    }


def item_only(key, language):
    """Who is asked this, in plain words; '' when everybody is."""
    item = ITEMS[key]
    found = [_only(HIDDEN_FOR[item.hidden_for], language), _only(ONLY_WITH[item.only_with], language)]
    if item.hidden_over:
        found.append(_only("only-up-to-age", language, age=item.hidden_over))
    return " ".join(filter(None, found))


# --- conditions and glasses ---


def on_paper(statements):
    """(number, statement) of the sentences that a paper shows: a private one stands on none."""
    return [(number, one) for number, one in enumerate(statements, start=1) if not one.private]


def condition(questions, language):
    return {
        "code": codes()[questions.id],
        "name": questions.name.in_language(language),
        **_sentences(questions.statements, language),
    }


def bones(about, language):
    return {
        "code": codes()[BONES],
        "name": about.heading.in_language(language),
        "intro": about.intro.in_language(language),
        "told": about.told.in_language(language),
        **_sentences(about.statements, language),
    }


def family(key, language):
    """The glasses of one colour."""
    told = next(one for one in lesson().families if one.id == key)
    return {
        "key": key,
        "name": told.name.in_language(language),
        "text": told.text.in_language(language),
        "glasses": [glass(one, language) for one in glasses().values() if one.family == key],
    }


def glass(questions, language):
    sensitive = filter(None, (questions.why_we_ask, questions.skip))
    return {
        "code": codes()[questions.id],
        "name": questions.name.in_language(language),
        "why": " ".join(text.in_language(language) for text in sensitive),
        "filter": questions.filter.in_language(language) if questions.filter else "",
        "sizes": [pgettext("glass", "small"), pgettext("glass", "ordinary"), pgettext("glass", "giant")],
        **_sentences(questions.statements, language),
    }


def _sentences(statements, language):
    shown = [one for _number, one in on_paper(statements)]
    when = words()["when-ticked"].in_language(language)
    return {
        "sentences": [
            {
                "code": codes()[one.id],
                "text": one.text.in_language(language),
                "after_filter": one.after_filter,
            }
            for one in shown
        ],
        "extras": [
            when.format(code=codes()[one.id], words=one.extra.in_language(language))
            for one in shown
            if one.extra
        ],
    }


def support_box(practice, language):
    """The calm box above the blue glasses, with the lines of the practice's country."""
    box, lines = support().box, lines_of(practice, language)
    say = {name: getattr(box, name).in_language(language) for name in ("text", "talk", "danger", "also")}
    suicide = lines.suicide
    return {
        **say,
        "line": f"{suicide.number} ({suicide.name.in_language(language)}, {suicide.open.in_language(language)})",
        "emergency": emergency_of(practice),
        "note": lines.note.in_language(language) if lines.note else "",
    }
