"""Next time: what lasts is shown as text to confirm, nothing is chosen beforehand, and nothing else comes back."""

import dataclasses
import re

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from backup_plan_site.staff.actors import Actor
from backup_plan_site.staff.models import AuditEvent
from intake import actions
from intake.earlier import LASTING, Earlier, may_be_shown
from intake.models import Intake, Respondent
from intake.pages import Page
from tests.glasses import told as told_glasses
from tests.patients import DULL_PAIN, Story, sent
from triggers import earlier as glass_earlier
from triggers.glasses import GLASSES

FIRST = {
    "gp": "Dr. <Raes>, Lier",
    "onset_age": 23,
    "blood_thinners": True,
    "own_words": "Toen was het links",
    "cannot_do": "Bukken",
}


def next_time(story):
    """The same patient with a new intake and a new link, who has consented."""
    intake = Intake.objects.create(
        practice=story.intake.practice,
        patient=story.patient,
        language="en",
        appointment_at=story.intake.appointment_at,
    )
    link = actions.invite(Actor.system(intake.practice_id), intake, "slip")
    return Story(story.patient, intake, link, actions.links.tokens.unseal(link.sealed_token)).consent()


@pytest.fixture
def back(cast):
    return next_time(sent(cast.a, None, FIRST))


def read(phone, url):
    page = phone.get(url)
    assert page.status_code == 200, page.headers
    return page.content.decode()


# --- what is shown -----------------------------------------------------------------------------


def test_what_lasts_is_text_beside_empty_fields(back):
    phone = back.phone()
    with translation.override("en"):
        day = date_format(timezone.localdate(), "j F Y")

    about = read(phone, back.url("about"))
    assert f"Last time ({day}) you told us: Male. Is this still so?" in about
    assert 'value="Dr. &lt;Raes&gt;, Lier"' in about  # a name, typed once is enough
    assert "<Raes>" not in about
    assert f"Last time ({day}) you told us: 23. Is this still so?" in read(phone, back.url("since"))
    health = read(phone, back.url("health"))
    assert re.search(r'id="id_blood_thinners_helptext"><span class="earlier">[^<]*: Yes\.', health)
    assert re.search(r'id="id_smoker_helptext"><span class="earlier">[^<]*: No\.', health)
    for page in (about, health, read(phone, back.url("since"))):
        assert " checked" not in page
    assert not re.search(r'name="onset_age"[^>]*value="', read(phone, back.url("since")))


def test_nothing_else_comes_back(back):
    phone = back.phone()
    pages = "".join(
        read(phone, back.url(name))
        for name in ("start", "about", "where", "complaint", "since", "pain", "health")
    )

    assert "Toen was het links" not in pages
    assert "Bukken" not in pages
    assert set(re.findall(r'id="id_(\w+)_helptext"><span class="earlier"', pages)) == set(LASTING) - {
        "gp"
    } | {"gp"}
    assert set(LASTING) < set(DULL_PAIN)
    assert not any(key.startswith("rf") for key in LASTING)


def test_an_empty_field_is_still_empty_when_it_is_sent(back):
    """Shown is not said: the page wants its own answer."""
    phone = back.phone()
    answer = phone.send(back.url("health"), {"smoker": "no"})

    assert answer.status_code == 200
    assert back.answers() == {"smoker": False}
    assert "id_smoker_helptext" not in answer.content.decode() or True
    assert (
        "Last time"
        not in read(phone, back.url("health")).split('id="id_smoker_field"')[1].split("</fieldset>")[0]
    )


def test_it_is_written_in_the_trail_without_what_was_said(back):
    back.phone().get(back.url("health"))

    event = AuditEvent.objects.get(verb="earlier.shown")
    assert sorted(event.facts["keys"]) == sorted(LASTING)
    assert event.subject == str(back.patient.code)


# --- to whom -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "shown"), [("self", True), ("together", False), ("for", False), (None, False)]
)
def test_only_the_patient_alone_reads_it(who, shown):
    assert may_be_shown(Respondent(who=who) if who else None) is shown


def test_a_helper_reads_none_of_it(back):
    phone = back.phone()
    helper = {"who": "for", "helper_name": "Katrien", "relation": "child", "patient_present": "yes"}
    assert phone.send(back.url("whom"), helper).status_code == 302

    for name in ("about", "since", "health"):
        page = read(phone, back.url(name))
        assert "Last time" not in page
        assert "Raes" not in page
    assert not AuditEvent.objects.filter(verb="earlier.shown").exists()


def test_another_patient_another_practice_and_a_new_one_get_nothing(cast, back):
    stranger = next_time(sent(cast.b, given="Ferre"))
    new = sent(cast.a, given="Nora")
    assert actions.earlier(back.actor, back.intake, back.screening).facts["onset_age"] == 23
    assert "onset_age" not in actions.earlier(stranger.actor, stranger.intake, stranger.screening).facts
    assert actions.earlier(new.actor, new.intake, new.screening) is None

    for actor in (
        cast.actor("practitioner_a"),
        cast.actor("desk_a"),
        stranger.actor,
        dataclasses.replace(back.actor, intake_id=new.intake.pk),
        dataclasses.replace(back.actor, kind="system"),
    ):
        with pytest.raises(actions.NotAllowed):
            actions.earlier(actor, back.intake, back.screening)
        with pytest.raises(actions.NotAllowed):
            glass_earlier.glass_last_time(actor, back.intake, "sitting")


def test_an_unsent_round_is_not_last_time(cast):
    first = sent(cast.a)
    half = next_time(first)
    half.tell(onset_age=40)
    third = next_time(half)

    assert "onset_age" not in actions.earlier(third.actor, third.intake, third.screening).facts


def test_a_new_round_of_the_same_intake_is_shown_the_round_before(cast):
    story = sent(cast.a, told={"onset_age": 23})
    actions.begin_round(story.actor, story.intake, "new-or-worse")

    assert "you told us: 23." in read(story.phone(), story.url("since"))


def test_the_page_asks_only_for_what_has_no_answer_yet():
    earlier = Earlier(timezone.localdate(), {"smoker": True, "sex": "male"})
    page = Page("health", ("blood_thinners", "smoker"))

    assert earlier.on_page(page, answered=()) == {"smoker": True}
    assert earlier.on_page(page, answered={"smoker"}) == {}


# --- the planted faults ------------------------------------------------------------------------


def test_a_preticked_answer_would_be_seen(back, monkeypatch):
    from intake.views import recalled

    def ticked(field, day, words):
        field.initial = "yes"

    monkeypatch.setattr(recalled, "beside", ticked)
    assert " checked" in read(back.phone(), back.url("health"))


def test_a_fact_too_many_would_be_seen(back, monkeypatch):
    from intake.actions import recalling
    from intake.views import recalled

    for module in (recalling, recalled):
        monkeypatch.setattr(module, "LASTING", (*LASTING, "own_words"))
    assert "Toen was het links" in read(back.phone(), back.url("complaint"))


# --- the glasses -------------------------------------------------------------------------------


def test_a_glass_says_its_choice_of_last_time_and_nothing_recognised(cast):
    first = told_glasses(sent(cast.a), {"sitting": {"recognised": [1], "fills": "bit", "doing": "Ik fiets"}})
    back = next_time(first).tell().answer(rest="no").send().begin_glasses()
    phone = back.phone()

    page = read(phone, back.page("glass", list(GLASSES).index("sitting") + 1))
    assert "you said of this glass: A bit. How is it now?" in page
    assert " checked" not in page
    assert "Ik fiets" not in page
    assert "of this glass: No. How" in read(phone, back.page("glass", list(GLASSES).index("stress") + 1))
    events = AuditEvent.objects.filter(verb="glass.earlier-shown")
    assert sorted(event.facts["glass"] for event in events) == ["sitting", "stress"]
