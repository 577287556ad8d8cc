"""Who may decide what about a flag: clinical-brief B7 as a table, held by the page, by a request and by the verb."""

import datetime
import re
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.staff.models import Membership
from intake import actions
from intake.models import Answer, Clearance, Consent, Flag, Screening
from intake.models.people import IllegalMove
from tests.cast import in_english, log_in
from tests.database_state import DatabaseState
from tests.patients import begin, sent

REASONS = {
    "misunderstood",
    "known-and-assessed",
    "examined-negative",
    "unrelated-explained",
    "doctor-cleared",
}
# B7: "TALK: any reason. DAYS/TODAY: misunderstood, known-and-assessed, or doctor-cleared; examined-negative only for
# constant-worse, both-legs, pmr after named tests. NOW: only misunderstood (after talking with the patient) or
# doctor-cleared."
EXAMINABLE = ("rf1-constant-worse", "rf2-both-legs", "rf1-pmr")
OTHERS = ("rf1-weight-loss", "rf2-saddle", "R9", "under-18")
ALLOWED = {
    **{(item, "talk"): REASONS for item in EXAMINABLE + OTHERS},
    **{
        (item, soon): {"misunderstood", "known-and-assessed", "examined-negative", "doctor-cleared"}
        for item in EXAMINABLE
        for soon in ("today", "days")
    },
    **{
        (item, soon): {"misunderstood", "known-and-assessed", "doctor-cleared"}
        for item in OTHERS
        for soon in ("today", "days")
    },
    **{(item, "now"): {"misunderstood", "doctor-cleared"} for item in EXAMINABLE + OTHERS},
    ("not-reassured", "days"): {"misunderstood", "known-and-assessed", "doctor-cleared"},
}
STATE = {"now": "blocked-now", "today": "blocked", "days": "blocked", "talk": "hold"}
EVERYTHING = {
    "explanation": "Samen overlopen, de klacht bestaat al jaren.",
    "done_by": "dr. Smets",
    "done_on": "2026-03-02",
    "tests": "percussie, SLR, reflexen: niets gevonden",
    "talked_with_patient": True,
}
# What must be written down with each reason, beside the explanation.
NEEDED = {
    "misunderstood": set(),
    "known-and-assessed": {"done_by", "done_on"},
    "examined-negative": {"tests"},
    "unrelated-explained": set(),
    "doctor-cleared": {"done_by", "done_on"},
}


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def browser(cast):
    return in_english(cast.client("practitioner_a"))


def raised(cast, item="rf1-weight-loss", urgency="days", **more):
    """A flag on a screening in which every question was answered; below NOW it was sent."""
    story = begin(cast.a).consent().tell().answer(rest="no")
    if urgency != "now":
        story.send()
    flag = Flag.objects.create(
        practice=cast.a,
        screening=story.screening,
        item=item,
        urgency=urgency,
        settled_urgency=urgency,
        **more,
    )
    Screening.objects.filter(pk=flag.screening_id).update(state=STATE[urgency], unhandled=0)
    return story.flag(item)


def clear(actor, flag, reason, **changes):
    actions.clear(actor, flag, reason, **{**EVERYTHING, **changes})


def verb_accepts(actor, flag, reason):
    """Whether the verb takes this reason; nothing of it stays."""
    before = DatabaseState().fingerprint()
    try:
        with transaction.atomic():
            clear(actor, flag, reason)
            taken = Clearance.objects.filter(flag=flag, reason=reason).exists()
            transaction.set_rollback(True)
    except actions.NotAllowed:
        assert DatabaseState().fingerprint() == before
        return False
    return taken


def form_of(flag, way, fields):
    return {
        "once_key": str(uuid.uuid4()),
        **{f"{way}-{flag.code}-{key}": value for key, value in fields.items()},
    }


def post_clear(browser, flag, reason, **changes):
    fields = {**EVERYTHING, "talked_with_patient": "on", "reason": reason, **changes}
    return browser.post(reverse("desk:flag-clear", args=[flag.code]), form_of(flag, "clear", fields))


def post_refer(browser, flag, to="gp", explanation="Gaat vandaag nog langs."):
    fields = {"to": to, "explanation": explanation}
    return browser.post(reverse("desk:flag-refer", args=[flag.code]), form_of(flag, "refer", fields))


def review(browser, flag):
    return browser.get(reverse("desk:review", args=[flag.screening.intake.code])).content.decode()


def offered(page, flag):
    return set(re.findall(rf'name="clear-{flag.code}-reason"[^>]*value="([^"]+)"', page))


# --- which reason, for which class --------------------------------------------------------------


@pytest.mark.parametrize(("item", "urgency"), ALLOWED)
def test_the_verb_takes_exactly_the_reasons_of_b7(cast, pieter, item, urgency):
    flag = raised(cast, item, urgency)

    assert {reason for reason in REASONS if verb_accepts(pieter, flag, reason)} == ALLOWED[item, urgency]


@pytest.mark.parametrize(("item", "urgency"), ALLOWED)
def test_the_page_offers_exactly_the_reasons_of_b7(cast, browser, item, urgency):
    flag = raised(cast, item, urgency)

    assert offered(review(browser, flag), flag) == ALLOWED[item, urgency]


@pytest.mark.parametrize(("item", "urgency"), ALLOWED)
def test_a_hand_made_request_gets_no_further_than_the_page(cast, browser, item, urgency):
    flag = raised(cast, item, urgency)
    state = DatabaseState()
    before = state.fingerprint()

    refused = {
        reason: post_clear(browser, flag, reason).status_code for reason in REASONS - ALLOWED[item, urgency]
    }

    assert refused == dict.fromkeys(REASONS - ALLOWED[item, urgency], 422)
    assert state.fingerprint() == before


@pytest.mark.parametrize("reason", ["all-fine", "", "cleared", "gp"])
def test_a_reason_that_does_not_exist_is_refused_with_everything_typed_kept(cast, browser, reason):
    flag = raised(cast)

    answer = post_clear(browser, flag, reason)

    assert answer.status_code == 422
    assert EVERYTHING["explanation"] in answer.content.decode()
    assert "dr. Smets" in answer.content.decode()
    assert not Clearance.objects.exists()


# --- what must be written down ----------------------------------------------------------------


@pytest.mark.parametrize("reason", sorted(NEEDED))
def test_each_reason_asks_for_its_own_details_and_an_explanation(cast, pieter, reason):
    flag = raised(cast, "rf1-pmr", "talk")
    needed = {"explanation", *NEEDED[reason]}

    refused = set()
    for name in ("explanation", "done_by", "done_on", "tests"):
        try:
            with transaction.atomic():
                clear(pieter, flag, reason, **{name: None if name == "done_on" else ""})
                transaction.set_rollback(True)
        except actions.NotAllowed as error:
            assert error.fields == (name,)
            refused.add(name)

    assert refused == needed


@pytest.mark.parametrize("blank", ["   ", "\n\t"])
def test_blanks_are_no_explanation(cast, pieter, blank):
    flag = raised(cast)

    with pytest.raises(actions.NotAllowed):
        clear(pieter, flag, "misunderstood", explanation=blank)
    with pytest.raises(actions.NotAllowed):
        actions.refer(pieter, flag, "gp", explanation=blank)

    assert not Clearance.objects.exists()


@pytest.mark.parametrize(
    ("reason", "name"),
    [("known-and-assessed", "done_by"), ("doctor-cleared", "done_on"), ("misunderstood", "explanation")],
)
def test_the_page_says_beside_the_field_what_is_missing(cast, browser, reason, name):
    flag = raised(cast)
    left = {key: value for key, value in EVERYTHING.items() if key != name}

    answer = post_clear(browser, flag, reason, **{name: ""})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="id_clear-{flag.code}-{name}"[^>]*aria-invalid="true"', page) or re.search(
        rf'id="(error_\d+_)?id_clear-{flag.code}-{name}_?error[^"]*"', page
    )
    assert all(
        str(value) in page for key, value in left.items() if key in ("explanation", "done_by", "done_on")
    )
    assert not Clearance.objects.exists()


def test_now_goes_as_misunderstood_only_after_a_talk_with_the_patient(cast, pieter, browser):
    flag = raised(cast, "rf2-saddle", "now")

    with pytest.raises(actions.NotAllowed) as refused:
        clear(pieter, flag, "misunderstood", talked_with_patient=False)
    answer = post_clear(browser, flag, "misunderstood", talked_with_patient="")

    assert refused.value.fields == ("talked_with_patient",)
    assert answer.status_code == 422
    assert not Clearance.objects.exists()

    clear(pieter, flag, "misunderstood", talked_with_patient=True)
    assert Clearance.objects.get().talked_with_patient


def test_a_date_in_the_future_is_no_assessment(cast, browser):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    answer = post_clear(browser, raised(cast), "doctor-cleared", done_on=str(tomorrow))

    assert answer.status_code == 422
    assert not Clearance.objects.exists()


def test_a_decision_keeps_name_time_class_and_words(cast, browser):
    flag = raised(cast, "rf1-pmr", "days")

    assert post_clear(browser, flag, "examined-negative").status_code == 302

    row = Clearance.objects.get()
    assert (row.flag, row.kind, row.urgency, row.reason) == (flag, "cleared", "days", "examined-negative")
    assert (row.by, row.by_name) == (cast.people["practitioner_a"], "Pieter Vanackere")
    assert (row.explanation, row.tests) == (EVERYTHING["explanation"], EVERYTHING["tests"])
    assert (timezone.now() - row.at).total_seconds() < 60
    page = review(browser, flag)
    assert "Pieter Vanackere" in page
    assert EVERYTHING["explanation"] in page


# --- what follows from a decision --------------------------------------------------------------


def test_each_flag_is_decided_by_itself_and_the_state_follows(cast, pieter):
    story = sent(cast.a, {"rf3-shingles": "yes", "rf1-weight-loss": "yes", "rf1-steroid-use": "yes"})
    assert (story.state, story.screening.unhandled) == ("blocked", 1)

    clear(pieter, story.flag("rf3-shingles"), "doctor-cleared")
    assert (story.state, story.screening.unhandled) == ("blocked", 2)

    clear(pieter, story.flag("rf1-weight-loss"), "known-and-assessed")
    assert (story.state, story.screening.unhandled) == ("hold", 3)
    assert not story.screening.gate_is_open

    clear(pieter, story.flag("rf1-steroid-use"), "unrelated-explained")
    assert (story.state, story.screening.unhandled) == ("cleared", 9)
    assert story.screening.gate_is_open


def test_a_referral_closes_the_gate_until_a_doctor_found_it_safe(cast, pieter, browser):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    flag = story.flag("rf1-weight-loss")

    assert post_refer(browser, flag).status_code == 302

    assert (story.state, story.screening.gate_is_open) == ("referred", False)
    flag = story.flag("rf1-weight-loss")
    assert {reason for reason in REASONS if verb_accepts(pieter, flag, reason)} == {"doctor-cleared"}
    assert offered(review(browser, flag), flag) == {"doctor-cleared"}
    assert post_clear(browser, flag, "known-and-assessed").status_code == 422
    assert story.state == "referred"

    assert post_clear(browser, flag, "doctor-cleared").status_code == 302
    assert (story.state, story.screening.gate_is_open) == ("cleared", True)
    assert list(Clearance.objects.values_list("kind", flat=True)) == ["referred", "cleared"]


@pytest.mark.parametrize("urgency", ["now", "today", "days", "talk"])
def test_every_class_may_be_referred_to_each_of_the_four(cast, pieter, urgency):
    flag = raised(cast, "rf2-saddle", urgency)

    for to in ("emergency", "gp-today", "gp", "specialist"):
        with transaction.atomic():
            actions.refer(pieter, flag, to, explanation="Gebeld.")
            assert Clearance.objects.get().reason == to
            transaction.set_rollback(True)
        flag.refresh_from_db()


def test_what_is_decided_is_not_decided_again(cast, pieter, browser):
    flag = raised(cast)
    clear(pieter, flag, "misunderstood")

    for again in (
        lambda: clear(pieter, flag, "doctor-cleared"),
        lambda: actions.refer(pieter, flag, "gp", explanation="x"),
    ):
        with pytest.raises((IllegalMove, actions.NotAllowed)):
            again()
    answer = browser.post(
        reverse("desk:flag-clear", args=[flag.code]),
        form_of(flag, "clear", {**EVERYTHING, "reason": "misunderstood"}),
        follow=True,
    )

    assert "decided on this flag in the meantime" in answer.content.decode()
    assert Clearance.objects.count() == 1


# --- not reassured --------------------------------------------------------------------------------


def test_not_reassured_blocks_what_was_passed_and_goes_like_a_days_flag(cast, pieter, browser):
    story = sent(cast.a)
    assert story.screening.gate_is_open

    answer = browser.post(
        reverse("desk:not-reassured", args=[story.intake.code]),
        {"once_key": str(uuid.uuid4()), "explanation": "Hij ziet grauw."},
    )

    assert answer.status_code == 302
    assert (story.state, story.screening.gate_is_open, story.screening.unhandled) == ("blocked", False, 2)
    flag = story.flag("not-reassured")
    assert (flag.urgency, flag.raised_by, flag.explanation) == (
        "days",
        cast.people["practitioner_a"],
        "Hij ziet grauw.",
    )
    clear(pieter, flag, "known-and-assessed")
    assert story.state == "cleared"

    actions.not_reassured(pieter, story.screening, "Toch niet.")
    assert (story.state, story.flag("not-reassured").explanation) == ("blocked", "Toch niet.")
    assert Clearance.objects.count() == 1


@pytest.mark.parametrize(("item", "state"), [("rf1-steroid-use", "hold"), ("rf1-weight-loss", "blocked")])
def test_not_reassured_is_only_for_what_was_passed_or_cleared(cast, pieter, browser, item, state):
    story = sent(cast.a, {item: "yes"})

    with pytest.raises(IllegalMove):
        actions.not_reassured(pieter, story.screening, "Grauw.")
    page = browser.post(
        reverse("desk:not-reassured", args=[story.intake.code]),
        {"once_key": str(uuid.uuid4()), "explanation": "Grauw."},
        follow=True,
    )

    assert "nothing to block here" in page.content.decode()
    assert not Flag.objects.filter(item="not-reassured").exists()
    assert story.state == state


def test_not_reassured_waits_for_what_is_still_being_filled_in(cast, pieter):
    story = begin(cast.a).consent().tell().answer(rest="no")
    assert story.state == "passed"

    with pytest.raises(IllegalMove):
        actions.not_reassured(pieter, story.screening, "Grauw.")


@pytest.mark.parametrize("words", ["", "   "])
def test_not_reassured_says_why(cast, pieter, browser, words):
    story = sent(cast.a)

    with pytest.raises(actions.NotAllowed):
        actions.not_reassured(pieter, story.screening, words)
    answer = browser.post(
        reverse("desk:not-reassured", args=[story.intake.code]),
        {"once_key": str(uuid.uuid4()), "explanation": words},
    )

    assert answer.status_code == 422
    assert story.state == "passed"


# --- who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["desk_a", "owner_a", "desk_b", "practitioner_b", "owner_b"])
def test_only_a_practitioner_of_the_practice_decides(cast, who):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    flag, actor, browser = story.flag("rf1-weight-loss"), cast.actor(who), cast.client(who)
    state = DatabaseState()
    before = state.fingerprint()

    with pytest.raises(actions.NotAllowed):
        clear(actor, flag, "misunderstood")
    with pytest.raises(actions.NotAllowed):
        actions.refer(actor, flag, "gp", explanation="x")
    answers = [post_clear(browser, flag, "misunderstood").status_code, post_refer(browser, flag).status_code]

    assert answers == [404 if who == "practitioner_b" else 403] * 2
    assert state.fingerprint() == before


@pytest.mark.parametrize("who", ["desk_a", "owner_a", "practitioner_b"])
def test_nobody_else_doubts_or_takes_notes_either(cast, who):
    story = sent(cast.a)
    actor, browser = cast.actor(who), cast.client(who)
    state = DatabaseState()
    before = state.fingerprint()
    body = {"once_key": str(uuid.uuid4()), "explanation": "x", "text": "x"}

    # Somebody of another practice gets as far as the audit trail, which refuses rows of two practices in one event.
    with pytest.raises((actions.NotAllowed, ValueError)):
        actions.not_reassured(actor, story.screening, "x")
    with pytest.raises((actions.NotAllowed, ValueError)):
        actions.add_note(actor, story.intake, "x")
    answers = [
        browser.post(reverse(f"desk:{name}", args=[story.intake.code]), body).status_code
        for name in ("not-reassured", "note")
    ]

    assert answers == [404 if who == "practitioner_b" else 403] * 2
    assert state.fingerprint() == before


def test_a_patient_clears_nothing(cast):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})

    with pytest.raises(actions.NotAllowed):
        clear(story.actor, story.flag("rf1-weight-loss"), "misunderstood")

    assert story.state == "blocked"


# --- two at once, and for ever ------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_two_practitioners_at_once_one_decides_and_the_other_is_told(cast):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    flag = story.flag("rf1-weight-loss")
    Membership.objects.create(practice=cast.a, user=cast.people["stranger"], role="practitioner")
    browsers = [
        in_english(client)
        for client in (
            cast.client("practitioner_a"),
            log_in(cast.client("anonymous"), cast.people["stranger"]),
        )
    ]
    together, pages = threading.Barrier(2), []

    def decide(browser):
        together.wait()
        pages.append(post_clear(browser, flag, "misunderstood"))
        connections.close_all()

    threads = [threading.Thread(target=decide, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    told = [review(browser, flag) for browser in browsers]
    assert [page.status_code for page in pages] == [302, 302]
    assert Clearance.objects.count() == 1
    assert sum("decided on this flag in the meantime" in page for page in told) == 1
    assert story.state == "cleared"


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_flags_decided_at_the_same_moment_leave_the_right_state(cast):
    items = ("rf3-shingles", "rf1-weight-loss", "rf1-cancer-history", "rf1-pmr")
    story = sent(cast.a, dict.fromkeys(items, "yes"))
    actor, together = cast.actor("practitioner_a"), threading.Barrier(len(items))

    def decide(item):
        together.wait()
        clear(actor, story.flag(item), "doctor-cleared")
        connections.close_all()

    threads = [threading.Thread(target=decide, args=[item]) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Clearance.objects.count() == 4
    assert (story.state, story.screening.unhandled) == ("cleared", 9)


def test_who_clears_what_was_referred_in_the_meantime_sees_by_whom(cast, pieter, browser):
    flag = raised(cast)
    actions.refer(pieter, flag, "gp", explanation="Brief meegegeven.")

    answer = post_clear(browser, flag, "misunderstood")

    assert answer.status_code == 422
    assert "Brief meegegeven." in answer.content.decode()
    assert "Pieter Vanackere" in answer.content.decode()
    assert Clearance.objects.get().kind == "referred"


@pytest.mark.database
@pytest.mark.parametrize(
    ("model", "change"),
    [(Clearance, {"explanation": "anders"}), (Answer, {"value": "no"}), (Consent, {"given": False})],
    ids=["decision", "answer", "consent"],
)
def test_the_database_itself_refuses_to_change_what_was_said(cast, pieter, model, change):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    clear(pieter, story.flag("rf1-weight-loss"), "misunderstood")
    assert model.objects.exists()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.database
def test_the_database_itself_refuses_to_remove_a_decision(cast, pieter):
    flag = raised(cast)
    clear(pieter, flag, "misunderstood")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Clearance.objects.all()._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_clearance")


@pytest.mark.database
@pytest.mark.parametrize(
    ("reason", "talked"),
    [
        ("known-and-assessed", True),
        ("unrelated-explained", True),
        ("examined-negative", True),
        ("misunderstood", False),
    ],
)
def test_the_database_itself_refuses_a_now_that_b7_does_not_clear(cast, reason, talked):
    flag = raised(cast, "rf2-saddle", "now")

    with pytest.raises(IntegrityError, match="now_cleared_by_talk_or_doctor"), transaction.atomic():
        Clearance.objects.create(
            practice=cast.a,
            flag=flag,
            kind="cleared",
            urgency="now",
            reason=reason,
            explanation="x",
            talked_with_patient=talked,
            by=cast.people["practitioner_a"],
            by_name="Pieter",
        )
