"""Part A page by page: nothing before consent, everything kept before the next page shows, nothing lost on the way."""

import re

import pytest

from intake.consents import consent_text
from intake.models import Answer, Consent
from tests.intake.people import ALL_ITEMS
from tests.patients import DULL_PAIN, HIDDEN, PAGES, THEMES, Kept, begin

ORDER = ["about", "where", "complaint", "since", "pain", "health"]


@pytest.fixture
def story(cast):
    return begin(cast.a)


@pytest.fixture
def busy(cast):
    return begin(cast.a).consent().tell()


def text_of(phone, url):
    page = phone.get(url)
    assert page.status_code == 200, (page.status_code, page.headers.get("Location"))
    return page.content.decode()


def asked(html):
    """The names of the fields on a page, follow-ups left out."""
    names = dict.fromkeys(re.findall(r'<(?:input|textarea)[^>]* name="([a-z0-9_.-]+)"', html))
    return [
        name for name in names if name not in ("csrfmiddlewaretoken", "once_key", "seen") and "." not in name
    ]


def chosen(html, name):
    return re.findall(rf'name="{re.escape(name)}" value="([^"]*)" checked', html)


# --- consent first ----------------------------------------------------------------------------


def test_nothing_is_asked_before_consent(story):
    phone, before = story.phone(), Kept().fingerprint()

    for name in ORDER:
        assert phone.get(story.url(name))["Location"] == story.url("consent")
        assert phone.send(story.url(name), PAGES[name])["Location"] == story.url("consent")
    for theme in THEMES:
        assert phone.get(story.url("safety", theme))["Location"] == story.url("consent")
    for name in ("safety-start", "check", "sent", "care"):
        assert phone.get(story.url(name))["Location"] == story.url("consent")

    assert not Answer.objects.exists()
    assert Kept().fingerprint() == before


@pytest.mark.parametrize("fields", [{}, {"care": ""}])
def test_consent_is_a_tick_and_without_it_nothing_begins(story, fields):
    phone = story.phone()

    page = phone.send(story.url("consent"), fields)

    assert page.status_code == 200
    assert 'id="id_care_error"' in page.content.decode()
    assert not chosen(page.content.decode(), "care")
    assert not Consent.objects.exists()
    assert story.screening is None


def test_consent_keeps_which_words_were_agreed_to_and_comes_before_every_answer(story):
    phone = story.phone()

    assert phone.send(story.url("consent"), care="on")["Location"] == story.url("about")
    phone.send(story.url("about"), PAGES["about"])

    consent = Consent.objects.get(kind=Consent.Kind.CARE)
    assert (consent.kind, consent.given, consent.language) == ("care", True, "en")
    assert (consent.text_version, consent.text_hash) == (consent_text().version, consent_text().hash)
    assert consent.at < Answer.objects.earliest("at").at


def test_the_consent_page_names_the_practice_and_what_this_is_not(story):
    page = text_of(story.phone(), story.url("consent"))

    assert "Only the practitioners of Praktijk De Linde." in page
    assert "It makes no diagnosis and never takes the place of your doctor." in page


# --- one page after the other -----------------------------------------------------------------


def test_a_whole_walk_saves_each_page_before_the_next_one_shows(story):
    phone = story.phone()
    phone.send(story.url("consent"), care="on")
    following = [*(story.url(name) for name in ORDER[1:]), story.url("safety-start")]

    for name, then in zip(ORDER, following, strict=True):
        assert not set(asked(text_of(phone, story.url(name)))) - {"phone"} & set(story.answers())
        assert phone.send(story.url(name), PAGES[name])["Location"] == then
        assert set(PAGES[name]) <= set(story.answers())
    assert story.answers() == DULL_PAIN | {"pregnant": None}

    addresses = [story.url("safety", theme) for theme in THEMES]
    assert addresses[0] in text_of(phone, story.url("safety-start"))
    for theme, then in zip(THEMES, [*addresses[1:], story.url("check")], strict=True):
        page = text_of(phone, story.url("safety", theme))
        assert asked(page) == list(THEMES[theme])
        assert not any(chosen(page, item) for item in THEMES[theme])
        assert phone.send(story.url("safety", theme), dict.fromkeys(THEMES[theme], "no"))["Location"] == then
        assert all(story.answers()[item] == "no" for item in THEMES[theme])

    assert story.state == "passed"
    assert story.flags() == {}


def test_coming_back_leads_to_the_first_page_with_something_unanswered(story):
    story.phone().send(story.url("consent"), care="on")

    for place, name in enumerate(ORDER):
        phone = story.phone()
        assert f'href="{story.url(name)}"' in text_of(phone, story.url("start"))
        phone.send(story.url(name), PAGES[ORDER[place]])
    assert f'href="{story.url("safety-start")}"' in text_of(story.phone(), story.url("start"))
    story.answer(dict.fromkeys(THEMES["beginning"], "no"))
    assert f'href="{story.url("safety", "unwell")}"' in text_of(story.phone(), story.url("start"))


def test_safety_questions_wait_until_everything_they_need_is_told(story):
    story.consent().save({"sex": "male", "gp": None})
    phone = story.phone()

    for url in (
        story.url("safety", "unwell"),
        story.url("safety-start"),
        story.url("check"),
        story.url("sent"),
    ):
        assert phone.get(url)["Location"] == story.url("where")
    assert phone.send(story.url("safety", "unwell"), {"rf1-gca": "yes"})["Location"] == story.url("where")
    assert set(story.answers()) == {"sex", "gp"}


def test_an_unknown_theme_leads_back_on_the_way(busy):
    assert busy.phone().get(busy.url("safety", "no-such-theme"))["Location"] == busy.url("safety-start")


def test_answers_given_before_stand_on_the_page(busy):
    busy.save({"own_words": "Sinds de verhuis", "pain_now": 0})
    phone = busy.phone()

    assert "Sinds de verhuis</textarea>" in text_of(phone, busy.url("complaint"))
    pain = text_of(phone, busy.url("pain"))
    assert (chosen(pain, "pain_now"), chosen(pain, "worst_pain")) == (["0"], ["5"])
    assert (chosen(pain, "recent_fall"), chosen(pain, "changes_with_movement")) == (["no"], ["yes"])


def test_changing_an_answer_keeps_the_one_before(busy):
    phone = busy.phone()

    phone.send(busy.url("pain"), {**PAGES["pain"], "worst_pain": "9", "recent_fall": "unknown"})

    rows = Answer.objects.filter(screening=busy.screening).order_by("pk")
    assert list(rows.filter(key="worst_pain").values_list("value", flat=True)) == [5, 9]
    assert list(rows.filter(key="recent_fall").values_list("value", flat=True)) == [False, None]
    assert rows.filter(key="course").count() == 1
    assert busy.answers()["worst_pain"] == 9


def test_the_same_page_sent_again_adds_nothing(busy):
    phone, before = busy.phone(), busy.rows()

    for _again in range(2):
        assert phone.send(busy.url("pain"), PAGES["pain"])["Location"] == busy.url("health")

    assert busy.rows() == before


def test_of_two_tabs_the_last_one_counts_question_by_question_and_the_earlier_is_kept(busy):
    tab, stale_tab = busy.phone(), busy.phone()
    for one in (tab, stale_tab):
        text_of(one, busy.url("safety", "unwell"))
    items = THEMES["unwell"]

    tab.send(busy.url("safety", "unwell"), {**dict.fromkeys(items, "no"), "rf1-pmr": "yes"})
    stale_tab.send(busy.url("safety", "unwell"), {**dict.fromkeys(items, "no"), "rf1-inflammatory": "unsure"})

    assert busy.answers()["rf1-pmr"] == "no"
    assert busy.answers()["rf1-inflammatory"] == "unsure"
    history = Answer.objects.filter(screening=busy.screening, key="rf1-pmr").order_by("pk")
    assert list(history.values_list("value", flat=True)) == ["yes", "no"]
    assert "rf1-pmr" in busy.flags()  # What one tab raised stands, whatever the other says.


# --- language and later -------------------------------------------------------------------------


def test_the_language_button_saves_first_and_keeps_what_was_typed(busy):
    phone = busy.phone()

    page = phone.send(
        busy.url("safety", "unwell"), {"rf1-gca": "no", "rf1-pmr": "no", "language": "nl"}
    ).content.decode()

    assert 'lang="nl"' in page
    assert "Ben je 50 of ouder" in page
    assert (chosen(page, "rf1-gca"), chosen(page, "rf1-pmr"), chosen(page, "rf1-band-pain")) == (
        ["no"],
        ["no"],
        [],
    )
    assert 'class="wrong"' not in page  # What was not reached yet is no mistake.
    assert (busy.answers()["rf1-gca"], busy.answers()["rf1-pmr"]) == ("no", "no")
    busy.intake.refresh_from_db()
    assert busy.intake.language == "nl"


def test_the_language_button_keeps_a_mistake_and_names_it(busy):
    page = (
        busy.phone()
        .send(busy.url("since"), {**PAGES["since"], "onset_age": "dertig", "language": "en"})
        .content.decode()
    )

    assert 'value="dertig"' in page
    assert 'id="id_onset_age_error"' in page


def test_the_language_button_does_not_hold_back_a_dangerous_answer(busy):
    answer = busy.phone().send(busy.url("safety", "chest-flank"), {"rf3-heart": "yes", "language": "nl"})

    assert answer["Location"] == busy.url("care")
    assert busy.state == "blocked-now"


def test_later_keeps_what_was_answered_and_leads_home(busy):
    phone = busy.phone()

    answer = phone.send(busy.url("safety", "unwell"), {"rf1-gca": "no", "later": "1"})

    assert answer["Location"] == busy.url("start")
    assert busy.answers()["rf1-gca"] == "no"
    assert "rf1-pmr" not in busy.answers()
    assert busy.state == "incomplete"


def test_pages_without_a_form_change_the_language_too(busy):
    phone = busy.phone()

    answer = phone.send(busy.url("language"), {"language": "nl", "next": busy.url("safety-start")})
    assert answer["Location"] == busy.url("safety-start")
    elsewhere = phone.send(busy.url("language"), {"language": "en", "next": "https://example.org/"})

    assert elsewhere["Location"] == busy.url("start")
    busy.intake.refresh_from_db()
    assert busy.intake.language == "en"


def test_a_language_that_is_not_there_changes_nothing(busy):
    busy.phone().send(busy.url("language"), {"language": "xx"})

    busy.intake.refresh_from_db()
    assert busy.intake.language == "en"


# --- who is asked what --------------------------------------------------------------------------


def questions_of(story):
    """Every item on the pages of the safety lists, by asking for each of them."""
    phone = story.phone()
    pages = (phone.get(story.url("safety", theme)) for theme in THEMES)
    return {name for page in pages if page.status_code == 200 for name in asked(page.content.decode())}


# clinical-brief B8, Hiding, by hand.
NECK = {"rf2-arm-weak", "rf2-electric", "rf2-neck-sudden", "rf2-neck-brain", "rf2-neck-loose"}
LEG = {"rf2-sexual", "rf2-foot-drop"}
WOMEN = {"rf3-pregnancy-acute", "rf3-gynaecological"}
MEN = {"rf3-urological"}


@pytest.mark.parametrize(
    ("told", "hidden"),
    [
        ({"sex": "male", "regions": ["low-back"]}, NECK | WOMEN),
        ({"sex": "male", "regions": ["neck"]}, LEG | WOMEN),
        ({"sex": "male", "regions": ["arm"]}, LEG | WOMEN),
        ({"sex": "female", "pregnant": "no", "regions": ["head"]}, LEG | MEN),
        ({"sex": "female", "pregnant": "maybe", "regions": ["leg", "arm"]}, MEN),
        ({"sex": "other", "pregnant": "no", "regions": ["upper-back", "neck"]}, set()),
    ],
    ids=["man, low back", "man, neck", "man, arm", "woman, head", "woman, leg and arm", "other, all over"],
)
def test_what_the_context_hides_is_not_asked_and_all_else_is(story, told, hidden):
    worst = {"worst_place": told["regions"][0]} if len(told["regions"]) > 1 else {}
    story.consent().tell(**told, **worst)

    assert questions_of(story) == set(ALL_ITEMS) - hidden


def test_over_55_pregnancy_is_not_asked(cast):
    story = begin(cast.a, born=begin(cast.a).patient.birth_date.replace(year=1950))
    story.consent().tell(sex="female")

    assert questions_of(story) == set(ALL_ITEMS) - NECK - MEN - {"rf3-pregnancy-acute"}
    assert "pregnant" not in asked(text_of(story.phone(), story.url("about")))


def test_the_list_of_what_is_hidden_for_the_usual_man_is_right():
    assert HIDDEN == NECK | WOMEN


def test_a_man_is_not_asked_for_pregnancy_and_a_woman_must_say(story):
    phone = story.consent().phone()

    assert phone.send(story.url("about"), {"sex": "male", "pregnant": "yes"}).status_code == 302
    assert story.answers()["pregnant"] is None
    refused = phone.send(story.url("about"), {"sex": "female"})
    assert refused.status_code == 200
    assert 'id="id_pregnant_error"' in refused.content.decode()
    assert phone.send(story.url("about"), {"sex": "female", "pregnant": "maybe"}).status_code == 302
    assert (story.answers()["sex"], story.answers()["pregnant"]) == ("female", "maybe")


def test_naming_a_second_place_asks_which_is_the_worst(busy):
    phone = busy.phone()

    phone.send(busy.url("where"), {"regions": ["low-back", "neck"]})
    page = text_of(phone, busy.url("complaint"))

    assert re.findall(r'name="worst_place" value="([^"]+)"', page) == ["neck", "low-back"]
    assert phone.get(busy.url("safety", "unwell"))["Location"] == busy.url("complaint")
    phone.send(busy.url("complaint"), {"worst_place": "neck"})
    assert phone.get(busy.url("safety", "hands-neck")).status_code == 200


def test_pain_in_the_neck_asks_the_neck_questions_that_were_hidden_before(busy):
    busy.answer(rest="no")
    assert busy.state == "passed"

    busy.phone().send(busy.url("where"), {"regions": ["neck"]})

    assert busy.state == "incomplete"
    assert questions_of(busy) >= NECK


def test_own_words_never_lower_or_raise_anything(busy):
    busy.answer(rest="no")

    busy.save(
        {"own_words": "ik heb doof gevoel in mijn zadel en verlies urine", "cannot_do": "niets aan de hand"}
    )

    assert (busy.state, busy.flags()) == ("passed", {})


def test_every_question_is_asked_on_a_page_in_both_languages(cast):
    for language in ("nl", "en"):
        story = begin(cast.a, language=language)
        story.consent().tell(sex="other", pregnant="no", regions=["neck", "low-back"], worst_place="neck")
        assert questions_of(story) == set(ALL_ITEMS)
