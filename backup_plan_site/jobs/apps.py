from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "backup_plan_site.jobs"
    label = "jobs"
