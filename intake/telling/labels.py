"""Questions and answers as words: what was asked, what was answered, in full and in short."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake import pages
from intake.forms import COURSES
from intake.red_flags import red_flags


def title_of(page, language):
    """The heading of one page."""
    if page.name == "safety":
        return next(theme for theme in red_flags().themes if theme.key == page.theme).heading.in_language(
            language
        )
    return {
        "about": _("About you"),
        "where": _("Where it hurts"),
        "complaint": _("Your complaint"),
        "since": _("Since when"),
        "pain": _("How the pain behaves"),
        "health": _("Your health"),
    }[page.name]


def label_of(key, language):
    """The question behind one key, as it was asked."""
    content = red_flags()
    if key in content.fact:
        return content.fact[key].ask.in_language(language)
    if key.partition(".")[0] in content.by_id:
        return content.ask(key).in_language(language)
    return {
        pages.OWN_WORDS: _("What is the matter? Tell us in your own words."),
        pages.CANNOT_DO: _("What can you not do now that you would like to do?"),
        pages.WORST_PLACE: _("Where does it bother you most?"),
        pages.COURSE: _("How has it been in the last few days?"),
        pages.PAIN_NOW: _("How bad is the pain now?"),
        pages.GP: _("Who is your GP?"),
    }[key]


def examples_of(key, language):
    """The 'for instance' lines of a safety question in one line; '' for everything else."""
    question = red_flags().by_id.get(key)
    return "; ".join(line.in_language(language) for line in question.lines) if question else ""


def value_of(key, value, language):
    """One answer in words; '' where nothing was filled in."""
    if value is None:
        return _("I don't know") if key in red_flags().fact and key != "pregnant" else ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return capfirst(", ".join(_choice(key, one, language) for one in value))
    if key.startswith("rf"):
        return answer_word(value)
    if key in ("worst_pain", pages.PAIN_NOW):
        return _("%(number)s out of 10") % {"number": value}
    if key == pages.COURSE:
        return str(dict(COURSES).get(value, value))
    if key in (pages.OWN_WORDS, pages.CANNOT_DO, pages.GP):
        return value  # as typed
    return capfirst(_choice("regions" if key == pages.WORST_PLACE else key, value, language))


def _choice(key, value, language):
    fact = red_flags().fact.get(key)
    labels = {one.key: one.label.in_language(language) for one in fact.answers} if fact else {}
    return labels.get(value, str(value))


def answer_word(value):
    return {"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")}[value]


def short_label(key):
    """A fact in two or three words, for somebody who has one minute."""
    return {
        "sex": _("Sex"),
        "pregnant": _("Pregnant"),
        "regions": _("Where"),
        pages.WORST_PLACE: _("Worst place"),
        pages.OWN_WORDS: _("In own words"),
        pages.CANNOT_DO: _("Cannot do now"),
        "duration": _("Duration"),
        "onset_age": _("First time at age"),
        "first_episode": _("First episode"),
        "sudden_onset": _("Sudden onset"),
        "recent_fall": _("Fall or knock, 3 months"),
        "changes_with_movement": _("Changes with movement"),
        pages.COURSE: _("Last days"),
        pages.PAIN_NOW: _("Pain now"),
        "worst_pain": _("Worst, past week"),
        "blood_thinners": _("Blood thinners"),
        "smoker": _("Smokes or smoked"),
        "high_blood_pressure": _("High blood pressure"),
        "spine_procedure_3_months": _("Spine procedure, 3 months"),
        pages.GP: _("GP"),
    }[key]
