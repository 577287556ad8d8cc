"""The addresses of a paper form, at the desk."""

from django.urls import path

from . import hub, views

desk = [
    path("paper/<str:language>/", hub.blank, name="paper-blank"),
    path("intakes/<uuid:code>/paper/", views.hub, name="paper"),
    path("intakes/<uuid:code>/paper/form/<str:language>/", hub.blank_for, name="paper-form"),
    path("intakes/<uuid:code>/paper/consent/", views.consent, name="paper-consent"),
    path("intakes/<uuid:code>/paper/who/", views.who, name="paper-who"),
    path("intakes/<uuid:code>/paper/context/", views.context, name="paper-context"),
    path("intakes/<uuid:code>/paper/safety/<slug:theme>/", views.safety, name="paper-safety"),
    path("intakes/<uuid:code>/paper/glasses/<slug:family>/", views.glasses, name="paper-glasses"),
    path("intakes/<uuid:code>/paper/send/", views.send, name="paper-send"),
]
