"""Practices, the people who work there, and the trail of what was done."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .actors import ActorQuerySet, PracticeRow
from .roles import Role
from .time_zones import check_time_zone
from .verbs import in_words


class Practice(models.Model):
    """One practice: the wall between its rows and those of every other practice."""

    class Country(models.TextChoices):
        BELGIUM = "BE", _("Belgium")
        NETHERLANDS = "NL", _("Netherlands")

    class LegalBasis(models.TextChoices):
        CARE = "care", _("Care by somebody who is bound to secrecy")
        CONSENT = "consent", _("Explicit consent of the patient")

    # How long a file is kept after the last contact (Belgium) or the last change (Netherlands).
    KEPT_FOR_YEARS = {Country.BELGIUM: 30, Country.NETHERLANDS: 20}

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, choices=Country, default=Country.BELGIUM)
    default_language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    on_call_email = models.EmailField(_("e-mail for urgent answers"), blank=True)
    out_of_hours = models.TextField(
        _("what to do outside opening hours"),
        max_length=300,
        blank=True,
        validators=[MaxLengthValidator(300)],
    )
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Europe/Brussels", validators=[check_time_zone]
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=10, choices=LegalBasis, default=LegalBasis.CARE
    )
    retention_years = models.PositiveSmallIntegerField(
        _("years a file is kept"), default=30, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("practice")
        constraints = [
            models.CheckConstraint(condition=Q(country__in=["BE", "NL"]), name="practice_country_is_known"),
            models.CheckConstraint(
                condition=Q(retention_years__gte=1, retention_years__lte=50),
                name="practice_keeps_1_to_50_years",
            ),
        ]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """People log in by e-mail; `ann@x.be` and `Ann@X.be` are the same person."""

    def create_user(self, email, name="", password=None, **fields):
        """A person who can log in. Without `password` only after choosing one through a set-password link."""
        user = self.model(email=self.normalize_email(email), name=name.strip(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    @classmethod
    def normalize_email(cls, email):
        return (email or "").strip().lower()

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Somebody who works in a practice. Patients are never users: they hold a link."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    # There is no Django admin in production and nobody who may do everything.
    is_staff = False
    is_superuser = False

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self):
        return self.name or self.email

    def clean(self):
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name.split(" ")[0] or self.email


class MembershipQuerySet(ActorQuerySet):
    def running(self):
        """Memberships that count today: not ended, of somebody who may log in."""
        return self.filter(ended_at=None, user__is_active=True)


class Membership(PracticeRow):
    """One role of one person in one practice. Several rows are several roles; ended rows stay, as history."""

    clinical = False

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "user", "role"], name="one_row_per_role"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        ]
        indexes = [models.Index(fields=["user", "ended_at"], name="membership_by_user")]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

    @property
    def is_active(self):
        return self.ended_at is None and self.user.is_active


class AuditEvent(models.Model):
    """Who did what to which row, and when. Written once: the database refuses every change and removal."""

    clinical = False
    patient_path = None
    append_only = ("update", "delete")

    at = models.DateTimeField(default=timezone.now, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(max_length=10)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64, blank=True)
    object_code = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    ip_prefix = models.CharField(max_length=48, blank=True)
    facts = models.JSONField(default=dict)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["practice", "at"], name="audit_by_practice"),
            models.Index(fields=["object_type", "object_code"], name="audit_by_object"),
            models.Index(fields=["subject"], name="audit_by_subject"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @property
    def in_words(self):
        return in_words(self.verb)

    def delete(self, *args, **kwargs):
        raise ValidationError("An audit event is never deleted.")
