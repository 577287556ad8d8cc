"""`./run tidy`, once a day: throw away what has served its purpose."""

import datetime

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from backup_plan_site.web.models import Once

KEPT = datetime.timedelta(days=7)


class Command(BaseCommand):
    help = "Removes ended sessions and idempotency keys that are over a week old."

    def handle(self, **options):
        removed, _by_model = Once.objects.filter(at__lt=timezone.now() - KEPT).delete()
        call_command("clearsessions")
        self.stdout.write(f"{removed} old form keys removed; ended sessions removed.")
