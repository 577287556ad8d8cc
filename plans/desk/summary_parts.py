"""The 90-second page in words: one intake as a few parts with lines, each with the address of where it was told.

Screen, paper and plain text all say this. Private sentences are left out: they stay folded away on the page of the
glasses.
"""

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake import pages
from intake.models import Flag
from intake.red_flags import red_flags
from intake.screening import Urgency
from intake.telling.labels import label_of, short_label, value_of
from intake.telling.practitioner import RULES_ALONE
from plans.building import amount_words
from plans.clusters import clusters
from triggers.glasses import CONDITIONS, GLASSES, conditions, glasses
from triggers.models import PractitionerMark
from triggers.telling import family_word, recognised, recognised_bones, size_word

from .glass_cards import choice_word
from .sheet import Said
from .summary_told import Group, Line, Part

# What the rules of step 1 and a careful hand want to know, beside the complaint.
CONTEXT = (
    *("sex", "pregnant", "first_episode", "recent_fall", "changes_with_movement", "blood_thinners", "smoker"),
    *("high_blood_pressure", "spine_procedure_3_months", pages.GP),
)
# Where each fact stands on the review page: the place of its panel there.
PANEL = {
    **dict.fromkeys((pages.OWN_WORDS, pages.CANNOT_DO, "regions", pages.WORST_PLACE, pages.COURSE), 1),
    **dict.fromkeys((pages.PAIN_NOW, "worst_pain", "changes_with_movement"), 2),
    **dict.fromkeys(("duration", "sudden_onset", "recent_fall", "first_episode", "onset_age"), 3),
}
HEALTH = 4


def parts(told):
    """All parts in the order of the page."""
    make = (_complaint, _where_and_pain, _flags, _context, _glasses, _cannot_do, _goes_well, _changed)
    return tuple(one(told) for one in make)


def _review(told, key):
    """The address of the panel on the review page where a fact stands."""
    return f"{reverse('desk:review', args=[told.intake.code])}#told-{PANEL.get(key, HEALTH)}"


def _fact(told, key):
    """One fact as a line; what was not answered says so."""
    value = value_of(key, told.now.latest.get(key), translation.get_language())
    typed = key in (pages.OWN_WORDS, pages.CANNOT_DO, pages.GP)
    return Line(
        str(value) if value != "" else _("not filled in"),
        _review(told, key),
        label=short_label(key),
        lang=told.intake.language if typed and value else "",
        zones=tuple(told.now.latest.get(key) or ()) if key == "regions" else (),
    )


def _one(*lines):
    return (Group("", tuple(lines)),) if lines else ()


# --- the parts --------------------------------------------------------------------------------------


def _complaint(told):
    lines = [_fact(told, pages.OWN_WORDS)] if told.now else []
    return Part("complaint", _("Complaint, in own words"), _one(*lines), _not_begun())


def _where_and_pain(told):
    if told.now is None:
        return Part("pain", _("Where, how long, how bad"), (), _not_begun())
    latest = told.now.latest
    lines = [_fact(told, "regions")]
    lines += [_fact(told, pages.WORST_PLACE)] if latest.get(pages.WORST_PLACE) else []
    lines.append(
        Line(
            duration_words(latest.get("duration"), hernia=_hernia_is_recognised(told)),
            _review(told, "duration"),
            label=short_label("duration"),
        )
    )
    keys = (pages.PAIN_NOW, "worst_pain", pages.COURSE, "sudden_onset")
    return Part("pain", _("Where, how long, how bad"), _one(*lines, *(_fact(told, key) for key in keys)))


def duration_words(duration, *, hernia=False):
    """Acute, subacute or chronic (clinical-brief A4). A hernia has its own phases, which are named beside it."""
    words = {
        "under-6-weeks": _("acute: less than 6 weeks"),
        "6-to-12-weeks": _("subacute: 6 to 12 weeks"),
        "over-3-months": _("chronic: more than 3 months"),
    }.get(duration, _("not filled in"))
    if hernia and duration in ("under-6-weeks", "6-to-12-weeks"):
        words += " · " + _(
            "sentences of a hernia were recognised: there the first 8 weeks are the acute phase"
        )
    return words


def _hernia_is_recognised(told):
    answer = told.progress.conditions.get("hernia") if told.sent else None
    return bool(answer and answer.recognised)


def _flags(told):
    if told.screening is None:
        empty = _not_begun()
    elif told.screening.sent_at is None:
        empty = _("Nothing raised so far: the questions are still being filled in.")
    else:
        empty = _("Nothing was raised.")
    groups = tuple(
        Group(
            _("To rule out: %(what)s") % {"what": group_word(one.group)},
            tuple(_flag(told, flag) for flag in one.flags),
            note=_("Rule %(rules)s") % {"rules": ", ".join(one.rules)} if one.rules else "",
        )
        for one in clusters(told.flags)
    )
    return Part("flags", _("Flags"), groups, empty)


def group_word(group):
    """A guideline cluster in words, for practitioners."""
    return {
        "practitioner": _("what a practitioner is not reassured about"),
        "cauda-equina": _("pressed nerves at the bottom of the back"),
        "spinal-cord": _("a pressed spinal cord or a loose neck"),
        "neck-vessels": _("a torn artery in the neck"),
        "heart-and-vessels": _("heart, lungs and large blood vessels"),
        "fracture": _("a fracture"),
        "bleeding": _("a bleeding"),
        "tumour": _("a tumour"),
        "infection": _("an infection"),
        "inflammation": _("an inflammatory rheumatic disease"),
        "organs": _("belly, kidneys and skin"),
        "pelvis": _("pregnancy and pelvis"),
        "age": _("what needs a doctor under 18"),
        "other": _("something else"),
    }[group]


def _flag(told, flag):
    content, language = red_flags(), translation.get_language()
    url = f"{reverse('desk:review', args=[told.intake.code])}#flag-{flag.code}"
    state = flag.get_decision_display()
    if flag.item == Flag.NOT_REASSURED:
        asked, reason = Said(_("A practitioner is not reassured"), ""), flag.explanation
    elif flag.item in content.by_id:
        question = content.by_id[flag.item]
        asked = Said.of(question.ask, told.intake.language)
        reason = question.points_to.in_language(language)
    else:
        asked = Said(str(RULES_ALONE[flag.item][0]), "")
        reason = content.told(flag.item, Urgency(flag.urgency)).in_language(language)
    return Line(
        asked.text,
        url,
        lang=asked.lang,
        translation=asked.translation,
        answer=_flag_answer(told, flag, language),
        reason=reason,
        urgency=flag.urgency,
        state=str(state),
    )


def _flag_answer(told, flag, language):
    """What was answered, the follow-ups behind it; for a rule without a question the facts that it was read from."""
    latest = told.now.latest
    if flag.item in RULES_ALONE:
        said = [(_("Age"), told.now.age)]
        said += [
            (short_label(key), value_of(key, latest[key], language))
            for key in RULES_ALONE[flag.item][1]
            if key in latest
        ]
        return "; ".join(f"{label}: {value}" for label, value in said if value != "")
    answers = [
        (key, value_of(key, value, language))
        for key, value in latest.items()
        if key.partition(".")[0] == flag.item and value is not None
    ]
    return "; ".join(
        value if key == flag.item else f"{label_of(key, language)} {value}" for key, value in answers
    )


def _context(told):
    if told.now is None:
        return Part("context", _("Context"), (), _not_begun())
    asked = {key for page in pages.context_pages(told.now.context) for key in page.keys}
    return Part("context", _("Context"), _one(*(_fact(told, key) for key in CONTEXT if key in asked)))


def _glasses(told):
    title, language = _("Glasses"), translation.get_language()
    if not told.sent:
        return Part("glasses", title, (), _("The glasses were not sent yet."))
    groups = []
    for family in dict.fromkeys(glasses()[key].family for key in GLASSES):
        keys = [key for key in GLASSES if glasses()[key].family == family and _says_something(told, key)]
        if keys:
            lines = tuple(_glass(told, key) for key in keys)
            groups.append(Group(family_word(family, language), lines, family=family))
    beside = [
        key for key in CONDITIONS if _sentences(conditions()[key], told.progress.conditions.get(key), told)
    ]
    if beside:
        groups.append(Group(_("May also play a part"), tuple(_condition(told, key) for key in beside)))
    return Part("glasses", title, tuple(groups), _("No glass was circled and no sentence recognised."))


def _says_something(told, key):
    answer, mark = told.progress.glasses.get(key), told.marks.get(key)
    if mark and mark.opinion != PractitionerMark.Opinion.NOT_NOW:
        return True
    return bool(answer and (answer.chosen or _sentences(glasses()[key], answer, told)))


def _glass(told, key):
    answer, mark = told.progress.glasses.get(key), told.marks.get(key)
    words = [_("fills the bucket: %(choice)s") % {"choice": choice_word(answer, sent=True)}]
    if answer and answer.chosen:
        words.append(size_word(answer.size))
    if mark:
        words.append(_("your mark: %(mark)s") % {"mark": mark.get_opinion_display()})
    return Line(
        " · ".join(words),
        f"{reverse('desk:glasses', args=[told.intake.code])}#glass-{GLASSES.index(key) + 1}",
        label=glasses()[key].label.in_language(translation.get_language()),
        sentences=_sentences(glasses()[key], answer, told),
    )


def _condition(told, key):
    return Line(
        _("recognised"),
        f"{reverse('desk:glasses', args=[told.intake.code])}#condition-{CONDITIONS.index(key) + 1}",
        label=conditions()[key].name.in_language(translation.get_language()),
        sentences=_sentences(conditions()[key], told.progress.conditions.get(key), told),
    )


def _sentences(questions, answer, told):
    """The recognised sentences that may be shown and printed."""
    found = [*recognised(questions, answer), *recognised_bones(questions, answer)]
    return tuple(Said.of(one.text, told.intake.language) for one in found if not one.private)


def _cannot_do(told):
    lines = [_fact(told, pages.CANNOT_DO)] if told.now else []
    lines += [
        Line(
            f"{row.activity}: {amount_words(row.unit, row.goal)}",
            reverse("desk:plan", args=[told.plan.code]) + "#build-up",
            label=_("Goal on the plan"),
        )
        for row in told.build_ups
    ]
    return Part("cannot-do", _("Cannot do now, and wants back"), _one(*lines), _not_begun())


def _goes_well(told):
    """What the patient wrote beside a glass, and what stands on the plan in other words."""
    at_glasses = reverse("desk:glasses", args=[told.intake.code])
    answers = told.progress.glasses if told.sent else {}
    lines = [
        Line(
            answers[key].own_words or _("already does something about it"),
            f"{at_glasses}#glass-{place}",
            label=glasses()[key].label.in_language(translation.get_language()),
            lang=told.intake.language if answers[key].own_words else "",
        )
        for place, key in enumerate(GLASSES, start=1)
        if key in answers and answers[key].chosen and answers[key].compensated
    ]
    said = {line.words for line in lines}
    lines += [
        Line(
            row.text,
            reverse("desk:plan", args=[told.plan.code]) + "#strengths",
            label=_("On the plan"),
            lang=told.intake.language,
        )
        for row in told.strengths
        if row.text not in said
    ]
    return Part("goes-well", _("What goes well"), _one(*lines), _("Nothing was told about this yet."))


def _changed(told):
    groups = []
    if told.visits.rows:
        number, last = len(told.visits.rows), told.visits.rows[-1]
        url = f"{reverse('desk:visits', args=[told.intake.code])}#visit-{number}"
        label = _("Last visit, %(day)s") % {"day": date_format(last.on, "j F Y")}
        groups += _one(Line(_how(last), url, label=label, answer=last.note))
    if told.before and told.now:
        groups.append(
            Group(
                _("Since the answers of %(day)s") % {"day": date_format(told.before.sent_at, "j F Y")},
                tuple(_difference(told, key) for key in differences(told.then.latest, told.now.latest)),
                note="" if told.then.latest != told.now.latest else _("The same answers as then."),
            )
        )
    return Part("changed", _("Changed since last time"), tuple(groups), _("This is the first time."))


def differences(then, now):
    """The keys that were answered otherwise in `then`, in the order of `now`. What was left unasked is no change."""
    return tuple(key for key, value in now.items() if key in then and then[key] != value)


def _difference(told, key):
    language = translation.get_language()
    before = value_of(key, told.then.latest[key], language) or _("not filled in")
    after = value_of(key, told.now.latest[key], language) or _("not filled in")
    item = key.partition(".")[0]
    is_question = item in red_flags().by_id
    return Line(
        _("then: %(before)s · now: %(after)s") % {"before": before, "after": after},
        f"{reverse('desk:review', args=[told.before.intake.code])}#told-before"
        if is_question
        else _review(told, key),
        label=label_of(key, language) if is_question else short_label(key),
    )


def _how(visit):
    if visit.worse:
        return _("Worse than before the first treatment")
    if visit.better is None:
        return _("Not asked")
    return _("%(better)s %% better") % {"better": visit.better}


def _not_begun():
    return _("The safety questions are not begun yet.")
