"""The review page: first what was flagged and why, with the decision beside it; then what the patient told."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, idempotent
from intake import actions
from intake.facts import Facts
from intake.models import Flag, Intake, PrivateNote
from intake.screening import Urgency, screen
from intake.standing import Decision
from intake.telling import context_lines, flag_story, notes_lines
from plans import whole_method
from plans.confirming.standing import confirmed_keys
from plans.models import Plan

from .earlier_rounds import carried_from, earlier_intakes, earlier_rounds
from .forms import DecisionForm, NoteForm, NotReassuredForm, ReferralForm
from .rows import URGENCY_OF_RANK
from .who_answered import answered_by, rounds_told


@dataclass
class FlagCard:
    """One flag with everything a practitioner needs beside it to decide."""

    flag: Flag
    story: object
    clear_form: DecisionForm | None = None
    refer_form: ReferralForm | None = None
    clearances: list = field(default_factory=list)
    wrong: bool = False
    text_key: str = ""
    text_confirmed: bool = False
    carried: dict | None = None


@allow(Role.PRACTITIONER)
@require_safe
def review(request, code):
    """Everything about step 1 of one intake. Reading it is audited."""
    intake = get_object_or_404(
        Intake.objects.for_actor(request.actor).select_related("patient", "practitioner", "practice"),
        code=code,
    )
    return review_page(request, intake)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def note(request, code):
    """Add a note that only its author reads."""
    intake = get_object_or_404(Intake.objects.for_actor(request.actor).select_related("patient"), code=code)
    form = NoteForm(request.POST)
    if accepts(request) and form.is_valid():
        actions.add_note(request.actor, intake, form.cleaned_data["text"])
        return redirect("desk:review", intake.code)
    return review_page(request, intake, note_form=form, status=422)


def review_page(
    request, intake, *, clear_forms=None, refer_forms=None, doubt_form=None, note_form=None, status=200
):
    """The page itself; the views of decisions show it again with what was typed when something is missing."""
    screening = intake.screening
    if screening is None:
        raise Http404
    facts = Facts.of(screening)
    audit.record(request.actor, "review.viewed", screening, request=request, subject=intake.patient.code)
    cards = [
        _card(flag, screening, intake.language, clear_forms or {}, refer_forms or {})
        for flag in _in_order(Flag.objects.for_actor(request.actor).filter(screening=screening))
    ]
    _mark_texts(cards, request.actor)
    for card in cards:
        card.carried = carried_from(request.actor, card.flag, screening)
    return render(
        request,
        "plans/review.html",
        {
            "intake": intake,
            "patient": intake.patient,
            "age": facts.age,
            "screening": screening,
            "open_cards": [card for card in cards if card.flag.decision == Decision.OPEN.value],
            "decided_cards": [card for card in cards if card.flag.decision != Decision.OPEN.value],
            "context": context_lines(facts, translation.get_language()),
            "rounds": earlier_rounds(request.actor, intake, screening),
            "others": earlier_intakes(request.actor, intake),
            "filled_in": rounds_told(request.actor, intake),
            "notes_of_rules": notes_lines(screen(facts.context, facts.answers).notes),
            "head": _head(intake, facts, screening),
            "notes": PrivateNote.objects.for_actor(request.actor).filter(
                intake=intake, author_id=request.actor.user_id
            ),
            "note_form": note_form or NoteForm(),
            "doubt_form": doubt_form or NotReassuredForm(),
            "may_doubt": screening.gate_is_open,
            "plan": Plan.objects.for_actor(request.actor).filter(intake=intake).first(),
            "gate_is_open": screening.gate_is_open,
        },
        status=status,
    )


def _in_order(flags):
    flags = flags.prefetch_related("clearances")
    return sorted(flags, key=lambda flag: (Urgency(flag.urgency).rank, flag.pk))


def _card(flag, screening, language, clear_forms, refer_forms):
    wrong = flag.pk in clear_forms or flag.pk in refer_forms
    card = FlagCard(
        flag,
        flag_story(flag, screening, patient_language=language, staff_language=translation.get_language()),
        clearances=list(flag.clearances.all()),
        wrong=wrong,
    )
    if flag.decision != Decision.CLEARED.value:
        card.clear_form = clear_forms.get(flag.pk) or DecisionForm(flag=flag)
    if flag.decision == Decision.OPEN.value:
        card.refer_form = refer_forms.get(flag.pk) or ReferralForm(flag=flag)
    return card


def _mark_texts(cards, actor):
    """Say of each card whether the practice has confirmed the words of its flag."""
    confirmed, known = confirmed_keys(actor), whole_method.entries()
    for card in cards:
        keys = (f"red-flag:{card.flag.item}", f"red-flag-reason:{card.flag.item}")
        card.text_key = next((key for key in keys if key in known), "")
        card.text_confirmed = card.text_key in confirmed


def _head(intake, facts, screening):
    """The sticky line above everything: who this is, so that nobody decides on the wrong person."""
    return {
        "name": intake.patient.full_name,
        "born": date_format(intake.patient.birth_date, "j F Y"),
        "age": ngettext("%(age)s year", "%(age)s years", facts.age) % {"age": facts.age},
        "language": dict(settings.LANGUAGES)[intake.language],
        "helper": answered_by(intake),
        "contact": intake.patient.phone,
        "urgency": URGENCY_OF_RANK.get(screening.unhandled, ""),
        "word": screening.get_state_display(),
    }
