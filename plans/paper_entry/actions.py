"""The verbs of a paper form: consent, who filled it in, one list after its second look. Each is one transaction.

The desk may not read answers, so the glasses are written as the application itself; who typed stands in the respondent
of every answer and in the audit trail.
"""

from django.db import transaction

from backup_plan_site.staff import audit
from intake import actions as part_a
from intake.consents import consent_text
from intake.models import Intake, Patient, Respondent
from triggers import actions as part_b
from triggers.glasses import CONDITIONS

from .lists import CONTEXT, Sitting, reader

Way = Respondent.Way


class TypedMeanwhile(Exception):
    """Somebody typed this list after its page was opened. `typed` says who and when."""

    def __init__(self, typed):
        super().__init__()
        self.typed = typed


class NotOpen(Exception):
    """This part takes no answers (any more): it was sent, or the intake is closed, or consent is missing."""


@transaction.atomic
def consent_on_paper(actor, intake, given, *, signed_on, language):
    """Write down what was signed on paper, in the words in force. The day of the signature stands in the trail."""
    held = _hold(actor, intake)
    text = consent_text()
    part_a.give_consent(
        actor, held.intake, given, version=text.version, text_hash=text.hash, language=language
    )
    subject = intake.patient.code
    audit.record(actor, "paper.consent", intake, subject=subject, signed_on=signed_on, language=language)


@transaction.atomic
def answered_by(actor, intake, *, who, helper_name="", relation="", patient_present=None, way=Way.PAPER):
    """A Respondent row for what `actor` types from now on, and the row itself."""
    respondent = Respondent.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        who=who,
        way=way,
        helper_name=helper_name,
        relation=relation,
        patient_present=patient_present,
        staff_id=actor.user_id,
        staff_name=actor.user_name,
    )
    audit.record(actor, "respondent.named", respondent, subject=intake.patient.code, who=who, way=way)
    return respondent


@transaction.atomic
def save_answers(actor, intake, name, values, *, seen, way, phone=""):
    """Keep one list of part A: `values` by key, after it was read back.

    Raises TypedMeanwhile when it is not the one that was `seen`, NotOpen, and what `save_page` raises.
    """
    sitting = _hold(actor, intake)
    if not sitting.may_type_a or (name != CONTEXT and not sitting.context_was_typed):
        raise NotOpen
    _check_seen(sitting, name, seen)
    respondent = _respondent(actor, sitting, way)
    part_a.save_page(actor, sitting.screening, name, values, respondent=respondent)
    if phone and phone != intake.patient.phone:
        Patient.objects.for_actor(actor).filter(pk=intake.patient_id).update(phone=phone)
    audit.record(actor, "paper.typed", sitting.screening, subject=intake.patient.code, list=name, way=way)


@transaction.atomic
def save_glasses(actor, intake, name, given, *, seen, way, missing=""):
    """Keep one list of part B: `given` is what each condition or glass says. Raises as `save_answers` does."""
    sitting = _hold(actor, intake)
    if not sitting.may_type_b:
        raise NotOpen
    _check_seen(sitting, name, seen)
    # Asked by a practitioner: in that name. From paper: the patient's own answer, by hands that may not read it.
    writer = actor if way == Way.CONSULT and actor.clinical else reader(intake)
    respondent = _respondent(actor, sitting, way)
    questionnaire = sitting.questionnaire or part_b.begin(writer, intake)
    part_b.read_lesson(writer, questionnaire)
    for one in given:
        save = part_b.save_condition if one.key in CONDITIONS else part_b.save_glass
        save(writer, questionnaire, one.key, **one.said, respondent=respondent)
    shelf = {one.key: one.shelf for one in given if one.shelf}
    if shelf or missing:
        part_b.save_shelf(writer, questionnaire, glasses=shelf, missing=missing or questionnaire.missing)
    audit.record(actor, "paper.typed", questionnaire, subject=intake.patient.code, list=name, way=way)


@transaction.atomic
def send_a(actor, intake):
    """Send part A. Raises Stopped, IllegalMove or NotOpen."""
    sitting = _hold(actor, intake)
    if sitting.screening is None or not sitting.is_open or not sitting.has_consent:
        raise NotOpen
    part_a.send(actor, sitting.screening)


@transaction.atomic
def send_b(actor, intake):
    """Send part B. Raises NotOpen."""
    sitting = _hold(actor, intake)
    if not sitting.may_type_b or sitting.questionnaire is None:
        raise NotOpen
    part_b.send_glasses(reader(intake), sitting.questionnaire)
    audit.record(actor, "paper.sent", sitting.questionnaire, subject=intake.patient.code)


def _hold(actor, intake):
    """The intake as it stands now. Until the transaction ends nobody else types here: two desks take turns."""
    held = Intake.objects.for_actor(actor).select_for_update().get(pk=intake.pk)
    return Sitting(held)


def _check_seen(sitting, name, seen):
    typed = sitting.typed(name)
    if typed is not None and typed.mark != seen:
        raise TypedMeanwhile(typed)


def _respondent(actor, sitting, way):
    """Who answers, with `actor` as who typed it: the row there is, or a new one in the name of who types now."""
    rows = Respondent.objects.for_actor(actor).filter(intake=sitting.intake, way=way, staff_id=actor.user_id)
    mine = rows.order_by("-pk").first()
    if way == Way.CONSULT:
        return mine or answered_by(
            actor, sitting.intake, who=Respondent.Who.SELF, way=way, patient_present=True
        )
    last = sitting.respondent
    if last.staff_id == actor.user_id:
        return last
    return answered_by(
        actor,
        sitting.intake,
        who=last.who,
        helper_name=last.helper_name,
        relation=last.relation,
        patient_present=last.patient_present,
    )
