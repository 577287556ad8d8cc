"""Part B together in the consult: opened by the practitioner in the own login, with the patient beside the screen."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.staff.models import AuditEvent, Membership
from intake import actions
from intake.models import Invitation, Respondent, Screening
from plans.desk import who_answered
from tests.cast import in_english
from tests.patients import Kept, Phone, at_glasses, begin, sent
from triggers.models import GlassAnswer

KEY = "0b3a8f0e-61a5-4a0c-9c53-6d6e1f9a2c40"


@pytest.fixture
def story(cast):
    return sent(cast.a, given="Georgette", family="Maes")


@pytest.fixture
def practitioner(cast):
    return in_english(log_in(cast, "practitioner_a"))


def log_in(cast, who):
    """A client of the staff that posts forms as `Phone` does."""
    client = Phone()
    client.cookies = cast.client(who).cookies
    return client


def text(answer):
    assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def desk(story, name="glasses"):
    return reverse(f"desk:{name}", args=[story.intake.code])


def sit(practitioner, story, **more):
    """Press 'Fill in together'. Returns where it leads."""
    return practitioner.send(desk(story, "together"), **more)["Location"]


def button(page):
    return "Fill in together" in page


# --- the button ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("passed", True),
        pytest.param("cleared", True, marks=pytest.mark.long),
        ("hold", True),
        ("blocked", False),
        pytest.param("referred", False, marks=pytest.mark.long),
        pytest.param("blocked-now", False, marks=pytest.mark.long),
    ],
)
def test_the_button_stands_there_while_step_1_lets_through(practitioner, story, state, offered):
    Screening.objects.filter(intake=story.intake).update(state=state)
    before = Kept().fingerprint()

    assert button(text(practitioner.get(desk(story)))) is offered

    to = sit(practitioner, story)
    assert to == (story.page("start") if offered else desk(story))
    assert offered or Kept().fingerprint() == before


def test_it_is_gone_before_part_a_is_sent_after_part_b_is_and_when_the_intake_is_closed(cast, practitioner):
    busy = begin(cast.a).consent().tell()
    done = at_glasses(cast.a)
    done_phone = done.phone()
    done_phone.send(done.page("check"))

    for story in (busy, done):
        assert not button(text(practitioner.get(desk(story))))
        assert sit(practitioner, story) == desk(story)
    actions.close_intake(cast.actor("desk_a"), busy.intake)
    assert practitioner.send(desk(busy, "together")).status_code == 404
    assert not Invitation.objects.filter(channel="consult").exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("desk_a", 403), ("owner_a", 403), ("desk_b", 403), ("practitioner_b", 404), ("owner_b", 403)],
)
def test_nobody_else_opens_it(cast, story, who, status):
    client = log_in(cast, who)
    before = Kept().fingerprint()

    assert client.send(desk(story, "together")).status_code == status

    assert Kept().fingerprint() == before
    assert client.get(story.page("start")).status_code == 404


def test_the_verb_itself_refuses_who_is_no_practitioner_here(cast, story):
    for who in ("desk_a", "owner_a", "practitioner_b"):
        with pytest.raises(actions.NotAllowed):
            actions.sit_together(cast.actor(who), story.intake)
    with pytest.raises(actions.NotAllowed):
        actions.sit_together(story.actor, story.intake)


# --- in the consult -----------------------------------------------------------------------------


def test_it_opens_part_b_in_this_login_and_writes_down_with_whom(cast, practitioner, story):
    assert sit(practitioner, story) == story.page("start")

    row = Respondent.objects.get(way="consult")
    assert (row.who, row.staff, row.staff_name) == (
        "self",
        cast.people["practitioner_a"],
        cast.people["practitioner_a"].name,
    )
    assert "Together with <strong>Georgette</strong>" in text(practitioner.get(story.page("start")))
    assert desk(story) in text(practitioner.get(story.page("lesson")))
    assert text(practitioner.get(reverse("desk:worklist")))
    events = AuditEvent.objects.filter(verb__in=("link.made", "consult.begun"), user=row.staff)
    assert {event.verb for event in events} == {"link.made", "consult.begun"}


def test_nobody_is_asked_for_whom_and_no_hand_changes_it(practitioner, story):
    sit(practitioner, story)

    assert story.url("whom") not in text(practitioner.get(story.page("start")))
    assert practitioner.get(story.url("whom"))["Location"] == story.url("start")
    practitioner.send(story.url("whom"), who="self")
    assert Respondent.objects.filter(intake=story.intake).count() == 1


def fill_in(client, story):
    client.send(story.page("lesson"))
    client.send(story.page("condition", 1), recognised="none")
    client.send(story.page("glass", 1), recognised="sitting-1", fills="yes")


def test_after_sending_the_glasses_are_there_at_the_desk(practitioner, story):
    sit(practitioner, story)
    fill_in(practitioner, story)

    assert practitioner.send(story.page("check"), key=KEY)["Location"] == desk(story)

    assert practitioner.send(story.page("check"), key=KEY)["Location"] == desk(story), "a second press"
    page = text(practitioner.get(desk(story)))
    assert "Filled in by the patient, together in the consult, Pieter Vanackere." in page
    assert not button(page)
    assert GlassAnswer.objects.get(glass="sitting").respondent.way == "consult"
    assert practitioner.get(story.page("start")).status_code == 404


def test_the_advice_of_step_1_comes_first_here_too(cast, practitioner):
    story = begin(cast.a).consent().tell().answer({"rf1-steroid-use": "yes"}, rest="no").send()

    sit(practitioner, story)

    assert practitioner.get(story.page("start"))["Location"] == story.url("care")
    assert practitioner.send(story.page("lesson"))["Location"] == story.url("care")
    practitioner.send(story.url("care"), urgency="talk")
    assert practitioner.get(story.page("start")).status_code == 200


@pytest.mark.long
def test_the_patients_own_link_goes_on_beside_it(practitioner, story):
    phone = story.phone()
    sit(practitioner, story)
    fill_in(practitioner, story)

    assert phone.get(story.page("glass", 2)).status_code == 200


@pytest.mark.database
def test_two_presses_keep_the_login_and_open_one_consult(practitioner, story):
    for _press in range(2):
        assert sit(practitioner, story, key=KEY) == story.page("start")

    assert Invitation.objects.filter(channel="consult").count() == 1
    assert text(practitioner.get(desk(story)))


@pytest.mark.long
def test_the_next_patient_is_never_mixed_up(cast, practitioner, story):
    other = sent(cast.a, given="Odette", family="Claes")
    sit(practitioner, story)
    sit(practitioner, other)
    fill_in(practitioner, story)

    assert "Together with <strong>Georgette</strong>" in text(practitioner.get(story.page("start")))
    assert "Together with <strong>Odette</strong>" in text(practitioner.get(other.page("start")))
    assert GlassAnswer.objects.get().respondent.intake == story.intake


# --- how it ends --------------------------------------------------------------------------------


def test_it_ends_with_the_day_of_the_practice(cast, story):
    cast.a.time_zone = "America/New_York"
    cast.a.save()
    actions.sit_together(cast.actor("practitioner_a"), story.intake)
    at = datetime.datetime(2026, 11, 21, 3, 0, tzinfo=datetime.UTC)
    Invitation.objects.filter(channel="consult").update(created_at=at)
    invitation = Invitation.objects.get(channel="consult")

    # Ten in the evening of the 20th there: midnight is five o'clock here.
    assert invitation.ends_at == datetime.datetime(2026, 11, 21, 5, 0, tzinfo=datetime.UTC)


def test_yesterdays_consult_opens_nothing(practitioner, story):
    sit(practitioner, story)
    assert practitioner.get(story.page("start")).status_code == 200
    day = datetime.timedelta(days=1)
    Invitation.objects.filter(channel="consult").update(created_at=timezone.now() - day)

    assert practitioner.get(story.page("start")).status_code == 404


def test_signing_out_closes_it(cast, practitioner, story):
    sit(practitioner, story)

    practitioner.post(reverse("account_logout"))

    assert practitioner.get(story.page("start")).status_code == 404


def test_who_is_no_practitioner_here_any_more_does_not_go_on(cast, practitioner, story):
    sit(practitioner, story)
    Membership.objects.filter(user=cast.people["practitioner_a"]).update(role="desk")

    assert practitioner.get(story.page("start")).status_code == 404


def test_its_code_in_another_session_opens_nothing(cast, practitioner, story):
    sit(practitioner, story)
    invitation = Invitation.objects.get(channel="consult")

    for client in (Phone(), log_in(cast, "practitioner_b"), log_in(cast, "desk_a")):
        client.get(reverse("intake:home"))
        session = client.session
        session["opened_links"] = {str(story.intake.code): str(invitation.code)}
        session.save()
        if not client.cookies.get("sessionid"):
            client.cookies["sessionid"] = session.session_key
        assert client.get(story.page("start")).status_code == 404


def test_a_door_that_does_not_look_who_is_signed_in_is_seen(cast, practitioner, story, monkeypatch):
    monkeypatch.setattr("intake.access._may_hold", lambda request, invitation: True)
    sit(practitioner, story)

    Membership.objects.filter(user=cast.people["practitioner_a"]).update(role="desk")

    assert practitioner.get(story.page("start")).status_code == 200


# --- who answered, in words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "the patient, on their own screen"),
        ({"way": "tablet"}, "the patient, on the tablet in the waiting room"),
        (
            {"who": "together", "helper_name": "Ann", "relation": "child"},
            "the patient, together with Ann (son or daughter), on their own screen",
        ),
        (
            {"who": "for", "helper_name": "Ann", "relation": "child", "patient_present": True},
            "Ann (son or daughter) for the patient, patient present, on their own screen",
        ),
        (
            {
                "who": "for",
                "helper_name": "Jo",
                "relation": "carer",
                "patient_present": False,
                "way": "tablet",
            },
            "Jo (somebody from care at home) for the patient, patient not present, on the tablet in the waiting room",
        ),
        ({"way": "paper", "staff_name": "Dora"}, "the patient, on paper, typed in here, Dora"),
        ({"way": "consult", "staff_name": "Ann"}, "the patient, together in the consult, Ann"),
    ],
)
def test_who_answered_is_said_in_words(row, words):
    from django.utils import translation

    with translation.override("en"):
        assert who_answered.words(Respondent(**row)) == words
