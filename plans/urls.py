"""The desk's addresses, and those of the reading room."""

from django.urls import include, path

from .desk import urls as desk
from .reading import urls as reading

urlpatterns = [
    path("desk/", include((desk.urlpatterns, "desk"))),
    path("read/", include((reading.urlpatterns, "reading"))),
]
