"""For whom: asked on each device before the first question, never pre-ticked, and written beside every answer."""

import pytest
from django.db import IntegrityError, transaction

from intake import actions, views
from intake.models import Answer, Respondent
from intake.people_forms import WhomForm
from tests.cast import in_english
from tests.patients import DULL_PAIN, PAGES, THEMES, Kept, Phone, at_glasses, begin, sent
from triggers.models import ConditionAnswer, GlassAnswer

ANN = {"who": "for", "helper_name": "Ann Peeters", "relation": "child", "patient_present": "yes"}
TOGETHER = {"who": "together", "helper_name": "Ann Peeters", "relation": "child"}
CONTEXT = ("about", "where", "complaint", "since", "pain", "health")


@pytest.fixture
def story(cast):
    return begin(cast.a, given="Georgette", family="Maes")


def opened(story):
    """A browser that has opened the link and was not asked for whom yet."""
    phone = Phone()
    assert phone.send(story.link, story.born)["Location"] == story.url("start")
    return phone


def text(answer):
    assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def rows(story):
    return list(Respondent.objects.filter(intake=story.intake))


# --- asked first --------------------------------------------------------------------------------


def test_the_first_page_after_the_birth_date_asks_for_whom_and_nothing_is_pre_ticked(story):
    phone = opened(story)

    assert phone.get(story.url("start"))["Location"] == story.url("whom")
    page = text(phone.get(story.url("whom")))

    assert [f'name="who" value="{who}"' in page for who in ("self", "together", "for")] == [True] * 3
    assert " checked" not in page
    assert "You are answering for" not in page
    assert phone.send(story.url("whom"), who="self")["Location"] == story.url("start")
    assert "Georgette" in text(phone.get(story.url("start")))


def test_no_question_of_part_a_is_asked_before(story):
    phone, before = opened(story), Kept().fingerprint()

    assert phone.get(story.url("consent"))["Location"] == story.url("whom")
    assert phone.send(story.url("consent"), care="on")["Location"] == story.url("whom")
    assert Kept().fingerprint() == before
    story.consent().tell()
    before = Kept().fingerprint()
    for url in (
        *(story.url(name) for name in CONTEXT),
        story.url("safety", "unwell"),
        story.url("safety-start"),
    ):
        assert phone.get(url)["Location"] == story.url("whom")
    for name in CONTEXT:
        assert phone.send(story.url(name), PAGES[name])["Location"] == story.url("whom")
    assert phone.send(story.url("safety", "unwell"), dict.fromkeys(THEMES["unwell"], "no")).status_code == 302
    assert Kept().fingerprint() == before


def test_nothing_is_sent_before(story):
    story.consent().tell().answer(rest="no")

    assert opened(story).send(story.url("check"))["Location"] == story.url("whom")

    assert story.screening.sent_at is None


def test_no_page_of_part_b_is_asked_before(cast):
    story = at_glasses(cast.a)
    phone, before = opened(story), Kept().fingerprint()

    for page in (
        ("start",),
        ("lesson",),
        ("condition", 1),
        ("glass", 1),
        ("glass", 13),
        ("shelf",),
        ("check",),
    ):
        assert phone.get(story.page(*page))["Location"] == story.url("whom")
    assert phone.send(story.page("glass", 1), {"recognised": "none", "fills": "no"}).status_code == 302

    assert Kept().fingerprint() == before


def test_advice_is_shown_whoever_holds_the_phone(story):
    story.consent().tell().answer({"rf2-saddle": "yes", "rf2-saddle.new": "yes"})
    phone = opened(story)

    assert phone.get(story.url("safety", "unwell"))["Location"] == story.url("care")
    assert phone.get(story.url("whom"))["Location"] == story.url("care")
    assert "care--now" in text(phone.get(story.url("care")))


def test_where_nothing_is_left_to_fill_in_nobody_is_asked(cast):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    phone, before = opened(story), Kept().fingerprint()

    assert phone.get(story.url("start"))["Location"] == story.url("sent")
    assert phone.get(story.url("whom"))["Location"] == story.url("sent")
    assert phone.send(story.url("whom"), ANN)["Location"] == story.url("sent")
    assert Kept().fingerprint() == before


# --- what is kept -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"who": "self"}, ("self", "", "", None)),
        ({**ANN, "who": "self"}, ("self", "", "", None)),
        (TOGETHER, ("together", "Ann Peeters", "child", None)),
        ({**TOGETHER, "patient_present": "no"}, ("together", "Ann Peeters", "child", None)),
        (ANN, ("for", "Ann Peeters", "child", True)),
        ({**ANN, "patient_present": "no", "relation": "carer"}, ("for", "Ann Peeters", "carer", False)),
        ({**ANN, "helper_name": "  Ann  <b>{{ x }}</b> "}, ("for", "Ann  <b>{{ x }}</b>", "child", True)),
    ],
)
def test_who_fills_in_is_a_row(story, fields, kept):
    phone = opened(story)

    assert phone.send(story.url("whom"), fields)["Location"] == story.url("start")

    (row,) = rows(story)
    assert (row.who, row.helper_name, row.relation, row.patient_present) == kept
    assert (row.way, row.staff, row.practice) == ("link", None, story.intake.practice)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"who"}),
        ({"who": "nobody"}, {"who"}),
        ({"who": "for"}, {"helper_name", "relation", "patient_present"}),
        ({"who": "together"}, {"helper_name", "relation"}),
        ({**ANN, "helper_name": "   "}, {"helper_name"}),
        ({**ANN, "helper_name": "x" * 101}, {"helper_name"}),
        ({**ANN, "relation": "boss"}, {"relation"}),
        ({**ANN, "patient_present": "perhaps"}, {"patient_present"}),
    ],
)
def test_what_is_missing_is_said_beside_it_and_the_rest_stays(story, fields, wrong):
    page = text(opened(story).send(story.url("whom"), fields))

    assert {name for name in WhomForm.base_fields if f'id="id_{name}_error"' in page} == wrong
    assert not rows(story)
    if fields.get("helper_name", "").strip() and "helper_name" not in wrong:
        assert 'value="Ann Peeters"' in page


def test_the_same_form_twice_is_one_row(story):
    phone, key = opened(story), "0d9c6d06-3e2b-4d5f-9a55-8bd0a80f5e11"

    for _press in range(2):
        assert phone.send(story.url("whom"), ANN, key=key)["Location"] == story.url("start")

    assert len(rows(story)) == 1


def test_a_change_of_hands_is_a_new_row_and_each_answer_names_its_own(story):
    phone = opened(story)
    phone.send(story.url("whom"), ANN)
    story.consent()
    phone.send(story.url("about"), PAGES["about"])
    assert story.url("whom") in text(phone.get(story.url("start")))

    phone.send(story.url("whom"), who="self")
    phone.send(story.url("where"), PAGES["where"])

    first, second = rows(story)
    by_key = dict(Answer.objects.values_list("key", "respondent"))
    assert (by_key["sex"], by_key["regions"]) == (first.pk, second.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Respondent.objects.filter(pk=first.pk).update(helper_name="Somebody else")


def test_each_device_is_asked_anew_and_answers_by_its_own_row(story):
    mine, hers = opened(story), opened(story)
    mine.send(story.url("whom"), who="self")
    assert hers.get(story.url("start"))["Location"] == story.url("whom")
    hers.send(story.url("whom"), ANN)

    story.consent()
    hers.send(story.url("about"), PAGES["about"])
    mine.send(story.url("where"), PAGES["where"])

    who = dict(Answer.objects.values_list("key", "respondent__who"))
    assert (who["sex"], who["regions"]) == ("for", "self")


def test_the_same_browser_by_another_link_is_asked_anew(cast, story):
    phone = opened(story)
    phone.send(story.url("whom"), ANN)
    phone.send(story.link, story.born)
    assert phone.get(story.url("start")).status_code == 200

    phone.send(begin_link(cast, story), story.born)

    assert phone.get(story.url("start"))["Location"] == story.url("whom")


def begin_link(cast, story):
    from django.urls import reverse

    from intake import tokens

    other = actions.invite(cast.actor("desk_a"), story.intake, "copy")
    return reverse("intake:link", args=[tokens.unseal(other.sealed_token)])


def test_only_ids_stand_in_the_session(story):
    phone = opened(story)
    phone.send(story.url("whom"), ANN)

    (row,) = rows(story)
    kept = dict(phone.session.items())
    assert kept["respondents"] == {str(story.intake.code): str(row.code)}
    assert "Ann" not in str(kept)


def test_a_row_of_another_intake_in_the_session_counts_for_nothing(cast, story):
    other = begin(cast.b)
    foreign = actions.answer_as(other.actor, other.intake, who="self", way="link")
    phone = opened(story)
    session = phone.session
    session["respondents"] = {str(story.intake.code): str(foreign.code)}
    session.save()

    assert phone.get(story.url("start"))["Location"] == story.url("whom")


# --- every save names it ------------------------------------------------------------------------


def walk(phone, story, names=CONTEXT, themes=THEMES):
    """Part A as a browser walks it, a half saved page included."""
    story.consent()
    phone.send(story.url("about"), {"sex": "male", "later": "1"})
    for name in names:
        phone.send(story.url(name), PAGES[name])
    for theme in themes:
        phone.send(story.url("safety", theme), dict.fromkeys(THEMES[theme], "no"))


def unnamed(story):
    """What was stored without saying who filled it in."""
    found = [
        *Answer.objects.filter(screening__intake=story.intake, respondent=None).values_list("key", flat=True)
    ]
    for model in (ConditionAnswer, GlassAnswer):
        found += model.objects.filter(questionnaire__intake=story.intake, respondent=None)
    return found


def test_an_answer_of_either_part_names_who_filled_it_in(cast, story):
    phone = opened(story)
    phone.send(story.url("whom"), ANN)
    walk(phone, story, names=("about", "where"), themes=())
    other = at_glasses(cast.a)
    hers = opened(other)
    hers.send(other.url("whom"), ANN)
    hers.send(other.page("condition", 1), recognised="none")
    hers.send(other.page("glass", 2), skip="1")

    assert story.rows() > 2
    assert GlassAnswer.objects.count() == ConditionAnswer.objects.count() == 1
    assert unnamed(story) == []
    assert not GlassAnswer.objects.filter(respondent=None).exists()
    assert not ConditionAnswer.objects.filter(respondent=None).exists()


@pytest.mark.long
def test_every_answer_of_both_parts_names_who_filled_it_in(story):
    phone = opened(story)
    phone.send(story.url("whom"), ANN)
    walk(phone, story)
    phone.send(story.url("check"))
    phone.send(story.page("lesson"))
    phone.send(story.page("condition", 1), recognised="none")
    phone.send(story.page("glass", 1), recognised="none", fills="no")
    phone.send(story.page("glass", 2), skip="1")
    phone.send(story.page("glass", 3), {"recognised": "movement-change-1", "later": "1"})

    assert story.rows() > 40
    assert GlassAnswer.objects.count() == 3
    assert ConditionAnswer.objects.count() == 1
    assert unnamed(story) == []


def test_a_page_that_forgets_to_say_who_is_seen(story, monkeypatch):
    save = actions.save_page
    monkeypatch.setattr(
        views.pages.actions, "save_page", lambda *args, respondent=None, **kwargs: save(*args, **kwargs)
    )
    phone = opened(story)
    phone.send(story.url("whom"), ANN)

    walk(phone, story, names=("about",), themes=())

    assert unnamed(story)


# --- what it looks like -------------------------------------------------------------------------


def banner(page):
    return "You are answering for <strong>Georgette</strong>" in page


@pytest.mark.parametrize(("fields", "shown"), [(ANN, True), (TOGETHER, False), ({"who": "self"}, False)])
def test_the_banner_says_for_whom_and_never_before_the_birth_date(story, fields, shown):
    phone = opened(story)
    assert "Georgette" not in text(Phone().get(story.link))
    phone.send(story.url("whom"), fields)

    assert banner(text(phone.get(story.url("start")))) is shown
    assert banner(text(phone.get(story.url("consent")))) is shown
    story.consent()
    assert banner(text(phone.get(story.url("about")))) is shown


@pytest.mark.long
def test_the_banner_stands_on_every_page_of_both_parts_and_for_nobody_else(cast):
    for fields, shown in ((ANN, True), (TOGETHER, False), ({"who": "self"}, False)):
        story = begin(cast.a, given="Georgette")
        phone = opened(story)
        assert "Georgette" not in text(Phone().get(story.link))
        phone.send(story.url("whom"), fields)
        assert banner(text(phone.get(story.url("start")))) is shown
        assert banner(text(phone.get(story.url("consent")))) is shown
        walk(phone, story)
        pages = [*CONTEXT, "safety-start", "check"]
        for url in (*(story.url(name) for name in pages), story.url("safety", "unwell")):
            assert banner(text(phone.get(url))) is shown, url
        phone.send(story.url("check"))
        phone.send(story.page("lesson"))
        for page in (
            ("start",),
            ("lesson",),
            ("condition", 2),
            ("glass", 1),
            ("glass", 9),
            ("shelf",),
            ("check",),
        ):
            assert banner(text(phone.get(story.page(*page)))) is shown, page


def test_on_the_blue_glasses_a_helper_reads_to_fill_in_only_what_was_said(cast):
    story = at_glasses(cast.a, given="Georgette")
    helper = opened(story)
    helper.send(story.url("whom"), ANN)
    own = opened(story)
    own.send(story.url("whom"), who="self")
    line = "Fill in only what Georgette says. Skipping is fine."

    told = {number: line in text(helper.get(story.page("glass", number))) for number in (1, 8, 9, 13)}
    from triggers.glasses import glasses

    blue = {number for number, one in enumerate(glasses().values(), start=1) if one.family == "blue"}
    assert {number for number, said in told.items() if said} == blue & told.keys() == {9, 13}
    assert line not in text(own.get(story.page("glass", min(blue))))


def test_a_language_button_keeps_what_was_typed(story):
    page = text(opened(story).send(story.url("whom"), {"who": "for", "helper_name": "Ann", "language": "en"}))

    assert 'value="for" checked' in page
    assert 'value="Ann"' in page
    assert 'class="wrong"' not in page
    assert not rows(story)


def test_a_page_costs_one_question_to_the_database_more_at_most(story, django_assert_max_num_queries):
    phone = opened(story)
    phone.send(story.url("whom"), ANN)
    story.consent()

    with django_assert_max_num_queries(12):
        phone.get(story.url("about"))


# --- what the practice sees ---------------------------------------------------------------------


def helped(cast):
    """A patient whose daughter filled in part A, and who goes on alone with part B."""
    story = begin(cast.a, given="Georgette", family="Maes").consent()
    values = {"helper_name": "Ann Peeters", "relation": "child", "patient_present": False}
    ann = actions.answer_as(story.actor, story.intake, who="for", way="link", **values)
    actions.save_page(story.actor, story.screening, "about", DULL_PAIN, respondent=ann)
    story.answer(rest="no").send()
    actions.answer_as(story.actor, story.intake, who="self", way="link")
    return story


@pytest.mark.parametrize("who", ["desk_a", "practitioner_a"])
def test_worklist_and_patient_page_show_that_somebody_helped(cast, who):
    from django.urls import reverse

    story = helped(cast)
    client = in_english(cast.client(who))

    for url in (reverse("desk:worklist"), reverse("desk:patient", args=[story.patient.code])):
        assert "Ann Peeters (son or daughter)" in text(client.get(url)), url
    other = in_english(cast.client("desk_b"))
    assert "Ann Peeters" not in text(other.get(reverse("desk:worklist")))


def test_a_tap_that_was_put_right_leaves_no_mark(cast, story):
    from django.urls import reverse

    phone = opened(story)
    phone.send(story.url("whom"), ANN)
    desk = cast.client("desk_a")
    assert "Ann Peeters" in text(desk.get(reverse("desk:worklist")))

    phone.send(story.url("whom"), who="self")

    assert "Ann Peeters" not in text(desk.get(reverse("desk:worklist")))


def test_the_head_and_the_review_say_who_filled_in_what(cast):
    from django.urls import reverse

    story = helped(cast)
    client = in_english(cast.client("practitioner_a"))
    line = "Ann Peeters (son or daughter) for the patient, patient not present, on their own screen"

    for name in ("review", "glasses", "visits"):
        page = text(client.get(reverse(f"desk:{name}", args=[story.intake.code])))
        head = page.partition('class="patient-head"')[2].partition("</section>")[0]
        assert line in head, name
    review = text(client.get(reverse("desk:review", args=[story.intake.code])))
    assert "Who filled this in" in review
    assert f"{line}, from " in review.partition("Who filled this in")[2]


def test_ten_helpers_cost_the_worklist_as_much_as_one(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    desk = cast.client("desk_a")

    def helper(number):
        story = begin(cast.a, given=f"Helped {number}")
        values = {"who": "for", "helper_name": "Ann", "relation": "child", "patient_present": True}
        actions.answer_as(story.actor, story.intake, way="link", **values)
        return story

    def cost(url):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(desk.get(url))
        return len(queries)

    story = helper(0)
    desk.get(reverse("desk:worklist"))
    before = cost(reverse("desk:worklist"))
    file = cost(reverse("desk:patient", args=[story.patient.code]))
    for number in range(1, 10):
        helper(number)
        for channel in ("consult", "tablet"):
            type(story.invitation).objects.create(
                practice=cast.a,
                intake=story.intake,
                channel=channel,
                token_hash=f"{channel}{number}",
                state="finished",
                ended_at=story.invitation.created_at,
            )

    assert cost(reverse("desk:worklist")) == before
    assert cost(reverse("desk:patient", args=[story.patient.code])) == file
