"""What a practice adds of its own beside our content: items, every version of their words, and photos.

Ours stands in files and has no row here: nothing that changes a row can reach it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import PracticeRow
from intake.models.people import IllegalMove


class OwnItem(PracticeRow):
    """One tip, exercise, helper or text of a practice. `latest` are its newest words, `used` those that count.

    `used` stays when it is withdrawn: a plan that has it already keeps it.
    """

    clinical = False

    class Kind(models.TextChoices):
        TIP = "tip", _("Tip")
        EXERCISE = "exercise", _("Exercise")
        HELPER = "helper", _("Helper nearby")
        TEXT = "text", _("Text")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_USE = "in-use", _("In use")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Place(models.TextChoices):
        """Where a text stands; there is one of each."""

        WELCOME = "welcome", _("Welcome on the patient's first page")
        BRING = "bring", _("What to bring")
        OUT_OF_HOURS = "out-of-hours", _("What to do outside opening hours")
        CLOSING = "closing", _("Last line of the plan on paper")

    # From in use to in use: newer words take the place of those that counted.
    MOVES = {
        State.DRAFT: {State.IN_USE, State.WITHDRAWN},
        State.IN_USE: {State.IN_USE, State.WITHDRAWN},
        State.WITHDRAWN: {State.IN_USE, State.DRAFT},
    }

    kind = models.CharField(max_length=8, choices=Kind)
    place = models.CharField(max_length=12, choices=Place, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    state_at = models.DateTimeField(default=timezone.now)
    latest = models.ForeignKey("OwnVersion", on_delete=models.PROTECT, null=True, related_name="+")
    used = models.ForeignKey("OwnVersion", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["practice", "kind"], name="own_items_of_a_kind")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="text") & ~Q(place="")) | (~Q(kind="text") & Q(place="")),
                name="own_text_has_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(state="in-use") | Q(used__isnull=False), name="own_in_use_names_its_words"
            ),
            models.UniqueConstraint(
                fields=["practice", "place"], condition=Q(kind="text"), name="one_own_text_per_place"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.code}"

    @property
    def key(self):
        """Its name on plans. No id of ours begins like this."""
        return f"own-{self.code.hex}"

    @property
    def waits(self):
        """Whether there are newer words than those that count."""
        return self.used_id is not None and self.used_id != self.latest_id

    def use(self):
        """Let the newest words count from now on. Raises IllegalMove."""
        self._move_to(self.State.IN_USE, used=self.latest)

    def withdraw(self):
        """Offer it no more. Raises IllegalMove."""
        self._move_to(self.State.WITHDRAWN)

    def put_back(self):
        """Undo a withdrawal: in use again with the words that counted, or a draft again. Raises IllegalMove."""
        if self.state != self.State.WITHDRAWN:
            raise IllegalMove(f"{self.state} -> put back")
        self._move_to(self.State.IN_USE if self.used_id else self.State.DRAFT)

    def _move_to(self, target, **changes):
        # The WHERE on what was seen settles races: the slower one changes no row.
        legal = target in self.MOVES[self.State(self.state)]
        rows = type(self).objects.filter(pk=self.pk, state=self.state, latest=self.latest_id)
        if not legal or not rows.update(state=target, state_at=timezone.now(), **changes):
            raise IllegalMove(f"{self.state} -> {target}")
        self.refresh_from_db()


class OwnVersion(PracticeRow):
    """The words of one item as somebody saved them (plans.own.body). Never changed: newer words are a new row."""

    clinical = False
    append_only = ("update", "delete")

    item = models.ForeignKey(OwnItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["item", "number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="own_version_once")]

    def __str__(self):
        return f"{self.item_id} version {self.number}"


class OwnPhoto(PracticeRow):
    """One photo of an own exercise. `name` is the file's, by chance, under the data folder and in no address."""

    clinical = False

    item = models.ForeignKey(OwnItem, on_delete=models.PROTECT, related_name="photos")
    name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.code)


class GivenPhoto(PracticeRow):
    """A photo that stands on a plan that was given: as long as this row is there, the photo stays."""

    release = models.ForeignKey("Release", on_delete=models.CASCADE, related_name="given_photos")
    photo = models.ForeignKey(OwnPhoto, on_delete=models.PROTECT, related_name="given")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "photo"], name="photo_given_once")]

    def __str__(self):
        return str(self.code)
