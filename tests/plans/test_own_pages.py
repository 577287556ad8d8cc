"""The pages of a practice's own things: mistakes beside their fields, nothing typed lost, undo and no question."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from backup_plan_site.staff.models import Membership, Practice
from intake import practice_words
from plans.models import OwnItem
from plans.own import forms
from plans.own.body import TextBody, Words
from tests.cast import in_english, log_in
from tests.patients import begin
from tests.plans.owning import BODIES, EXERCISE, draft, in_use, save

TABS = {"tip": "tips", "exercise": "exercises", "helper": "helpers", "text": "texts"}
TIP = {"about": "sitting", "text_nl": "Zet je bureau hoger.", "text_en": "Raise your desk."}


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def staff(cast):
    return in_english(cast.client("practitioner_a"))


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def post(client, page, /, *arguments, **fields):
    return client.post(reverse(f"desk:{page}", args=arguments), {"once_key": str(uuid.uuid4()), **fields})


def fields_of(kind, **changes):
    """What a browser posts for a whole body of this kind."""
    body = BODIES[kind]
    known = forms._initial(kind, body)
    plain = {name: value for name, value in known.items() if name not in ("first", "photos", "everywhere")}
    place = {"place": "welcome"} if kind == "text" else {}
    return {**plain, **place, **changes}


def beside(answer, field):
    """What is said to be wrong with one field."""
    found = re.search(rf'<ul class="errorlist" id="id_{field}_error">(.*?)</ul>', answer.content.decode())
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


@pytest.mark.parametrize("kind", BODIES)
def test_each_kind_is_written_read_and_taken_into_use(staff, kind):
    made = post(staff, "own-new", TABS[kind], **fields_of(kind))
    item = OwnItem.objects.get()
    page = text(staff.get(made["Location"]))

    assert made.status_code == 302, text(made)
    assert made["Location"] == reverse("desk:own-item", args=[item.code])
    assert "Draft" in page and "Take into use" in page and "Saved as a draft." in page
    post(staff, "own-use", item.code, seen=1)
    item.refresh_from_db()
    assert item.state == "in-use" and item.latest.body == item.used.body
    shown = text(staff.get(reverse("desk:own-kind", args=[TABS[kind]])))
    assert "In use" in shown
    assert text(staff.get(reverse("desk:own-edit", args=[item.code])))


WRONG = [
    ("tip", {"text_nl": ""}, "text_nl", "Write this in Nederlands first."),
    ("tip", {"text_fr": "x" * 201}, "text_fr", "At most 200 characters fit here; you typed 201."),
    ("tip", {"about": ""}, "about", "This field is required."),
    ("tip", {"phase": "acute"}, "phase", "Only a tip for a hernia belongs to one part of its course."),
    ("exercise", {"steps_nl": "Een\nTwee"}, "steps_nl", "Write 3 to 5 lines here. Now there are 2."),
    ("exercise", {"stop_en": "1\n2\n3\n4"}, "stop_en", "Write 1 to 3 lines here. Now there are 4."),
    ("exercise", {"regions": []}, "regions", "Choose at least one."),
    ("exercise", {"stage": ""}, "stage", "This field is required."),
    ("helper", {"name": ""}, "name", "This field is required."),
    ("helper", {"phone": "bel mij"}, "phone", "Type a phone number: figures, spaces and a + in front."),
    ("helper", {"web": "javascript:alert(1)//x://"}, "web", "Type the address of a website."),
    (
        "helper",
        {"helper": "witch"},
        "helper",
        "Select a valid choice. witch is not one of the available choices.",
    ),
    ("text", {"place": ""}, "place", "This field is required."),
]


@pytest.mark.parametrize("kind", BODIES)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(staff, kind):
    for _kind, changes, field, said in (case for case in WRONG if case[0] == kind):
        look_at(post(staff, "own-new", TABS[kind], **fields_of(kind, **changes)), kind, changes, field, said)


def look_at(answer, kind, changes, field, said):
    assert answer.status_code == 422
    assert beside(answer, field) == said
    assert f'href="#id_{field}' in answer.content.decode()
    kept = [
        value for name, value in fields_of(kind, **changes).items() if name.endswith(("_en", "_nl")) and value
    ]
    assert all(html.escape(value) in answer.content.decode() for value in kept)
    assert not OwnItem.objects.exists()


def test_the_address_of_a_website_gets_what_it_lacks(staff):
    post(staff, "own-new", "helpers", **fields_of("helper", web="www.lies.example"))

    assert OwnItem.objects.get().latest.body["web"] == "https://www.lies.example"


def test_the_practices_own_language_comes_first_and_is_needed(cast, staff):
    Practice.objects.filter(pk=cast.a.pk).update(default_language="fr")
    page = staff.get(reverse("desk:own-new", args=["tips"])).content.decode()
    answer = post(staff, "own-new", "tips", **TIP)

    assert page.index('id="id_text_fr"') < page.index('id="id_text_nl"')
    assert beside(answer, "text_fr") == "Write this in Français first." and beside(answer, "text_nl") == ""


def test_a_colleague_who_was_faster_is_named_and_nothing_is_lost(cast, pieter, staff):
    item = draft(pieter, "tip")
    Membership.objects.create(practice=cast.a, user=cast.people["stranger"], role="owner")
    colleague = in_english(log_in(cast.client("anonymous"), cast.people["stranger"]))
    first = post(colleague, "own-edit", item.code, **{**TIP, "text_nl": "Van Stan", "seen": 1})
    answer = post(staff, "own-edit", item.code, **{**TIP, "text_nl": "Van Pieter", "seen": 1})
    page = answer.content.decode()

    assert (first.status_code, answer.status_code) == (302, 409)
    assert "Stan Ypersiel saved this on" in page and "Van Pieter" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    again = post(staff, "own-edit", item.code, **{**TIP, "text_nl": "Van Pieter", "seen": seen})
    assert again.status_code == 302
    assert [row.body["text"]["nl"] for row in item.versions.all()][1:] == ["Van Stan", "Van Pieter"]


def test_a_withdrawal_is_undone_by_one_press(pieter, staff):
    item = in_use(pieter, "tip")
    to = post(staff, "own-withdraw", item.code)["Location"]
    page = text(staff.get(to))
    post(staff, "own-put-back", item.code)
    item.refresh_from_db()

    assert "Undo: put it back" in page and "Withdrawn" in page
    assert item.state == "in-use"


def test_a_move_that_came_too_late_says_so(pieter, staff):
    item = draft(pieter, "tip")
    post(staff, "own-withdraw", item.code)
    late = staff.get(post(staff, "own-withdraw", item.code)["Location"])
    stale = staff.get(post(staff, "own-use", item.code, seen=7)["Location"])
    item.refresh_from_db()

    assert "A colleague changed this in the meantime." in text(late)
    assert "A colleague changed this in the meantime." in text(stale)
    assert item.state == "withdrawn"


def test_earlier_words_are_brought_back_by_one_press(pieter, staff):
    item = in_use(pieter, "tip")
    save(pieter, item, BODIES["tip"].__class__(first="nl", about="stress", text=Words(nl="Anders")))
    page = text(staff.get(reverse("desk:own-item", args=[item.code])))
    post(staff, "own-restore", item.code, number=1, seen=2)
    item.refresh_from_db()

    assert "Version 1 still counts until you take these into use." in page
    assert "Bring these words back" in page
    assert item.latest.body["text"]["nl"] == BODIES["tip"].text.nl
    assert post(staff, "own-restore", item.code, number="x", seen=3).status_code == 404


def test_the_desk_reads_and_gets_no_button(cast, pieter):
    items = [in_use(pieter, kind) for kind in BODIES]
    desk = in_english(cast.client("desk_a"))
    pages = [desk.get(reverse("desk:own-item", args=[item.code])).content.decode() for item in items]
    pages += [desk.get(reverse("desk:own-kind", args=[tab])).content.decode() for tab in TABS.values()]

    assert not [page for page in pages if re.search(r'action="/desk/own/|/edit/|/new/', page)]
    for item in items:
        assert desk.get(reverse("desk:own-edit", args=[item.code])).status_code == 403
        assert post(desk, "own-withdraw", item.code).status_code == 403


@pytest.mark.parametrize("key", ["c1", "sitting-tip-1", "stress"])
def test_ours_have_no_page_to_change_them(staff, key):
    """By hand no address of this part leads to anything of ours."""
    for path in (
        f"/desk/own/item/{key}/",
        f"/desk/own/item/{key}/edit/",
        f"/desk/own/{key}/",
        f"/desk/own/{key}/new/",
    ):
        assert staff.get(path).status_code == 404
        assert staff.post(path, {"once_key": str(uuid.uuid4())}).status_code in (404, 405)


def test_fields_that_are_not_on_the_form_change_nothing(cast, staff, pieter):
    item = draft(pieter, "exercise")
    extra = {
        "id": "c1",
        "key": "c1",
        "kind": "text",
        "state": "in-use",
        "practice": cast.b.pk,
        "photos": "[1]",
    }
    post(staff, "own-edit", item.code, **fields_of("exercise", name_nl="Anders"), seen=1, **extra)
    item.refresh_from_db()

    assert (item.kind, item.state, item.practice_id) == ("exercise", "draft", cast.a.pk)
    assert item.latest.body["name"]["nl"] == "Anders" and item.latest.body["photos"] == []


def test_what_is_not_translated_is_said_in_the_list_and_on_its_page(pieter, staff):
    item = in_use(pieter, "tip")  # Dutch and English
    whole = in_use(pieter, "exercise")
    listed = text(staff.get(reverse("desk:own")))
    french = text(staff.get(reverse("desk:own-item", args=[item.code]), {"in": "fr"}))

    assert "Not translated: Français" in listed
    assert "Not translated into this language." in french
    assert "It is not offered to patients who read it." in french
    page = staff.get(reverse("desk:own-item", args=[whole.code]), {"in": "fr"})
    assert "Le héron" in text(page) and "not translated" not in text(page).lower()


def test_every_text_has_its_place_and_can_be_written_once(staff):
    for place in OwnItem.Place.values:
        page = text(staff.get(reverse("desk:own-kind", args=["texts"])))
        assert "Not written yet" in page
        assert post(staff, "own-new", "texts", **fields_of("text", place=place)).status_code == 302
    page = text(staff.get(reverse("desk:own-kind", args=["texts"])))

    assert "Not written yet" not in page and "What to bring" in page
    assert staff.get(reverse("desk:own-new", args=["texts"])).status_code == 302


def test_patients_read_the_practices_own_sentences_in_their_language(cast, pieter):
    def write(place, **words):
        return in_use(pieter, "text", TextBody(first="nl", text=Words(**words)), place=place)

    write("welcome", nl="Fijn dat je komt!", en="Good that you come!")
    write("out-of-hours", nl="Bel 1733.")
    draft(pieter, "text", TextBody(first="nl", text=Words(nl="Nog niet")), place="bring")
    cast.a.out_of_hours = "Zoals het daar staat."

    assert practice_words.said(cast.a, "nl") == {"welcome": "Fijn dat je komt!", "out-of-hours": "Bel 1733."}
    assert practice_words.said(cast.a, "en") == {"welcome": "Good that you come!"}
    assert practice_words.said(cast.a, "fr") == practice_words.said(cast.b, "nl") == {}
    assert practice_words.out_of_hours(cast.a, "nl") == "Bel 1733."
    assert practice_words.out_of_hours(cast.a, "fr") == "Zoals het daar staat."


def test_the_hub_shows_them(cast, pieter):
    in_use(pieter, "text", TextBody(first="nl", text=Words(nl="x", en="Ring <b>twice</b>")), place="welcome")
    in_use(pieter, "text", TextBody(first="nl", text=Words(nl="x", en="Your <i>scans</i>")), place="bring")
    story = begin(cast.a)
    page = story.phone().get(story.url("start")).content.decode()

    assert "Ring &lt;b&gt;twice&lt;/b&gt;" in page and "Your &lt;i&gt;scans&lt;/i&gt;" in page


def test_the_lists_cost_the_same_however_much_there_is(pieter, staff, django_assert_max_num_queries):
    for number in range(6):
        in_use(pieter, "exercise", EXERCISE, name=Words(nl=f"Oefening {number}"))
    staff.get("/desk/")
    with django_assert_max_num_queries(6):
        assert staff.get(reverse("desk:own-kind", args=["exercises"])).status_code == 200
