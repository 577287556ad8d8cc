from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "backup_plan_site.web"
    label = "web"
