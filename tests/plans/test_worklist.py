"""The worklist: who was flagged stands first, what it costs stays the same, and the desk learns no answer from it."""

import datetime
import re
import uuid
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.staff.middleware import SEEN
from backup_plan_site.staff.models import AuditEvent
from intake import actions
from intake.models import Flag, Intake, Notice, Patient, Screening
from plans import actions as plan_actions
from plans.desk import lists as lists_of_the_desk
from plans.desk import worklist as worklist_of_the_desk
from plans.desk.unopened import not_opened
from tests.cast import in_english
from tests.glasses import IZABEL, told
from tests.patients import REASON_WORDS, begin, sent
from tests.plans.composing import add_habit
from tests.plans.test_search import plan, scans
from triggers.glasses import GLASSES

WORKLIST = reverse("desk:worklist")
LOGIN = 4  # questions that every page of the desk asks: session, person, memberships, second factor


def names(page):
    """The patients of the list from top to bottom."""
    return re.findall(r'class="work__name"><a href="[^"]*">([^<]+)</a>', page.content.decode())


def appointment(story, **by):
    at = timezone.now() + datetime.timedelta(**by)
    Intake.objects.filter(pk=story.intake.pk).update(appointment_at=at)
    return story


# --- order ----------------------------------------------------------------------------------------


@pytest.mark.database
def test_whoever_has_the_most_urgent_open_flag_stands_first_then_time(cast):
    people = [
        ("Calm", "Sooner", {}, 1),
        ("Calm", "Later", {}, 5),
        ("Talk", "Sooner", {"rf1-steroid-use": "yes"}, 1),
        ("Days", "Later", {"rf1-weight-loss": "yes"}, 30),
        ("Days", "Sooner", {"rf1-weight-loss": "yes"}, 2),
        ("Today", "Sooner", {"rf3-shingles": "yes"}, 6),
    ]
    for given, family, answers, days in people:
        sent(cast.a, answers, given=given, family=family, in_days=days)
    begin(cast.a, given="Now", family="Latest", in_days=90).consent().tell().answer({"rf3-heart": "yes"})
    begin(cast.a, given="Calm", family="Never", in_days=None)

    page = cast.client("practitioner_a").get(WORKLIST + "?show=all")

    assert names(page) == [
        *("Now Latest", "Today Sooner", "Days Sooner", "Days Later"),
        *("Talk Sooner", "Calm Sooner", "Calm Later", "Calm Never"),
    ]


def test_a_decided_flag_no_longer_puts_anybody_first(cast):
    flagged = sent(cast.a, {"rf1-weight-loss": "yes"}, given="Was", family="Flagged", in_days=3)
    sent(cast.a, given="Comes", family="Sooner", in_days=1)
    pieter, browser = cast.actor("practitioner_a"), cast.client("practitioner_a")
    assert names(browser.get(WORKLIST))[0] == "Was Flagged"

    actions.clear(pieter, flagged.flag("rf1-weight-loss"), "misunderstood", explanation="Dieet.")

    assert names(browser.get(WORKLIST)) == ["Comes Sooner", "Was Flagged"]


def test_a_flag_shows_in_every_view_but_that_of_the_day_whenever_the_appointment_is(cast):
    sent(cast.a, {"rf1-steroid-use": "yes"}, given="Far", family="Away", in_days=200)
    browser = cast.client("practitioner_a")

    shown = {show: names(browser.get(f"{WORKLIST}?show={show}")) for show in ("todo", "week", "all", "today")}

    assert shown == {"todo": ["Far Away"], "week": ["Far Away"], "all": ["Far Away"], "today": []}


def test_the_week_shows_the_next_seven_days_and_no_more(cast):
    for days in (-1, 0, 6, 8):
        begin(cast.a, given="In", family=f"Days {days}", in_days=days)
    begin(cast.a, given="No", family="Appointment", in_days=None)

    assert names(cast.client("desk_a").get(WORKLIST)) == ["In Days 0", "In Days 6"]
    assert len(names(cast.client("desk_a").get(f"{WORKLIST}?show=all"))) == 5


@pytest.mark.parametrize(
    "query", ["?show=nonsense", "?page=999", "?page=-1", "?page=x", "?show=%00", "?show=all&show=todo"]
)
def test_a_strange_address_still_shows_the_list(cast, query):
    begin(cast.a)

    assert cast.client("desk_a").get(WORKLIST + query).status_code == 200


def test_a_closed_intake_leaves_the_list(cast):
    story = begin(cast.a)
    actions.close_intake(cast.actor("desk_a"), story.intake)

    assert names(cast.client("desk_a").get(f"{WORKLIST}?show=all")) == []


def test_the_other_practice_has_its_own_list(cast, patients):
    listed = names(cast.client("practitioner_b").get(f"{WORKLIST}?show=all"))

    assert sorted(listed) == ["Ferre Vuylsteke", "Nonkel Prieëls", "Zulma Opdenakker"]


# --- cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["practitioner_a", "desk_a"])
def test_the_list_costs_as_many_questions_to_the_database_for_sixty_as_for_five(cast, who):
    browser = cast.client(who)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"{WORKLIST}?show=all")
        return len(names(page)), len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])

    for number in range(5):
        begin(cast.a, given="Een", family=str(number))
    queries()  # the first visit of a session writes it
    shown, few = queries()
    assert shown == 5
    for number in range(55):
        begin(cast.a, given="Twee", family=str(number)).consent()
    shown, many = queries()

    assert shown == 50  # the rest is on the next page
    assert few == many
    assert many - LOGIN <= 12, many


# --- glasses and plan -----------------------------------------------------------------------------


def line(page, name):
    """The row of one patient."""
    rows = re.findall(r"<tr role=\"row\".*?</tr>", page.content.decode(), re.S)
    return next(row for row in rows if name in row)


def next_step(page, name):
    """The label and address of the button at the end of somebody's row."""
    label, url = re.search(r'btn[^>]*href="([^"]*)">([^<]*)<', line(page, name)).group(2, 1)
    return label, url


def plan_of(cast, story):
    return plan_actions.open_plan(cast.actor("practitioner_a"), story.intake)


def released(cast, story):
    plan, pieter = plan_of(cast, story), cast.actor("practitioner_a")
    add_habit(pieter, plan)
    plan.refresh_from_db()
    return plan_actions.release(pieter, plan, seen=plan_actions.seen(plan, "all"))


STEPS = {
    "flagged": ("Decide", "review", [], ["glasses:", "plan:"]),
    "passed": ("Read", "review", ["glasses: not opened"], ["plan:"]),
    "busy": ("Glasses", "glasses", ["glasses: filling in"], ["plan:"]),
    "told": ("Glasses", "glasses", ["glasses: sent", "plan: none yet"], ["plan: draft"]),
    "drafted": ("Plan", "plan", ["glasses: sent", "plan: draft"], ["plan: given"]),
    "given": ("PDF", "document", ["glasses: sent", "plan: given"], ["plan: draft"]),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_button_leads_to_the_next_step_and_the_states_say_how_far(cast, step):
    label, page, said, unsaid = STEPS[step]
    story = sent(cast.a, {"rf1-weight-loss": "yes"} if step == "flagged" else None, given="Oscar")
    if step in ("busy", "told", "drafted", "given"):
        told(story, IZABEL, send=step != "busy")
    codes = {"review": story.intake.code, "glasses": story.intake.code}
    if step == "drafted":
        codes["plan"] = plan_of(cast, story).code
    if step == "given":
        codes["document"] = released(cast, story).code
    client = cast.client("practitioner_a")
    in_english(client)

    row = client.get(WORKLIST)

    assert next_step(row, "Oscar") == (label, reverse(f"desk:{page}", args=[codes[page]]))
    assert [word for word in said if word not in line(row, "Oscar")] == []
    assert [word for word in unsaid if word in line(row, "Oscar")] == []


def test_a_plan_whose_gate_closed_leads_back_to_deciding(cast):
    story = told(sent(cast.a, given="Oscar"), IZABEL)
    released(cast, story)
    actions.not_reassured(cast.actor("practitioner_a"), story.screening, "Grauw.")
    client = cast.client("practitioner_a")
    in_english(client)

    label, url = next_step(client.get(WORKLIST), "Oscar")

    assert (label, url) == ("Decide", reverse("desk:review", args=[story.intake.code]))


@pytest.mark.parametrize(("who", "drawn"), [("practitioner_a", 13), ("desk_a", 0), ("owner_a", 0)])
def test_the_shelf_is_drawn_for_practitioners_only(cast, who, drawn):
    told(sent(cast.a, given="Oscar"), IZABEL)

    row = line(cast.client(who).get(WORKLIST), "Oscar")

    assert row.count("data-glass=") == drawn
    places = re.findall(r'data-glass="([a-z-]+)"', row)
    assert places == (list(GLASSES) if drawn else [])


def test_what_was_not_sent_is_not_drawn(cast):
    told(sent(cast.a, given="Oscar"), IZABEL, send=False)

    assert "data-glass=" not in line(cast.client("practitioner_a").get(WORKLIST), "Oscar")


def test_the_order_does_not_follow_the_glasses(cast):
    for family, glasses in (("Een", {}), ("Twee", dict.fromkeys(GLASSES, IZABEL["stress"])), ("Drie", {})):
        told(sent(cast.a, given="Calm", family=family), glasses)

    assert names(cast.client("practitioner_a").get(WORKLIST)) == ["Calm Een", "Calm Twee", "Calm Drie"]


def test_ten_shelves_and_plans_cost_as_much_as_one(cast):
    browser = cast.client("practitioner_a")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"{WORKLIST}?show=all")
        return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])

    for number in range(2):
        released(cast, told(sent(cast.a, given="Een", family=str(number)), IZABEL))
    queries()
    few = queries()
    for number in range(8):
        plan_of(cast, told(sent(cast.a, given="Twee", family=str(number)), IZABEL))

    assert queries() == few
    assert few - LOGIN <= 12, few


# --- many --------------------------------------------------------------------------------------------


def crowd(practice, number, *, days=-30, unhandled=9, family="Veel"):
    """That many patients with an open intake, in a few statements; `days` from now is the appointment."""
    patients = Patient.objects.bulk_create(
        Patient(practice=practice, given_name=f"N{place:03}", family_name=family, birth_date=date(1980, 1, 1))
        for place in range(number)
    )
    intakes = Intake.objects.bulk_create(
        Intake(practice=practice, patient=one, appointment_at=timezone.now() + datetime.timedelta(days=days))
        for one in patients
    )
    Screening.objects.bulk_create(
        Screening(
            practice=practice,
            intake=one,
            state="blocked" if unhandled < 9 else "passed",
            sent_at=timezone.now(),
            content_version="v1",
            rules_version=1,
            unhandled=unhandled,
        )
        for one in intakes
    )
    return intakes


def counts(page):
    return re.findall(r'filters__count">([^<]+)<', page.content.decode())


def test_five_hundred_undecided_do_not_hide_who_comes_this_week(cast):
    crowd(cast.a, 499, unhandled=2, family="Dagen")
    crowd(cast.a, 1, unhandled=0, family="Nu", days=-400)
    crowd(cast.a, 3, days=2, family="Komt")
    browser = cast.client("practitioner_a")
    in_english(browser)

    page = browser.get(WORKLIST)
    shown = names(page)

    assert shown[0] == "N000 Nu"
    assert shown[10:] == ["N000 Komt", "N001 Komt", "N002 Komt"]
    assert "490 more to decide" in page.content.decode()
    assert counts(page) == ["500", "0", "3", "0", "503"]
    last, behind = (names(browser.get(f"{WORKLIST}?show=todo&page={number}")) for number in (10, 11))
    assert (len(last), behind) == (50, [])


def test_all_open_shows_everybody_once_the_undecided_first(cast):
    crowd(cast.a, 70, unhandled=3, family="Praat")
    crowd(cast.a, 60, family="Rustig")
    crowd(cast.b, 5)
    browser = cast.client("desk_a")

    pages = [names(browser.get(f"{WORKLIST}?show=all&page={number}")) for number in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [50, 50, 30, 0]
    everybody = [name for page in pages for name in page]
    assert len(set(everybody)) == 130
    assert [name.partition(" ")[2] for name in everybody] == ["Praat"] * 70 + ["Rustig"] * 60


def test_what_is_too_much_to_count_is_said_so(cast, monkeypatch):
    monkeypatch.setattr(lists_of_the_desk, "MOST", 5)
    monkeypatch.setattr(worklist_of_the_desk, "MOST", 5)
    crowd(cast.a, 8, unhandled=2)

    assert counts(cast.client("desk_a").get(WORKLIST)) == ["4+", "0", "0", "0", "4+"]


def test_only_the_latest_round_counts(cast):
    (intake,) = crowd(cast.a, 1, unhandled=1)
    again = {"content_version": "v1", "rules_version": 1, "number": 2}
    Screening.objects.create(practice=cast.a, intake=intake, **again)

    assert names(cast.client("desk_a").get(f"{WORKLIST}?show=todo")) == []


@pytest.mark.parametrize("who", ["practitioner_a", "desk_a"])
@pytest.mark.parametrize("show", ["week", "todo", "today", "all"])
def test_three_hundred_cost_as_many_questions_as_three(cast, who, show):
    browser = cast.client(who)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"{WORKLIST}?show={show}")
        return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])

    def more(number):
        for days, unhandled in ((0, 9), (2, 9), (-9, 2)):
            crowd(cast.a, number, days=days, unhandled=unhandled)

    more(1)
    queries()
    few = queries()
    more(99)

    assert queries() <= few
    assert few - LOGIN <= 12, few


def test_no_list_reads_a_table_from_the_first_row_to_the_last(cast):
    """Asked of SQLite, which says 'SCAN' for that and 'SEARCH' where an index leads it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the number of rows: tests/bench/bench_worklist.py asks it.")
    released(cast, told(sent(cast.a, given="Oscar"), IZABEL))
    browser = cast.client("practitioner_a")

    for show in ("week", "todo", "today", "all"):
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"{WORKLIST}?show={show}")
        for query in asked.captured_queries:
            assert scans(query["sql"]) == [], (show, query["sql"])

    # The guard itself: flags looked for in every round of every practice.
    assert scans("SELECT * FROM intake_screening WHERE unhandled < 9 OR state = 'hold'")


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("screening_to_decide", lambda pieter: lists_of_the_desk.lists(pieter, timezone.now())),
        ("intake_to_look_at_again", lambda pieter: lists_of_the_desk.lists(pieter, timezone.now())),
        ("intake_by_appointment", lambda pieter: lists_of_the_desk.lists(pieter, timezone.now())),
        ("notice_open", lambda pieter: list(lists_of_the_desk.notices(pieter))),
        ("intake_not_opened", lambda pieter: not_opened(pieter, timezone.now())),
    ],
)
def test_each_list_is_read_by_an_index_of_its_own(cast, index, ask):
    """An index of the practice alone would lead to every row that the practice ever had."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by the number of rows: tests/bench/bench_worklist.py asks it.")
    with CaptureQueriesContext(connection) as asked:
        ask(cast.actor("practitioner_a"))

    assert index in "".join(line for query in asked.captured_queries for line in plan(query["sql"]))


# --- the second look ------------------------------------------------------------------------------


def four_visits(cast):
    pieter, story = cast.actor("practitioner_a"), sent(cast.a, given="Vera", in_days=-20)
    Intake.objects.filter(pk=story.intake.pk).update(began_on=timezone.localdate() - datetime.timedelta(30))
    intake = Intake.objects.get(pk=story.intake.pk)
    for day in range(4):
        on = timezone.localdate() - datetime.timedelta(9 - day)
        plan_actions.record_visit(pieter, intake, {"on": on, "better": 20, "worse": False, "note": ""})
    return pieter, intake


def waiting(cast, who="practitioner_a"):
    return names(cast.client(who).get(f"{WORKLIST}?show=todo"))


def test_who_must_be_looked_at_again_waits_for_whoever_reads_visits(cast):
    pieter, intake = four_visits(cast)
    assert waiting(cast) == ["Vera Stevens"]
    assert waiting(cast, "desk_a") == []

    plan_actions.look_again(pieter, intake, ["lists"], "Samen overlopen.")

    assert waiting(cast) == []


def test_a_visit_that_was_put_right_or_taken_off_waits_no_more(cast):
    pieter, intake = four_visits(cast)
    last = intake.visits.order_by("on").last()
    better = {"on": last.on, "better": 60, "worse": False, "note": ""}

    plan_actions.change_visit(pieter, last, better, seen=last.seen)
    assert waiting(cast) == []
    last.refresh_from_db()
    plan_actions.change_visit(pieter, last, better | {"better": 10}, seen=last.seen)
    assert waiting(cast) == ["Vera Stevens"]
    last.refresh_from_db()
    plan_actions.remove_visit(pieter, last, seen=last.seen)
    assert waiting(cast) == []


def test_tidying_finds_who_waited_before_it_was_kept(cast):
    _pieter, intake = four_visits(cast)
    other = sent(cast.a, given="Niemand").intake
    Intake.objects.filter(pk=intake.pk).update(look_again_since=None)
    Intake.objects.filter(pk=other.pk).update(look_again_since=timezone.now())

    call_command("tidy")

    assert waiting(cast) == ["Vera Stevens"]


# --- by itself ------------------------------------------------------------------------------------


def again(browser, page, **headers):
    """What the script gets that asks for the page that it shows."""
    shown = re.search(r'data-shown="([^"]*)"', page.content.decode())[1]
    return browser.get(WORKLIST, headers={"X-Quiet": "1", "X-Shown": shown, **headers})


def test_asking_again_brings_nothing_and_leaves_no_line_while_nothing_changed(cast):
    begin(cast.a)
    browser = cast.client("practitioner_a")
    page = browser.get(WORKLIST)
    lines = AuditEvent.objects.count()

    answer = again(browser, page)

    assert (answer.status_code, answer.content) == (204, b"")
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.count() == lines


def changed_by(cast, story, what):
    match what:
        case "somebody new":
            begin(cast.a, given="Nieuw")
        case "a flag":
            story.consent().tell().answer({"rf3-heart": "yes"})
        case "an appointment":
            appointment(story, days=3)
        case "a notice":
            Notice.objects.create(practice=cast.a, intake=story.intake, kind="link-locked")
        case "a name":
            Patient.objects.filter(pk=story.patient.pk).update(family_name="Anders")
        case "somebody far away":
            begin(cast.a, in_days=100)


@pytest.mark.parametrize(
    "what", ["somebody new", "a flag", "an appointment", "a notice", "a name", "somebody far away"]
)
def test_what_changed_is_shown_and_leaves_a_line(cast, what):
    story = begin(cast.a)
    browser = cast.client("practitioner_a")
    page = browser.get(WORKLIST)
    changed_by(cast, story, what)
    lines = AuditEvent.objects.filter(verb="worklist.viewed").count()

    answer = again(browser, page)

    assert answer.status_code == 200
    assert 'id="live"' in answer.content.decode()
    assert AuditEvent.objects.filter(verb="worklist.viewed").count() == lines + 1


def test_a_new_now_is_told_to_the_script_whatever_the_page_shows(cast):
    browser = cast.client("desk_a")

    def now(show):
        page = browser.get(f"{WORKLIST}?show={show}").content.decode()
        return re.search(r'data-now="([^"]*)"', page)[1].split()

    assert now("today") == []
    story = begin(cast.a, in_days=90).consent().tell().answer({"rf3-heart": "yes"})
    assert now("today") == now("week") == [str(story.intake.code)]


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(cast):
    browser = cast.client("desk_a")
    page = browser.get(WORKLIST)

    def idle(minutes):
        session = browser.session
        session[SEEN] -= minutes * 60
        session.save()

    idle(10)
    assert again(browser, page).status_code == 204
    idle(10)
    answer = again(browser, page)

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in browser.session


def test_whoever_really_asks_does_keep_it_alive(cast):
    """Else the test above could not fail: the header alone makes the difference, and only where nothing is written."""
    browser = cast.client("desk_a")
    browser.get(WORKLIST)
    for ask in (
        lambda: browser.get(WORKLIST),
        lambda: browser.post(reverse("desk:patients"), {"q": "x"}, headers={"X-Quiet": "1"}),
    ):
        session = browser.session
        session[SEEN] -= 600
        session.save()
        assert ask().status_code == 200
        assert browser.session[SEEN] > session[SEEN]


# --- what the desk sees --------------------------------------------------------------------------


def pages_of_the_desk(cast, browser):
    """Every page that the desk may open about the patient who sent, as text."""
    story = cast.things["sent_a"]
    addresses = [
        *(f"{WORKLIST}?show={show}" for show in ("todo", "today", "week", "all")),
        reverse("desk:patients"),
        reverse("desk:patient-new"),
        *(
            reverse(f"desk:{page}", args=[story.patient.code])
            for page in ("patient", "patient-edit", "intake-new")
        ),
        reverse("desk:intake-edit", args=[story.intake.code]),
        reverse("desk:link-slip", args=[cast.things["invited_a"].invitation.code]),
    ]
    answers = [browser.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return " ".join(answer.content.decode() for answer in answers)


def test_the_desk_sees_names_and_states_and_not_one_answer(cast, patients):
    Flag.objects.create(
        practice=cast.a,
        screening=cast.things["sent_a"].screening,
        item="not-reassured",
        urgency="days",
        settled_urgency="days",
        explanation="Grauw gelaat",
    )
    text = pages_of_the_desk(cast, cast.client("desk_a"))

    assert "Florentijn Debacquer" in text
    assert not [
        word for word in [*cast.canaries["clinical_a"], "Grauw gelaat", *REASON_WORDS] if word in text
    ]


def test_the_same_words_do_stand_on_the_practitioners_page(cast, patients):
    """Else the test above could not fail."""
    page = cast.client("practitioner_a").get(reverse("desk:review", args=[cast.things["sent_a"].intake.code]))

    text = page.content.decode()
    assert not [word for word in cast.canaries["clinical_a"] if word not in text]


@pytest.mark.parametrize("who", ["desk_a", "owner_a"])
def test_desk_and_owner_do_not_reach_the_answers(cast, patients, who):
    browser, story = cast.client(who), cast.things["sent_a"]

    answers = [
        browser.get(reverse("desk:review", args=[story.intake.code])),
        browser.post(
            reverse("desk:note", args=[story.intake.code]), {"text": "x", "once_key": str(uuid.uuid4())}
        ),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    text = " ".join(answer.content.decode() for answer in answers)
    assert not [word for word in cast.canaries["clinical_a"] if word in text]


def test_an_owner_sees_who_comes_and_nothing_to_press(cast, patients):
    page = cast.client("owner_a").get(f"{WORKLIST}?show=all").content.decode()

    assert "Florentijn Debacquer" in page
    assert reverse("desk:review", args=[cast.things["sent_a"].intake.code]) not in page
    assert reverse("desk:notice-handled", args=[cast.things["notice_a"].code]) not in page
    assert not [word for word in cast.canaries["clinical_a"] if word in page]


def test_the_desk_is_not_told_that_a_question_was_misunderstood(cast, patients):
    story = cast.things["sent_a"]
    actions.say_misunderstood(story.actor, story.intake)
    notice = story.intake.notices.get(kind="misunderstood")
    url = reverse("desk:notice-handled", args=[notice.code])

    assert url not in cast.client("desk_a").get(WORKLIST).content.decode()
    assert cast.client("desk_a").post(url, {"once_key": str(uuid.uuid4())}).status_code == 404
    assert url in cast.client("practitioner_a").get(WORKLIST).content.decode()


def test_a_private_note_is_for_its_author_only(cast, patients):
    from backup_plan_site.staff.models import Membership
    from tests.cast import log_in

    story = cast.things["sent_a"]
    Membership.objects.create(practice=cast.a, user=cast.people["stranger"], role="practitioner")
    colleague = log_in(cast.client("anonymous"), cast.people["stranger"])
    url = reverse("desk:review", args=[story.intake.code])

    own, other = cast.client("practitioner_a").get(url), colleague.get(url)

    assert other.status_code == 200
    assert "Belt liever na de avondmis" in own.content.decode()
    assert "Belt liever na de avondmis" not in other.content.decode()


# --- the trail ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "page", "verb"),
    [
        ("practitioner_a", "review", "review.viewed"),
        ("desk_a", "patient", "patient.viewed"),
        ("desk_a", "worklist", "worklist.viewed"),
        ("owner_a", "worklist", "worklist.viewed"),
        ("desk_a", "patients", "patients.viewed"),
        ("desk_a", "link-slip", "link.shown"),
    ],
)
def test_reading_leaves_a_line_with_who_and_whom(cast, patients, who, page, verb):
    story = cast.things["sent_a"]
    arguments = {
        "review": [story.intake.code],
        "patient": [story.patient.code],
        "link-slip": [cast.things["invited_a"].invitation.code],
    }.get(page, [])
    last = AuditEvent.objects.latest("pk").pk

    assert cast.client(who).get(reverse(f"desk:{page}", args=arguments)).status_code == 200

    event = AuditEvent.objects.get(pk__gt=last, verb=verb)
    assert (event.user_id, event.practice) == (cast.people[who].pk, cast.a)
    whom = {"review": story, "patient": story, "link-slip": cast.things["invited_a"]}.get(page)
    assert event.subject == (str(whom.patient.code) if whom else "")


def test_the_trail_holds_no_answer_no_name_and_no_token(cast, patients):
    actions.clear(
        cast.actor("practitioner_a"), cast.things["flag_a"], "misunderstood", explanation="Volgde een dieet"
    )
    pages_of_the_desk(cast, cast.client("desk_a"))

    trail = "\n".join(repr(row) for row in AuditEvent.objects.values_list())

    tokens = [cast.things[f"{name}_a"].token for name in ("sent", "busy", "invited")]
    assert not [word for word in [*cast.canaries["a"], *tokens, "dieet"] if word in trail]
