"""The library's addresses: at the desk, of a patient's own exercises, and of the drawings themselves."""

from django.urls import path

from . import views

desk = [
    path("exercises/", views.exercises, name="exercises"),
    path("exercises/<slug:key>/", views.exercise, name="exercise"),
]
own = [
    path("<str:token>/", views.own_exercises, name="exercises"),
    path("<str:token>/photos/<uuid:code>.jpg", views.own_photo, name="photo"),
    path("<str:token>/<slug:key>/", views.own_exercise, name="exercise"),
]
figures = [
    path("<slug:key>.svg", views.figure, name="figure"),
    path("<slug:key>.json", views.figure_frames, name="figure-frames"),
]
