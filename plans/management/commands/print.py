"""`./run print PLAN --output FILE`: the PDF of the plan that was released last, or of one release."""

import os
import uuid
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor
from plans import documents
from plans.models import Plan, Release


class Command(BaseCommand):
    help = "Writes the PDF of a released plan. PLAN is the code in its page's address; in the demo also a first name."

    def add_arguments(self, parser):
        parser.add_argument(
            "plan", metavar="PLAN", help="the code of a plan (its last release) or of one release"
        )
        parser.add_argument("--output", metavar="FILE", required=True, type=Path, help="where the PDF goes")

    def handle(self, *, plan, output, **options):
        release = _release(_demo_plan(plan) if settings.DEMO else _code(plan))
        if not release.plan.intake.screening.gate_is_open:
            raise CommandError("Step 1 is not passed or cleared now: this plan may not be used.")
        try:
            pdf = documents.read(documents.make(release))
        except documents.Damaged:
            raise CommandError("The PDF is not the one that was given out; release a new version.") from None
        _record(release)
        try:
            _write_for_me_alone(output, pdf)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from None
        self.stderr.write(f"{output}: version {release.number}, {len(pdf)} bytes")


def _demo_plan(text):
    """In the demo everybody is invented, so a first name will do."""
    named = Plan.objects.filter(intake__patient__given_name__iexact=text).order_by("-pk").first()
    return named.code if named else _code(text)


def _code(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        raise CommandError("PLAN is a code like 123e4567-e89b-12d3-a456-426614174000.") from None


def _release(code):
    whole = Release.objects.select_related("plan__intake__patient")
    if (
        release := whole.filter(code=code).first()
        or whole.filter(plan__code=code).order_by("-number").first()
    ):
        return release
    if Plan.objects.filter(code=code).exists():
        raise CommandError("This plan was not released yet. Release it in the composer first.")
    raise CommandError("No plan has this code.")


def _write_for_me_alone(output, pdf):
    """A plan is health data: a new file is readable by nobody else on this machine."""
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pdf)


@transaction.atomic
def _record(release):
    actor = Actor.system(release.practice_id)
    audit.record(actor, "document.printed", release, subject=release.plan.intake.patient.code)
