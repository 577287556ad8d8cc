"""Typing in a paper form: read back before it is kept, blank is never no, and the desk reads nothing after that."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.staff.models import AuditEvent
from intake import actions as part_a
from intake.models import Answer, Consent, Flag, Respondent
from plans.paper_entry import actions, views
from plans.paper_entry.lists import Sitting
from tests.cast import in_english
from tests.patients import DULL_PAIN, HIDDEN, THEMES, begin, sent
from triggers.models import ConditionAnswer, GlassAnswer

pytestmark = pytest.mark.django_db

CONTEXT = {
    "sex": "male",
    "regions": ["low-back"],
    "duration": "over-3-months",
    "first_episode": "no",
    "sudden_onset": "no",
    "recent_fall": "no",
    "changes_with_movement": "yes",
    "course": "same",
    "pain_now": "3",
    "worst_pain": "5",
    "blood_thinners": "no",
    "smoker": "no",
    "high_blood_pressure": "no",
    "spine_procedure_3_months": "no",
}
NONE = {"yes": "n"}


class Hands:
    """Somebody at the practice who types one intake."""

    def __init__(self, cast, who, story):
        self.client, self.story = in_english(cast.client(who)), story
        self.extra = {"way": "paper"} if who.startswith("practitioner") else {}

    def url(self, name, *args):
        return reverse(f"desk:{name}", args=[self.story.intake.code, *args])

    def open(self, name="paper", *args):
        return self.client.get(self.url(name, *args))

    def post(self, name, *args, fields):
        return self.client.post(
            self.url(name, *args), {"once_key": str(uuid.uuid4()), **self.extra, **fields}
        )

    def begin(self):
        """Consent and who filled in."""
        on = timezone.localdate().isoformat()
        self.post("paper-consent", fields={"signed": "on", "signed_on": on, "language": "fr"})
        self.post(
            "paper-who", fields={"who": "for", "helper_name": "Greta", "relation": "child", "present": "no"}
        )
        return self

    def type(self, name, *args, seen="", **fields):
        """Type one list, read it back, and say that it is right."""
        return self.post(name, *args, fields={"right": "1", "seen": seen, **fields})

    def type_a(self, **safety):
        """Everything of part A, no everywhere but for what `safety` says: theme with - as _."""
        self.type("paper-context", **CONTEXT)
        for theme in THEMES:
            self.type("paper-safety", theme, **safety.get(theme.replace("-", "_"), NONE))
        return self

    def mark(self, name):
        return Sitting(self.story.intake).typed(name).mark


@pytest.fixture
def story(cast):
    return begin(cast.a)


@pytest.fixture
def dora(cast, story):
    """The desk."""
    return Hands(cast, "desk_a", story)


@pytest.fixture
def pieter(cast, story):
    """The practitioner."""
    return Hands(cast, "practitioner_a", story)


def told(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def typed_rows():
    return Answer.objects.count() + GlassAnswer.objects.count() + ConditionAnswer.objects.count()


# --- how it begins -------------------------------------------------------------------------------------


def test_the_signature_is_a_consent_in_the_words_of_the_paper(dora, story):
    dora.begin()

    care = Consent.objects.get(intake=story.intake, kind="care")
    assert (care.given, care.language) == (True, "fr")
    assert {row.given for row in Consent.objects.filter(intake=story.intake).exclude(kind="care")} <= {False}
    trail = AuditEvent.objects.get(verb="paper.consent")
    assert trail.facts["signed_on"] == timezone.localdate().isoformat()
    respondent = Respondent.objects.get(intake=story.intake)
    assert (respondent.who, respondent.way, respondent.staff_name) == ("for", "paper", "Dora Wauters")


UNSIGNED = [
    {"signed_on": "2026-01-01", "language": "nl"},
    {"signed": "on", "language": "nl"},
    {"signed": "on", "signed_on": "2999-01-01", "language": "nl"},
]


def test_without_a_signature_nothing_is_typed(dora, story):
    """Not signed, no day, a day to come."""
    for fields in UNSIGNED:
        assert dora.post("paper-consent", fields=fields).status_code == 422
    assert not Consent.objects.exists() and story.screening is None
    assert dora.open("paper-context").status_code == 302


def test_first_somebody_says_who_filled_it_in_and_the_context_comes_before_the_lists(dora):
    on = timezone.localdate().isoformat()
    dora.post("paper-consent", fields={"signed": "on", "signed_on": on, "language": "nl"})
    assert dora.open("paper-context").status_code == 302
    dora.post("paper-who", fields={"who": "self"})

    assert dora.open("paper-context").status_code == 200
    assert dora.open("paper-safety", "beginning").status_code == 302
    dora.type("paper-context", **CONTEXT)
    assert dora.open("paper-safety", "beginning").status_code == 200
    assert dora.open("paper-glasses", "orange").status_code == 302


# --- typing and reading back ----------------------------------------------------------------------------


def test_nothing_is_kept_before_it_was_read_back(dora):
    dora.begin().type("paper-context", **CONTEXT)
    before = typed_rows()

    page = dora.post("paper-safety", "toilet-legs", fields={"yes": "5", "unsure": "7", "blank": "2"})

    words = told(page)
    assert page.status_code == 200 and typed_rows() == before and not Flag.objects.exists()
    assert re.search(r"V3.5 .{20,200}? Yes V3.6", words) and re.search(r"V3.7 .{20,200}? Not sure", words)
    assert re.search(r"V3.2 .{20,200}? Not filled in", words)
    assert 'name="yes" value="5"' in page.content.decode()

    again = dora.post(
        "paper-safety", "toilet-legs", fields={"yes": "5", "unsure": "7", "blank": "2", "change": "1"}
    )
    assert 'value="5"' in again.content.decode() and typed_rows() == before


def test_a_list_is_kept_as_it_was_typed_and_by_whom(dora, story):
    dora.begin().type("paper-context", **CONTEXT)

    assert dora.type("paper-safety", "toilet-legs", yes="5", unsure="7", blank="2").status_code == 302

    answers = story.answers()
    assert answers["rf2-both-legs"] == "yes" and answers["rf2-foot-drop"] == "unsure"
    assert "rf2-bowel" not in answers and answers["rf2-saddle"] == "no"
    row = Answer.objects.get(key="rf2-saddle")
    assert (row.respondent.way, row.respondent.staff_name, row.respondent.who) == (
        "paper",
        "Dora Wauters",
        "for",
    )
    assert AuditEvent.objects.filter(verb="paper.typed", user__name="Dora Wauters").exists()


def test_all_boxes_empty_is_nothing_at_all(dora, story):
    dora.begin().type("paper-context", **CONTEXT)
    before = story.rows()

    dora.type("paper-safety", "unwell")

    assert story.rows() == before
    assert told(dora.open()).count("Not filled in") == len(THEMES)


@pytest.mark.long
def test_a_blank_that_counts_as_no_would_be_seen(dora, story, monkeypatch):
    """Planted: a reader of boxes that takes blank for no."""
    monkeypatch.setattr(
        "plans.paper_entry.safety.answers_of",
        lambda *boxes, known, asked: dict.fromkeys(known, "no"),
    )
    with pytest.raises(AssertionError):
        test_all_boxes_empty_is_nothing_at_all(dora, story)


MISTYPED = [
    ({"yes": "9"}, "There is no 9 on this list; it goes to 7."),
    ({"yes": "1 x"}, "“x” cannot be read here."),
    ({"yes": "5-3"}, "5-3 runs backwards."),
    ({"yes": "n 3"}, "Type numbers, or one letter: not both."),
    ({"yes": "3", "unsure": "3"}, "3 stands in two boxes."),
    ({"yes": "1", "f-V3-1a": "k"}, "“k” is no answer here. Type one of: y = yes"),
    ({"yes": "n", "f-V3-1a": "y"}, "V3.1a is filled in, but V3.1 is no."),
]


def test_what_cannot_be_read_is_said_and_stays(dora, story):
    dora.begin().type("paper-context", **CONTEXT)
    before = story.rows()

    for fields, sentence in MISTYPED:
        page = dora.type("paper-safety", "toilet-legs", **fields)

        assert page.status_code == 422 and story.rows() == before, fields
        assert sentence in told(page)
        for name, value in fields.items():
            assert re.search(rf'name="{name}" value="{value}"', page.content.decode())


def test_a_yes_to_what_is_not_asked_is_kept_and_its_no_is_not(dora, story):
    """On paper somebody may answer what the screen would have hidden: a yes is not lost, silence is not a no."""
    dora.begin().type("paper-context", **CONTEXT)

    dora.type("paper-safety", "hands-neck", yes="6")

    answers = story.answers()
    assert answers["rf2-neck-brain"] == "yes"
    assert not (HIDDEN - {"rf2-neck-brain"}) & answers.keys()


def test_the_context_is_kept_in_the_words_of_the_screen(dora, story):
    dora.begin().type("paper-context", **CONTEXT, gp="Raes, Duffel", phone="+32 499 00 00 00")

    kept = story.answers()
    assert {key: kept[key] for key in DULL_PAIN} == {**DULL_PAIN, "gp": "Raes, Duffel"}
    story.patient.refresh_from_db()
    assert story.patient.phone == "+32 499 00 00 00"


NO_FACTS = [
    ({"worst_pain": "11"}, "Type a number from 0 to 10."),
    ({"onset_age": "99"}, "The patient is 35, so this is a number from 0 to 35."),
    ({"regions": ["neck", "arm"], "worst_place": "leg"}, "C6 names a place that is not ticked at C5."),
]


def test_a_fact_that_cannot_be_is_refused(dora, story):
    dora.begin()

    for fields, sentence in NO_FACTS:
        page = dora.type("paper-context", **{**CONTEXT, **fields})

        assert page.status_code == 422 and sentence in told(page) and not story.rows(), fields


# --- what is dangerous ----------------------------------------------------------------------------------


def test_a_dangerous_answer_raises_at_once_and_the_next_page_says_so_without_its_text(dora, story):
    dora.begin().type("paper-context", **CONTEXT)

    to = dora.type("paper-safety", "chest-flank", yes="1")
    page = told(dora.client.get(to["Location"]))

    assert story.flags() == {"rf3-heart": "now"}
    assert "Tell the practitioner now" in page and "112" in page
    assert "chest" not in page.lower().replace("chest, breathing and flank", "") and "rf3" not in page


def test_it_raises_also_while_a_fact_was_left_blank_on_the_paper(dora, story):
    context = {key: value for key, value in CONTEXT.items() if key not in ("sudden_onset", "worst_pain")}
    dora.begin().type("paper-context", **context)

    dora.type("paper-safety", "chest-flank", yes="1")

    assert story.flags()["rf3-heart"] == "now"


@pytest.mark.long
def test_a_flag_that_waits_for_the_whole_context_would_be_seen(dora, story, monkeypatch):
    monkeypatch.setattr("intake.actions.flags._on_paper", lambda screening: False)
    with pytest.raises(KeyError):
        test_it_raises_also_while_a_fact_was_left_blank_on_the_paper(dora, story)


def test_what_only_a_blank_fact_raised_goes_when_it_was_asked(dora, pieter, story):
    context = {key: value for key, value in CONTEXT.items() if key != "blood_thinners"}
    dora.begin().type("paper-context", **{**context, "recent_fall": "yes", "duration": "under-6-weeks"})
    assert "R7" in story.flags()

    pieter.extra = {"way": "consult"}
    pieter.type("paper-context", seen=pieter.mark("context"), blood_thinners="no")

    assert "R7" not in story.flags()


def test_after_now_nothing_more_is_saved_and_what_was_typed_stays(dora, story):
    dora.begin().type("paper-context", **CONTEXT)
    dora.type("paper-safety", "chest-flank", yes="1")
    before = story.rows()

    page = dora.type("paper-safety", "unwell", yes="3 4", blank="1")

    assert page.status_code == 409 and story.rows() == before
    assert "Tell the practitioner now" in told(page) and 'value="3 4"' in page.content.decode()


# --- blank, and who may ask -----------------------------------------------------------------------------


def test_what_was_left_blank_is_asked_by_the_practitioner(dora, pieter, story):
    dora.begin().type_a(toilet_legs={"yes": "3", "blank": "2"})
    desk, clinic = told(dora.open()), told(pieter.open())

    # The desk sees the item's own code: that its follow-up is asked would say how it was answered.
    assert "V3.2" in desk and "V3.3" in desk and "V3.3a" not in desk and "Send part A" not in desk
    assert re.search(r"V3.2 \w+", clinic) and "V3.3a" in clinic

    pieter.extra = {"way": "consult"}
    page = pieter.open("paper-safety", "toilet-legs").content.decode()
    assert 'name="yes" value="3"' in page and 'name="blank" value="2"' in page
    seen = pieter.mark("toilet-legs")
    pieter.type("paper-safety", "toilet-legs", seen=seen, yes="3", **{"f-V3-3a": "n"})

    asked = Answer.objects.get(key="rf2-bowel")
    assert (asked.value, asked.respondent.way, asked.respondent.staff_name) == (
        "no",
        "consult",
        "Pieter Vanackere",
    )
    assert Answer.objects.get(key="rf2-saddle").respondent.staff_name == "Dora Wauters"
    assert pieter.post("paper-send", fields={"part": "a"}).status_code == 302
    assert story.screening.sent_at


def test_an_incomplete_part_is_not_sent(dora, story):
    dora.begin().type_a(unwell={})

    dora.post("paper-send", fields={"part": "a"})

    assert story.screening.sent_at is None


# --- the desk reads nothing after confirming --------------------------------------------------------------


def test_the_desk_never_reads_what_was_kept(dora, pieter, story):
    dora.begin()
    words = "Sinds de verhuis naar Wortegem"
    dora.type("paper-context", **CONTEXT, own_words=words)
    dora.type("paper-safety", "toilet-legs", yes="5")

    for name, *args in (("paper",), ("paper-context",), ("paper-safety", "toilet-legs")):
        page = dora.open(name, *args).content.decode()
        assert words not in page and 'value="5"' not in page, name
        assert not re.search(r'value="[^"]+"[^>]* checked', page), name
    assert words in pieter.open("paper-context").content.decode()


@pytest.mark.long
def test_a_desk_that_reads_along_would_be_seen(dora, pieter, story, monkeypatch):
    page = views.ContextPage
    monkeypatch.setattr(views, "ContextPage", lambda sitting, name, reads: page(sitting, name, True))
    with pytest.raises(AssertionError):
        test_the_desk_never_reads_what_was_kept(dora, pieter, story)


def test_after_sending_no_list_opens_any_more(dora, story):
    dora.begin().type_a()
    dora.post("paper-send", fields={"part": "a"})

    assert story.state == "passed"
    for name, *args in (("paper-context",), ("paper-safety", "unwell")):
        assert dora.open(name, *args).status_code == 302
    rows = story.rows()
    dora.type("paper-safety", "unwell", yes="1")
    assert story.rows() == rows


def test_another_practice_finds_nothing(cast, story):
    for name in ("desk_b", "practitioner_b"):
        stranger = Hands(cast, name, story)
        assert stranger.open().status_code == 404
        assert stranger.post("paper-who", fields={"who": "self"}).status_code == 404


# --- two desks, two presses --------------------------------------------------------------------------------


def test_who_comes_second_is_told_and_loses_nothing(dora, pieter, story):
    dora.begin().type("paper-context", **CONTEXT)
    dora.type("paper-safety", "unwell", yes="n")

    second = pieter.type("paper-safety", "unwell", yes="7")

    assert second.status_code == 409 and "Already typed by Dora Wauters" in told(second)
    assert 'value="7"' in second.content.decode() and story.answers()["rf1-gca"] == "no"
    # Having seen that, pressing once more is a choice.
    seen = re.search(r'name="seen" value="(\w+)"', second.content.decode())[1]
    assert pieter.type("paper-safety", "unwell", seen=seen, yes="7", **{"f-V2-7a": "n"}).status_code == 302
    assert story.answers()["rf1-gca"] == "yes"


@pytest.mark.long
def test_a_desk_that_overwrites_in_silence_would_be_seen(dora, pieter, story, monkeypatch):
    monkeypatch.setattr(actions, "_check_seen", lambda *rest: None)
    with pytest.raises(AssertionError):
        test_who_comes_second_is_told_and_loses_nothing(dora, pieter, story)


def test_pressing_twice_has_one_effect(dora, story):
    dora.begin().type("paper-context", **CONTEXT)
    once = {"once_key": str(uuid.uuid4()), "yes": "n", "right": "1", "seen": ""}

    first, second = (dora.client.post(dora.url("paper-safety", "unwell"), once) for _time in range(2))

    assert first["Location"] == second["Location"] and second.status_code == 302
    assert Answer.objects.filter(key="rf1-gca").count() == 1


def test_a_patient_who_took_back_consent_is_not_typed_in(dora, story):
    dora.begin()
    care = Consent.objects.filter(kind="care").last()
    Consent.objects.create(
        practice=care.practice,
        intake=story.intake,
        kind="care",
        given=False,
        text_version=care.text_version,
        text_hash=care.text_hash,
        language="nl",
    )

    assert dora.open("paper-context").status_code == 302
    assert "took back the consent" in told(dora.open())


# --- conditions and glasses ----------------------------------------------------------------------------------


@pytest.fixture
def let_through(cast):
    """A desk at part B: part A was sent and nothing was raised."""
    story = sent(cast.a)
    dora = Hands(cast, "desk_a", story)
    dora.post("paper-who", fields={"who": "self"})
    return dora


def test_glasses_are_kept_as_ticked_and_nobody_is_said_to_have_asked(let_through):
    dora, story = let_through, let_through.story

    dora.type(
        "paper-glasses",
        "orange",
        **{
            "sitting-ticked": "1 3-4",
            "sitting-fills": "y",
            "sitting-size": "giant",
            "sitting-own_words": "Ik stap 's middags",
        },
        **{"heavy-work-ticked": "n", "movement-change-ticked": "s", "poor-sleep-fills": "b"},
    )

    sitting = story.glass("sitting")
    assert sitting.recognised == ["sitting-1", "sitting-3", "sitting-4"] and sitting.fills == "yes"
    assert (sitting.size, sitting.compensated, sitting.own_words) == ("giant", True, "Ik stap 's middags")
    assert sitting.asked_by is None and sitting.respondent.staff_name == "Dora Wauters"
    assert story.glass("heavy-work").nothing_fits and story.glass("movement-change").skipped
    assert (story.glass("poor-sleep").fills, story.glass("poor-sleep").recognised) == ("bit", [])
    hub = told(dora.open())
    assert "Typed by Dora Wauters" in hub and "O4" in hub and "O1," not in hub


def test_an_empty_glass_has_no_row(let_through):
    let_through.type("paper-glasses", "green", **{"hydration-ticked": "2", "hydration-fills": "n"})

    assert [row.glass for row in GlassAnswer.objects.all()] == ["hydration"]


def test_conditions_and_bones(let_through):
    let_through.type(
        "paper-glasses",
        "conditions",
        **{"hernia-ticked": "n", "arthrosis-ticked": "1", "arthrosis-bones": "2"},
    )

    by_key = {row.condition: row for row in ConditionAnswer.objects.all()}
    assert by_key["hernia"].nothing_fits and by_key["arthrosis"].bones == ["bones-2"]


NO_GLASSES = [
    ("orange", {"sitting-ticked": "9"}, "There is no 9 on this list; it goes to 8."),
    ("blue", {"social-net-ticked": "8"}, "There is no 8 on this list; it goes to 7."),
    ("orange", {"sitting-fills": "x"}, "“x” is no answer here. Type one of: y = yes"),
    ("orange", {"sitting-own_words": "Ik stap"}, "Size and words stay only with a glass that fills"),
    ("green", {"smoking-ticked": "1"}, "Sentences are ticked below this question."),
    ("orange", {"sitting-ticked": "s", "sitting-fills": "y"}, "s stands for “would rather not answer”"),
    ("orange", {"sitting-own_words": "a" * 501, "sitting-fills": "y"}, "At most 500 characters fit here"),
]


def test_a_glass_that_cannot_be_so_is_refused_and_stays(let_through):
    for family, fields, sentence in NO_GLASSES:
        page = let_through.type("paper-glasses", family, **fields)

        assert page.status_code == 422 and sentence in told(page) and not GlassAnswer.objects.exists(), fields
        assert all(value in page.content.decode() for value in fields.values())


def test_a_practitioner_may_ask_a_glass_and_it_says_so(cast, let_through):
    dora, story = let_through, let_through.story
    dora.type("paper-glasses", "blue", **{"stress-ticked": "1", "missing": "De trappen"})
    pieter = Hands(cast, "practitioner_a", story)
    pieter.extra = {"way": "consult"}

    page = pieter.open("paper-glasses", "blue").content.decode()
    assert re.search(r'name="stress-ticked" value="1"', page) and "De trappen" in page
    pieter.type(
        "paper-glasses",
        "blue",
        seen=pieter.mark("blue"),
        **{"stress-ticked": "1", "stress-fills": "y", "missing": "De trappen"},
    )

    asked = story.glass("stress")
    assert asked.asked_by.name == "Pieter Vanackere" and asked.respondent.way == "consult"
    assert story.questionnaire.missing == "De trappen"
    assert "De trappen" not in dora.open("paper-glasses", "blue").content.decode()


def test_part_b_waits_for_the_practitioner_and_ends_the_links_when_sent(cast, let_through):
    waiting = Hands(cast, "desk_a", sent(cast.a, {"rf3-shingles": "yes"}, given="Nora"))
    waiting.post("paper-who", fields={"who": "self"})
    assert waiting.open("paper-glasses", "orange").status_code == 302
    assert "Waits until the practitioner has decided" in told(waiting.open())

    let_through.type("paper-glasses", "orange", **{"sitting-ticked": "n"})
    let_through.post("paper-send", fields={"part": "b"})

    story = let_through.story
    assert story.questionnaire.sent_at and story.intake.invitations.get().state == "finished"
    assert let_through.open("paper-glasses", "orange").status_code == 302


def test_a_closed_intake_takes_nothing(cast, dora, story):
    dora.begin()
    part_a.close_intake(cast.actor("desk_a"), story.intake)

    assert dora.open("paper-context").status_code == 302
    assert "This intake is closed" in told(dora.open())
    assert dora.client.get(dora.url("paper-form", "nl")).status_code == 404
