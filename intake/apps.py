from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self):
        from . import checks, mails  # noqa: F401  registers the content checks and the mail handlers
