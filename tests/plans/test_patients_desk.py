"""The desk's own work: patients, intakes, links, the search; and that nobody else's row gets in by a form."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.models import AuditEvent
from intake.models import Intake, Invitation, Patient
from tests.patients import Kept, Phone, begin, birth_date, sent

NEW = {"given_name": "Tuur", "family_name": "Maes", "birth_date": "1980-02-01", "language": "nl"}


@pytest.fixture
def desk(cast):
    return cast.client("desk_a")


def send(client, name, code=None, /, **fields):
    url = reverse(f"desk:{name}", args=[code] if code else [])
    return client.post(url, {"once_key": str(uuid.uuid4()), **fields})


# --- making ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["desk_a", "practitioner_a"])
def test_patient_intake_and_slip_are_made_in_one_go(cast, who):
    pieter = cast.people["practitioner_a"]

    answer = send(
        cast.client(who),
        "patient-new",
        **NEW,
        appointment_at="2030-05-06T09:30",
        practitioner=pieter.pk,
        channel="slip",
    )

    patient, intake, invitation = Patient.objects.get(), Intake.objects.get(), Invitation.objects.get()
    assert answer["Location"] == reverse("desk:link-slip", args=[invitation.code])
    assert (patient.practice, patient.full_name, patient.birth_date) == (
        cast.a,
        "Tuur Maes",
        datetime.date(1980, 2, 1),
    )
    assert (intake.patient, intake.practice, intake.practitioner) == (patient, cast.a, pieter)
    assert timezone.localtime(intake.appointment_at).isoformat() == "2030-05-06T09:30:00+02:00"
    assert (invitation.intake, invitation.channel, invitation.created_by) == (
        intake,
        "slip",
        cast.people[who],
    )


def test_the_slip_opens_the_intake_by_its_own_address(cast, desk):
    send(desk, "patient-new", **NEW, channel="slip")

    page = desk.get(reverse("desk:link-slip", args=[Invitation.objects.get().code])).content.decode()

    link = re.search(r"/l/[A-Za-z0-9_-]{43}/", page)[0]
    assert "<svg" in page
    assert "Tuur" not in re.search(r'<section class="slip".*?</section>', page, re.S)[0]
    opened = Phone().send(link, birth_date(datetime.date(1980, 2, 1)))
    assert opened["Location"] == reverse("intake:start", args=[Intake.objects.get().code])


def test_a_link_by_mail_waits_in_the_outbox(cast, desk):
    answer = send(desk, "patient-new", **NEW, email="tuur@example.org", channel="email")

    assert answer["Location"] == reverse("desk:patient", args=[Patient.objects.get().code])
    job = Job.objects.get(kind="invitation-mail")
    assert job.ids == {"invitation": Invitation.objects.get().pk}


def test_without_an_address_no_link_goes_by_mail(cast, desk):
    answer = send(desk, "patient-new", **NEW, channel="email")

    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    assert not Patient.objects.exists()


def test_a_known_patient_gets_a_second_complaint_of_its_own(cast, desk):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})

    send(desk, "intake-new", story.patient.code, appointment_at="2030-05-06T09:30")

    newest = Intake.objects.latest("pk")
    assert (newest.patient, newest.screening, newest.language) == (story.patient, None, "en")
    assert story.state == "blocked"


def test_changing_details_keeps_the_rest_and_leaves_a_line(cast, desk):
    story = begin(cast.a)
    form = {**NEW, "given_name": "Milo", "family_name": "Stevens-Maes", "phone": "+32 471 11 11 11"}

    answer = send(desk, "patient-edit", story.patient.code, **form)

    story.patient.refresh_from_db()
    assert answer["Location"] == reverse("desk:patient", args=[story.patient.code])
    assert (story.patient.full_name, story.patient.phone) == ("Milo Stevens-Maes", "+32 471 11 11 11")
    facts = AuditEvent.objects.get(verb="patient.changed").facts
    assert "family_name" in facts["fields"]
    assert "Stevens-Maes" not in repr(facts)


def test_another_birth_date_is_asked_at_the_link_from_then_on(cast, desk):
    story = begin(cast.a)

    send(desk, "patient-edit", story.patient.code, **NEW)

    assert Phone().send(story.link, story.born)["Location"] == story.link
    opened = Phone().send(story.link, birth_date(datetime.date(1980, 2, 1)))
    assert opened["Location"] == story.url("start")


def test_withdrawing_and_closing_twice_is_told_calmly(cast, desk):
    story = begin(cast.a)

    for name, code in (("link-revoke", story.invitation.code), ("intake-close", story.intake.code)):
        answers = [send(desk, name, code) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]

    assert Invitation.objects.get().state == "revoked"
    assert Intake.objects.get().closed_at


def test_a_closed_intake_gets_no_new_link_and_no_new_appointment(cast, desk):
    story = begin(cast.a)
    send(desk, "intake-close", story.intake.code)

    answers = [
        send(desk, "link-new", story.intake.code, channel="slip"),
        send(desk, "intake-edit", story.intake.code, appointment_at="2030-05-06T09:30"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Invitation.objects.count() == 1


# --- finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Debacquer", "Kestemont", "Ysenbrandt"]),
        ("kest", ["Kestemont"]),
        ("florentijn DEBACQUER", ["Debacquer"]),
        ("Vuylsteke", []),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_the_search_finds_parts_of_names_of_the_own_practice(cast, patients, desk, typed, found):
    page = desk.post(reverse("desk:patients"), {"q": typed})

    assert page.status_code == 200
    assert re.findall(r'<a href="/desk/patients/[0-9a-f-]{36}/">([^,]+),', page.content.decode()) == found


def test_a_search_writes_nothing_and_stands_in_no_address(cast, patients, desk):
    before = Kept().fingerprint()

    page = desk.post(reverse("desk:patients"), {"q": "Kestemont"}).content.decode()

    assert Kept().fingerprint() == before
    assert not re.search(r'(href|action)="[^"]*Kestemont', page)


# --- mass assignment ----------------------------------------------------------------------------


def forged(cast):
    """Every other field of the rows, as somebody could add them to a form."""
    other = begin(cast.b)
    row = {
        "practice": cast.b.pk,
        "practice_id": cast.b.pk,
        "code": str(uuid.uuid4()),
        "id": 999_999,
        "pk": 999_999,
        "patient": other.patient.pk,
        "patient_id": other.patient.pk,
        "intake": other.intake.pk,
        "state": "cleared",
        "closed_at": "2020-01-01",
        "opened_at": "2020-01-01",
        "sent_at": "2020-01-01",
        "began_on": "2001-01-01",
        "created_at": "2001-01-01",
        "token_hash": "0" * 64,
        "sealed_token": "x",
        "wrong_birth_dates": 4,
        "unhandled": 9,
        "decision": "cleared",
        "urgency": "talk",
        "settled_urgency": "talk",
        "by": cast.people["owner_b"].pk,
        "by_name": "Iemand anders",
        "at": "2001-01-01",
        "kind": "cleared",
        "raised_by": cast.people["owner_b"].pk,
        "author": cast.people["owner_b"].pk,
        "roles": "owner",
        "is_superuser": "on",
        "_state": "x",
        "_connector": "OR",
    }
    return row


def test_a_form_for_a_patient_writes_its_own_fields_only(cast, desk):
    answer = send(desk, "patient-new", **{**forged(cast), **NEW, "channel": "slip"})
    assert answer.status_code == 302

    patient = Patient.objects.get(given_name="Tuur")
    intake, invitation = patient.intakes.get(), patient.intakes.get().invitations.get()
    assert {patient.practice, intake.practice, invitation.practice} == {cast.a}
    assert patient.pk != 999_999
    assert (intake.closed_at, intake.opened_at, intake.began_on) == (None, None, timezone.localdate())
    assert (invitation.state, invitation.wrong_birth_dates) == ("active", 0)
    assert invitation.token_hash != "0" * 64
    assert (timezone.now() - patient.created_at).total_seconds() < 60


@pytest.mark.parametrize(
    "page", ["patient-edit", "intake-edit", "intake-new", "link-new", "note", "not-reassured"]
)
def test_no_form_moves_a_row_to_another_practice_patient_or_person(cast, page):
    story = sent(cast.a)
    browser = cast.client("practitioner_a")
    code = story.patient.code if page in ("patient-edit", "intake-new") else story.intake.code
    right = {
        "patient-edit": NEW,
        "intake-edit": {"appointment_at": "2030-05-06T09:30"},
        "intake-new": {"appointment_at": "2030-05-06T09:30"},
        "link-new": {"channel": "slip"},
        "note": {"text": "Belt terug."},
        "not-reassured": {"explanation": "Grauw."},
    }[page]
    extra = forged(cast)
    abroad = Kept().fingerprint(cast.b)

    assert send(browser, page, code, **{**extra, **right}).status_code == 302

    assert Kept().fingerprint(cast.b) == abroad
    story.patient.refresh_from_db()
    story.intake.refresh_from_db()
    assert (story.patient.practice, story.intake.practice, story.intake.patient) == (
        cast.a,
        cast.a,
        story.patient,
    )
    assert story.intake.closed_at is None
    assert story.screening.state == ("blocked" if page == "not-reassured" else "passed")
    assert all(note.author == cast.people["practitioner_a"] for note in story.intake.notes.all())
    assert all(flag.urgency == "days" for flag in story.screening.flags.all())


@pytest.mark.parametrize("who", ["practitioner_b", "owner_a", "stranger", "desk_a"])
def test_only_practitioners_of_the_practice_can_be_chosen(cast, desk, who):
    answer = send(desk, "patient-new", **NEW, practitioner=cast.people[who].pk)

    assert answer.status_code == 200
    assert not Patient.objects.exists()


def test_the_patients_forms_write_answers_to_their_own_questions_only(cast):
    story = begin(cast.a).consent()
    extra = {
        **forged(cast),
        "rf3-heart": "yes",
        "regions": "neck",
        "email": "x@example.org",
        "given_name": "Ik",
    }

    story.phone().send(story.url("about"), {**extra, "sex": "male", "phone": "+32 472 22 22 22"})

    assert set(story.answers()) == {"sex", "pregnant", "gp"}
    patient = Patient.objects.get(pk=story.patient.pk)
    assert (patient.phone, patient.email, patient.given_name) == (
        "+32 472 22 22 22",
        "milo@example.org",
        "Milo",
    )
    assert (story.state, story.screening.sent_at, story.screening.practice) == ("incomplete", None, cast.a)
