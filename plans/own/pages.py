"""The practice's own tips, exercises, helpers and texts in the browser. Ours have no address here.

Everybody of the practice reads; an owner or a practitioner writes. What goes wrong is said beside its field.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.staff.models import Practice
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake.models.people import IllegalMove
from plans.library.views import photo_file
from plans.models import OwnItem, OwnPhoto

from . import actions, photos, uploading
from . import body as bodies
from .body import TEXT, from_json
from .forms import FORMS, free_places
from .showing import item_page, list_page
from .words import NEW, SLUGS, TABS, TITLES

READERS = (Role.OWNER, Role.PRACTITIONER, Role.DESK)
WRITERS = (Role.OWNER, Role.PRACTITIONER)


@allow(*READERS)
@require_safe
def own(request, tab="tips"):
    """What the practice has of one kind, with its state and its languages."""
    return list_page(request, _kind(tab))


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def new(request, tab):
    """A new draft."""
    kind = _kind(tab)
    extra = {}
    if kind == TEXT:
        rows = OwnItem.objects.for_actor(request.actor).filter(kind=TEXT)
        places = free_places(rows.values_list("place", flat=True))
        if not places:
            return redirect("desk:own-kind", tab)
        extra = {"places": places, "place": request.GET.get("place", "")}
    form = FORMS[kind](request.POST or None, first=_first(request), **extra)
    if accepts(request) and form.is_valid():
        try:
            place = form.cleaned_data.get("place", "")
            item = actions.create(request.actor, kind, form.body(), place=place)
        except actions.Taken as there:
            messages.error(request, _("A colleague wrote a text for this place just now."))
            return redirect("desk:own-item", there.item.code)
        messages.success(request, _("Saved as a draft. Read it below. Is it good? Then take it into use."))
        return redirect("desk:own-item", item.code)
    return _form_page(request, form, kind, status=422 if request.method == "POST" else 200)


@allow(*READERS)
@require_safe
def item(request, code):
    """One of them as patients get it, with its versions and what may be done with it."""
    return item_page(request, _item(request, code))


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def edit(request, code):
    """Other words: a new version, which counts when it is taken into use."""
    one = _item(request, code)
    form = FORMS[one.kind](
        request.POST or None, first=one.latest.body["first"], body=from_json(one.kind, one.latest.body)
    )
    if not (accepts(request) and form.is_valid()):
        return _form_page(request, form, one.kind, one, status=422 if request.method == "POST" else 200)
    try:
        version = actions.save(request.actor, one, form.body(), seen=request.POST.get("seen", ""))
    except actions.Changed:
        return _form_page(request, form, one.kind, one, changed=True, status=409)
    _say_saved(request, one, version)
    return redirect("desk:own-item", one.code)


# --- drafts, in use, withdrawn ------------------------------------------------------------------------


@allow(*WRITERS)
@require_POST
@idempotent
def use(request, code):
    """From now on these words count."""
    seen = request.POST.get("seen", "")
    return _moved(
        request,
        code,
        lambda one: actions.use(request.actor, one, seen=seen),
        _("In use from now on. Plans that were given stay as they are."),
    )


@allow(*WRITERS)
@require_POST
@idempotent
def withdraw(request, code):
    """Offer it no more; the page that follows can undo it."""
    said = _("Withdrawn. New plans do not offer it any more; plans that have it keep it.")
    return _moved(request, code, lambda one: actions.withdraw(request.actor, one), said)


@allow(*WRITERS)
@require_POST
@idempotent
def put_back(request, code):
    """Undo a withdrawal."""
    said = _("It is back as it was.")
    return _moved(request, code, lambda one: actions.put_back(request.actor, one), said)


@allow(*WRITERS)
@require_POST
@idempotent
def restore(request, code):
    """The words of an earlier version once more."""
    one, number = _item(request, code), request.POST.get("number", "")
    if not one.versions.filter(number=number if number.isdecimal() and len(number) < 6 else 0).exists():
        raise Http404
    seen, said = request.POST.get("seen", ""), _("These words are the newest again.")
    return _moved(request, code, lambda one: actions.restore(request.actor, one, number, seen=seen), said)


def _moved(request, code, verb, said):
    """Do `verb` to one item and lead back to its page, which says what came of it."""
    one = _item(request, code)
    if not accepts(request):
        return conflict(request)
    try:
        verb(one)
        messages.success(request, said)
    except (IllegalMove, actions.Changed):
        messages.error(request, _("A colleague changed this in the meantime. Look at it once more."))
    return redirect("desk:own-item", one.code)


# --- photos -------------------------------------------------------------------------------------------


@allow(*WRITERS)
@require_POST
@uploading.looked_at
@idempotent
def add_photo(request, code):
    """A photo of the start or the end."""
    one, place = _exercise(request, code), request.POST.get("place", "")
    if not accepts(request):
        return conflict(request)
    if place not in (bodies.START, bodies.END):
        raise Http404
    if request.refused:
        return item_page(request, one, wrong={place: request.refused}, status=422)
    try:
        seen = request.POST.get("seen", "")
        version = actions.add_photo(request.actor, one, place, request.photo, seen=seen)
    except actions.TooManyPhotos:
        return item_page(
            request, one, wrong={place: _("The practice has no room for more photos.")}, status=422
        )
    except actions.Changed:
        messages.error(request, _("A colleague changed this in the meantime. Look at it once more."))
    except OSError:
        said = _("The photo could not be kept just now. Try again in a moment.")
        return item_page(request, one, wrong={place: said}, status=503)
    else:
        _say_saved(request, one, version)
    return redirect("desk:own-item", one.code)


@allow(*WRITERS)
@require_POST
@idempotent
def remove_photo(request, code):
    """Take a photo off: a new version without it. The earlier one keeps it."""
    one, place = _exercise(request, code), request.POST.get("place", "")
    if place not in (bodies.START, bodies.END):
        raise Http404
    seen, said = request.POST.get("seen", ""), _("The photo is off. An earlier version brings it back.")
    return _moved(
        request, one.code, lambda one: actions.remove_photo(request.actor, one, place, seen=seen), said
    )


@allow(*READERS)
@require_safe
def photo(request, code):
    """A photo, for who works in the practice that it belongs to."""
    row = get_object_or_404(OwnPhoto.objects.for_actor(request.actor), code=code)
    return photo_file(row.name, row.sha256)


# --- how ----------------------------------------------------------------------------------------------


def _kind(tab):
    if tab not in TABS:
        raise Http404
    return TABS[tab]


def _item(request, code):
    rows = OwnItem.objects.for_actor(request.actor).select_related("latest", "used")
    return get_object_or_404(rows, code=code)


def _exercise(request, code):
    one = _item(request, code)
    if one.kind != OwnItem.Kind.EXERCISE:
        raise Http404
    return one


def _first(request):
    """The practice's own language."""
    return Practice.objects.values_list("default_language", flat=True).get(pk=request.actor.practice_id)


def _say_saved(request, one, version):
    if version.pk == one.latest_id:
        messages.info(request, _("Nothing changed: these words were saved already."))
    elif one.used_id:
        messages.success(request, _("Saved. The earlier words still count until you take these into use."))
    else:
        messages.success(request, _("Saved as a draft. Read it below. Is it good? Then take it into use."))


def _form_page(request, form, kind, one=None, *, changed=False, status=200):
    tab = SLUGS[kind]
    seen = request.POST.get("seen", "") if request.method == "POST" and not changed else ""
    context = {
        "form": form,
        "kind": kind,
        "item": one,
        "title": _("Change the words") if one else NEW[kind],
        "tab_title": TITLES[kind],
        "back": reverse("desk:own-item", args=[one.code]) if one else reverse("desk:own-kind", args=[tab]),
        "seen": seen or (one.latest.number if one else ""),
        "changed": changed,
        "most_megabytes": photos.MOST_BYTES // 1024**2,
        "section": "own",
    }
    return render(request, "plans/own/edit.html", context, status=status)
