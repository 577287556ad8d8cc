"""One command for a practice: the web server and the worker that sends mails and makes documents."""

import sys

from django.core.management.base import BaseCommand, CommandError

from backup_plan_site.jobs.serving import PortTaken, serve


class Command(BaseCommand):
    help = "Serves the site and works off the jobs, until it is told to stop."
    # `manage.py check` says what they say; here each of them would be paid at every start.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
        parser.add_argument("--workers", type=int, default=2, help="processes for pages")
        parser.add_argument(
            "--job-workers",
            type=int,
            default=1,
            help="processes for mails and documents; 0 when they run elsewhere",
        )

    def handle(self, *, host, port, workers, job_workers, **options):
        try:
            code = serve(host, port, workers=workers, job_workers=job_workers, ready=self._ready)
        except PortTaken as error:
            raise CommandError(str(error)) from error
        sys.exit(code)

    def _ready(self, url):
        self.stdout.write(f"Listening on {url}")
        self.stdout.flush()
