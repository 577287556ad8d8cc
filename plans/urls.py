"""The desk's addresses."""

from django.urls import include, path

from .desk import urls as desk

urlpatterns = [path("desk/", include((desk.urlpatterns, "desk")))]
