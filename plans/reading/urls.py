"""The reading room's addresses. The language stands in the address: a page can be sent on as it was read."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.door, name="door"),
    path("<slug:language>/", views.home, name="home"),
    path("<slug:language>/find/", views.find, name="find"),
    path("<slug:language>/glasses/<slug:key>/", views.glass, name="glass"),
    path("<slug:language>/conditions/<slug:key>/", views.condition, name="condition"),
    path("<slug:language>/<slug:key>/", views.guide, name="guide"),
]
