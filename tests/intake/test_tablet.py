"""The practice's tablet: a code opens once, wrong ones are counted, and afterwards nothing stays behind on it."""

import copy
import datetime
import re
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from backup_plan_site.staff.models import AuditEvent
from backup_plan_site.web.models import Once
from intake import actions, tablet, tokens, tries
from intake.models import Answer, Invitation, Notice, Respondent
from tests.cast import in_english
from tests.database_state import DatabaseState
from tests.patients import PAGES, Phone, at_glasses, begin, birth_date

CODE, BIRTH_DATE, THANKS = "/tablet/", "/tablet/birth-date/", "/tablet/thanks/"
WRONG = birth_date(datetime.date(1971, 1, 2))
UNKNOWN = "This code does not work."
ENDED = 404


@pytest.fixture
def story(cast):
    return begin(cast.a, given="Georgette", family="Maesschalck", language="en")


def in_waiting_room():
    return Phone(headers={"accept-language": "en"})


def fresh_code(cast, story):
    """What the desk reads aloud."""
    return actions.put_on_tablet(cast.actor("desk_a"), story.intake)[1]


def invitation_of(story):
    return Invitation.objects.filter(intake=story.intake, channel="tablet").first()


def on_tablet(cast, story):
    """The tablet in the patient's hands, at the hub."""
    screen = in_waiting_room()
    assert screen.send(CODE, code=fresh_code(cast, story))["Location"] == BIRTH_DATE
    assert screen.send(BIRTH_DATE, story.born)["Location"] == story.url("start")
    screen.send(story.url("whom"), who="self")
    return screen


def text(answer):
    assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def later(**by):
    at = timezone.now() + datetime.timedelta(**by)
    return mock.patch("django.utils.timezone.now", return_value=at)


def names(story):
    return (story.patient.given_name, story.patient.family_name, "1991", str(story.intake.code))


def tells_nobody(screen, story):
    """A fault for every trace of this patient on the tablet: on its pages and in its session."""
    faults = [name for name in names(story) if name in str(dict(screen.session.items()))]
    for url in (CODE, BIRTH_DATE, THANKS, reverse("triggers:help"), reverse("intake:home")):
        answer = screen.get(url)
        faults += [f"{url}: {name}" for name in names(story) if name in answer.content.decode()]
    for page in ("start", "whom", "about", "check", "sent"):
        if screen.get(story.url(page)).status_code != ENDED:
            faults.append(page)
    return faults


# --- the code -----------------------------------------------------------------------------------


def test_a_code_has_six_signs_that_nobody_mixes_up():
    made = {tokens.new_code() for _ in range(300)}

    assert len(made) > 295
    assert {len(code) for code in made} == {6}
    assert not set("".join(made)) & set("0O1IL2Z5S8BUV")


SIGN = st.tuples(st.sampled_from(tokens.CODE_SIGNS), st.booleans(), st.sampled_from(["", " ", "-", " . "]))


@settings(max_examples=25)
@given(st.lists(SIGN, min_size=6, max_size=6))
def test_however_it_is_typed_it_is_the_same_code(signs):
    typed = "".join((sign.lower() if small else sign) + then for sign, small, then in signs)

    assert tokens.plain_code(typed) == "".join(sign for sign, _small, _then in signs)


def test_the_desk_sees_the_code_big_once_with_the_way_to_the_tablet(cast, story):
    desk = in_english(cast.client("desk_a"))
    url = reverse("desk:tablet", args=[story.intake.code])

    page = text(desk.post(url, {"once_key": "5e4bb1f8-2f04-4e73-8d18-53ce08a9df1b"}))

    code = re.search(r'tablet-code__big">([^<]+)<', page)[1]
    assert actions.find_code(code) == invitation_of(story)
    assert re.fullmatch(r"\S{3} \S{3}", code)
    assert "<svg" in page
    assert desk.get(url).status_code == 405
    assert tokens.plain_code(code) not in text(desk.get(reverse("desk:patient", args=[story.patient.code])))


def test_only_a_keyed_hash_is_stored(cast, story, settings):
    code = fresh_code(cast, story)
    screen = in_waiting_room()
    screen.send(CODE, code=code)

    row = invitation_of(story)
    assert re.fullmatch(r"[0-9a-f]{64}", row.token_hash)
    assert row.sealed_token == ""
    tables = (Invitation, Session, Once, AuditEvent)
    assert not [row for table in tables for row in table.objects.values_list() if code in repr(row)]
    assert code not in str(dict(screen.session.items()))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key 0123456789 0123456789 0123456789 0123456789"
    assert tokens.code_hash(code) != row.token_hash
    assert actions.find_code(code).pk == row.pk


def test_a_code_in_the_address_of_a_link_opens_nothing(cast, story):
    code = fresh_code(cast, story)

    for token in (code, f"tablet:{code}", f"intake.tablet:{code}"):
        assert Phone().get(reverse("intake:link", args=[token])).status_code == ENDED


def test_a_new_code_ends_the_one_before_and_the_own_link_goes_on(cast, story):
    old = fresh_code(cast, story)
    new = fresh_code(cast, story)

    assert actions.find_code(old) is None
    assert actions.find_code(new)
    assert story.phone().get(story.url("start")).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("owner_a", 403), ("desk_b", 404), ("practitioner_b", 404)])
def test_nobody_else_puts_a_patient_on_the_tablet(cast, story, who, status):
    url = reverse("desk:tablet", args=[story.intake.code])

    assert cast.client(who).post(url, {"once_key": str(story.intake.code)}).status_code == status
    assert not invitation_of(story)


# --- what opens, and what does not --------------------------------------------------------------


def test_from_the_code_to_the_first_page_no_address_holds_a_code_or_a_name(cast, story):
    screen, code = in_waiting_room(), fresh_code(cast, story)
    assert not [name for name in names(story) if name in text(screen.get(CODE))]

    first = screen.send(CODE, code=f" {code[:3].lower()} {code[3:]} ")
    assert first["Location"] == BIRTH_DATE
    page = text(screen.get(BIRTH_DATE))
    assert "Praktijk De Linde" in page
    assert not [name for name in names(story) if name in page]

    assert screen.send(BIRTH_DATE, story.born)["Location"] == story.url("start")
    screen.send(story.url("whom"), who="self")
    story.consent()
    screen.send(story.url("about"), PAGES["about"])
    row = Answer.objects.filter(key="sex").get().respondent
    assert (row.way, row.who) == (Respondent.Way.TABLET, "self")


def ways_to_fail():
    def unknown(cast, story):
        return "ACDEFG"

    def used(cast, story):
        code = fresh_code(cast, story)
        other = in_waiting_room()
        other.send(CODE, code=code)
        other.send(BIRTH_DATE, story.born)
        return code

    def renewed(cast, story):
        code = fresh_code(cast, story)
        fresh_code(cast, story)
        return code

    def withdrawn(cast, story):
        code = fresh_code(cast, story)
        actions.revoke(cast.actor("desk_a"), invitation_of(story))
        return code

    def closed(cast, story):
        code = fresh_code(cast, story)
        actions.close_intake(cast.actor("desk_a"), story.intake)
        return code

    def too_old(cast, story):
        code = fresh_code(cast, story)
        hours = datetime.timedelta(hours=4, minutes=1)
        Invitation.objects.filter(channel="tablet").update(created_at=timezone.now() - hours)
        return code

    return [unknown, used, renewed, withdrawn, closed, too_old]


@pytest.mark.parametrize("way", ways_to_fail(), ids=lambda way: way.__name__)
def test_whatever_is_wrong_with_a_code_the_sentence_is_the_same(cast, story, way):
    code, screen = way(cast, story), in_waiting_room()

    assert screen.send(CODE, code=code)["Location"] == CODE

    page = text(screen.get(CODE))
    assert UNKNOWN in page
    assert screen.get(BIRTH_DATE)["Location"] == CODE
    assert re.findall(r"flash--error.*?<span>(.*?)</span>", page, re.S) == [
        "This code does not work. Check it, or ask at the desk for a new one."
    ]


@pytest.mark.parametrize("typed", ["", "   ", "ABC", "ABCDEFGH", "-- --"])
def test_what_is_no_code_is_said_beside_the_field_and_is_no_try(db, typed):
    screen = in_waiting_room()

    page = text(screen.send(CODE, code=typed))

    assert 'id="id_code_error"' in page
    assert tries.SESSION_KEY not in screen.session


@pytest.mark.database
def test_a_code_opens_once_also_for_two_who_typed_it_at_the_same_time(cast, story):
    code, one, two = fresh_code(cast, story), in_waiting_room(), in_waiting_room()
    for screen in (one, two):
        assert screen.send(CODE, code=code)["Location"] == BIRTH_DATE
    raced = actions.find_on_tablet(invitation_of(story).code)

    assert one.send(BIRTH_DATE, story.born)["Location"] == story.url("start")

    assert actions.open_on_tablet(raced, story.patient.birth_date) is None
    assert two.send(BIRTH_DATE, story.born)["Location"] == CODE
    assert two.get(story.url("start")).status_code == ENDED


def test_five_wrong_birth_dates_lock_it_and_tell_the_desk(cast, story):
    screen, code = in_waiting_room(), fresh_code(cast, story)
    screen.send(CODE, code=code)

    for _try in range(4):
        assert screen.send(BIRTH_DATE, WRONG)["Location"] == BIRTH_DATE
    assert not Notice.objects.exists()
    screen.send(BIRTH_DATE, WRONG)

    assert invitation_of(story).state == "locked"
    assert Notice.objects.get().kind == "link-locked"
    assert screen.send(BIRTH_DATE, story.born)["Location"] == CODE
    assert actions.find_code(code) is None


def test_who_begins_late_still_has_four_hours(cast, story):
    code = fresh_code(cast, story)
    with later(hours=3, minutes=55):
        screen = in_waiting_room()
        screen.send(CODE, code=code)
        screen.send(BIRTH_DATE, story.born)
    with later(hours=4, minutes=5):
        assert screen.get(story.url("start")).status_code == 302  # to whom
    assert invitation_of(story).ends_at > timezone.now() + datetime.timedelta(hours=7)


def test_looking_changes_nothing(cast, story):
    fresh_code(cast, story)
    before = DatabaseState().fingerprint()
    screen = in_waiting_room()

    for url in (CODE, BIRTH_DATE, THANKS):
        for look in (screen.get, screen.head):
            assert look(url).status_code in (200, 302)

    assert DatabaseState().fingerprint() == before
    assert "sessionid" not in screen.cookies
    for url in (CODE, THANKS):
        assert "no-store" in screen.get(url)["Cache-Control"]


# --- wrong codes are counted --------------------------------------------------------------------


def guess(screen, times):
    for number in range(times):
        screen.send(CODE, code=f"XXXXX{tokens.CODE_SIGNS[number % 20]}")


def test_one_browser_may_guess_a_few_times_and_waits_then_even_with_a_right_code(cast, story, monkeypatch):
    monkeypatch.setattr(tries, "PER_BROWSER", 3)
    screen, code = in_waiting_room(), fresh_code(cast, story)
    guess(screen, tries.PER_BROWSER)

    assert screen.send(CODE, code=code)["Location"] == CODE

    assert "Too many wrong codes were typed." in text(screen.get(CODE))
    assert in_waiting_room().send(CODE, code=code)["Location"] == BIRTH_DATE
    with later(seconds=tries.WINDOW):
        assert screen.send(CODE, code=code)["Location"] == BIRTH_DATE


def test_all_together_may_guess_a_number_of_times_whatever_cookies_they_throw_away(cast, story, monkeypatch):
    monkeypatch.setattr(tries, "TOGETHER", 4)
    code = fresh_code(cast, story)
    for _browser in range(4):
        guess(in_waiting_room(), 1)

    screen = in_waiting_room()
    assert screen.send(CODE, code=code)["Location"] == CODE
    assert "Too many wrong codes were typed." in text(screen.get(CODE))
    assert actions.find_code(code), "guessing ended somebody's code"
    with later(seconds=tries.WINDOW):
        assert screen.send(CODE, code=code)["Location"] == BIRTH_DATE


def test_counters_that_do_not_count_are_seen(cast, story, monkeypatch):
    monkeypatch.setattr(tries, "count_wrong", lambda session: None)
    screen, code = in_waiting_room(), fresh_code(cast, story)

    guess(screen, tries.PER_BROWSER)

    assert screen.send(CODE, code=code)["Location"] == BIRTH_DATE


@pytest.mark.database
def test_the_shared_counter_works_in_the_cache_of_the_database(db, settings):
    from backup_plan_site.settings import base

    settings.CACHES = base.CACHES
    session = {}
    for _try in range(3):
        tries.count_wrong(session)

    assert tries.caches["default"].get(tries._name()) == 3
    assert tries.may_try(session)


# --- while it is in somebody's hands ------------------------------------------------------------


def fields_offered(page):
    """What a browser might offer again: the page's form, or a field in it, that does not say no."""
    main = page.partition("<main")[2]
    forms = [tag for tag in re.findall(r"<form[^>]*>", main) if 'id="page-form"' in tag]
    fields = re.findall(r"<(?:input|textarea|select)[^>]*>", main)
    typed = [tag for tag in fields if 'type="hidden"' not in tag and "hidden" not in tag.split()]
    return [tag for tag in (*forms, *typed) if 'autocomplete="off"' not in tag]


def test_every_page_says_where_it_is_and_no_field_is_offered_again(cast, story):
    screen = in_waiting_room()
    assert fields_offered(text(screen.get(CODE))) == []
    screen.send(CODE, code=fresh_code(cast, story))
    assert fields_offered(text(screen.get(BIRTH_DATE))) == []
    screen.send(BIRTH_DATE, story.born)
    assert fields_offered(text(screen.get(story.url("whom")))) == []
    screen.send(story.url("whom"), who="self")
    story.consent().tell()

    for name in ("about", "complaint", "pain"):
        page = text(screen.get(story.url(name)))
        assert fields_offered(page) == [], name
        assert "On the tablet of the practice" in page
        assert "idle.js" in page
        assert "Save and stop" in page
    assert fields_offered(text(screen.get(story.url("safety", "unwell")))) == []
    own = text(story.phone().get(story.url("about")))
    assert fields_offered(own)
    assert not [word for word in ("On the tablet", "idle.js", "Save and stop") if word in own]


@pytest.mark.long
def test_part_b_on_the_tablet_is_no_different(cast):
    story = at_glasses(cast.a)
    screen = on_tablet(cast, story)

    for page in (("condition", 1), ("glass", 1), ("glass", 7), ("shelf",)):
        assert fields_offered(text(screen.get(story.page(*page)))) == [], page


def test_advice_for_now_says_to_tell_somebody_here(cast, story):
    story.consent().tell().answer({"rf2-saddle": "yes", "rf2-saddle.new": "yes"})

    assert "Tell somebody of the practice now." in text(on_tablet(cast, story).get(story.url("care")))
    assert "Tell somebody of the practice now." not in text(story.phone().get(story.url("care")))


# --- how it ends --------------------------------------------------------------------------------


def ready(cast, story):
    story.consent().tell().answer(rest="no")
    return on_tablet(cast, story)


def send_part_a(cast, story):
    screen = ready(cast, story)
    return screen, screen.send(story.url("check"))


def send_part_b(cast, story):
    story.consent().tell().answer(rest="no").send().read().begin_glasses()
    screen = on_tablet(cast, story)
    return screen, screen.send(story.page("check"))


def stop(cast, story):
    screen = ready(cast, story)
    return screen, screen.send(story.url("leave"))


def save_and_stop(cast, story):
    screen = ready(cast, story)
    return screen, screen.send(story.url("about"), {"sex": "female", "later": "1"})


def save_and_stop_in_part_b(cast, story):
    story.consent().tell().answer(rest="no").send().read().begin_glasses()
    screen = on_tablet(cast, story)
    return screen, screen.send(story.page("glass", 1), {"recognised": "sitting-1", "later": "1"})


SAVED = [pytest.param(end, marks=pytest.mark.long) for end in (save_and_stop, save_and_stop_in_part_b)]
ENDS = [send_part_a, send_part_b, stop, *SAVED]


@pytest.mark.parametrize("end", ENDS)
def test_at_the_end_the_tablet_thanks_and_knows_nobody(cast, story, end):
    screen, answer = end(cast, story)

    assert answer["Location"] == THANKS
    assert "You may give the tablet back now." in text(screen.get(THANKS))
    assert tells_nobody(screen, story) == []
    assert invitation_of(story).state == "finished"
    assert UNKNOWN not in text(screen.get(CODE))


def test_what_was_saved_before_stopping_is_there(cast, story):
    save_and_stop(cast, story)

    assert story.answers()["sex"] == "female"


@pytest.mark.long
def test_a_second_press_of_send_thanks_too(cast, story):
    for end, url in ((send_part_a, story.url("check")), (send_part_b, None)):
        other = story if url else begin(cast.a, given="Twee")
        screen, _answer = end(cast, other)
        assert screen.send(url or other.page("check"))["Location"] == THANKS


def test_a_tablet_that_does_not_forget_is_seen(cast, story, monkeypatch):
    monkeypatch.setattr("intake.views.tablet.close", lambda session, intake: None)
    monkeypatch.setattr(actions, "put_down", lambda actor, invitation: None)
    monkeypatch.setattr(tablet, "put_down", lambda session, language: None)

    screen, _answer = stop(cast, story)

    assert tells_nobody(screen, story)


def test_advice_that_waits_for_the_end_is_read_before_the_tablet_is_given_back(cast, story):
    story.consent().tell().answer({"rf1-steroid-use": "yes"}, rest="no")
    screen = on_tablet(cast, story)

    assert screen.send(story.url("check"))["Location"] == story.url("care")
    assert "care--talk" in text(screen.get(story.url("care")))
    assert screen.send(story.url("care"), urgency="talk")["Location"] == THANKS
    assert tells_nobody(screen, story) == []


def test_left_lying_for_a_quarter_of_an_hour_it_forgets(cast, story):
    screen = ready(cast, story)
    assert screen.get(story.url("about")).status_code == 200

    with later(minutes=14):
        assert screen.get(story.url("about")).status_code == 200
    with later(minutes=28):
        assert screen.get(story.url("about")).status_code == 200, "somebody was here fourteen minutes ago"
    with later(minutes=44):
        before = story.rows()
        assert screen.get(story.url("about")).status_code == ENDED
        assert screen.send(story.url("about"), {"sex": "female"})["Location"] == THANKS
        assert story.rows() == before
        assert tells_nobody(screen, story) == []


def test_a_code_typed_and_left_lying_is_forgotten_too(cast, story):
    screen = in_waiting_room()
    screen.send(CODE, code=fresh_code(cast, story))

    with later(minutes=16):
        assert screen.send(BIRTH_DATE, story.born)["Location"] == CODE


def test_a_clock_that_never_runs_out_is_seen(cast, story, monkeypatch):
    monkeypatch.setattr(tablet, "IDLE_SECONDS", 10**9)
    screen = ready(cast, story)

    with later(minutes=44):
        assert screen.get(story.url("about")).status_code == 200


def test_the_next_patient_finds_it_ready_and_nothing_of_the_one_before(cast, story):
    screen = in_waiting_room()
    screen.send(CODE, language="fr")
    assert '<html lang="fr">' in text(screen.get(CODE))
    screen.send(CODE, code=fresh_code(cast, story))
    screen.send(BIRTH_DATE, story.born)
    screen.send(story.url("whom"), who="self")
    story.intake.refresh_from_db()
    assert story.intake.language == "fr"
    screen.send(story.url("leave"))
    assert '<html lang="fr">' in text(screen.get(THANKS))

    following = begin(cast.a, given="Odette", language="nl")
    assert '<html lang="en">' in text(screen.get(CODE))
    screen.send(CODE, code=fresh_code(cast, following))
    screen.send(BIRTH_DATE, following.born)

    following.intake.refresh_from_db()
    assert following.intake.language == "nl"
    assert screen.get(following.url("start"))["Location"] == following.url("whom")
    assert screen.get(story.url("start")).status_code == ENDED


def test_who_walked_away_is_forgotten_when_the_next_code_is_typed(cast, story):
    screen = ready(cast, story)
    thief = in_waiting_room()
    thief.cookies = copy.deepcopy(screen.cookies)
    following = begin(cast.a, given="Odette")

    screen.send(CODE, code=fresh_code(cast, following))

    assert screen.get(story.url("start")).status_code == ENDED
    assert thief.get(story.url("start")).status_code == ENDED


def test_the_session_changes_its_name_when_the_birth_date_is_right(cast, story):
    screen = in_waiting_room()
    screen.send(CODE, code=fresh_code(cast, story))
    planted = screen.cookies["sessionid"].value

    screen.send(BIRTH_DATE, story.born)

    assert screen.cookies["sessionid"].value != planted
