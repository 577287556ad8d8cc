"""Making the demo: the practice and its staff, then each patient through the pages."""

from django.utils import timezone

from backup_plan_site.staff.models import Membership, Practice, User
from intake.models import Patient

from . import filling
from .people import PASSWORD, PEOPLE, PRACTICE, STAFF


def make():
    """Make everything and return what `./run demo` prints: staff with passwords, patients with link paths."""
    practice = Practice.objects.create(**PRACTICE)
    for email, name, roles in STAFF:
        user = User.objects.create_user(email, name, PASSWORD)
        Membership.objects.bulk_create(
            Membership(practice=practice, user=user, role=role, began_at=timezone.now()) for role in roles
        )
    ann = User.objects.get(email=STAFF[1][0])
    desk, practitioner = filling.staff(STAFF[3][0]), filling.staff(ann.email)
    return {
        "staff": [
            {"email": email, "password": PASSWORD, "role": roles[0], "totp_secret": None}
            for email, _name, roles in STAFF
        ],
        "patients": [_patient(person, desk, practitioner, ann) for person in PEOPLE],
    }


def _patient(person, desk, practitioner, ann):
    link = filling.make_patient(desk, person, ann.pk)
    if person.state != "invited":
        filling.fill_in(link, person)
    if person.decide:
        patient = Patient.objects.get(given_name=person.given_name, family_name=person.family_name)
        filling.decide(practitioner, person, patient.intakes.get().code)
    return {
        "name": f"{person.given_name} {person.family_name}",
        "birth_date": person.birth_date,
        "state": person.state,
        "link": link,
    }
