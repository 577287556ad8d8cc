from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "backup_plan_site.staff"
    label = "staff"
    verbose_name = _("staff")

    def ready(self):
        from . import checks, mails  # noqa: F401  registers the access checks and the mail handler
