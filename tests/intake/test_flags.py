"""What an answer raises while somebody fills in: at once, on a page of its own, and for good."""

import html
import re

import pytest
from django.urls import reverse

from backup_plan_site.jobs.models import Job
from intake import actions
from intake.models import Answer, Clearance, Flag, Notice
from intake.red_flags import red_flags
from intake.way import care_to_show
from tests.intake.people import ALL_ITEMS
from tests.patients import PAGES, THEMES, Kept, begin, sent

# Items that raise their class by a single yes, without a follow-up (clinical-brief B3-B5).
ALONE = {"now": "rf3-heart", "today": "rf3-shingles", "days": "rf1-weight-loss", "talk": "rf1-steroid-use"}


@pytest.fixture
def busy(cast):
    return begin(cast.a).consent().tell()


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


def theme_of(item):
    return next(theme for theme, items in THEMES.items() if item in items)


def post(story, phone, **answers):
    """Post the page on which the first of these stands, everything else on it answered no."""
    answers = {key.replace("__", "."): value for key, value in answers.items()}
    return post_page(story, phone, answers)


def post_page(story, phone, answers):
    theme = theme_of(next(iter(answers)).partition(".")[0])
    return phone.send(story.url("safety", theme), {**dict.fromkeys(THEMES[theme], "no"), **answers})


def care_page(story, phone):
    page = phone.get(story.url("care"))
    assert page.status_code == 200, page.headers.get("Location")
    return page.content.decode()


# --- at once --------------------------------------------------------------------------------------


@pytest.mark.parametrize("urgency", ["now", "today"])
def test_now_and_today_lead_at_once_to_their_own_page(busy, urgency):
    phone = busy.phone()

    answer = post_page(busy, phone, {ALONE[urgency]: "yes"})

    assert answer["Location"] == busy.url("care")
    assert f"care--{urgency}" in care_page(busy, phone)
    assert busy.state == {"now": "blocked-now", "today": "incomplete"}[urgency]
    assert busy.flags() == {ALONE[urgency]: urgency}
    assert busy.screening.unhandled == {"now": 0, "today": 1}[urgency]


@pytest.mark.parametrize("urgency", ["days", "talk"])
def test_days_and_talk_wait_for_the_end_but_the_practice_sees_them_at_once(busy, urgency):
    phone = busy.phone()
    following = list(THEMES)[list(THEMES).index(theme_of(ALONE[urgency])) + 1]

    answer = post_page(busy, phone, {ALONE[urgency]: "yes"})

    assert answer["Location"] == busy.url("safety", following)
    assert busy.flags() == {ALONE[urgency]: urgency}
    assert busy.screening.unhandled == {"days": 2, "talk": 3}[urgency]


def test_a_dangerous_answer_does_not_wait_for_the_rest_of_its_page(busy):
    phone = busy.phone()

    answer = phone.send(busy.url("safety", "chest-flank"), {"rf3-heart": "yes"})

    assert answer["Location"] == busy.url("care")
    assert busy.flags() == {"rf3-heart": "now"}


def test_not_sure_of_a_now_question_is_as_good_as_yes(busy):
    post(busy, busy.phone(), **{"rf3-heart": "unsure"})

    assert (busy.state, busy.flags()) == ("blocked-now", {"rf3-heart": "now"})


def test_now_leads_nowhere_else_until_somebody_of_the_practice_cleared_it(busy, pieter):
    phone = busy.phone()
    post(busy, phone, **{"rf3-heart": "yes"})
    rows, before = busy.rows(), Kept().fingerprint()

    for name in ("about", "where", "complaint", "since", "pain", "health"):
        assert phone.get(busy.url(name))["Location"] == busy.url("care")
        assert phone.send(busy.url(name), PAGES[name])["Location"] == busy.url("care")
    for theme, items in THEMES.items():
        assert phone.get(busy.url("safety", theme))["Location"] == busy.url("care")
        answer = phone.send(busy.url("safety", theme), dict.fromkeys(items, "no"))
        assert answer["Location"] == busy.url("care")
    for name in ("safety-start", "check", "sent"):
        assert phone.get(busy.url(name))["Location"] == busy.url("care")
    assert phone.send(busy.url("check"))["Location"] == busy.url("care")
    assert phone.send(busy.url("care"), urgency="now").status_code == 200
    with pytest.raises(actions.Stopped):
        busy.save({"rf3-heart": "no"})
    with pytest.raises(actions.Stopped):
        busy.send()
    assert (busy.rows(), Kept().fingerprint()) == (rows, before)

    actions.clear(pieter, busy.flag("rf3-heart"), "doctor-cleared", **DOCTOR)

    assert phone.get(busy.url("care"))["Location"] == busy.url("safety-start") or phone.get(busy.url("care"))[
        "Location"
    ].startswith(busy.url("safety", "beginning"))
    assert phone.get(busy.url("safety", "beginning")).status_code == 200
    busy.answer({"rf3-heart": "yes"}, rest="no").send()
    assert busy.state == "cleared"


DOCTOR = {"done_by": "dr. Smets", "done_on": "2026-03-02", "explanation": "Spoed: niets gevonden."}


def test_a_referral_of_now_goes_on_holding_the_patient_back(busy, pieter):
    phone = busy.phone()
    post(busy, phone, **{"rf3-heart": "yes"})

    actions.refer(pieter, busy.flag("rf3-heart"), "emergency", explanation="Gebeld, is onderweg.")

    assert busy.state == "referred"
    assert "care--now" in care_page(busy, phone)
    assert phone.get(busy.url("about"))["Location"] == busy.url("care")


def test_after_today_the_patient_reads_finishes_and_sends(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf3-shingles": "yes"})
    assert phone.get(busy.url("about"))["Location"] == busy.url("care")

    assert phone.send(busy.url("care"), urgency="today")["Location"] == busy.url("safety", "beginning")

    assert phone.get(busy.url("about")).status_code == 200
    busy.answer({"rf3-shingles": "yes"}, rest="no")
    assert phone.send(busy.url("check"))["Location"] == busy.url("sent")
    assert (busy.state, busy.screening.gate_is_open) == ("blocked", False)


def test_reading_clears_nothing(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf3-shingles": "yes"})

    phone.send(busy.url("care"), urgency="today")

    assert busy.flag("rf3-shingles").decision == "open"
    assert busy.screening.unhandled == 1


@pytest.mark.parametrize("typed", ["now", "days", "", "yesterday"])
def test_only_the_advice_that_stands_there_can_be_read(busy, typed):
    phone = busy.phone()
    post(busy, phone, **{"rf3-shingles": "yes"})

    assert phone.send(busy.url("care"), urgency=typed).status_code == 200
    assert busy.flag("rf3-shingles").care_read_at is None


# --- for good ---------------------------------------------------------------------------------------


def test_a_dangerous_answer_changed_back_keeps_its_flag_and_its_revision(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf3-shingles": "yes"})
    phone.send(busy.url("care"), urgency="today")

    post(busy, phone, **{"rf3-shingles": "no"})

    rows = Answer.objects.filter(screening=busy.screening, key="rf3-shingles").order_by("pk")
    assert list(rows.values_list("value", flat=True)) == ["yes", "no"]
    assert busy.flags() == {"rf3-shingles": "today"}
    busy.answer({"rf3-shingles": "no"}, rest="no").send()
    assert busy.state == "blocked"


def test_a_flag_rises_when_its_answers_do_and_does_not_come_down(busy):
    busy.answer({"rf1-gca": "yes", "rf1-gca.vision": "no"})
    assert busy.flags() == {"rf1-gca": "today"}

    busy.answer({"rf1-gca": "unsure", "rf1-gca.vision": "no"})
    assert busy.flags() == {"rf1-gca": "today"}
    busy.answer({"rf1-gca": "yes", "rf1-gca.vision": "yes"})

    assert busy.flags() == {"rf1-gca": "now"}
    assert busy.state == "blocked-now"


def test_a_cleared_flag_opens_again_when_it_is_answered_anew(busy, pieter):
    busy.answer({"rf1-weight-loss": "yes"}, rest="no")
    actions.clear(pieter, busy.flag("rf1-weight-loss"), "misunderstood", explanation="Volgde een dieet.")
    assert busy.state == "cleared"

    busy.answer({"rf1-weight-loss": "no"})
    assert busy.flag("rf1-weight-loss").decision == "cleared"
    busy.answer({"rf1-weight-loss": "yes"})

    assert (busy.flag("rf1-weight-loss").decision, busy.state) == ("open", "blocked")
    assert Clearance.objects.count() == 1


def test_a_clearance_does_not_cover_a_higher_class_than_it_was_given_for(busy, pieter):
    busy.answer({"rf1-gca": "yes", "rf1-gca.vision": "no"}, rest="no")
    actions.clear(pieter, busy.flag("rf1-gca"), "known-and-assessed", **DOCTOR)

    busy.save({"rf1-gca.vision": "yes"})

    assert (busy.flag("rf1-gca").urgency, busy.flag("rf1-gca").decision) == ("now", "open")
    assert busy.state == "blocked-now"


def test_nothing_is_raised_by_context_that_was_not_asked_yet(cast):
    story = begin(cast.a, born=begin(cast.a).patient.birth_date.replace(year=1940)).consent()

    story.save({"sex": "female", "gp": None, "regions": ["low-back"], "own_words": None, "cannot_do": None})

    assert story.flags() == {}  # R4, R7, R9 would read every missing fact as the one that raises.


def test_under_18_goes_to_a_doctor(cast):
    story = begin(
        cast.a, born=begin(cast.a).patient.birth_date.replace(year=begin(cast.a).intake.began_on.year - 16)
    )

    story.consent().tell().answer(rest="no")

    assert (story.flags(), story.state) == ({"under-18": "days"}, "blocked")
    story.send()
    assert "care--days" in care_page(story, story.phone())


def test_rules_of_the_context_alone_raise_too(busy):
    busy.tell(blood_thinners=True).answer(rest="no")

    assert (busy.flags(), busy.state) == ({"R7": "talk"}, "hold")


# --- follow-ups -------------------------------------------------------------------------------------


def test_a_follow_up_left_open_shows_the_page_again_and_counts_as_the_higher_class(busy):
    phone = busy.phone()

    page = post(busy, phone, **{"rf2-bladder": "yes"})

    text = page.content.decode()
    assert page.status_code == 200
    assert 'id="id_rf2-bladder.new_error"' in text
    assert re.search(r'name="rf2-bladder" value="yes" checked', text)
    assert re.search(r'name="rf2-bowel" value="no" checked', text)
    flag = busy.flag("rf2-bladder")
    assert (flag.urgency, flag.provisional) == ("now", True)
    assert (busy.state, busy.screening.unhandled) == ("blocked-now", 0)
    assert phone.get(busy.url("safety", "toilet-legs")).status_code == 200  # so that it can be answered


def test_the_answer_to_the_follow_up_lowers_what_was_only_possible(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf2-bladder": "yes"})

    answer = post_page(busy, phone, {"rf2-bladder": "yes", "rf2-bladder.new": "no"})

    flag = busy.flag("rf2-bladder")
    assert (flag.urgency, flag.provisional) == ("today", False)
    assert answer["Location"] == busy.url("care")
    assert "care--today" in care_page(busy, phone)


def test_the_answer_to_the_follow_up_confirms_the_higher_class(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf2-bladder": "yes"})

    answer = post_page(busy, phone, {"rf2-bladder": "yes", "rf2-bladder.new": "yes"})

    flag = busy.flag("rf2-bladder")
    assert (flag.urgency, flag.provisional, busy.state) == ("now", False, "blocked-now")
    assert answer["Location"] == busy.url("care")
    assert "care--now" in care_page(busy, phone)


def test_taking_the_yes_back_before_the_follow_up_takes_away_what_was_only_possible(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf2-bladder": "yes"})

    post(busy, phone, **{"rf2-bladder": "no"})

    rows = Answer.objects.filter(screening=busy.screening, key="rf2-bladder").order_by("pk")
    assert list(rows.values_list("value", flat=True)) == ["yes", "no"]
    assert not Flag.objects.filter(provisional_now()).exists()


def provisional_now():
    from django.db.models import F, Q

    return ~Q(urgency=F("settled_urgency"))


def test_a_follow_up_left_open_keeps_the_lists_incomplete(busy):
    busy.answer({"rf2-bladder": "yes"}, rest="no")

    assert busy.phone().get(busy.url("check"))["Location"] == busy.url("safety", "toilet-legs")
    with pytest.raises(Exception, match="incomplete"):
        busy.send()


def test_a_question_hidden_with_its_follow_up_open_takes_the_higher_class(cast):
    """Somebody who then says that the neck does not hurt cannot answer the follow-up any more."""
    story = begin(cast.a).consent().tell(regions=["neck"])
    story.answer({**dict.fromkeys(ALL_ITEMS, "no"), "rf2-arm-weak": "yes"})
    assert story.flag("rf2-arm-weak").provisional
    phone = story.phone()

    phone.send(story.url("where"), regions=["low-back"])

    flag = story.flag("rf2-arm-weak")
    assert (flag.urgency, flag.provisional, story.state) == ("now", False, "blocked-now")
    assert "care--now" in care_page(story, phone)
    with pytest.raises(actions.Stopped):
        story.send()


# --- what the page says -------------------------------------------------------------------------


MESSAGES = {
    # clinical-brief B1, word for word; for NOW in the Netherlands the variant that stands below the table.
    ("BE", "nl", "now"): ("Stop hier en zoek nu hulp", "Bel 112 of ga naar de spoed", "Rij niet zelf"),
    ("BE", "en", "now"): (
        "Stop here and get help now",
        "Call 112 or go to the emergency department",
        "Do not drive",
    ),
    ("NL", "nl", "now"): (
        "Stop hier en zoek nu hulp",
        "Bel 112 of meteen de huisarts",
        "huisartsenspoedpost",
        "Rij niet zelf",
    ),
    ("NL", "en", "now"): ("Stop here and get help now", "112", "Do not drive"),
    ("BE", "nl", "today"): ("Bel vandaag nog je huisarts", "Je plan wacht tot een arts ernaar gekeken heeft"),
    ("BE", "en", "today"): ("Call your GP today", "Your plan waits until a doctor has looked at this"),
    ("NL", "nl", "today"): ("Bel vandaag nog je huisarts",),
    ("NL", "en", "today"): ("Call your GP today",),
    ("BE", "nl", "days"): (
        "Maak binnen enkele dagen een afspraak bij je huisarts",
        "Meestal is het onschuldig",
    ),
    ("BE", "en", "days"): ("Make an appointment with your GP within a few days", "This is usually harmless"),
    ("NL", "nl", "days"): ("Maak binnen enkele dagen een afspraak bij je huisarts",),
    ("NL", "en", "days"): ("Make an appointment with your GP within a few days",),
    ("BE", "nl", "talk"): ("Bespreek dit met je behandelaar voor de eerste behandeling",),
    ("BE", "en", "talk"): ("Tell your practitioner before the first treatment",),
    ("NL", "nl", "talk"): ("Bespreek dit met je behandelaar voor de eerste behandeling",),
    ("NL", "en", "talk"): ("Tell your practitioner before the first treatment",),
}
WORSE = {
    "nl": "Plots erger?",
    "en": "Suddenly worse? Numb between the legs, trouble passing urine, weak legs, fever, chest pain, or fainting",
}


@pytest.mark.parametrize(("country", "language", "urgency"), MESSAGES)
def test_the_care_page_says_what_to_do_in_the_country_and_language(cast, country, language, urgency):
    type(cast.a).objects.filter(pk=cast.a.pk).update(country=country)
    story = begin(cast.a, language=language).consent().tell().answer({ALONE[urgency]: "yes"}, rest="no")
    if urgency != "now":
        story.send()

    page = care_page(story, story.phone())

    assert f"care--{urgency}" in page
    for words in MESSAGES[country, language, urgency]:
        assert words in page
    assert 'href="tel:112"' in page
    assert 'href="tel:+3215112233"' in page
    assert ('href="tel:1733"' in page) == (country == "BE" and urgency == "today")
    assert (WORSE[language] in page) == (urgency != "now")
    assert red_flags().by_id[ALONE[urgency]].told.in_language(language) in page.replace("&#x27;", "'")


def test_in_the_netherlands_nobody_is_sent_to_the_emergency_department_first(cast):
    type(cast.a).objects.filter(pk=cast.a.pk).update(country="NL")
    story = begin(cast.a, language="nl").consent().tell().answer({"rf3-heart": "yes"})

    assert "ga naar de spoed" not in care_page(story, story.phone())


def test_the_care_page_shows_the_most_urgent_first_one_page_for_each_class(cast):
    story = (
        begin(cast.a)
        .consent()
        .tell()
        .answer({ALONE[one]: "yes" for one in ("today", "days", "talk")}, rest="no")
    )
    phone, shown = story.phone(), []

    phone.send(story.url("care"), urgency="today")
    phone.send(story.url("check"))
    while (page := phone.get(story.url("sent"))).status_code == 302:
        urgency = re.search(r"care--(\w+)", care_page(story, phone))[1]
        shown.append(urgency)
        assert page["Location"] == story.url("care")
        phone.send(story.url("care"), urgency=urgency)

    assert shown == ["days", "talk"]


def test_the_care_page_tells_what_to_say_on_the_phone_and_nothing_that_was_answered_no(cast):
    story = begin(cast.a).consent().tell().answer({"rf3-heart": "yes"}, rest="no")

    page = care_page(story, story.phone())

    assert red_flags().by_id["rf3-heart"].ask.en.split("?")[0][:40] in page
    assert red_flags().by_id["rf3-aorta-tear"].ask.en[:40] not in page


# Written out by hand from the third column of clinical-brief B3-B5, without what a question of the brief names itself
# (cancer, osteoporosis, rheumatoid arthritis, prostate).
DISEASES = {
    "en": """
        fracture; tumour; metastas; osteoporotic; spondylodiscitis; abscess; spondyloarthritis; polymyalgia;
        giant cell; arteritis; cauda equina; hernia; radiculopathy; stroke; myelopathy; dissection; instability;
        heart attack; aneurysm; embolism; pneumothorax; pancoast; pyelonephritis; gallstone; pancreatitis;
        ectopic; testicular; shingles; herpes
    """,
    "nl": """
        wervelbreuk; tumor; uitzaaiing; spondylodiscitis; abces; spondyloartritis; polymyalgia; reuscelarteritis;
        cauda equina; hernia; radiculopathie; beroerte; myelopathie; dissectie; instabiliteit; hartinfarct;
        aneurysma; embolie; klaplong; pancoast; pyelonefritis; galstenen; pancreatitis; buitenbaarmoederlijk;
        gordelroos; zona
    """,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("item", ALL_ITEMS)
def test_no_page_of_the_patient_names_a_disease(cast, item, language):
    told = {"sex": "other", "pregnant": "yes", "regions": ["neck", "low-back"], "worst_place": "neck"}
    story = begin(cast.a, language=language).consent().tell(**told)
    phone = story.phone()
    theme = red_flags().by_id[item].theme
    pages = [phone.get(story.url("safety", theme)).content.decode()]
    follow_ups = {f"{item}.{one.id}": "yes" for one in red_flags().by_id[item].follow_ups}
    story.answer({item: "yes", **follow_ups})
    pages.append(phone.get(story.url("care"), follow=True).content.decode())

    text = html.unescape(re.sub(r"<[^>]*>", " ", " ".join(pages))).lower()
    names = {name.strip() for name in DISEASES[language].split(";")}
    points_to = red_flags().by_id[item].points_to.in_language(language).lower()
    assert points_to.strip()
    assert [name for name in names if re.search(rf"\b{name}", text)] == []
    assert points_to not in text


# --- misunderstood ----------------------------------------------------------------------------------


def test_i_misunderstood_tells_the_practice_once_and_clears_nothing(cast, busy):
    phone = busy.phone()
    post(busy, phone, **{"rf3-heart": "yes"})
    flag, state = Flag.objects.values().get(), busy.screening.__dict__

    for _again in range(2):
        assert phone.send(busy.url("misunderstood"))["Location"] == busy.url("care")

    notice = Notice.objects.get()
    assert (notice.kind, notice.intake) == ("misunderstood", busy.intake)
    assert Flag.objects.values().get() == flag
    now = busy.screening.__dict__
    assert {key: now[key] for key in ("state", "unhandled", "sent_at")} == {
        key: state[key] for key in ("state", "unhandled", "sent_at")
    }
    assert "care--now" in care_page(busy, phone)
    assert phone.get(busy.url("about"))["Location"] == busy.url("care")
    assert f'action="{busy.url("misunderstood")}"' not in care_page(busy, phone)
    shown = cast.client("practitioner_a").get(reverse("desk:worklist")).content.decode()
    assert reverse("desk:notice-handled", args=[notice.code]) in shown


def test_misunderstood_can_be_said_again_after_somebody_looked(cast, busy):
    actions.say_misunderstood(busy.actor, busy.intake)
    actions.handle_notice(cast.actor("practitioner_a"), Notice.objects.get())

    actions.say_misunderstood(busy.actor, busy.intake)

    assert Notice.objects.count() == 2


# --- telling the practice at once ---------------------------------------------------------------


def test_a_now_answer_calls_the_one_on_call_once(busy):
    phone = busy.phone()
    post(busy, phone, **{"rf3-heart": "yes"})
    post(busy, phone, **{"rf3-heart": "yes"})

    job = Job.objects.get(kind="urgent-alert")
    assert job.ids == {"practice": busy.intake.practice_id}


@pytest.mark.parametrize("urgency", ["today", "days", "talk"])
def test_less_than_now_calls_nobody(busy, urgency):
    post_page(busy, busy.phone(), {ALONE[urgency]: "yes"})

    assert not Job.objects.filter(kind="urgent-alert").exists()


def test_after_sending_only_a_flag_that_is_open_and_unread_shows_its_page(cast, pieter):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    assert care_to_show(story.screening) is None
    Flag.objects.filter(item="rf1-weight-loss").update(care_read_at=None)
    assert care_to_show(story.screening) == "days"

    actions.clear(pieter, story.flag("rf1-weight-loss"), "misunderstood", explanation="Dieet.")

    assert care_to_show(story.screening) is None
