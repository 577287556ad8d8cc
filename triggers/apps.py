from django.apps import AppConfig


class TriggersConfig(AppConfig):
    name = "triggers"

    def ready(self):
        from backup_plan_site.staff import verbs as audit_verbs
        from intake import journey

        from . import checks, verbs  # noqa: F401  registers the content checks
        from .progress import is_sent

        audit_verbs.name(verbs.WORDS)
        journey.knows_part_b(is_sent)
