"""Who comes, for which complaint, and by which link. The desk sees these rows; nothing here is an answer."""

import datetime
import zoneinfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import ActorQuerySet, PracticeRow
from intake import tokens

MAX_WRONG_BIRTH_DATES = 5
DAYS_AFTER_APPOINTMENT = 14
DAYS_WITHOUT_APPOINTMENT = 30
SLIP_READABLE_FOR = datetime.timedelta(hours=24)
# How long the desk waits before it calls somebody who did not open a mailed link.
PATIENCE = datetime.timedelta(days=3)
TABLET_LASTS = datetime.timedelta(hours=4)


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

    def with_standing(self):
        """Beside each intake `care_given` (the latest word on the care record; None: not asked yet) and `known`.

        A known patient has sent a round of the lists before, in this intake or in another one.
        """
        care = Consent.objects.filter(intake=OuterRef("pk"), kind=Consent.Kind.CARE).order_by("-pk")
        sent = self.model.objects.filter(
            practice=OuterRef("practice"), patient=OuterRef("patient"), screenings__sent_at__isnull=False
        )
        return self.annotate(care_given=Subquery(care.values("given")[:1]), known=Exists(sent))

    def not_opened(self, now):
        """Open intakes whose link was mailed and never opened, where somebody had better call.

        That is when the appointment comes within three days, or when the mail went out more than three days ago. What
        came back, was withdrawn, was answered on paper or has its appointment behind it is not among them.
        """
        mails = Invitation.objects.filter(
            intake=OuterRef("pk"), channel="email", state="active", mailed_at__isnull=False, returned_at=None
        )
        long_ago = mails.filter(mailed_at__lt=now - PATIENCE)
        comes_soon = Q(appointment_at__gte=now, appointment_at__lt=now + PATIENCE) & Exists(mails)
        waits_long = (Q(appointment_at=None) | Q(appointment_at__gte=now)) & Exists(long_ago)
        return self.open().filter(comes_soon | waits_long, opened_at=None, screenings=None)


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
    # Since when the fourth visit waits for a second look; null: it does not. The verbs of visits keep it, so that the
    # worklist finds these among thousands without counting anybody's visits.
    look_again_since = models.DateTimeField(null=True, editable=False)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["appointment_at", "pk"]
        indexes = [
            models.Index(fields=["practice", "closed_at", "appointment_at"], name="intake_by_appointment"),
            # What is null in all of its rows stands among the columns too: else SQLite prefers the index above.
            models.Index(
                fields=["practice", "closed_at", "opened_at", "appointment_at"],
                condition=Q(opened_at=None, closed_at=None),
                name="intake_not_opened",
            ),
            models.Index(
                fields=["practice", "closed_at", "look_again_since"],
                condition=Q(look_again_since__isnull=False, closed_at=None),
                name="intake_to_look_at_again",
            ),
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

    The token is kept only as a keyed hash. While it waits for its mail, or to be printed or copied at the desk, it is
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
        """When it stops by itself: a code for the tablet after four hours, a consult with its day, links as ever."""
        if self.channel == self.Channel.TABLET:
            return (self.first_used_at or self.created_at) + TABLET_LASTS
        if self.channel == self.Channel.CONSULT:
            return _end_of_day(self.created_at, self.practice.time_zone)
        return self.intake.link_ends_at(self.created_at)

    def works_at(self, now):
        """Whether this link opens anything at `now`."""
        return self.state == self.State.ACTIVE and now < self.ends_at and self.intake.closed_at is None

    def readable_token(self, now):
        """The token while the desk may show it (a slip, a link to copy: one day, until first use), else ''."""
        if (
            self.channel not in (self.Channel.SLIP, self.Channel.COPY)
            or not self.works_at(now)
            or now > self.created_at + SLIP_READABLE_FOR
        ):
            return ""
        return tokens.unseal(self.sealed_token) if self.sealed_token else ""

    @property
    def is_mailed(self):
        """Whether this link goes to the patient by mail."""
        return self.channel in (self.Channel.EMAIL, self.Channel.REMINDER)

    @property
    def is_readable(self):
        """Whether the desk may still show this link."""
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


def _end_of_day(at, time_zone):
    zone = zoneinfo.ZoneInfo(time_zone)
    tomorrow = at.astimezone(zone).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(tomorrow, datetime.time.min, tzinfo=zone)


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
