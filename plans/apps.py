from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        from backup_plan_site.staff import verbs as audit_verbs

        from . import checks, documents, verbs  # noqa: F401  registers checks, and the job that makes PDFs

        audit_verbs.name(verbs.WORDS)
