"""For cron, or by hand after a breakdown. A running worker sweeps by itself."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backup_plan_site.jobs import api
from backup_plan_site.jobs.models import Job


class Command(BaseCommand):
    help = "Sends jobs again whose message or worker was lost."

    def add_arguments(self, parser):
        parser.add_argument(
            "--here", action="store_true", help="do what is due in this process, without a broker"
        )
        parser.add_argument("--failed", action="store_true", help="first queue again what was given up")

    def handle(self, *, here, failed, **options):
        if failed:
            revived = [job.revive(timezone.now()) for job in Job.objects.filter(state=Job.State.FAILED)]
            self.stdout.write(f"{len(revived)} failed jobs queued again")
        if here:
            self.stdout.write(f"{api.run_due()} jobs done")
            return
        try:
            self.stdout.write(f"{api.sweep()} messages sent")
        except Exception as error:
            raise CommandError(
                f"The broker does not answer ({type(error).__name__}); nothing is lost."
            ) from error
