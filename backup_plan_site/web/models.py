"""Once: the memory that makes a form sent twice have one effect."""

from django.db import models


class Once(models.Model):
    """One form that was carried out: its key, a hash of what was sent, and where the sender was led.

    `owner` ties the key to the person or link that sent it, so that nobody learns from a key of somebody else.
    """

    key = models.UUIDField()
    owner = models.CharField(max_length=80)
    body_hash = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="once_per_owner_and_key")]
        indexes = [models.Index(fields=["at"], name="once_at")]

    def __str__(self):
        return f"{self.key} → {self.location}"
