"""The addresses of the desk, of the reading room and of the exercises."""

from django.urls import include, path

from .desk import urls as desk
from .library import urls as library
from .own import urls as own
from .paper_entry import urls as paper_entry
from .reading import urls as reading

urlpatterns = [
    path("desk/", include(([*desk.urlpatterns, *library.desk, *own.desk, *paper_entry.desk], "desk"))),
    path("read/", include((reading.urlpatterns, "reading"))),
    path("x/", include((library.own, "own"))),
    path("figures/", include(library.figures)),
]
