"""The roof of somebody who works on the looks: the real one, and the pages with every component. Needs DEBUG=1."""

from django.urls import include, path

from backup_plan_site import urls
from backup_plan_site.style import views

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

style = [
    path("", views.patient, name="patient"),
    path("desk/", views.desk, name="desk"),
]

urlpatterns = [*urls.urlpatterns, path("style/", include((style, "style")))]
