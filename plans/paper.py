"""The Back-Up Plan on paper: a PlanCopy as the words and drawings of its PDF. Nothing is looked up, nothing is counted.

What the copy does not say does not stand on paper: a part without words is left out with its heading.
"""

import base64
import io
from datetime import date

import segno
from django.template.loader import render_to_string
from django.utils import dates, translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backup_plan_site import press
from triggers import shelf

from . import building_on_page
from .habit_words import habit_sentence
from .own import photos

PRODUCT = "Back-Up Plan"
TEMPLATE = "plans/paper/plan.html"
WEEKS = range(1, 5)
SOME, MANY = range(4), range(8)
# More words than this on the fridge page, and nobody reads it from where the coffee stands.
FRIDGE_WORDS = 90
# What it says beside the habits: title, a kind word, whom to call.
FRIDGE_REST = 20
# A longer sentence is set smaller there.
LONG = 100


def plan_pdf(copy):
    """The bytes of the whole plan, in the patient's language; the same copy gives the same bytes.

    Raises backup_plan_site.pdf.PdfUnavailable where Pango is missing.
    """
    return press.render(TEMPLATE, context(copy), language=copy.language)


def plan_html(copy):
    """The page that becomes the PDF."""
    with translation.override(copy.language):
        return render_to_string(TEMPLATE, context(copy))


def context(copy):
    """Everything that the templates say of `copy`, in its language."""
    with translation.override(copy.language):
        return {
            "plan": copy,
            "title": title(copy),
            "heading": heading(copy),
            "foot": foot(copy),
            "picture": image(shelf.picture([drawn(glass) for glass in copy.glasses])) if copy.glasses else "",
            "picture_alt": picture_alt(copy.glasses),
            "many": len(copy.glasses) > shelf.MOST,
            "firsts": [habit_on_page(habit, copy.language) for habit in copy.first_habits[:3]],
            "first_habits": [habit_on_page(habit, copy.language) for habit in copy.first_habits],
            "later_habits": [habit_on_page(habit, copy.language) for habit in copy.later_habits],
            "detail": fridge_detail(copy),
            "days": [str(dates.WEEKDAYS_ABBR[day]) for day in range(7)],
            "weeks": WEEKS,
            "lines": lines(copy),
            "glasses": [glass_on_page(glass) for glass in copy.glasses],
            "cards": [card(exercise) for exercise in copy.exercises],
            "link": qr_code(copy.link) if copy.link else None,
            **building_on_page.context(copy),
        }


def title(copy):
    return _("%(name)s's Back-Up Plan") % {"name": copy.given_name}


def heading(copy):
    """The title with words that stay together on one line."""
    return mark_safe(escape(title(copy)).replace(PRODUCT, f'<span class="together">{PRODUCT}</span>'))


def foot(copy):
    """What every page says below: which plan this is. Sheets get separated."""
    return {"made_on": date_format(date.fromisoformat(copy.made_on), "j F Y"), "version": version(copy)}


def version(copy):
    """'Version 2, replaces 1'; number 0 was never given to anybody."""
    if not copy.number:
        return _("Draft, not given yet")
    if copy.corrects:
        return _("Version %(number)s, replaces %(corrects)s") % {
            "number": copy.number,
            "corrects": copy.corrects,
        }
    return _("Version %(number)s") % {"number": copy.number}


def lines(copy):
    """Lines to write own ideas on: more where the stop rules, for want of exercises, fill the page that follows."""
    return MANY if copy.habits and not copy.exercises else SOME


# --- the fridge page ---


def fridge_detail(copy):
    """How much the fridge page says of each habit: `all`, `when`, or the sentence alone where that is long already.

    Everything stands in the Bucketlist as well.
    """
    firsts = copy.first_habits[:3]
    for detail in ("all", "when"):
        if sum(len(said(habit, detail).split()) for habit in firsts) <= FRIDGE_WORDS - FRIDGE_REST:
            return detail
    return "sentence"


def said(habit, detail):
    """The words of one habit on the fridge page."""
    parts = [habit.after, habit.do]
    if detail != "sentence":
        parts += [habit.where, habit.how_often]
    if detail == "all":
        parts.append(habit.small)
    return " ".join(parts)


def habit_on_page(habit, language):
    sentence = habit_sentence(habit.after, habit.do, language)
    return {
        "sentence": sentence,
        "long": len(sentence) > LONG,
        "where": habit.where,
        "how_often": habit.how_often,
        "small": habit.small,
        "nudge": habit.nudge,
        "with_whom": habit.with_whom,
        "reward": habit.reward,
        "hangs_on": habit.hangs_on,
    }


# --- drawings ---


def drawn(glass):
    """The glass as the shelf draws it."""
    return shelf.DrawnGlass(
        id=glass.key,
        family=glass.family,
        label=glass.label,
        fills=glass.fills,
        size=glass.size,
        compensated=glass.compensated,
        alt=glass_alt(glass),
    )


def image(svg):
    """An SVG drawing as an address that carries it whole."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def card(exercise):
    """One exercise with its drawing or its photos, where it has any. Raises photos.Lost for one that is gone.

    An exercise of the practice's own is told by people: its words carry a direction.
    """
    return {
        "told": exercise,
        "figure": image(exercise.figure) if exercise.figure else "",
        "photos": [photo_on_page(one, exercise.name) for one in exercise.photos],
        "own": exercise.key.startswith("own-"),
    }


def photo_on_page(photo, name):
    """One photo as an address that carries it whole, and what it shows."""
    words = {"start": _("Photo of the start: %(name)s"), "end": _("Photo of the end: %(name)s")}
    data = base64.b64encode(photos.read(photo.name, photo.sha256)).decode()
    return {"src": f"data:image/jpeg;base64,{data}", "alt": words[photo.place] % {"name": name}}


def qr_code(address):
    """The square to point a phone at, and what it says."""
    code = segno.make(address, error="m", micro=False)
    picture = io.BytesIO()
    code.save(picture, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    return {"code": image(picture.getvalue().decode()), "alt": _("A square to scan with your phone")}


def glass_on_page(glass):
    words = ", ".join(glass_words(glass))
    return {
        "told": glass,
        "picture": image(shelf.glass(drawn(glass))),
        "alt": glass_alt(glass),
        "words": words[:1].upper() + words[1:] + ".",
    }


def glass_alt(glass):
    """One glass in words: 'Glass Stress: fills the bucket, giant'."""
    return _("Glass %(name)s: %(words)s") % {"name": glass.label, "words": ", ".join(glass_words(glass))}


def glass_words(glass):
    """How the patient circled it: how it fills, its size when it is out of the ordinary, and what is done about it."""
    words = [_("fills the bucket a bit") if glass.fills == "bit" else _("fills the bucket")]
    if glass.size in ("small", "giant"):
        words.append({"small": pgettext("glass", "small"), "giant": pgettext("glass", "giant")}[glass.size])
    if glass.compensated:
        words.append(_("you already do something about it"))
    return words


def picture_alt(glasses):
    return ". ".join([_("A bucket, and the glasses that pour into it"), *map(glass_alt, glasses)]) + "."
