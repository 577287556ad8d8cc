"""The desk: from worklist to decision."""

from django.urls import path

from . import decisions, links, patients, review, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("patients/", patients.patients, name="patients"),
    path("patients/new/", patients.new_patient, name="patient-new"),
    path("patients/<uuid:code>/", patients.patient, name="patient"),
    path("patients/<uuid:code>/edit/", patients.edit_patient, name="patient-edit"),
    path("patients/<uuid:code>/new-intake/", patients.new_intake, name="intake-new"),
    path("intakes/<uuid:code>/edit/", patients.edit_intake, name="intake-edit"),
    path("intakes/<uuid:code>/close/", patients.close, name="intake-close"),
    path("intakes/<uuid:code>/link/", links.invite, name="link-new"),
    path("links/<uuid:code>/revoke/", links.revoke, name="link-revoke"),
    path("links/<uuid:code>/slip/", links.slip, name="link-slip"),
    path("intakes/<uuid:code>/review/", review.review, name="review"),
    path("intakes/<uuid:code>/notes/", review.note, name="note"),
    path("intakes/<uuid:code>/not-reassured/", decisions.not_reassured, name="not-reassured"),
    path("flags/<uuid:code>/clear/", decisions.clear, name="flag-clear"),
    path("flags/<uuid:code>/refer/", decisions.refer, name="flag-refer"),
    path("notices/<uuid:code>/handled/", decisions.handled, name="notice-handled"),
]
