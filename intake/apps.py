from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self):
        from backup_plan_site.staff import verbs as audit_verbs

        from . import checks, mails, verbs  # noqa: F401  registers the content checks and the mail handlers

        audit_verbs.name(verbs.WORDS)
