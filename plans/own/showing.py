"""The pages that show the practice's own things: a list per kind, and one of them as patients get it."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from backup_plan_site.content import LANGUAGES
from plans.library import shown
from plans.models import OwnItem
from triggers.glasses import conditions, glasses

from . import actions
from .body import (
    END,
    EXERCISE,
    HELPER,
    START,
    TEXT,
    TIP,
    from_json,
    missing_in,
    offered_in,
    text,
    words_of,
)
from .forms import free_places, own_name
from .shelf import exercise_of, tip_of
from .words import INTRODUCTIONS, KINDS, LABELS, NEW, PHOTOS, PLACE_HINTS, PLACES, SLUGS, TABS, TITLES

State = OwnItem.State


@dataclass(frozen=True)
class Told:
    """One language of one item: `missing` says in words what is not told in it."""

    code: str
    name: str
    missing: tuple
    empty: bool
    offered: bool


def list_page(request, kind):
    """What the practice has of one kind: drafts and what is in use first, what was withdrawn below."""
    rows = OwnItem.objects.for_actor(request.actor).filter(kind=kind).select_related("latest", "used")
    lines = sorted((_line(row) for row in rows), key=lambda line: (line["about"], line["name"]))
    taken = [row.place for row in rows]
    context = {
        "kind": kind,
        "tab": SLUGS[kind],
        "tabs": _tabs(request, kind),
        "title": TITLES[kind],
        "new_label": NEW[kind],
        "introduction": INTRODUCTIONS[kind],
        "lines": [line for line in lines if line["item"].state != State.WITHDRAWN],
        "withdrawn": [line for line in lines if line["item"].state == State.WITHDRAWN],
        "places": [(key, PLACES[key], PLACE_HINTS[key]) for key in free_places(taken)]
        if kind == TEXT
        else [],
        "may_edit": actions.may_edit(request.actor),
        "section": "own",
    }
    return render(request, "plans/own/list.html", context)


def item_page(request, item, *, wrong=None, status=200):
    """One item. `wrong` says by place what is wrong with a photo that was sent."""
    body, asked = from_json(item.kind, item.latest.body), request.GET.get("in", "")
    language = asked if asked in LANGUAGES else body.first
    context = {
        "item": item,
        "body": body,
        "name": name_of(item.kind, body, item.place),
        "tab_title": TITLES[item.kind],
        "tab_url": reverse("desk:own-kind", args=[SLUGS[item.kind]]),
        "languages": told(item.kind, body),
        "language": language,
        "preview": preview(item, body, language),
        "place_hint": PLACE_HINTS.get(item.place, ""),
        "photos": _photo_places(body, wrong or {}) if item.kind == EXERCISE else [],
        "errors": [(f"id_photo_{place}", sentence) for place, sentence in (wrong or {}).items()],
        "versions": item.versions.order_by("-number"),
        "may_edit": actions.may_edit(request.actor),
        "section": "own",
    }
    return render(request, "plans/own/item.html", context, status=status)


def told(kind, body):
    """Every language, the item's own first."""
    codes = (body.first, *(code for code in LANGUAGES if code != body.first))
    return [_told(kind, body, code) for code in codes]


def _told(kind, body, code):
    missing = missing_in(kind, body, code)
    empty = not any(words.said(code) for words in words_of(kind, body).values())
    words = tuple(str(LABELS[name]) for name in missing)
    return Told(code, own_name(code), words, bool(missing) and empty, offered_in(kind, body, code))


def name_of(kind, body, place=""):
    """What an item is called in a list."""
    match kind:
        case "exercise":
            return body.name.said(body.first)
        case "helper":
            return body.name
        case "text":
            return PLACES[place]
    return body.text.said(body.first)


def preview(item, body, language):
    """An item as patients of a language get it, with who it is for."""
    match item.kind:
        case "tip":
            tip = tip_of(item.key, body)
            care = tip.care.in_language(language) if tip.care else ""
            return {"about": _about(body), "text": tip.said.in_language(language), "care": care}
        case "exercise":
            one = exercise_of(item.key, body)
            here = translation.get_language()
            return {
                "exercise": shown.of_library(one, language),
                "facts": shown.facts(one, here),
                "hides": shown.caution_words(one.cautions),
            }
        case "helper":
            note = text(body.note, body.first).in_language(language)
            return {"helper": body, "kind": KINDS[body.kind], "note": note}
    return {"text": text(body.text, body.first).in_language(language)}


def _line(item):
    body = from_json(item.kind, item.latest.body)
    return {
        "item": item,
        "name": str(name_of(item.kind, body, item.place)),
        "about": str(_about(body) if item.kind == TIP else KINDS[body.kind] if item.kind == HELPER else ""),
        "untold": [one for one in told(item.kind, body) if one.missing],
        "everywhere": body.everywhere,
    }


def _about(body):
    language = translation.get_language()
    if body.about in conditions():
        return conditions()[body.about].name.in_language(language)
    return glasses()[body.about].label.in_language(language)


def _photo_places(body, wrong):
    there = {photo.place: photo for photo in body.photos}
    return [
        {"place": place, "label": PHOTOS[place], "photo": there.get(place), "wrong": wrong.get(place, "")}
        for place in (START, END)
    ]


def _tabs(request, kind):
    return [
        {"label": TITLES[one], "url": reverse("desk:own-kind", args=[slug]), "current": one == kind}
        for slug, one in TABS.items()
    ]
