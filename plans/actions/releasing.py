"""Release: the moment at which a plan becomes what the patient takes home."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs.api import enqueue
from exercises.library import library
from plans import documents
from plans.composition import MOST_TO_START
from plans.freezing import frozen
from plans.models import ExerciseLink, GivenPhoto, OwnPhoto, Release, new_token
from plans.own.shelf import Own
from plans.plan_copy import as_json, fingerprint

from .errors import NotReady
from .locking import open_screening, take, touch

ITS_OWN = ("number", "corrects", "made_on", "made_by", "link")
EMPTY, NOTHING_TO_BEGIN, TOO_MANY_BEGIN = "empty", "nothing-to-begin", "too-many-begin"


def missing(plan):
    """Why this plan cannot be released yet, as keys; () when it can. The gate is another matter."""
    found = []
    begins = sum(habit.begins for habit in plan.habits.all())
    if not (plan.glasses.all() or plan.strengths.all() or plan.conditions.all()):
        found.append(EMPTY)
    # An exercise that has left the library goes on no paper, so it is nothing to begin with.
    if not begins and not _stays_in_library(plan):
        found.append(NOTHING_TO_BEGIN)
    if begins > MOST_TO_START:
        found.append(TOO_MANY_BEGIN)
    return tuple(found)


def _stays_in_library(plan):
    there = {row.exercise for row in plan.exercises.all()}
    own = (
        Own.of(plan.practice_id, kind="exercise").exercises(chosen=there) if there - library().keys() else {}
    )
    return any(key in library() or key in own for key in there)


@transaction.atomic
def release(actor, plan, *, seen):
    """Freeze a numbered copy in the patient's language and order its PDF.

    Raises GateClosed, Changed when the plan is not what the page had shown, and NotReady. A copy that says exactly
    what the last one says is not made again: that one is returned, unless its paper is lost. A lost one may not come
    back as it was, and then a new version is the only way to paper.
    """
    plan = take(actor, plan, section="all", seen=seen)
    screening = open_screening(plan.intake)
    if problems := missing(plan):
        raise NotReady(problems)
    last = plan.latest_release
    if last is not None and _words(last.plan_copy) == _words(_copy(actor, plan, last)):
        documents.order_again(last)
        if not documents.is_lost(last):
            return last
    token = new_token()
    copy = as_json(_copy(actor, plan, last, link=settings.BASE_URL + reverse("own:exercises", args=[token])))
    made = Release.objects.create(
        practice_id=plan.practice_id,
        plan=plan,
        number=copy["number"],
        corrects=last,
        language=copy["language"],
        copy=copy,
        copy_hash=fingerprint(copy),
        screening=screening,
        screening_state=screening.state,
        by_id=actor.user_id,
        by_name=actor.user_name,
    )
    ExerciseLink.objects.create(practice_id=plan.practice_id, release=made, token=token)
    _hold_photos(actor, made)
    enqueue(
        documents.KIND,
        practice_id=plan.practice_id,
        ids={"release": made.pk},
        unique_key=documents.job_key(made),
    )
    touch(actor, plan, "plan.released", release=made.code, number=made.number)
    return made


def _hold_photos(actor, release):
    """The photos on this release stay as long as it does, whatever becomes of their exercise."""
    codes = [photo.code for exercise in release.plan_copy.exercises for photo in exercise.photos]
    if codes:
        photos = OwnPhoto.objects.for_actor(actor).filter(code__in=codes)
        practice = {"practice_id": release.practice_id}
        GivenPhoto.objects.bulk_create(GivenPhoto(release=release, photo=one, **practice) for one in photos)


def _copy(actor, plan, last, *, link=""):
    number = last.number + 1 if last else 1
    return frozen(
        plan,
        number=number,
        corrects=last.number if last else 0,
        made_by=actor.user_name,
        made_on=timezone.localdate(),
        link=link,
    )


def _words(copy):
    """What a copy says to the patient, without its number, its day, its maker and its own address."""
    return {key: value for key, value in as_json(copy).items() if key not in ITS_OWN}
