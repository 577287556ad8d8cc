"""The reading room: the method in plain words, for anybody. Nothing is asked here and nothing is kept."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.staff.access import public
from backup_plan_site.web.finding import find as find_in
from intake.here import opened_intake, practice_here
from intake.languages import own_names
from plans.guides import guides, themes
from triggers.glasses import FAMILIES, conditions, glasses
from triggers.here import emergency_of, lines_of
from triggers.models import Fills
from triggers.support import support
from triggers.telling import drawn_glass, family_word

from .shelves import findable, guides_for, neighbours


@public
@require_safe
def door(request):
    """To the room in the reader's language: that of the open intake, else the browser's."""
    intake = opened_intake(request.session)
    language = intake.language if intake else translation.get_language()
    return redirect(
        "reading:home", language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    )


@public
@require_safe
def home(request, language):
    """Everything there is to read, by step of the method, then the glasses and the two conditions."""
    with _in(request, language):
        return render(request, "plans/reading/home.html", _context(request, "home", **_everything(language)))


@public
@require_POST
def find(request, language):
    """What has the typed words. By POST: what somebody worries about belongs in no address and no log."""
    typed = request.POST.get("q", "")[:100]
    with _in(request, language):
        found = [_row(key, language) for key in find_in(typed, findable(language))]
        context = _context(request, "home", typed=typed, found=found)
        return render(request, "plans/reading/found.html", context)


@public
@require_safe
def guide(request, language, key):
    """One guide, with its worksheet to print."""
    one = _or_404(guides(), key)
    theme, before, after = neighbours(key)
    helps = [glasses()[glass] for glass in one.glasses]
    with _in(request, language):
        context = _context(
            request, "guide", key, guide=one, theme=theme, before=before, after=after, helps=helps
        )
        return render(request, "plans/reading/guide.html", context)


@public
@require_safe
def glass(request, language, key):
    """One glass: how it can load the back, how sure that is, what to try, who can help."""
    one = _or_404(glasses(), key)
    with _in(request, language):
        context = _about(request, "glass", one)
        context["picture"] = _poured(one, language)
        context["family"] = family_word(one.family, language)
        return render(request, "plans/reading/glass.html", context)


@public
@require_safe
def condition(request, language, key):
    """Hernia or arthrosis: what it is and what to try. Not a diagnosis."""
    one = _or_404(conditions(), key)
    with _in(request, language):
        return render(request, "plans/reading/glass.html", _about(request, "condition", one))


def _in(request, language):
    """The language of the address for this page. Raises Http404 for one that is not spoken here."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    request.LANGUAGE_CODE = language
    return translation.override(language)


def _or_404(shelf, key):
    if key not in shelf:
        raise Http404
    return shelf[key]


def _about(request, name, questions):
    context = _context(request, name, questions.id, questions=questions)
    practice = context["practice"]
    context["helpers"] = questions.helpers_in(practice.country if practice else "BE")
    context["related"] = guides_for(questions.id)
    return context


def _context(request, name, key="", **extra):
    """What every page of the room shows: the practice, this same page in the other languages, who listens."""
    practice = practice_here(opened_intake(request.session))
    code = request.LANGUAGE_CODE
    return {
        "practice": practice,
        "emergency": emergency_of(practice),
        "lines": lines_of(practice, code),
        "support": support(),
        "LANGUAGE_CODE": code,
        "home_url": reverse("reading:home", args=[code]),
        "languages": [
            (one, own, reverse(f"reading:{name}", args=[one, key] if key else [one]))
            for one, own in own_names()
        ],
        **extra,
    }


def _everything(language):
    families = [
        (family_word(family, language), [one for one in glasses().values() if one.family == family])
        for family in FAMILIES
    ]
    pictures = {key: _poured(one, language) for key, one in glasses().items()}
    return {
        "themes": list(themes().values()),
        "families": [(word, [(one, pictures[one.id]) for one in shelf]) for word, shelf in families],
        "conditions": list(conditions().values()),
    }


def _poured(glass, language):
    """A glass as it is drawn when it pours: nobody's own, but easier to tell apart than an empty one."""
    return replace(drawn_glass(glass, None, language), fills=Fills.YES.value)


def _row(key, language):
    """(address, name, line) of one thing that was found."""
    kind, _colon, name = key.partition(":")
    address = reverse(f"reading:{kind}", args=[language, name])
    if kind == "guide":
        one = guides()[name]
        return address, one.title, one.short
    questions = (glasses() if kind == "glass" else conditions())[name]
    return address, questions.name, questions.good
