"""The patient's addresses. None of them carries anything about a person but a code that opens nothing alone."""

from django.urls import path

from .views import calendar, care, consents, finish, link, pages, rounds, statements, tablet, whom

app_name = "intake"

PAGES = [
    path(f"i/<uuid:code>/{name}/", pages.page, {"name": name}, name=name)
    for name in ("about", "where", "complaint", "since", "pain", "health")
]

urlpatterns = [
    path("", link.home, name="home"),
    path("l/<str:token>/", link.link, name="link"),
    path("i/<uuid:code>/", pages.start, name="start"),
    path("i/<uuid:code>/whom/", whom.whom, name="whom"),
    path("i/<uuid:code>/consent/", consents.consent, name="consent"),
    path("i/<uuid:code>/consents/", consents.consents, name="consents"),
    path("i/<uuid:code>/withdraw/", consents.withdraw, name="withdraw"),
    path("i/<uuid:code>/new-or-worse/", rounds.new_or_worse, name="new-or-worse"),
    *PAGES,
    path("i/<uuid:code>/safety/", pages.safety_start, name="safety-start"),
    path("i/<uuid:code>/safety/<slug:theme>/", pages.page, {"name": "safety"}, name="safety"),
    path("i/<uuid:code>/care/", care.care, name="care"),
    path("i/<uuid:code>/misunderstood/", care.misunderstood, name="misunderstood"),
    path("i/<uuid:code>/check/", finish.check, name="check"),
    path("i/<uuid:code>/sent/", finish.sent, name="sent"),
    path("i/<uuid:code>/calendar/", calendar.calendar, name="calendar"),
    path("i/<uuid:code>/language/", pages.language, name="language"),
    path("i/<uuid:code>/leave/", link.leave, name="leave"),
    path("withdrawn/", consents.withdrawn, name="withdrawn"),
    path("privacy/", statements.privacy_notice, name="privacy"),
    path("accessibility/", statements.accessibility_statement, name="accessibility"),
    path("tablet/", tablet.tablet, name="tablet"),
    path("tablet/birth-date/", tablet.birth_date, name="tablet-birth-date"),
    path("tablet/thanks/", tablet.thanks, name="tablet-thanks"),
]
