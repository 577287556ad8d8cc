"""The rounds before this one, and the intakes before: readable beside the answers of now, never changed there."""

from django.utils import translation

from intake.facts import Facts
from intake.models import Flag, Intake, Screening
from intake.screening import Urgency
from intake.telling import context_lines, flag_story


def earlier_rounds(actor, intake, screening):
    """The earlier rounds of `intake`, the newest first: why it began, what was told, what was raised and decided."""
    rounds = Screening.objects.for_actor(actor).filter(intake=intake, number__lt=screening.number)
    return [_told(actor, intake, one) for one in rounds.select_related("intake__patient").order_by("-number")]


def earlier_intakes(actor, intake):
    """The other intakes of this patient of which something was sent, the newest first. One query."""
    others = Intake.objects.for_actor(actor).filter(
        patient=intake.patient_id, screenings__sent_at__isnull=False
    )
    return others.exclude(pk=intake.pk).distinct().order_by("-began_on", "-pk")


def carried_from(actor, flag, screening):
    """Where a flag of `screening` comes from that nobody cleared in an earlier round; None for one of this round.

    A dict: the round's number, the day on which it was raised, and the answers of then.
    """
    if flag.raised_at >= screening.began_at:
        return None
    rounds = Screening.objects.for_actor(actor).filter(
        intake=screening.intake_id, began_at__lte=flag.raised_at
    )
    origin = rounds.select_related("intake__patient").order_by("-number").first()
    if origin is None:
        return None
    return {"number": origin.number, "at": flag.raised_at, "answers": _story(flag, origin).answers}


def _told(actor, intake, screening):
    flags = Flag.objects.for_actor(actor).filter(screening=screening).prefetch_related("clearances")
    return {
        "screening": screening,
        "context": context_lines(Facts.of(screening), translation.get_language()),
        "flags": [
            {"flag": flag, "story": _story(flag, screening), "clearances": flag.clearances.all()}
            for flag in sorted(flags, key=lambda flag: (Urgency(flag.urgency).rank, flag.pk))
        ],
    }


def _story(flag, screening):
    language = translation.get_language()
    return flag_story(flag, screening, patient_language=language, staff_language=language)
