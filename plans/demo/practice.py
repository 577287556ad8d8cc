"""Making the demo: the practice and its staff, then each patient through the pages."""

import datetime
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

from backup_plan_site.staff.models import Membership, Practice, User
from intake.models import Intake
from plans import documents
from plans.models import Release

from . import filling, glasses, visits
from .people import PASSWORD, PEOPLE, PRACTICE, STAFF
from .stories import GLASSES, PLANS, VISITS


def make():
    """Make everything and return what `./run demo` prints: staff with passwords, patients with link paths.

    A patient's `link` is None where it has ended.
    """
    practice = Practice.objects.create(**PRACTICE)
    for email, name, roles in STAFF:
        user = User.objects.create_user(email, name, PASSWORD)
        Membership.objects.bulk_create(
            Membership(practice=practice, user=user, role=role, began_at=timezone.now()) for role in roles
        )
    crew = Crew(User.objects.get(email=STAFF[1][0]))
    return {
        "staff": [
            {"email": email, "password": PASSWORD, "role": roles[0], "totp_secret": None}
            for email, _name, roles in STAFF
        ],
        "patients": [_patient(person, crew) for person in PEOPLE],
    }


class Crew:
    """The two who do the work, logged in: today for today's work, and on another day for the work of that day."""

    def __init__(self, ann):
        self.ann = ann
        self._hands = {}

    def desk(self):
        return self._of(STAFF[3][0])

    def practitioner(self):
        return self._of(self.ann.email)

    def _of(self, email):
        key = (email, timezone.localdate())
        if key not in self._hands:
            self._hands[key] = filling.staff(email)
        return self._hands[key]


def released_pdf(given_name):
    """The PDF of the plan that was released last for this demo patient, as its bytes."""
    releases = Release.objects.filter(plan__intake__patient__given_name=given_name)
    return documents.read(documents.make(releases.select_related("plan__intake__patient").latest("number")))


def _patient(person, crew):
    with _days_ago(max(0, -(person.day or 0))):
        link = filling.make_patient(crew.desk(), person, crew.ann.pk)
        intake = Intake.objects.get(
            patient__given_name=person.given_name, patient__family_name=person.family_name
        )
        _go_the_way(person, link, crew.practitioner(), intake)
    for visit in VISITS.get(person.given_name, ()):
        with _days_ago(-person.day - visit.days):
            visits.record(crew.practitioner(), intake, visit)
    if person.given_name in VISITS:
        visits.come_today(crew.desk(), intake, person, crew.ann.pk)
    ended = not intake.invitations.filter(state="active").exists()
    return {
        "name": f"{person.given_name} {person.family_name}",
        "birth_date": person.birth_date,
        "state": person.state,
        "link": None if ended else link,
    }


def _go_the_way(person, link, practitioner, intake):
    if person.state == "invited":
        return
    hands, start = filling.fill_in(link, person)
    if person.decide:
        filling.decide(practitioner, person, intake.code)
    if person.given_name in GLASSES:
        glasses.recognise(hands, start, person.given_name)
    if person.given_name in PLANS:
        glasses.compose(practitioner, intake, person.given_name)


@contextmanager
def _days_ago(days):
    """Let the pages be used as if on another day: the one thing that no page can do is let time pass."""
    if not days:
        yield
        return
    real = timezone.now
    with mock.patch("django.utils.timezone.now", lambda: real() - datetime.timedelta(days=days)):
        yield
