"""Who filled in for whom, in words for the desk: on the worklist, above every page of an intake, and per round."""

from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backup_plan_site.staff.actors import Actor
from intake.models import Answer, Respondent
from triggers.models import ConditionAnswer, GlassAnswer

Who, Way = Respondent.Who, Respondent.Way


def with_helper(intakes, actor):
    """`intakes` with name and relation of who helped last, for `helper_mark`. No query of its own."""
    # That somebody helps is no answer: the desk sees it too, so it is not asked as its own actor.
    helpers = _that_count(Actor.system(actor.practice_id)).filter(intake=OuterRef("pk")).exclude(who=Who.SELF)
    last = helpers.order_by("-pk")
    return intakes.annotate(
        helper_name=Subquery(last.values("helper_name")[:1]),
        helper_relation=Subquery(last.values("relation")[:1]),
    )


def helper_mark(intake):
    """The mark beside a name on the worklist: who helps, or ''."""
    return _helper(intake.helper_name, intake.helper_relation) if intake.helper_name else ""


def answered_by(intake):
    """Who fills in, for the head of every page of an intake; '' where it is the patient on an own screen. One query."""
    rows = _that_count(Actor.system(intake.practice_id)).filter(intake=intake).order_by("pk")
    told = [words(row) for row in rows if (row.who, row.way) != (Who.SELF, Way.LINK)]
    return "; ".join(dict.fromkeys(told))


def rounds_told(actor, intake):
    """A row for components/facts.html per round of the safety lists: who filled it in, and from when. Two queries."""
    begun = (
        Answer.objects.for_actor(actor)
        .filter(screening__intake=intake)
        .exclude(respondent=None)
        .order_by("screening__number")
        .values("screening__number", "respondent")
        .annotate(since=Min("at"))
    )
    rows = Respondent.objects.for_actor(actor).filter(intake=intake).in_bulk()
    rounds = {}
    for one in sorted(begun, key=lambda one: (one["screening__number"], one["since"])):
        told = {"since": one["since"], "words": words(rows[one["respondent"]])}
        rounds.setdefault(one["screening__number"], []).append(told)
    return [
        {"label": _("Round %(number)s") % {"number": number}, "value": _line(told)}
        for number, told in rounds.items()
    ]


def glasses_told(actor, intake, *answers):
    """Who filled in these answers of part B, in words; '' where nobody was asked. One query."""
    asked = {row.respondent_id for row in answers if row.respondent_id}
    rows = Respondent.objects.for_actor(actor).filter(intake=intake, pk__in=asked) if asked else ()
    return "; ".join(dict.fromkeys(words(row) for row in rows))


def words(respondent):
    """One way of filling in: who, whether the patient sat beside, on which screen, with whom of the practice."""
    helper = _helper(respondent.helper_name, respondent.get_relation_display())
    who = {
        Who.SELF: _("the patient"),
        Who.TOGETHER: _("the patient, together with %(helper)s") % {"helper": helper},
        Who.FOR: _("%(helper)s for the patient") % {"helper": helper},
    }[Who(respondent.who)]
    beside = {True: _("patient present"), False: _("patient not present"), None: ""}[
        respondent.patient_present
    ]
    return ", ".join(
        part
        for part in (
            who,
            beside if respondent.who == Who.FOR else "",
            respondent.get_way_display(),
            respondent.staff_name,
        )
        if part
    )


def _helper(name, relation):
    label = dict(Respondent.Relation.choices).get(relation, relation)
    return f"{name} ({str(label).lower()})" if label else name


def _line(told):
    return "; ".join(
        _("%(words)s, from %(time)s")
        % {
            "words": one["words"],
            "time": date_format(timezone.localtime(one["since"]), "SHORT_DATETIME_FORMAT"),
        }
        for one in told
    )


def _that_count(actor):
    """The rows that answers came with, and the one that stands now. A mistaken tap that was put right is left out."""

    def named_by(model):
        return Exists(model.objects.for_actor(actor).filter(respondent=OuterRef("pk")))

    rows = Respondent.objects.for_actor(actor)
    later = rows.filter(intake=OuterRef("intake"), pk__gt=OuterRef("pk"))
    return rows.filter(
        Q(~Exists(later)) | named_by(Answer) | named_by(GlassAnswer) | named_by(ConditionAnswer)
    )
