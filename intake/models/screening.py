"""The heart of part A: one round of questions, what was answered, what was raised, who decided what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import PracticeRow
from intake import clearing
from intake.screening import Urgency
from intake.standing import GATE_OPEN, Decision, Standing, may_move

from .people import IllegalMove, Intake, Respondent

URGENCIES = [
    (Urgency.NOW.value, _("NOW")),
    (Urgency.TODAY.value, _("TODAY")),
    (Urgency.DAYS.value, _("DAYS")),
    (Urgency.TALK.value, _("TALK")),
]
NONE_UNHANDLED = 9
STATES = [
    (Standing.INCOMPLETE.value, _("Being filled in")),
    (Standing.BLOCKED_NOW.value, _("Stop: help now")),
    (Standing.BLOCKED.value, _("Waits for a doctor")),
    (Standing.HOLD.value, _("To be talked over")),
    (Standing.PASSED.value, _("Safe to start")),
    (Standing.CLEARED.value, _("Cleared")),
    (Standing.REFERRED.value, _("Referred")),
]


class Because(models.TextChoices):
    """Why a round of the three lists began (clinical-brief B7)."""

    FIRST = "first", _("First time")
    NEW_OR_WORSE = "new-or-worse", _("The patient says that something is new or worse")
    FEW_RESULTS = "few-results", _("Less than half better at the fourth treatment")
    BACK_AGAIN = "back-again", _("The complaint came back")
    LONG_AGO = "long-ago", _("The last lists are too long ago")
    PRACTITIONER = "practitioner", _("The practitioner wants to ask again")


class Screening(PracticeRow):
    """One round of context questions and the three lists, pinned to the versions it was asked in."""

    clinical = False  # The desk sees the state, never what lies under it.
    patient_path = "intake"

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="screenings")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=STATES, default=Standing.INCOMPLETE.value)
    content_version = models.CharField(max_length=40)
    rules_version = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(auto_now_add=True)
    because = models.CharField(max_length=12, choices=Because, default=Because.FIRST)
    # The practitioner who began this round; null: the patient, or the first round.
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    # How urgent the most urgent flag is that nobody decided yet: 0 NOW … 3 TALK, 9 none. Kept beside the state so that
    # the worklist can sort for people who may not read flags.
    unhandled = models.PositiveSmallIntegerField(default=NONE_UNHANDLED)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["intake", "number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="screening_number_once"),
            models.CheckConstraint(
                condition=~Q(state=Standing.INCOMPLETE.value) | Q(sent_at=None), name="sent_is_complete"
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "unhandled"],
                condition=Q(unhandled__lt=NONE_UNHANDLED),
                name="screening_to_decide",
            )
        ]

    def __str__(self):
        return f"{self.intake_id}/{self.number} {self.state}"

    @property
    def asked_on(self):
        """The day by which this round's ages are reckoned: that of the intake, and for later rounds their own."""
        return self.intake.began_on if self.number == 1 else timezone.localdate(self.began_at)

    @property
    def gate_is_open(self):
        """Whether steps 2-6 may open: sent, and passed or cleared."""
        return self.sent_at is not None and Standing(self.state) in GATE_OPEN

    def move_to(self, target: Standing, *, unhandled):
        """Settle state and urgency in the database. Raises IllegalMove for a move that the table does not have."""
        if not may_move(Standing(self.state), target, sent=self.sent_at is not None):
            raise IllegalMove(f"{self.state} -> {target}")
        # The WHERE on the old state settles races: the slower request updates no row.
        rows = type(self).objects.filter(pk=self.pk, state=self.state)
        if not rows.update(state=target.value, unhandled=unhandled, changed_at=timezone.now()):
            raise IllegalMove(f"{self.state} -> {target}: somebody was faster")
        self.refresh_from_db()


class Answer(PracticeRow):
    """One answer to one question, as given. Rows are only ever added: the latest one per key counts.

    `value` is the answer in the contract's words: 'yes', true, 7, ['neck'], a free text; null means 'I don't know'.
    """

    patient_path = "screening__intake"
    append_only = ("update",)

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    # Who filled this in; null only for answers from before this was asked.
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["screening", "key", "id"], name="answer_latest")]

    def __str__(self):
        return self.key


class Flag(PracticeRow):
    """One raised item, one rule that the context alone raised, or a practitioner who is not reassured.

    It stays when the answer is changed back, and its urgency only goes up. One exception: while a follow-up question
    is still open, `urgency` is the higher class it could be and `settled_urgency` what is certain ('' when nothing is);
    with the follow-up's answer the flag settles.
    """

    patient_path = "screening__intake"
    NOT_REASSURED = "not-reassured"
    DECISIONS = [
        (Decision.OPEN.value, _("To be decided")),
        (Decision.CLEARED.value, _("Cleared")),
        (Decision.REFERRED.value, _("Referred")),
    ]
    MOVES = {
        Decision.OPEN: {Decision.CLEARED, Decision.REFERRED},
        Decision.REFERRED: {Decision.CLEARED, Decision.OPEN},
        Decision.CLEARED: {Decision.OPEN},
    }

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="flags")
    item = models.CharField(max_length=40)
    urgency = models.CharField(max_length=5, choices=URGENCIES)
    rules = models.JSONField(default=list)
    settled_urgency = models.CharField(max_length=5, choices=URGENCIES, blank=True)
    decision = models.CharField(max_length=8, choices=DECISIONS, default=Decision.OPEN.value)
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    explanation = models.TextField(max_length=2000, blank=True)  # only where a practitioner raised it
    care_read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["screening", "item"], name="flag_once_per_item")]

    def __str__(self):
        return f"{self.item} {self.urgency}"

    @property
    def provisional(self):
        return self.urgency != self.settled_urgency

    @property
    def reasons(self):
        """The reasons of B7 that may clear this flag as it stands."""
        return clearing.reasons(
            self.item, Urgency(self.urgency), referred=self.decision == Decision.REFERRED.value
        )

    def move_to(self, target: Decision, **changes):
        """Settle the decision in the database. Raises IllegalMove."""
        legal = target in self.MOVES[Decision(self.decision)]
        rows = type(self).objects.filter(pk=self.pk, decision=self.decision, urgency=self.urgency)
        if not legal or not rows.update(decision=target.value, **changes):
            raise IllegalMove(f"{self.decision} -> {target}")
        self.refresh_from_db()


class Clearance(PracticeRow):
    """A named person's decision on one flag. Never changed: what was wrong is followed by a new one.

    `urgency` is the class that was decided on; `by_name` keeps the name as it was that day.
    """

    append_only = ("update", "delete")

    class Kind(models.TextChoices):
        CLEARED = Decision.CLEARED.value, _("Cleared")
        REFERRED = Decision.REFERRED.value, _("Referred")

    class Reason(models.TextChoices):
        MISUNDERSTOOD = clearing.Reason.MISUNDERSTOOD.value, _("The question was misunderstood")
        KNOWN_AND_ASSESSED = clearing.Reason.KNOWN_AND_ASSESSED.value, _("Known and already assessed")
        EXAMINED_NEGATIVE = clearing.Reason.EXAMINED_NEGATIVE.value, _("Examined, nothing found")
        UNRELATED_EXPLAINED = clearing.Reason.UNRELATED_EXPLAINED.value, _("Has another explanation")
        DOCTOR_CLEARED = clearing.Reason.DOCTOR_CLEARED.value, _("A doctor found it safe")
        # Referrals
        EMERGENCY = clearing.Referral.EMERGENCY.value, _("Emergency department")
        GP_TODAY = clearing.Referral.GP_TODAY.value, _("GP, today")
        GP = clearing.Referral.GP.value, _("GP, within days")
        SPECIALIST = clearing.Referral.SPECIALIST.value, _("Specialist, through the GP")

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="clearances")
    kind = models.CharField(max_length=8, choices=Kind)
    urgency = models.CharField(max_length=5, choices=URGENCIES)
    reason = models.CharField(max_length=20, choices=Reason)
    explanation = models.TextField(max_length=2000)
    done_by = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    tests = models.CharField(max_length=500, blank=True)
    talked_with_patient = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                # B7: a NOW flag goes only as misunderstood after a talk, or on a doctor's word.
                condition=~Q(urgency="now", kind="cleared")
                | Q(reason="misunderstood", talked_with_patient=True)
                | Q(reason="doctor-cleared"),
                name="now_cleared_by_talk_or_doctor",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.reason}"


class PrivateNote(PracticeRow):
    """What a practitioner writes down for nobody else."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=10000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return str(self.code)
