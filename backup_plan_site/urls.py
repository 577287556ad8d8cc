"""The roof: every app's addresses."""

from django.urls import include, path

from backup_plan_site.web import views as web

handler400 = "backup_plan_site.web.views.bad_request"
handler403 = "backup_plan_site.web.views.forbidden"
handler404 = "backup_plan_site.web.views.not_found"
handler500 = "backup_plan_site.web.views.server_error"

urlpatterns = [
    path("healthz", web.healthz, name="healthz"),
    path("readyz", web.readyz, name="readyz"),
    path("staff/", include("backup_plan_site.staff.urls")),
    path("", include("intake.urls")),
    path("", include("triggers.urls")),
    path("", include("plans.urls")),
]
