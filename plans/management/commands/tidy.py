"""`./run tidy`, once a day: throw away what has served its purpose."""

import datetime

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from backup_plan_site.jobs.models import Job
from backup_plan_site.web.models import Once

KEYS_KEPT = datetime.timedelta(days=7)
JOBS_KEPT = datetime.timedelta(days=90)


class Command(BaseCommand):
    help = "Removes ended sessions, form keys over a week old and jobs done over 90 days ago."

    def handle(self, **options):
        now = timezone.now()
        keys, _by_model = Once.objects.filter(at__lt=now - KEYS_KEPT).delete()
        jobs, _by_model = Job.objects.filter(state=Job.State.DONE, done_at__lt=now - JOBS_KEPT).delete()
        call_command("clearsessions")
        self.stdout.write(
            f"Removed: {keys} form keys, {jobs} jobs that were done long ago, and ended sessions."
        )
