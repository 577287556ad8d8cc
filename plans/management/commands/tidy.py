"""`./run tidy`, once a day: throw away what has served its purpose."""

import datetime

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.actors import Actor
from backup_plan_site.staff.models import Practice
from backup_plan_site.web.models import Once
from intake.models import Intake
from plans.own.actions import tidy_photos
from plans.visits_told import waits_for_a_look, with_visits

KEYS_KEPT = datetime.timedelta(days=7)
JOBS_KEPT = datetime.timedelta(days=90)
# So long a withdrawn exercise can be put back with its photos.
PHOTOS_KEPT = datetime.timedelta(days=1)


class Command(BaseCommand):
    help = "Removes ended sessions, old form keys, jobs done over 90 days ago and photos that nobody needs."

    def handle(self, **options):
        now = timezone.now()
        keys, _by_model = Once.objects.filter(at__lt=now - KEYS_KEPT).delete()
        jobs, _by_model = Job.objects.filter(state=Job.State.DONE, done_at__lt=now - JOBS_KEPT).delete()
        photos = tidy_photos(now - PHOTOS_KEPT)
        call_command("clearsessions")
        for practice in Practice.objects.all():
            mark_to_look_again(practice, now)
        self.stdout.write(
            f"Removed: {keys} form keys, {jobs} jobs that were done long ago, {photos} photos that no plan has, "
            "and ended sessions."
        )


def mark_to_look_again(practice, now):
    """Bring in step which intakes wait for a second look, as after visits that were written before this was kept."""
    intakes = Intake.objects.for_actor(Actor.system(practice.pk))
    visited = with_visits(intakes.open(), Actor.system(practice.pk))
    due = set(visited.filter(waits_for_a_look()).values_list("pk", flat=True))
    marked = set(intakes.filter(look_again_since__isnull=False).values_list("pk", flat=True))
    intakes.filter(pk__in=due - marked).update(look_again_since=now)
    intakes.filter(pk__in=marked - due).update(look_again_since=None)
