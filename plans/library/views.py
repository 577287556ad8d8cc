"""The exercise library in the browser: all of it for the practice, and for a patient what stands on their plan."""

import hashlib
import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from backup_plan_site.staff.access import allow, public
from backup_plan_site.staff.actors import Role
from exercises.library import library
from plans.own import photos
from plans.own.shelf import Own
from triggers.here import emergency_of

from . import choosing, drawn, shown


@allow(Role.PRACTITIONER, Role.DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def exercises(request):
    """The library: what was chosen in the lists, by GET; or what has the typed words, by POST, which writes nothing."""
    language = translation.get_language()
    typed = request.POST.get("q", "")[:100].strip()
    known = _known(request)
    choice = choosing.Choice.of(request.GET, known)
    found = choosing.searched(typed, language, known) if typed else choice.found
    context = {
        "cards": [shown.card(one, choice.cautions, language) for one in found],
        "choice": choice,
        "typed": typed,
        "lists": list(choice.lists(language)),
        "boxes": choice.boxes(),
        "section": "exercises",
    }
    return render(request, "plans/library/exercises.html", context)


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def exercise(request, key):
    """One exercise of the library, with whom it is for."""
    one, language = _of_library(request, key), translation.get_language()
    context = {
        "exercise": shown.of_library(one, language),
        "hides": shown.caution_words(one.cautions),
        "facts": shown.facts(one, language),
        "section": "exercises",
    }
    return render(request, "plans/library/exercise.html", context)


# --- for a patient, through the plan that was given -------------------------------------------------------


@public
@require_safe
def own_exercises(request, token):
    """The exercises of one plan. Who knows the address may read them; whose they are stands nowhere."""
    release, opens = _opened(token)
    with _in_language_of(request, release):
        if not opens:
            return _ended(request, release)
        copy = release.plan_copy
        cards = [shown.of_plan(given, release.language, token) for given in copy.exercises]
        context = {**_around(release), "token": token, "copy": copy, "exercises": cards}
        return render(request, "plans/library/own_exercises.html", context)


@public
@require_safe
def own_exercise(request, token, key):
    """One exercise of that plan, as it was given."""
    release, opens = _opened(token)
    with _in_language_of(request, release):
        if not opens:
            return _ended(request, release)
        given = next((one for one in release.plan_copy.exercises if one.key == key), None)
        if given is None:
            raise Http404
        exercise = shown.of_plan(given, release.language, token)
        context = {**_around(release), "token": token, "exercise": exercise}
        return render(request, "plans/library/own_exercise.html", context)


@public
@require_safe
def own_photo(request, token, code):
    """A photo of the practice's own, as long as the plan that it stands on opens."""
    release, opens = _opened(token)
    there = [photo for one in release.plan_copy.exercises for photo in one.photos] if opens else []
    photo = next((one for one in there if one.code == str(code)), None)
    if photo is None:
        raise Http404
    return photo_file(photo.name, photo.sha256)


def photo_file(name, sha256):
    """The photo itself. Raises Http404 where it is lost."""
    try:
        return HttpResponse(photos.read(name, sha256), content_type="image/jpeg")
    except photos.Lost:
        raise Http404 from None


def _opened(token):
    release, opens = shown.opened(token)
    if release is None:
        raise Http404
    return release, opens


def _ended(request, release):
    return render(request, "plans/library/own_ended.html", _around(release), status=404)


def _around(release):
    practice = release.plan.intake.practice
    return {"practice": practice, "emergency": emergency_of(practice)}


def _in_language_of(request, release):
    request.LANGUAGE_CODE = release.language
    return translation.override(release.language)


# --- the drawings ---------------------------------------------------------------------------------------


@public
@require_safe
def figure(request, key):
    """The drawing of an exercise; with ?panel=1 of its first position, with ?side=other of the other side."""
    if key not in library():
        raise Http404
    other, panel = _other_side(request), request.GET.get("panel")
    found = drawn.drawing(key, mirrored=other)
    if panel is not None:
        numbered = {str(number): one for number, one in enumerate(drawn.positions(key, mirrored=other), 1)}
        found = numbered.get(panel)
    if not found:
        raise Http404
    return _file(request, found, "image/svg+xml")


@public
@require_safe
def figure_frames(request, key):
    """The way from the first position to the second, as drawings that follow each other: {"frames": [svg, …]}."""
    frames = drawn.frames(key, mirrored=_other_side(request)) if key in library() else ()
    if not frames:
        raise Http404
    return _file(request, json.dumps({"frames": frames}), "application/json")


def _other_side(request):
    return request.GET.get("side") == "other"


def _file(request, text, kind):
    """The same for everybody: a browser that has these very bytes need not read them again."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response)


def _known(request):
    """{id: exercise} of this practice: its own that are in use, and ours."""
    return {**Own.of(request.actor.practice_id, kind="exercise").exercises(), **library()}


def _of_library(request, key):
    known = library() if key in library() else _known(request)
    if key not in known:
        raise Http404
    return known[key]
