"""Attacks on part B: a link that has ended, somebody else's link, a shared device, and answers that were not sent."""

import html

import pytest
from django.urls import reverse

from backup_plan_site.staff.models import AuditEvent
from backup_plan_site.web.models import Once
from intake import actions as part_a
from plans import actions as plan_actions
from tests.patients import Kept, at_glasses
from triggers import actions
from triggers.glasses import GLASSES, glasses

OWN, MISSED = "Zwemmen in de vijver van Hofstade", "De kelder van nonkel Sooi"
PAGES = [("start",), ("lesson",), ("condition", 1), ("glass", 1), ("glass", 13), ("shelf",), ("check",)]


def text(response):
    return html.unescape(response.content.decode())


def busy(story):
    """In the middle of part B, with words of one's own and the private sentence."""
    for key, told in {
        "sitting": {"recognised": ["sitting-1"], "fills": "yes"},
        "social-net": {"recognised": ["social-net-8"], "fills": "bit"},
    }.items():
        actions.save_glass(story.actor, story.questionnaire, key, **told)
    shelf = {"sitting": {"size": "giant", "compensated": True, "own_words": OWN}}
    actions.save_shelf(story.actor, story.questionnaire, glasses=shelf, missing=MISSED)
    return story


@pytest.fixture
def story(cast):
    return busy(at_glasses(cast.a, given="Anna", family="Peeters"))


def end_link(how, story, actor):
    if how == "revoked":
        part_a.revoke(actor, story.invitation)
    elif how == "closed":
        part_a.close_intake(actor, story.intake)
    else:
        type(story.intake).objects.filter(pk=story.intake.pk).update(appointment_at="2020-01-01T10:00Z")


@pytest.mark.parametrize("how", ["revoked", "closed", "over"])
@pytest.mark.parametrize("page", PAGES)
def test_a_link_that_ends_half_way_shows_nothing_and_takes_nothing(cast, story, how, page):
    phone = story.phone()
    assert phone.get(story.page("check")).status_code == 200
    end_link(how, story, cast.actor("practitioner_a"))
    before = Kept().fingerprint()

    answers = [
        phone.get(story.page(*page)),
        phone.send(story.page(*page), {"recognised": ["none"], "missing": "x"}),
        phone.send(story.page(*page), {"language": "nl"}),
        phone.send(story.page(*page), {"skip": "1"}),
    ]

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert not [answer for answer in answers if OWN in text(answer) or MISSED in text(answer)]
    assert Kept().fingerprint() == before


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_link_opens_no_page_of_mine(cast, story, page):
    stranger = busy(at_glasses(cast.a, given="Bart", family="Claes")).phone()
    before = Kept().fingerprint()

    for answer in (
        stranger.get(story.page(*page)),
        stranger.send(story.page(*page), {"recognised": ["none"]}),
    ):
        assert answer.status_code in (404, 405)
        assert OWN not in text(answer)

    assert Kept().fingerprint() == before


def test_what_was_not_sent_shows_on_no_page_of_the_practice(cast, story):
    pieter, client = cast.actor("practitioner_a"), cast.client("practitioner_a")
    plan = plan_actions.open_plan(pieter, story.intake)
    pages = [
        reverse("desk:worklist") + "?show=all",
        reverse("desk:glasses", args=[story.intake.code]),
        reverse("desk:plan", args=[plan.code]),
        reverse("desk:review", args=[story.intake.code]),
        reverse("desk:patient", args=[story.patient.code]),
        reverse("desk:visits", args=[story.intake.code]),
        reverse("staff:audit"),
    ]
    private = next(one for one in glasses()["social-net"].statements if one.private)

    for url in pages:
        page = text(client.get(url))
        for words in (
            OWN,
            MISSED,
            private.text.en,
            private.text.nl,
            glasses()["sitting"].statements[0].text.en,
        ):
            assert words not in page, (url, words)
    assert not plan.glasses.exists()
    assert not plan.strengths.exists()


def test_the_desk_and_the_owner_read_no_glass_after_sending_either(cast, story):
    actions.send_glasses(story.actor, story.questionnaire)
    plan = plan_actions.open_plan(cast.actor("practitioner_a"), story.intake)
    names = [glasses()[key].label.nl for key in ("social-net",)] + [OWN, MISSED, '<svg class="strip']

    for who in ("desk_a", "owner_a"):
        client = cast.client(who)
        page = text(client.get(reverse("desk:worklist") + "?show=all"))
        assert "Anna" in page
        assert not [one for one in names if one in page], who
        for name, code in (
            ("glasses", story.intake.code),
            ("plan", plan.code),
            ("visits", story.intake.code),
        ):
            assert client.get(reverse(f"desk:{name}", args=[code])).status_code == 403
    assert "<svg" in text(cast.client("practitioner_a").get(reverse("desk:worklist") + "?show=all"))


def test_a_shared_tablet_keeps_no_answer_and_the_next_patient_finds_an_own_session(cast, story):
    tablet = story.phone()
    mine = tablet.session.session_key
    tablet.send(story.page("check"))
    other = busy(at_glasses(cast.a, given="Bart", family="Claes"))
    tablet.send(other.link, other.born)

    assert tablet.session.session_key != mine
    assert OWN not in str(dict(tablet.session.items()))
    for page in PAGES:
        assert tablet.get(story.page(*page)).status_code == 404
    assert not [row for row in Once.objects.values() if OWN in str(row)]


def test_no_address_and_no_line_of_the_trail_says_what_was_recognised(story):
    phone = story.phone()
    places = [phone.get(story.page("start"))]
    for number, key in enumerate(GLASSES, start=1):
        first = glasses()[key].statements[-1].id
        fields = {"recognised": [first], "fills": "yes", "filter_answer": "yes"}
        places.append(phone.send(story.page("glass", number), fields))
    places.append(phone.send(story.page("check")))

    addresses = " ".join(answer.headers.get("Location", "") for answer in places)
    assert not [key for key in GLASSES if key in addresses]
    facts = [value for event in AuditEvent.objects.all() for value in event.facts.values()]
    assert not [value for value in facts if value in ("yes", "bit", "no", "giant") or "-8" in str(value)]
    assert story.questionnaire.sent_at


def test_the_same_key_on_another_page_changes_nothing(story):
    phone, key = story.phone(), "6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c33"
    fields = {"recognised": ["heavy-work-1"], "fills": "yes"}
    phone.get(story.page("glass", 2))  # Brings the cookie that names this browser, as for everybody.
    assert phone.send(story.page("glass", 2), fields, key=key).status_code == 302
    before = Kept().fingerprint()

    assert phone.send(story.page("glass", 3), {"recognised": ["none"]}, key=key).status_code == 409
    assert phone.send(story.page("check"), key=key).status_code == 409

    assert Kept().fingerprint() == before
    assert not story.questionnaire.sent_at
