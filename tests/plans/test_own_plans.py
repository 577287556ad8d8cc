"""Own things on a patient's plan: offered beside ours, in the patient's language, and word for word once given."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.urls import reverse

from plans import actions as plan_actions
from plans import documents, paper
from plans.desk.composer_forms import GlassesOnPlan
from plans.desk.exercise_forms import Exercises
from plans.desk.sheet import Sheet
from plans.freezing import frozen
from plans.models import GivenPhoto, OwnPhoto
from plans.own import actions, photos
from plans.own.body import TextBody, Words
from plans.own.shelf import Own
from tests.cast import in_english
from tests.plans.composing import Desk, izabel
from tests.plans.owning import EXERCISE, HELPER, TIP, draft, in_use, save, with_photos

TYPED = '<b>reiger</b> {{ 7|add:"1" }} &amp; {% now "Y" %}'
SEEN = "&lt;b&gt;reiger&lt;/b&gt; {{ 7|add:&quot;1&quot; }} &amp;amp; {% now &quot;Y&quot; %}"


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def browser(cast):
    return in_english(cast.client("practitioner_a"))


def the_plan(cast, actor, **person):
    return plan_actions.open_plan(actor, izabel(cast.a, **person).intake)


def put_on(plan, item, dose="5 keer"):
    plan.exercises.create(
        practice_id=plan.practice_id, exercise=item.key, dose=dose, hangs_on="moving", hangs_key=""
    )


def released(actor, plan):
    plan.refresh_from_db()
    return plan_actions.release(actor, plan, seen=plan_actions.seen(plan, "all"))


def test_the_composer_offers_them_beside_ours_marked_own_and_keeps_what_is_chosen(cast, pieter, browser):
    tip, helper = in_use(pieter, "tip"), in_use(pieter, "helper")
    exercise, condition = in_use(pieter, "exercise"), in_use(pieter, "tip", about="arthrosis")
    plan = the_plan(cast, pieter)
    desk = Desk(browser, plan).open()
    own = {item: desk.page.count(item.key) for item in (tip, helper, exercise, condition)}
    desk.post(
        "plan-glasses", **{"sitting-tips": ["sitting-stand-up", tip.key], "sitting-helpers": [helper.key]}
    )
    desk.post("plan-conditions", **{"arthrosis-tips": [condition.key]})
    desk.post(
        "plan-exercises",
        **{f"{exercise.key}-on": "on", f"{exercise.key}-dose": "5 keer", f"{exercise.key}-hangs": "moving:"},
    )
    copy = frozen(plan, number=0, corrects=0, made_by="", made_on=plan.made_at.date())
    glass = next(one for one in copy.glasses if one.key == "sitting")

    assert all(own.values()) and desk.page.count('class="own-mark"') >= 3
    assert "Zet je bureau eens hoger." in glass.tips
    assert [one.name for one in copy.helpers] == ["Lies Peeters"]
    assert copy.helpers[0].note == "Bel eerst." and copy.helpers[0].kind
    assert "Zet je bureau eens hoger." in copy.conditions[0].tips
    assert [one.name for one in copy.exercises] == ["De reiger"]
    assert copy.exercises[0].steps == ("Hef één voet.", "Adem rustig.", "Wissel van kant.")


def test_what_is_no_draft_no_more_or_not_in_their_language_is_not_offered(cast, pieter):
    offered = in_use(pieter, "tip")
    drafted, withdrawn = draft(pieter, "tip"), in_use(pieter, "tip")
    actions.withdraw(pieter, withdrawn)
    dutch = in_use(pieter, "tip", text=Words(nl="Alleen Nederlands"))
    anyhow = in_use(pieter, "tip", text=Words(nl="Ook zo"), everywhere=True)
    other = in_use(pieter, "tip", about="stress")
    elsewhere = in_use(cast.actor("owner_b"), "tip")

    def ids(language):
        return {tip.id for tip in Own.of(cast.a.pk).tips("sitting", language)}

    assert ids("nl") == {one.key for one in (offered, dutch, anyhow)}
    assert ids("en") == {one.key for one in (offered, anyhow)}
    assert ids("fr") == {anyhow.key}
    assert not {drafted.key, other.key, elsewhere.key} & ids("nl")


def test_a_hand_made_request_brings_nothing_on_a_plan_that_is_not_offered(cast, pieter):
    hidden = {
        "draft": draft(pieter, "tip"),
        "french": in_use(pieter, "tip", first="fr", text=Words(fr="Seulement")),
        "theirs": in_use(cast.actor("owner_b"), "tip"),
    }
    exercises = [draft(pieter, "exercise"), in_use(cast.actor("owner_b"), "exercise")]
    helper = in_use(cast.actor("owner_b"), "helper")
    plan = the_plan(cast, pieter)
    row = plan.glasses.get(glass="sitting")
    values = {
        name: getattr(row, name) for name in ("glass", "fills", "size", "compensated", "doing", "own_tip")
    }
    values |= {"tips": [item.key for item in hidden.values()], "helpers": [helper.key]}
    plan_actions.save_glasses(pieter, plan, [values], seen=plan_actions.seen(plan, "glasses"))
    rows = [{"exercise": one.key, "dose": "1", "hangs_on": "moving", "hangs_key": ""} for one in exercises]
    plan_actions.save_exercises(pieter, plan, rows, seen=plan_actions.seen(plan, "exercises"))
    row.refresh_from_db()

    assert (row.tips, row.helpers, plan.exercises.count()) == ([], [], 0)
    posted = QueryDict(mutable=True)
    posted.setlist("row", ["sitting"])
    posted.update({"sitting-fills": "yes", "sitting-size": "small", "sitting-tips": hidden["theirs"].key})
    assert not GlassesOnPlan(Sheet(plan), posted).is_valid()


def test_a_caution_hides_an_own_exercise_like_one_of_ours(cast, pieter):
    item = in_use(pieter, "exercise")  # not for who is unsteady
    plan = the_plan(cast, pieter)
    before = Exercises(Sheet(plan))
    plan.cautions = ["falls"]
    after = Exercises(Sheet(plan))

    assert item.key in {row.key for row in before.suggested + before.rest}
    assert before.suggested[0].key == item.key
    assert item.key in {row.key for row in after.left_out}
    assert after.left_out[0].because


def test_what_was_withdrawn_stays_on_the_plans_that_have_it(cast, pieter, browser):
    tip, exercise = in_use(pieter, "tip"), in_use(pieter, "exercise")
    plan = the_plan(cast, pieter)
    plan.glasses.filter(glass="sitting").update(tips=[tip.key])
    put_on(plan, exercise)
    for item in (tip, exercise):
        actions.withdraw(pieter, item)
    desk = Desk(browser, plan).open()
    kept = [desk.post("plan-glasses").status_code, desk.post("plan-exercises").status_code]
    copy = frozen(plan, number=0, corrects=0, made_by="", made_on=plan.made_at.date())

    assert kept == [302, 302]
    assert "own, withdrawn" in desk.page
    assert "Zet je bureau eens hoger." in next(one for one in copy.glasses if one.key == "sitting").tips
    assert [one.key for one in copy.exercises] == [exercise.key]
    assert plan_actions.missing(plan) == ()


def test_a_plan_that_was_given_keeps_its_words_and_photos(cast, pieter, client):
    item = with_photos(pieter, draft(pieter, "exercise"), "start")
    plan = the_plan(cast, pieter)
    put_on(plan, item)
    given = released(pieter, plan)
    photo = OwnPhoto.objects.get()
    save(pieter, item, replace(EXERCISE, name=Words(nl="De ooievaar")))
    item.refresh_from_db()
    actions.use(pieter, item, seen=item.latest.number)
    given.refresh_from_db()
    page = client.get(reverse("own:exercise", args=[given.token, item.key])).content.decode()
    url = reverse("own:photo", args=[given.token, photo.code])

    assert given.plan_copy.exercises[0].name == "De reiger" and "De reiger" in page
    assert url in page and client.get(url).content == photos.read(photo.name, photo.sha256)
    assert GivenPhoto.objects.get().photo == photo
    assert [one.name for one in released(pieter, plan).plan_copy.exercises] == ["De ooievaar"]
    # The old address opens nothing more, its photo neither.
    assert client.get(url).status_code == 404


def test_no_photo_opens_by_another_token_or_while_the_gate_is_closed(cast, pieter, client):
    item = with_photos(pieter, draft(pieter, "exercise"), "start")
    plan, other = the_plan(cast, pieter), the_plan(cast, pieter, given="Milo")
    put_on(plan, item)
    put_on(other, in_use(pieter, "exercise"))
    given, without = released(pieter, plan), released(pieter, other)
    code = OwnPhoto.objects.get().code

    def status(token):
        return client.get(reverse("own:photo", args=[token, code])).status_code

    assert (status(given.token), status(without.token), status("A" * 32)) == (200, 404, 404)
    screening = plan.intake.screening
    type(screening).objects.filter(pk=screening.pk).update(state="blocked")
    assert status(given.token) == 404


def test_it_prints_with_its_photo_the_helpers_and_the_last_line(cast, pieter):
    item = with_photos(pieter, draft(pieter, "exercise"))
    helper = in_use(pieter, "helper")
    in_use(pieter, "text", TextBody(first="nl", text=Words(nl="Tot gauw!", fr="À bientôt")), place="closing")
    in_use(pieter, "text", TextBody(first="nl", text=Words(nl="Bel 1733.")), place="out-of-hours")
    plan = the_plan(cast, pieter)
    put_on(plan, item)
    plan.glasses.filter(glass="sitting").update(helpers=[helper.key])
    release = released(pieter, plan)
    html = paper.plan_html(release.plan_copy)

    assert html.count('src="data:image/jpeg;base64,') == 2
    assert "Lies Peeters" in html and "015 11 22 44" in html and "https://lies.example" in html
    assert "Tot gauw!" in html and "Bel 1733." in html


def test_a_photo_that_is_lost_makes_no_paper_that_says_less_than_was_given(cast, pieter):
    item = with_photos(pieter, draft(pieter, "exercise"), "start")
    plan = the_plan(cast, pieter)
    put_on(plan, item)
    release = released(pieter, plan)
    photos.drop(OwnPhoto.objects.get().name)

    with pytest.raises(photos.Lost):
        documents.make(release)
    # The next version goes without it, and can be printed.
    again = released(pieter, plan)
    assert again.number == 2 and again.plan_copy.exercises[0].photos == ()
    assert "De reiger" in paper.plan_html(again.plan_copy)


@pytest.mark.long
def test_what_is_typed_is_shown_as_typed_everywhere(cast, pieter, browser, client):
    typed = Words(nl=TYPED, en=TYPED, fr=TYPED)
    tip = in_use(pieter, "tip", TIP, text=typed)
    exercise = with_photos(pieter, draft(pieter, "exercise", name=typed))
    helper = in_use(pieter, "helper", HELPER, name=TYPED, note=typed)
    in_use(pieter, "text", TextBody(first="nl", text=typed), place="closing")
    plan = the_plan(cast, pieter)
    put_on(plan, exercise)
    plan.glasses.filter(glass="sitting").update(tips=[tip.key], helpers=[helper.key])
    release = released(pieter, plan)
    pages = [
        browser.get(reverse("desk:plan", args=[plan.code])),
        browser.get(reverse("desk:exercises")),
        browser.get(reverse("desk:exercise", args=[exercise.key])),
        *(browser.get(reverse("desk:own-item", args=[item.code])) for item in (tip, exercise, helper)),
        client.get(reverse("own:exercises", args=[release.token])),
    ]
    shown = [one.content.decode() for one in pages] + [paper.plan_html(release.plan_copy)]

    assert [SEEN in page for page in shown] == [True] * len(shown)
    assert not [page for page in shown if "<b>reiger</b>" in page]
    made = paper.plan_pdf(release.plan_copy)
    assert made.startswith(b"%PDF") and made == paper.plan_pdf(release.plan_copy)


def test_own_exercises_stand_in_the_library_of_their_practice_alone(cast, pieter, browser):
    item = in_use(pieter, "exercise")
    drafted = draft(pieter, "exercise")
    page = browser.get(reverse("desk:exercises")).content.decode()
    found = browser.post(reverse("desk:exercises"), {"q": "heron", "once_key": ""}).content.decode()
    hidden = browser.get(reverse("desk:exercises"), {"caution": ["F"]}).content.decode()
    theirs = in_english(cast.client("practitioner_b"))

    assert item.key in page and drafted.key not in page and item.key in found and item.key not in hidden
    assert "The heron" in browser.get(reverse("desk:exercise", args=[item.key])).content.decode()
    assert item.key not in theirs.get(reverse("desk:exercises")).content.decode()
    for key in (item.key, drafted.key):
        assert theirs.get(reverse("desk:exercise", args=[key])).status_code == 404
    assert browser.get(reverse("desk:exercise", args=[drafted.key])).status_code == 404
