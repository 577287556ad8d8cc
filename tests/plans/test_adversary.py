"""Attacks on plan, paper and trail: what a tired or unlucky person may bring about, and what must come of it."""

import copy
import dataclasses
import os
import threading
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs import api as jobs
from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.models import AuditEvent, Practice
from exercises.library import library
from intake import actions as part_a
from intake.models import Patient, Screening
from plans import actions, documents, paper
from plans.actions import releasing
from plans.desk.sheet import Sheet
from plans.models import Document, Plan, PlanExercise, Release
from plans.paper import plan_html
from tests.cast import in_english
from tests.glasses import IZABEL, told
from tests.patients import Kept, sent
from tests.plans.composing import HABIT, Desk, add_habit, izabel, released_plan
from triggers import actions as glass_actions
from triggers import glasses as triggers_glasses
from triggers.glasses import GLASSES, glasses
from triggers.models import GlassAnswer

WORDS = "Ik sport drie avonden per week."  # what Izabel does about sitting already


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def plan(cast, pieter):
    return actions.open_plan(pieter, izabel(cast.a).intake)


@pytest.fixture
def browser(cast):
    client = cast.client("practitioner_a")
    in_english(client)
    return client


def press_release(actor, plan):
    plan.refresh_from_db()
    return actions.release(actor, plan, seen=actions.seen(plan, "all"))


# --- what the trail tells an owner, who may not read answers --------------------------------------


def test_the_trail_says_that_a_plan_was_worked_on_and_not_what_stands_on_it(cast, pieter, plan):
    row = dict.fromkeys(("doing", "own_tip"), "") | {"size": "giant", "compensated": False, "tips": []}
    rows = [{"glass": key, **row} for key in ("sitting", "smoking")]
    actions.save_glasses(pieter, plan, rows, seen=actions.seen(plan, "glasses"))
    glass_actions.mark_glass(pieter, plan.intake, "stress", "plays", "Na de scheiding")
    for number in range(4):
        actions.record_visit(
            pieter,
            plan.intake,
            {"on": timezone.localdate() - timezone.timedelta(days=number), "better": 10},
        )
    actions.look_again(pieter, plan.intake, ["referred"], "Naar dokter Smets")

    told_now = [
        str(value)
        for event in AuditEvent.objects.filter(verb__regex=r"^(plan|visit)\.|^glass\.marked")
        for value in event.facts.values()
    ]
    page = cast.client("owner_a").get(reverse("staff:audit")).content.decode()

    assert told_now == ["stress"]
    assert not [word for word in (">plays<", "smoking&#x27;", "referred&#x27;", "Smets") if word in page]


# --- what the patient took back -------------------------------------------------------------------


@pytest.mark.parametrize("changed", [{"skipped": True}, {"nothing_fits": True, "fills": "no"}])
def test_words_about_a_glass_that_was_taken_back_are_not_sent_and_reach_no_plan(cast, pieter, changed):
    story = told(sent(cast.a), IZABEL, send=False)
    glass_actions.save_glass(story.actor, story.questionnaire, "sitting", **changed)
    check = story.phone().get(story.page("check")).content.decode()
    glass_actions.send_glasses(story.actor, story.questionnaire)

    plan = actions.open_plan(pieter, story.intake)

    assert WORDS not in check
    assert story.glass("sitting").own_words == ""
    assert WORDS not in [row.text for row in plan.strengths.all()]


# --- a plan that was opened too early -------------------------------------------------------------


def test_a_plan_that_was_opened_before_the_glasses_were_sent_gets_its_draft_afterwards(cast, pieter):
    story = told(sent(cast.a), IZABEL, {"hernia": (1,)}, send=False)
    early = actions.open_plan(pieter, story.intake)
    actions.save_cautions(pieter, early, ["knees"], seen=actions.seen(early, "cautions"))
    events = AuditEvent.objects.count()
    assert actions.open_plan(pieter, story.intake) == early
    assert AuditEvent.objects.count() == events
    glass_actions.send_glasses(story.actor, story.questionnaire)

    plan = actions.open_plan(pieter, story.intake)

    assert plan == early
    assert [row.glass for row in plan.glasses.all()] == ["sitting", "poor-sleep", "stress"]
    assert [row.text for row in plan.strengths.all()] == [WORDS]
    assert [row.condition for row in plan.conditions.all()] == ["hernia"]
    plan.refresh_from_db()
    assert plan.cautions == ["disc", "knees"]


def test_a_plan_on_which_somebody_wrote_gets_no_draft_over_it(cast, pieter):
    story = told(sent(cast.a), IZABEL, send=False)
    plan = actions.open_plan(pieter, story.intake)
    actions.save_note(pieter, plan, "Dag Izabel", seen=actions.seen(plan, "note"))
    glass_actions.send_glasses(story.actor, story.questionnaire)

    assert not actions.open_plan(pieter, story.intake).glasses.exists()


# --- content that is not what it was --------------------------------------------------------------


def test_an_exercise_that_has_left_the_library_crashes_nothing_and_is_nothing_to_begin_with(
    cast, pieter, plan, browser
):
    gone = {"exercise": "left-the-library", "dose": "3 keer", "hangs_on": "moving"}
    PlanExercise.objects.create(practice=cast.a, plan=plan, **gone)
    assert actions.missing(plan) == (releasing.NOTHING_TO_BEGIN,)
    add_habit(pieter, plan)

    assert browser.get(reverse("desk:plan", args=[plan.code])).status_code == 200
    assert browser.get(reverse("desk:plan-preview", args=[plan.code])).content.startswith(b"%PDF-")
    assert press_release(pieter, plan).plan_copy.exercises == ()


def test_a_sentence_is_printed_as_it_was_read_also_when_a_newer_version_moved_it(
    cast, pieter, plan, monkeypatch
):
    first, *others = glasses()["sitting"].statements
    moved = tuple(dataclasses.replace(one, id=f"sitting-{at}") for at, one in enumerate(others, start=1))
    newer = dataclasses.replace(glasses()["sitting"], version="sitting.v2", statements=moved)
    monkeypatch.setattr("plans.freezing.glasses", lambda: {**glasses(), "sitting": newer})
    add_habit(pieter, plan)

    recognised = press_release(pieter, plan).plan_copy.glasses[0].recognised

    was_read = {one.id: one.text.nl for one in (first, *others)}
    assert recognised == tuple(was_read[f"sitting-{number}"] for number in (1, 2, 4, 8))


@pytest.mark.parametrize("version", ["sitting.v9", "../../etc/passwd", "", "stress.v1"])
def test_a_sentence_that_stands_in_no_file_crashes_no_paper(pieter, plan, version):
    GlassAnswer.objects.filter(glass="sitting").update(
        recognised=["sitting-1", "sitting-77"], content_version=version
    )
    add_habit(pieter, plan)

    recognised = press_release(pieter, plan).plan_copy.glasses[0].recognised

    assert len(recognised) <= 1
    assert triggers_glasses._in_version("sitting", "../content/sitting.v1") is None


# --- paper ----------------------------------------------------------------------------------------


def test_a_paper_that_is_lost_and_cannot_come_back_may_be_released_again(cast, pieter, monkeypatch):
    plan = released_plan(cast.a, pieter)
    jobs.run_due()
    assert press_release(pieter, plan).number == 1
    documents.path_of(Document.objects.get().name).unlink()
    monkeypatch.setattr(paper, "plan_pdf", lambda copy: b"%PDF- another")

    made = press_release(pieter, plan)
    jobs.run_due()

    assert (made.number, made.corrects.number) == (2, 1)
    assert documents.read(documents.ready(made)) == b"%PDF- another"


def test_a_paper_that_could_not_be_made_is_tried_again_by_releasing_again(cast, pieter, browser):
    plan = released_plan(cast.a, pieter)
    Job.objects.filter(kind=documents.KIND).update(state=Job.State.FAILED, done_at=timezone.now(), attempts=8)
    assert press_release(pieter, plan).number == 1

    assert jobs.run_due() == 1
    answer = browser.get(reverse("desk:document", args=[plan.latest_release.code]))
    assert answer.content.startswith(b"%PDF-")


def test_a_full_disk_is_said_on_a_page_and_tried_again_by_the_job(cast, pieter, browser, monkeypatch):
    plan = released_plan(cast.a, pieter)

    def full(*_arguments, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(documents.os, "fsync", full)
    assert jobs.run_due() == 0
    assert Job.objects.get(kind=documents.KIND).error == "OSError"
    assert not [path for path in documents.path_of("").rglob("*") if path.is_file()]
    monkeypatch.undo()
    documents.make(plan.latest_release)
    documents.path_of(Document.objects.get().name).unlink()
    monkeypatch.setattr(documents.os, "fsync", full)

    answer = browser.get(reverse("desk:document", args=[plan.latest_release.code]))

    assert answer.status_code == 503
    assert "The PDF cannot be shown" in answer.content.decode()


def test_what_a_killed_worker_left_half_written_does_not_stay(cast, pieter):
    plan = released_plan(cast.a, pieter)
    jobs.run_due()
    kept = documents.path_of(Document.objects.get().name)
    old, young = kept.parent / f"{documents.DRAFT}old", kept.parent / f"{documents.DRAFT}young"
    for draft in (old, young):
        draft.write_bytes(b"%PDF- half")
    before = time.time() - documents.LEFT_BEHIND - 1
    os.utime(old, (before, before))
    os.utime(kept, (before, before))
    actions.save_note(pieter, plan, "Tot woensdag", seen=actions.seen(plan, "note"))
    press_release(pieter, plan)

    jobs.run_due()

    assert not old.exists()
    assert young.exists()
    assert kept.exists()


def test_only_the_servers_own_user_reads_documents(cast, pieter, settings):
    released_plan(cast.a, pieter)
    old = os.umask(0o022)
    try:
        jobs.run_due()
    finally:
        os.umask(old)

    modes = {
        path.stat().st_mode & 0o777
        for path in (settings.DATA_DIR / "documents", *documents.path_of("").rglob("*"))
    }
    assert modes == {0o700, 0o600}


def test_the_largest_plan_there_can_be_becomes_a_pdf(cast, pieter, plan, browser):
    row = {"size": "giant", "compensated": True, "doing": "w" * 500, "own_tip": "m" * 200}
    rows = [{"glass": key, **row, "tips": [tip.id for tip in glasses()[key].tips]} for key in GLASSES]
    actions.save_glasses(pieter, plan, rows, seen=actions.seen(plan, "glasses"))
    names = ("after", "do", "where", "how_often", "small")
    for number in range(20):
        add_habit(pieter, plan, **dict.fromkeys(names, "woord " * 33), begins=number < 3)
    doses = {"dose": "1 " * 100, "hangs_on": "moving", "hangs_key": ""}
    exercises = [{"exercise": key, **doses} for key in list(library())[:12]]
    actions.save_exercises(pieter, plan, exercises, seen=actions.seen(plan, "exercises"))
    Patient.objects.update(given_name="Maria-Magdalena" * 6, family_name="van den Broecke-" * 6)

    assert browser.get(reverse("desk:plan-preview", args=[plan.code])).content.startswith(b"%PDF-")


def test_a_given_plan_stays_what_it_was_whatever_changes_afterwards(cast, pieter, browser):
    plan = released_plan(cast.a, pieter)
    jobs.run_due()
    release = Release.objects.get()
    url = reverse("desk:document", args=[release.code])
    given, words = browser.get(url).content, copy.deepcopy(release.copy)
    Patient.objects.update(given_name="Isabella")
    plan.intake.language = "en"
    plan.intake.save()
    cast.a.name = "Praktijk De Eik"
    cast.a.save()
    actions.save_note(pieter, plan, "Later bedacht", seen=actions.seen(plan, "note"))
    documents.path_of(Document.objects.get().name).unlink()

    assert browser.get(url).content == given
    assert Release.objects.get(pk=release.pk).copy == words
    made = press_release(pieter, plan)
    assert (made.number, made.language, made.copy["given_name"]) == (2, "nl", "Isabella")


def test_who_does_not_feel_safe_stands_on_no_paper_and_in_no_list(cast, pieter, browser):
    glass = {"social-net": {"recognised": [1, 8], "fills": "yes"}}
    plan = actions.open_plan(pieter, told(sent(cast.a, language="nl"), glass).intake)
    add_habit(pieter, plan, hangs_key="social-net")
    release = press_release(pieter, plan)
    private = next(one for one in glasses()["social-net"].statements if one.private)
    words = [private.text.nl, private.text.en, private.id]
    if private.ask:
        words += [private.ask.nl, private.ask.en]

    pages = [
        str(release.copy),
        plan_html(release.plan_copy),
        str(list(AuditEvent.objects.values())),
        str(list(Job.objects.values())),
        *(
            browser.get(reverse(f"desk:{name}", args=args)).content.decode()
            for name, args in (
                ("plan", [plan.code]),
                ("worklist", []),
                ("patient", [plan.intake.patient.code]),
            )
        ),
    ]

    assert not [(word, at) for word in words for at, page in enumerate(pages) if word in page]
    assert private.text.nl in browser.get(reverse("desk:glasses", args=[plan.intake.code])).content.decode()


# --- other people's rows --------------------------------------------------------------------------


def test_nothing_hangs_on_a_strength_of_another_plan(cast, pieter, plan, browser):
    other = actions.open_plan(pieter, izabel(cast.a, given="Jan").intake)
    hidden = f"strength:{other.strengths.get().code}"
    desk = Desk(browser, plan).open()

    assert desk.habit(hangs=hidden).status_code == 422
    assert desk.habit(hangs="glass:smoking").status_code == 422
    assert (
        desk.post("plan-exercises", **{"m5-on": "on", "m5-dose": "1", "m5-hangs": hidden}).status_code == 422
    )
    assert not plan.habits.exists()
    assert not plan.exercises.exists()


def test_hidden_fields_that_name_another_practices_plan_lead_nowhere(cast, pieter, plan):
    item = add_habit(pieter, plan)
    stranger = cast.client("practitioner_b")
    own = actions.open_plan(cast.actor("practitioner_b"), izabel(cast.b, given="Jan").intake)
    before = Kept().fingerprint()

    for name in ("habit-edit", "habit-remove", "habit-move"):
        url = reverse(f"desk:{name}", args=[item.code])
        for code in (plan.code, "", "not-a-code"):
            fields = {**HABIT, "hangs": "moving:", "begins": "later", "plan": code}
            answer = stranger.post(url, {**fields, "once_key": "6f1c1b5e-0000-4000-8000-000000000001"})
            assert answer.status_code == 404, (name, code)
    fields = {"row": str(plan.strengths.get().code), f"{plan.strengths.get().code}-text": "van mij"}
    answer = Desk(stranger, own).open().post("plan-strengths", **fields)

    assert answer.status_code == 302
    assert plan.strengths.get().text == WORDS
    changed = Kept().fingerprint()
    assert changed != before  # Their own plan, with these words as a sentence of their own.
    assert own.strengths.exclude(code=plan.strengths.get().code).filter(text="van mij").exists()


def test_a_sentence_of_another_plan_is_not_taken_over_by_its_code(cast, pieter, plan):
    other = actions.open_plan(pieter, izabel(cast.a, given="Jan").intake)
    theirs = other.strengths.get()
    rows = [{"code": theirs.code, "text": "van mij", "glass": ""}]
    actions.save_strengths(pieter, plan, rows, seen=actions.seen(plan, "strengths"))

    theirs.refresh_from_db()
    assert (theirs.text, theirs.plan) == (WORDS, other)
    assert [row.text for row in plan.strengths.all()] == ["van mij"]


# --- the gate, at the very moment -----------------------------------------------------------------


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_doubt_that_comes_while_a_plan_is_released_comes_after_it_or_before_it(cast, monkeypatch):
    pieter = cast.actor("practitioner_a")
    plan = actions.open_plan(pieter, told(sent(cast.a), IZABEL).intake)
    add_habit(pieter, plan)
    plan.refresh_from_db()
    seen, gate_asked, real = actions.seen(plan, "all"), threading.Event(), releasing.frozen

    def slow(*arguments, **more):
        gate_asked.set()
        time.sleep(0.4)
        return real(*arguments, **more)

    monkeypatch.setattr(releasing, "frozen", slow)
    failed = []

    def hand(work):
        try:
            work()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    def doubt():
        gate_asked.wait(10)
        part_a.not_reassured(pieter, Screening.objects.get(intake=plan.intake), "Er klopt iets niet.")

    hands = [
        threading.Thread(target=hand, args=[work])
        for work in (lambda: actions.release(pieter, plan, seen=seen), doubt)
    ]
    for one in hands:
        one.start()
    for one in hands:
        one.join()

    assert failed == []
    order = AuditEvent.objects.filter(verb__in=("plan.released", "flag.not-reassured")).order_by("pk")
    assert [event.verb for event in order] == ["plan.released", "flag.not-reassured"]
    with pytest.raises(actions.GateClosed):
        press_release(pieter, plan)


# --- what the pages must do about it --------------------------------------------------------------


def test_a_plan_that_was_opened_too_early_is_filled_by_the_same_button(cast, pieter, browser):
    story = told(sent(cast.a, language="nl"), IZABEL, send=False)
    actions.open_plan(pieter, story.intake)
    url = reverse("desk:glasses", args=[story.intake.code])
    make = reverse("desk:plan-new", args=[story.intake.code])
    assert f'action="{make}"' not in browser.get(url).content.decode()

    glass_actions.send_glasses(story.actor, story.questionnaire)
    assert f'action="{make}"' in browser.get(url).content.decode()
    actions.open_plan(pieter, story.intake)
    assert f'action="{make}"' not in browser.get(url).content.decode()


def test_one_tip_pressed_in_two_tabs_is_one_habit(pieter, browser):
    plan = actions.open_plan(pieter, izabel(Practice.objects.first()).intake)
    first, second = Desk(browser, plan).open(), Desk(browser, plan).open()
    tip = plan.glasses.first().tips[0]
    fields = {**HABIT, "hangs": "glass:sitting", "begins": "begin", "tip": tip}

    assert first.post("habit-new", fields).status_code == 302
    assert second.post("habit-new", fields).status_code == 302
    assert [item.tip for item in plan.habits.all()] == [tip]


def test_the_language_of_a_plan_is_that_of_the_glasses_that_were_sent(cast, pieter):
    story = izabel(cast.a, language="nl")
    plan = actions.open_plan(pieter, story.intake)
    add_habit(pieter, plan)
    type(story.intake).objects.update(language="en")
    plan.intake.refresh_from_db()

    assert press_release(pieter, plan).language == "nl"


def test_a_paper_that_failed_once_is_not_waited_for(cast, pieter, browser):
    plan = released_plan(cast.a, pieter)
    url = reverse("desk:document", args=[plan.latest_release.code])
    assert 'http-equiv="refresh"' in browser.get(url).content.decode()

    Job.objects.filter(kind=documents.KIND).update(error="PdfUnavailable")
    assert 'http-equiv="refresh"' not in browser.get(url).content.decode()


def test_the_head_of_every_page_of_an_intake_shows_the_phone(cast, pieter, browser):
    plan = released_plan(cast.a, pieter)
    for name, code in (("glasses", plan.intake.code), ("plan", plan.code), ("visits", plan.intake.code)):
        page = browser.get(reverse(f"desk:{name}", args=[code])).content.decode()
        assert plan.intake.patient.phone in page, name


def test_the_plan_says_whether_the_paper_still_says_the_same(cast, pieter):
    plan = released_plan(cast.a, pieter)
    assert not Sheet(Plan.objects.get(pk=plan.pk)).paper_is_behind

    actions.save_note(pieter, plan, "Tot woensdag", seen=actions.seen(plan, "note"))
    assert Sheet(Plan.objects.get(pk=plan.pk)).paper_is_behind


def test_strengths_change_places_and_one_stays_where_one_is(cast, pieter, browser):
    plan = actions.open_plan(pieter, izabel(cast.a).intake)
    rows = [{"code": None, "text": text, "glass": ""} for text in ("One.", "Two.")]
    actions.save_strengths(pieter, plan, rows, seen=actions.seen(plan, "strengths"))
    second = plan.strengths.last()

    answer = Desk(browser, plan).open().post("plan-strengths", move=f"up:{second.code}")

    assert [row.text for row in plan.strengths.all()] == ["Two.", "One."]
    assert answer["Location"].endswith("#strengths")


def test_the_printed_file_is_for_its_owner_alone(cast, pieter, tmp_path):
    plan = released_plan(cast.a, pieter)
    file = tmp_path / "plan.pdf"
    call_command("print", str(plan.code), output=file, stderr=StringIO())
    assert file.stat().st_mode & 0o077 == 0
