"""The desk: from worklist to decision, from decision to plan, from plan to paper."""

from django.urls import path

from plans.confirming import pages as texts

from . import (
    composer,
    decisions,
    glasses,
    habits,
    links,
    patients,
    releases,
    review,
    summary,
    together,
    versions,
    visits,
    worklist,
)

SECTIONS = (
    *("strengths", "glasses", "conditions", "cautions", "exercises"),
    *("build-up", "ladder", "pacing", "work", "worksheets", "note"),
)

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
    path("intakes/<uuid:code>/tablet/", together.tablet, name="tablet"),
    path("intakes/<uuid:code>/together/", together.together, name="together"),
    path("links/<uuid:code>/revoke/", links.revoke, name="link-revoke"),
    path("links/<uuid:code>/slip/", links.slip, name="link-slip"),
    path("links/<uuid:code>/copy/", links.copy, name="link-copy"),
    path("intakes/<uuid:code>/review/", review.review, name="review"),
    path("intakes/<uuid:code>/summary/", summary.summary, name="summary"),
    path("intakes/<uuid:code>/summary/pdf/", summary.paper, name="summary-pdf"),
    path("intakes/<uuid:code>/notes/", review.note, name="note"),
    path("intakes/<uuid:code>/not-reassured/", decisions.not_reassured, name="not-reassured"),
    path("flags/<uuid:code>/clear/", decisions.clear, name="flag-clear"),
    path("flags/<uuid:code>/refer/", decisions.refer, name="flag-refer"),
    path("notices/<uuid:code>/handled/", decisions.handled, name="notice-handled"),
    path("intakes/<uuid:code>/glasses/", glasses.glasses, name="glasses"),
    path("intakes/<uuid:code>/glasses/mark/", glasses.mark, name="glass-mark"),
    path("intakes/<uuid:code>/plan/", glasses.make_plan, name="plan-new"),
    path("plans/<uuid:code>/", composer.plan, name="plan"),
    *(
        path(f"plans/<uuid:code>/{section}/", composer.save, {"section": section}, name=f"plan-{section}")
        for section in SECTIONS
    ),
    path("plans/<uuid:code>/habits/", habits.add, name="habit-new"),
    path("habits/<uuid:code>/edit/", habits.change, name="habit-edit"),
    path("habits/<uuid:code>/remove/", habits.remove, name="habit-remove"),
    path("habits/<uuid:code>/move/", habits.move, name="habit-move"),
    path("plans/<uuid:code>/preview/", releases.preview, name="plan-preview"),
    path("plans/<uuid:code>/release/", releases.release, name="plan-release"),
    path("releases/<uuid:code>/compare/", versions.compare, name="release-compare"),
    path("releases/<uuid:code>/pdf/", releases.document, name="document"),
    path("intakes/<uuid:code>/visits/", visits.visits, name="visits"),
    path("intakes/<uuid:code>/visits/new/", visits.record, name="visit-new"),
    path("intakes/<uuid:code>/visits/look-again/", visits.look_again, name="visit-choice"),
    path("visits/<uuid:code>/change/", visits.change, name="visit-change"),
    path("visits/<uuid:code>/remove/", visits.remove, name="visit-remove"),
    path("texts/", texts.texts, name="texts"),
    path("texts/<slug:section>/", texts.section, name="texts-section"),
    path("texts/<slug:section>/confirm/", texts.confirm_section, name="texts-confirm"),
    path("text/<str:key>/", texts.text, name="text"),
    path("text/<str:key>/confirm/", texts.confirm, name="text-confirm"),
    path("text/<str:key>/withdraw/", texts.withdraw, name="text-withdraw"),
]
