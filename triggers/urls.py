"""The patient's addresses of part B. Pages go by number: an address in a browser's history names no glass."""

from django.urls import path

from .views import finish, help_now, questions, shelf, start

app_name = "triggers"

urlpatterns = [
    path("i/<uuid:code>/glasses/", start.start, name="start"),
    path("i/<uuid:code>/glasses/lesson/", start.read_lesson, name="lesson"),
    path("i/<uuid:code>/glasses/conditions/<int:number>/", questions.condition, name="condition"),
    path("i/<uuid:code>/glasses/<int:number>/", questions.glass, name="glass"),
    path("i/<uuid:code>/glasses/shelf/", shelf.shelf, name="shelf"),
    path("i/<uuid:code>/glasses/check/", finish.check, name="check"),
    path("glasses/thanks/", finish.thanks, name="thanks"),
    path("glasses/thanks/calendar/", finish.calendar, name="calendar"),
    path("help-now/", help_now.help_now, name="help"),
]
