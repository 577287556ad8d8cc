"""The verbs of part B: begin, answer, look at the shelf, send; and the practitioner's mark beside it.

Each is one transaction and leaves an audit event that names the glass and never what was recognised.
"""

import contextlib

from django.db import transaction
from django.utils import timezone

from backup_plan_site.staff import audit
from intake.actions.errors import Frozen, NotAllowed
from intake.models import Invitation
from intake.models.people import IllegalMove
from intake.way import lists_let_through, part_b_is_open

from .glasses import CONDITIONS, GLASSES, conditions, glasses
from .models import (
    OWN_WORDS,
    ConditionAnswer,
    Fills,
    GlassAnswer,
    GlassQuestionnaire,
    PractitionerMark,
    Size,
)

YES, NO = "yes", "no"


class NotOpen(Exception):
    """The screening of this intake does not let anybody on to the glasses, or not yet."""


class NotAnAnswer(ValueError):
    """Something that this page cannot have asked: an unknown statement, glass, size or a word too many."""


@transaction.atomic
def begin(actor, intake):
    """The questionnaire of `intake`, made when there is none yet. Raises NotOpen."""
    _check_open(actor, intake)
    questionnaire, made = GlassQuestionnaire.objects.for_actor(actor).get_or_create(
        intake=intake, defaults={"practice_id": intake.practice_id, "language": intake.language}
    )
    if made:
        audit.record(actor, "glasses.begun", questionnaire, subject=intake.patient.code)
    return questionnaire


@transaction.atomic
def read_lesson(actor, questionnaire):
    """The picture lesson was read. Raises Frozen after sending, NotOpen as `begin` does."""
    _hold(actor, questionnaire)
    _rows(actor, questionnaire).filter(lesson_read_at=None).update(lesson_read_at=timezone.now())


@transaction.atomic
def save_condition(
    actor, questionnaire, key, *, recognised=(), nothing_fits=False, skipped=False, bones=(), respondent=None
):
    """Keep what was recognised of hernia or arthrosis, and of the bones below it. The last one to save wins.

    Raises Frozen after sending, NotOpen where the screening does not allow it, NotAnAnswer for what was not asked.
    """
    if key not in CONDITIONS:
        raise NotAnAnswer(key)
    _hold(actor, questionnaire)
    questions = conditions()[key]
    said = _said(questions, recognised, nothing_fits, skipped)
    said["bones"] = [] if skipped else _of_the_bones(questions, bones)
    _keep(actor, questionnaire, ConditionAnswer, {"condition": key}, said, respondent)
    audit.record(
        actor, "condition.saved", questionnaire, subject=questionnaire.intake.patient.code, condition=key
    )


@transaction.atomic
def save_glass(
    actor,
    questionnaire,
    key,
    *,
    recognised=(),
    nothing_fits=False,
    skipped=False,
    fills="",
    filter_answer="",
    respondent=None,
):
    """Keep the answer to one glass; its size and what is done about it stay. Raises as `save_condition` does.

    What waits behind a filter question is dropped when that was answered no, and everything when it was skipped.
    """
    if key not in GLASSES or fills not in ("", *Fills.values) or filter_answer not in ("", YES, NO):
        raise NotAnAnswer(key)
    _hold(actor, questionnaire)
    glass = glasses()[key]
    if glass.filter is not None and filter_answer != YES:
        hidden = {one.id for one in glass.statements if one.after_filter}
        recognised = [one for one in recognised if one not in hidden]
    said = _said(glass, recognised, nothing_fits, skipped)
    said |= (
        {"fills": "", "filter_answer": ""} if skipped else {"fills": fills, "filter_answer": filter_answer}
    )
    _keep(actor, questionnaire, GlassAnswer, {"glass": key}, said, respondent)
    audit.record(actor, "glass.saved", questionnaire, subject=questionnaire.intake.patient.code, glass=key)


@transaction.atomic
def save_shelf(actor, questionnaire, *, glasses, missing):
    """Keep size, 'I already do something about this' and own words of chosen glasses, and what is missing.

    `glasses` is {key: {size, compensated, own_words}}; a glass that is not chosen (any more) is passed over. Raises as
    `save_condition` does.
    """
    if len(missing) > OWN_WORDS or not glasses.keys() <= set(GLASSES):
        raise NotAnAnswer("shelf")
    _hold(actor, questionnaire, missing=missing, shelf_seen_at=questionnaire.shelf_seen_at or timezone.now())
    chosen = GlassAnswer.objects.for_actor(actor).filter(
        questionnaire=questionnaire, fills__in=(Fills.YES, Fills.BIT)
    )
    for key, changes in glasses.items():
        chosen.filter(glass=key).update(**_shelf_changes(**changes))
    audit.record(actor, "shelf.saved", questionnaire, subject=questionnaire.intake.patient.code)


@transaction.atomic
def send_glasses(actor, questionnaire):
    """Send part B: from then on it is frozen, and every link of this intake ends. A second time changes nothing.

    What was written about a glass that is not chosen any more is not sent: the check page did not show it either.
    """
    # This row's lock comes first: what another tab saves at this moment is kept before, or refused as frozen.
    try:
        _hold(actor, questionnaire)
    except Frozen:
        return
    withdrawn = GlassAnswer.objects.for_actor(actor).filter(questionnaire=questionnaire)
    withdrawn.exclude(fills__in=(Fills.YES, Fills.BIT)).update(
        size=Size.MEDIUM, compensated=False, own_words=""
    )
    _rows(actor, questionnaire).update(sent_at=timezone.now())
    for link in Invitation.objects.for_actor(actor).filter(
        intake=questionnaire.intake_id, state__in=(Invitation.State.ACTIVE, Invitation.State.LOCKED)
    ):
        with contextlib.suppress(IllegalMove):  # The desk ended it at this very moment: that will do.
            link.finish()
    audit.record(actor, "part_b.sent", questionnaire, subject=questionnaire.intake.patient.code)


@transaction.atomic
def mark_glass(actor, intake, glass, opinion, note=""):
    """Add a practitioner's opinion on one glass, beside the patient's answer. Raises NotAllowed for anybody else."""
    if not actor.clinical or actor.practice_id != intake.practice_id:
        raise NotAllowed("only a practitioner marks a glass")
    if glass not in GLASSES or opinion not in PractitionerMark.Opinion.values or len(note) > OWN_WORDS:
        raise NotAnAnswer(glass)
    mark = PractitionerMark.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        glass=glass,
        opinion=opinion,
        note=note,
        by_id=actor.user_id,
        by_name=actor.user_name,
    )
    # Not what the practitioner thinks of it: owners read the trail too.
    audit.record(actor, "glass.marked", mark, subject=intake.patient.code, glass=glass)
    return mark


def _rows(actor, questionnaire):
    return GlassQuestionnaire.objects.for_actor(actor).filter(pk=questionnaire.pk, sent_at=None)


def _hold(actor, questionnaire, **changes):
    """Make tabs take turns until the transaction ends. Raises Frozen when it was sent, NotOpen by the screening."""
    language = questionnaire.intake.language
    if not _rows(actor, questionnaire).update(changed_at=timezone.now(), language=language, **changes):
        raise Frozen
    _check_open(actor, questionnaire.intake)


def _check_open(actor, intake):
    """Raise NotOpen unless the screening lets this intake on. Advice must be read by the patient who fills in."""
    screening = intake.screening
    let_on = part_b_is_open(screening) if actor.kind == "patient" else lists_let_through(screening)
    if not let_on:
        raise NotOpen


def _said(questions, recognised, nothing_fits, skipped):
    """What was recognised, in the order of the file. Raises NotAnAnswer for an unknown statement or a contradiction."""
    known = [one.id for one in questions.statements]
    if not set(recognised) <= set(known) or (recognised and nothing_fits):
        raise NotAnAnswer(questions.id)
    return {
        "recognised": [] if skipped else [one for one in known if one in set(recognised)],
        "nothing_fits": bool(nothing_fits) and not skipped,
        "skipped": bool(skipped),
        "content_version": questions.version,
    }


def _of_the_bones(condition, ticked):
    """What was recognised about the bones, in the order of the file. Raises NotAnAnswer for what was not asked."""
    known = [one.id for one in condition.bones.statements] if condition.bones else []
    if not set(ticked) <= set(known):
        raise NotAnAnswer(condition.id)
    return [one for one in known if one in set(ticked)]


def _keep(actor, questionnaire, model, key, said, respondent):
    said = {**said, "respondent": respondent}
    asked_by = actor.user_id if actor.kind == "staff" else None
    model.objects.for_actor(actor).update_or_create(
        questionnaire=questionnaire,
        **key,
        defaults={**said, "asked_by_id": asked_by, "answered_at": timezone.now()},
        create_defaults={
            **said,
            "asked_by_id": asked_by,
            "practice_id": questionnaire.practice_id,
        },
    )


def _shelf_changes(*, size, compensated, own_words=""):
    """The columns of one glass on the shelf. Words about what is done stay only with the tick above them."""
    if size not in Size.values or len(own_words) > OWN_WORDS:
        raise NotAnAnswer(size)
    return {"size": size, "compensated": bool(compensated), "own_words": own_words if compensated else ""}
