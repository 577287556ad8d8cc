from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        from backup_plan_site.staff import verbs as audit_verbs
        from intake import practice_words

        from . import checks, documents, verbs  # noqa: F401  registers checks, and the job that makes PDFs
        from .own import texts

        audit_verbs.name(verbs.WORDS)
        practice_words.told_by(texts.said)
