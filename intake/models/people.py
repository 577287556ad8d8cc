"""Who comes, for which complaint, and by which link. The desk sees these rows; nothing here is an answer."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import ActorQuerySet, PracticeRow
from intake import tokens

MAX_WRONG_BIRTH_DATES = 5
DAYS_AFTER_APPOINTMENT = 14
DAYS_WITHOUT_APPOINTMENT = 30
SLIP_READABLE_FOR = datetime.timedelta(hours=24)


class IllegalMove(Exception):
    """A state was asked to become what its table of legal moves does not allow, or somebody else was faster."""


class Patient(PracticeRow):
    """A person who comes to one practice. Never a Django user: a patient holds a link."""

    clinical = False
    patient_path = "intakes"

    given_name = models.CharField(_("first name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    birth_date = models.DateField(_("date of birth"))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="nl")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        indexes = [models.Index(fields=["practice", "family_name", "given_name"], name="patient_by_name")]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}".strip()

    def age_on(self, day):
        """Whole years on `day`. Somebody born on 29 February has the birthday on 1 March in other years."""
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class IntakeQuerySet(ActorQuerySet):
    def open(self):
        """Intakes that are still going on."""
        return self.filter(closed_at=None)


class Intake(PracticeRow):
    """One complaint of one patient, from link to plan."""

    clinical = False
    patient_path = "pk"

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="intakes")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    appointment_at = models.DateTimeField(_("appointment"), null=True, blank=True)
    began_on = models.DateField(default=timezone.localdate)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="nl")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["appointment_at", "pk"]
        indexes = [
            models.Index(fields=["practice", "closed_at", "appointment_at"], name="intake_by_appointment")
        ]

    def __str__(self):
        return str(self.code)

    @property
    def screening(self):
        """The latest round of the three lists, or None. One query."""
        return self.screenings.order_by("-number").first()

    def link_ends_at(self, made_at):
        """When a link that was made at `made_at` ends: 14 days after the appointment, or 30 days without one."""
        if self.appointment_at:
            return self.appointment_at + datetime.timedelta(days=DAYS_AFTER_APPOINTMENT)
        return made_at + datetime.timedelta(days=DAYS_WITHOUT_APPOINTMENT)


class Invitation(PracticeRow):
    """A link: who holds it and knows the birth date fills in this intake.

    The token is kept only as a keyed hash. While it waits for its mail, or for the slip that is being printed, it is
    sealed (encrypted) beside it; that copy goes as soon as the link was delivered or used.
    """

    clinical = False
    patient_path = "intake"

    class Channel(models.TextChoices):
        """How the link reaches the patient. Of each there is at most one open at a time."""

        EMAIL = "email", _("by e-mail")
        REMINDER = "reminder", _("in a reminder")
        SLIP = "slip", _("on a slip")
        COPY = "copy", _("to copy")
        TABLET = "tablet", _("on the tablet in the waiting room")
        CONSULT = "consult", _("together in the consult")

    class State(models.TextChoices):
        ACTIVE = "active", _("Open")
        LOCKED = "locked", _("Locked after wrong birth dates")
        REVOKED = "revoked", _("Withdrawn")
        FINISHED = "finished", _("Ended")

    MOVES = {
        State.ACTIVE: {State.LOCKED, State.REVOKED, State.FINISHED},
        State.LOCKED: {State.REVOKED, State.FINISHED},
        State.REVOKED: set(),
        State.FINISHED: set(),
    }

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="invitations")
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.ACTIVE)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sealed_token = models.TextField(blank=True, editable=False)
    wrong_birth_dates = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    mailed_at = models.DateTimeField(null=True)
    # The mail server, at once or later, said that nobody gets mail at this address.
    returned_at = models.DateTimeField(null=True)
    first_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "channel"], condition=Q(state="active"), name="one_open_link_per_way"
            ),
            models.CheckConstraint(
                condition=Q(state="active", ended_at=None) | (~Q(state="active") & Q(ended_at__isnull=False)),
                name="ended_link_is_dated",
            ),
        ]

    def __str__(self):
        return f"{self.code} ({self.state})"

    @property
    def ends_at(self):
        return self.intake.link_ends_at(self.created_at)

    def works_at(self, now):
        """Whether this link opens anything at `now`."""
        return self.state == self.State.ACTIVE and now < self.ends_at and self.intake.closed_at is None

    def readable_token(self, now):
        """The token while it may still be shown at the desk (slips, one day, until first use), else ''."""
        if (
            self.channel != self.Channel.SLIP
            or not self.works_at(now)
            or now > self.created_at + SLIP_READABLE_FOR
        ):
            return ""
        return tokens.unseal(self.sealed_token) if self.sealed_token else ""

    @property
    def slip_is_readable(self):
        return bool(self.readable_token(timezone.now()))

    def lock(self):
        self._move_to(self.State.LOCKED)

    def revoke(self):
        self._move_to(self.State.REVOKED)

    def finish(self):
        self._move_to(self.State.FINISHED)

    def _move_to(self, target):
        # The WHERE on the old state settles races: the slower request updates no row.
        legal = target in self.MOVES[self.State(self.state)]
        rows = type(self).objects.filter(pk=self.pk, state=self.state)
        if not legal or not rows.update(state=target, sealed_token="", ended_at=timezone.now()):
            raise IllegalMove(f"{self.state} -> {target}")
        self.refresh_from_db()


class Respondent(PracticeRow):
    """Who fills in, and how, from this moment on in one browser. Each answer names the row it came with.

    A helper's name is not an answer: the desk sees that somebody helps.
    """

    clinical = False
    append_only = ("update",)
    patient_path = "intake"

    class Who(models.TextChoices):
        SELF = "self", _("The patient")
        TOGETHER = "together", _("The patient, together with somebody")
        FOR = "for", _("Somebody else for the patient")

    class Way(models.TextChoices):
        LINK = "link", _("on their own screen")
        TABLET = "tablet", _("on the tablet in the waiting room")
        PAPER = "paper", _("on paper, typed in here")
        CONSULT = "consult", _("together in the consult")

    class Relation(models.TextChoices):
        PARTNER = "partner", _("Partner")
        CHILD = "child", _("Son or daughter")
        PARENT = "parent", _("Parent")
        FAMILY = "family", _("Other family")
        FRIEND = "friend", _("Friend or neighbour")
        CARER = "carer", _("Somebody from care at home")
        OTHER = "other", _("Somebody else")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="respondents")
    who = models.CharField(max_length=8, choices=Who, default=Who.SELF)
    way = models.CharField(max_length=8, choices=Way, default=Way.LINK)
    helper_name = models.CharField(max_length=100, blank=True)
    relation = models.CharField(max_length=8, choices=Relation, blank=True)
    # Whether the patient sits beside the helper; null: not asked.
    patient_present = models.BooleanField(null=True)
    # Who typed a paper form, or sat beside the patient in the consult.
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    staff_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who="self", helper_name="", relation="") | ~Q(who="self"),
                name="who_answers_alone_has_no_helper",
            ),
            models.CheckConstraint(
                condition=Q(way__in=("link", "tablet"), staff=None)
                | Q(way__in=("paper", "consult"), staff__isnull=False),
                name="staff_where_staff_was_there",
            ),
        ]

    def __str__(self):
        return f"{self.who} {self.way}"


class Consent(PracticeRow):
    """What the patient agreed to, in which words. A change is a new row."""

    clinical = False
    append_only = ("update",)
    patient_path = "intake"

    class Kind(models.TextChoices):
        CARE = "care", _("Care record")
        REMINDERS = "reminders", _("Reminders by e-mail")
        STATISTICS = "statistics", _("Anonymous statistics")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=10, choices=Kind)
    given = models.BooleanField()
    text_version = models.CharField(max_length=40)
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind}: {'yes' if self.given else 'no'}"


class Notice(PracticeRow):
    """Something that happened to an intake and that a person of the practice should act on."""

    clinical = False

    class Kind(models.TextChoices):
        MISUNDERSTOOD = "misunderstood", _("Says that a question was misunderstood")
        LINK_LOCKED = "link-locked", _("Link locked after five wrong birth dates")
        MAIL_RETURNED = "mail-returned", _("The mail came back")
        NEW_OR_WORSE = "new-or-worse", _("Says that something is new or worse")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "kind"], condition=Q(handled_at=None), name="one_open_notice_per_kind"
            )
        ]

    def __str__(self):
        return self.kind
