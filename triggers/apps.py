from django.apps import AppConfig


class TriggersConfig(AppConfig):
    name = "triggers"

    def ready(self):
        from backup_plan_site.staff import verbs as audit_verbs

        from . import checks, verbs  # noqa: F401  registers the content checks

        audit_verbs.name(verbs.WORDS)
