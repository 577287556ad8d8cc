"""The library in the browser: found by what it is for, open to a patient through the plan, drawn for anybody."""

import html
import json
import re
from itertools import pairwise

import pytest
from django.http import QueryDict
from django.urls import reverse

from exercises import filters
from exercises.library import AIMS, KIT, PHASES, POSITIONS, REGIONS, library
from exercises.poses import figures
from plans import actions
from plans.library import choosing, drawn, shown, words
from plans.models import ExerciseLink
from tests.cast import in_english
from tests.plans.composing import izabel

LANGUAGES = ("nl", "fr", "en")
LIST = "/desk/exercises/"


def text(response):
    return html.unescape(response.content.decode())


def everything(one):
    """What every page of an exercise says."""
    said = (one.name, one.goal, one.start, one.breathing, one.feel, one.dose, one.easier, one.harder)
    return (*said, *one.steps, *one.stop)


def missing(page, texts, language):
    """Those of `texts` that a page does not say."""
    return [said for said in (one.in_language(language) for one in texts if one) if said not in page]


def found(**query):
    """The ids that the list shows for an address."""
    address = QueryDict(mutable=True)
    for name, value in query.items():
        address.setlist(name, value if isinstance(value, list) else [value])
    return [one.id for one in choosing.Choice.of(address).found]


def given(cast, *keys, language="nl", **person):
    """A release with these exercises on it, their dose as the library says."""
    actor = cast.actor("practitioner_a")
    plan = actions.open_plan(actor, izabel(cast.a, language=language, **person).intake)
    for place, key in enumerate(keys):
        dose = library()[key].dose.in_language(language)
        plan.exercises.create(
            practice=cast.a, position=place, exercise=key, dose=dose, hangs_on="moving", hangs_key=""
        )
    return again(actor, plan)


def again(actor, plan):
    plan.refresh_from_db()
    return actions.release(actor, plan, seen=actions.seen(plan, "all"))


def page_of(release, key=""):
    return f"/x/{release.token}/{key}{'/' if key else ''}"


@pytest.fixture
def staff(cast):
    return in_english(cast.client("practitioner_a"))


# --- the words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (words.PHASES, PHASES),
        (words.REGIONS, REGIONS),
        (words.AIMS, AIMS),
        (words.POSITIONS, POSITIONS),
        (words.KIT, KIT),
    ],
)
def test_every_id_of_the_library_has_its_words(said, known):
    assert list(said) == list(known)
    assert len({str(word) for word in said.values()}) == len(known)


def test_kit_is_one_line():
    assert words.kit_words(()) == ""
    assert words.kit_words(("chair", "towel")).count(",") == 1


# --- the list -------------------------------------------------------------------------------------------


def test_without_a_choice_everything_is_there(staff):
    page = text(staff.get(LIST))

    assert found() == list(library())
    assert [key for key in library() if f'href="/desk/exercises/{key}/"' not in page] == []
    assert f"{len(library())} exercises" in page and "Clear all" not in page


@pytest.mark.parametrize(
    ("query", "has"),
    [
        ({"region": "neck"}, lambda one: "neck" in one.regions),
        ({"aim": "balance"}, lambda one: one.aim == "balance"),
        ({"position": "side"}, lambda one: {"side", "any"} & set(one.positions)),
        ({"kit": "tennis-ball"}, lambda one: "tennis-ball" in one.kit),
        ({"kit": "nothing"}, lambda one: not one.kit),
        ({"glass": "smoking"}, lambda one: "smoking" in one.glasses),
        ({"glass": "poor-sleep"}, lambda one: "poor-sleep" in one.glasses),
        ({"stage": "relieve"}, lambda one: one.phase in filters.STAGES["relieve"]),
        ({"stage": "strong"}, lambda one: one.phase in ("strong-1", "strong-2", "mind-body-b")),
        ({"stage": "maintain"}, lambda one: one.phase == "maintain"),
        ({"caution": "K"}, lambda one: "K" not in one.cautions),
        ({"caution": ["D", "P"]}, lambda one: not {"D", "P"} & set(one.cautions)),
        (
            {"aim": "stretch", "position": "standing", "caution": ["H"]},
            lambda one: one.aim == "stretch" and "standing" in one.positions and "H" not in one.cautions,
        ),
    ],
)
def test_each_list_keeps_what_has_it(query, has):
    assert found(**query) == [key for key, one in library().items() if has(one)]


def test_what_nobody_knows_is_no_choice():
    assert found(region="tail", caution=["Z", ""], aim="") == list(library())


def test_every_choice_that_is_offered_finds_something():
    for language in LANGUAGES:
        for name, _label, options, _chosen in choosing.Choice.of(QueryDict()).lists(language):
            assert len(options) == len(dict(options)) > 1
            assert [key for key, word in options if not found(**{name: key}) or not word] == []


def test_the_page_says_what_was_chosen_and_what_is_left_out(staff):
    page = text(staff.get(LIST, {"region": "foot", "caution": ["K", "F"]}))
    left_out = [one for one in library().values() if "foot" in one.regions and {"K", "F"} & set(one.cautions)]
    asks_care = [
        one for one in found(region="foot", caution=["K", "F"]) if {"K", "F"} & set(library()[one].careful)
    ]

    assert '<option value="foot" selected>Foot and calf</option>' in page
    assert page.count(" checked>") == 2 and "Clear all" in page
    assert asks_care and page.count("card__care") == len(asks_care)
    assert (f"{len(left_out)} more" in page) is bool(left_out)


def test_nothing_found_says_so(staff):
    page = text(staff.get(LIST, {"aim": "balance", "position": "side", "kit": "bed"}))

    assert "0 exercises" in page and "Choose less." in page


# --- searching ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "typed", "first"),
    [
        ("nl", "bekkenbrug", "c1"),
        ("nl", "bekenbrug", "c1"),  # a letter too few
        ("nl", "katstretch", "m7"),
        ("nl", "Één been staan", "b2"),
        ("nl", "een been staan", "b2"),  # without accents
        ("en", "pelvic brdige", "c1"),  # two letters swapped
        ("en", "standing on one leg", "b2"),
        ("fr", "debout sur une jambe", "b2"),
        ("fr", "EQUILIBRE cigogne", "b2"),
        ("fr", "le pnt", None),  # a short word forgives nothing
        ("en", "bekkenbrug", "c1"),  # a name in another language
        ("nl", "zwxq", None),
    ],
)
def test_search_forgives_accents_and_slips_in_three_languages(language, typed, first):
    keys = [one.id for one in choosing.searched(typed, language)]

    assert keys[:1] == ([first] if first else [])


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_exercise_is_found_by_its_names(code):
    for one in library().values():
        assert one in choosing.searched(one.name.in_language(code), "en"), one.id


def test_search_goes_by_post_and_what_was_typed_stays(staff):
    page = text(staff.post(LIST, {"q": ' <b>"bridge" '}))
    keys = re.findall(r'href="/desk/exercises/([\w-]+)/"', text(staff.post(LIST, {"q": "bridge"})))

    assert 'value="<b>"bridge""' in page and "<b>" not in staff.post(LIST, {"q": "<b>"}).content.decode()
    assert keys == [one.id for one in choosing.searched("bridge", "en")] and "c1" in keys
    assert "Nothing found." in text(staff.post(LIST, {"q": "zwxq"}))
    # In the address nothing is searched.
    assert "q=" not in page and len(found(q="bridge")) == len(library())


# --- one exercise ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "language", [code if code == "nl" else pytest.param(code, marks=pytest.mark.long) for code in LANGUAGES]
)
def test_every_exercise_has_its_page_in_every_language(cast, language):
    client = cast.client("desk_a")
    cast.people["desk_a"].language = language
    cast.people["desk_a"].save()
    for key, one in library().items():
        page = text(client.get(f"{LIST}{key}/"))
        assert f'<html lang="{language}">' in page
        told = [*everything(one), one.care, *(note.text for note in one.notes)]
        assert missing(page, told, language) == [], key
        assert page.count("<img ") == (len(figures()[key].panels) if drawn.figure_of(key) else 0), key


def test_only_what_is_held_or_breathed_has_a_timer(staff):
    timed = {key: "data-clock " in text(staff.get(f"{LIST}{key}/")) for key in library()}

    assert timed == {
        key: bool(one.amount.seconds or one.amount.breaths or one.amount.minutes)
        for key, one in library().items()
    }


def test_an_exercise_leads_back_to_the_list_as_it_was(staff):
    assert 'href="/desk/exercises/c1/?region=pelvis' in text(staff.get(LIST, {"region": "pelvis"}))
    assert 'href="/desk/exercises/?region=pelvis"' in text(staff.get(f"{LIST}c1/", {"region": "pelvis"}))


@pytest.mark.parametrize("path", [f"{LIST}nothing/", "/figures/nothing.svg", "/figures/nothing.json"])
def test_what_is_not_there_is_not_found(staff, path):
    assert staff.get(path).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("desk_a", 200), ("owner_a", 403), ("patient_a", 302)])
def test_the_library_is_for_who_treats_and_who_receives(cast, patients, name, status):
    for path in (LIST, f"{LIST}c1/"):
        assert cast.client(name).get(path).status_code == status


def test_the_menu_leads_there(cast):
    for name in ("practitioner_a", "desk_a"):
        assert f'href="{LIST}"' in text(cast.client(name).get("/desk/"))
    assert f'href="{LIST}"' not in text(cast.client("owner_a").get("/desk/"))


# --- the drawings ---------------------------------------------------------------------------------------


def drawn_keys():
    return [key for key in library() if drawn.figure_of(key)]


@pytest.mark.django_db
def test_every_figure_is_drawn_for_anybody_and_leaves_no_cookie(client):
    for key in drawn_keys():
        numbers = range(1, len(figures()[key].panels) + 1)
        for query in ("", "?side=other", *(f"?panel={number}" for number in numbers)):
            answer = client.get(f"/figures/{key}.svg{query}")
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
            assert answer.content.startswith(b"<svg ") and not answer.cookies


@pytest.mark.django_db
def test_the_other_side_and_each_position_are_other_drawings(client):
    queries = ("", "?side=other", "?panel=1", "?panel=2", "?panel=1&side=other")

    assert len({client.get(f"/figures/b2.svg{query}").content for query in queries}) == len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["panel=0", "panel=9", "panel=", "panel=one", "panel=%C2%B2", "panel=1&panel=x"]
)
def test_a_position_that_is_not_there_is_not_found(client, query):
    assert client.get(f"/figures/c1.svg?{query}").status_code == 404


@pytest.mark.long
def test_positions_and_frames_are_all_equally_large():
    for key in drawn_keys():
        for drawings in (drawn.positions(key), drawn.frames(key), drawn.frames(key, mirrored=True)):
            boxes = {re.search(r'viewBox="[^"]+" width="[^"]+" height="[^"]+"', one)[0] for one in drawings}
            assert len(boxes) == bool(drawings), key


@pytest.mark.long
@pytest.mark.django_db
def test_the_frames_go_from_one_position_to_the_other(client):
    still = {key for key in drawn_keys() if not drawn.frames(key)}
    assert len(still) < 12 and "r3" in still  # there only the marks differ
    for key in drawn_keys():
        answer = client.get(f"/figures/{key}.json")
        if key in still:
            assert answer.status_code == 404
            continue
        frames = json.loads(answer.content)["frames"]
        assert answer["Content-Type"].startswith("application/json") and not answer.cookies
        assert len(frames) == drawn.FRAMES and frames[0] != frames[-1], key
        # js/moving.js reads these letters and no others.
        paths = "".join(re.findall(r' d="([^"]*)"', "".join(frames)))
        assert set(re.findall("[A-Za-z]", paths)) <= set("Mlaz"), key
        parts = [re.sub(r' d="[^"]*"| viewBox="[^"]*"', "", one) for one in frames]
        changes = sum(one != other for one, other in pairwise(parts))
        assert changes <= 1, f"{key}: between most drawings there is nothing to draw"


@pytest.mark.django_db
def test_who_has_the_drawing_need_not_read_it_again(client):
    for path in ("/figures/c1.svg", "/figures/c1.json"):
        etag = client.get(path)["ETag"]
        answer = client.get(path, headers={"if-none-match": etag})

        assert (answer.status_code, answer.content) == (304, b"")
        assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_an_exercise_without_a_figure_has_no_picture(staff, monkeypatch):
    for shelf in (drawn.drawing, drawn.positions, drawn.frames):
        shelf.cache_clear()
    monkeypatch.setattr(drawn, "figures", dict)
    monkeypatch.setattr(shown, "figures", dict)
    try:
        assert "<img" not in text(staff.get(f"{LIST}c1/"))
        assert "<img" not in text(staff.get(LIST))
        assert staff.get("/figures/c1.svg").status_code == 404
    finally:
        for shelf in (drawn.drawing, drawn.positions, drawn.frames):
            shelf.cache_clear()


# --- through a plan -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_patient_reads_what_was_given_in_the_language_of_the_plan(cast, client, language):
    release = given(cast, "c1", "b2", language=language)
    german = {"accept-language": "de"}
    pages = [text(client.get(page_of(release, key), headers=german)) for key in ("", "c1", "b2")]
    c1, b2 = library()["c1"], library()["b2"]

    assert all(f'<html lang="{language}">' in page for page in pages)
    assert c1.name.in_language(language) in pages[0] and b2.dose.in_language(language) in pages[0]
    for page, one in zip(pages[1:], (c1, b2), strict=True):
        assert missing(page, everything(one), language) == []
    assert ["data-side " in page for page in pages] == [False, False, True]


def test_the_pages_name_the_practice_and_nobody_else(cast, client):
    release = given(cast, "c1", family="Zonderling")
    for key in ("", "c1"):
        answer = client.get(page_of(release, key))
        page = text(answer)

        assert cast.a.name in page and cast.a.phone in page
        assert [word for word in ("Izabel", "Zonderling", *cast.canaries["a"]) if word in page] == []
        assert not answer.cookies


def test_only_what_stands_on_the_plan_is_there(cast, client):
    release = given(cast, "c1")

    assert client.get(page_of(release, "b2")).status_code == 404
    assert "/b2/" not in text(client.get(page_of(release)))


def test_a_plan_without_exercises_says_so(cast, client):
    actor = cast.actor("practitioner_a")
    plan = actions.open_plan(actor, izabel(cast.a).intake)
    actions.add_habit(
        actor,
        plan,
        {
            **dict.fromkeys(("where", "small"), ""),
            **{"after": "Na het eten", "do": "stap ik", "how_often": "elke dag"},
            **{"begins": True, "hangs_on": "glass", "hangs_key": "sitting"},
        },
    )

    assert client.get(page_of(again(actor, plan))).status_code == 200


def test_the_agreed_dose_stands_there_and_the_timer_says_that_it_differs(cast, client):
    release = given(cast, "b2", "s1")
    plan, actor = release.plan, cast.actor("practitioner_a")
    plan.exercises.filter(exercise="b2").update(dose="2 keer 10 seconden per been")
    page = {key: text(client.get(page_of(again(actor, plan), key))) for key in ("b2", "s1")}
    open_fields = '<details class="clock__set" open>'

    assert "2 keer 10 seconden per been" in page["b2"] and library()["b2"].dose.nl not in page["b2"]
    assert open_fields in page["b2"] and open_fields not in page["s1"]


def test_only_the_newest_plan_opens(cast, client):
    old = given(cast, "c1")
    old.plan.exercises.update(dose="3 keer")
    new = again(cast.actor("practitioner_a"), old.plan)
    replaced = client.get(page_of(old))

    assert new.pk != old.pk and client.get(page_of(new)).status_code == 200
    assert replaced.status_code == 404 and cast.a.phone in text(replaced)
    assert library()["c1"].name.nl not in text(replaced)
    assert client.get(page_of(old, "c1")).status_code == 404


def test_nothing_opens_while_step_1_does_not_allow_it(cast, client):
    release = given(cast, "c1")
    screening = release.plan.intake.screening
    screenings = type(screening).objects.filter(pk=screening.pk)
    screenings.update(state="blocked")
    closed = [client.get(page_of(release, key)) for key in ("", "c1")]
    screenings.update(state="cleared")

    assert {answer.status_code for answer in closed} == {404}
    assert all(cast.a.phone in text(answer) for answer in closed)
    assert library()["c1"].name.nl not in text(closed[1])
    assert client.get(page_of(release, "c1")).status_code == 200


@pytest.mark.parametrize("token", ["x", "x" * 32, "A" * 500, "%00", "é" * 32])
def test_a_wrong_address_opens_nothing_and_says_nothing(cast, client, token):
    given(cast, "c1")
    for path in (f"/x/{token}/", f"/x/{token}/c1/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert cast.a.phone not in text(answer)


def test_every_release_has_an_address_of_its_own(cast):
    given(cast, "c1")
    given(cast, "c1", given="Milo")
    tokens = ExerciseLink.objects.values_list("token", flat=True)

    assert len(set(tokens)) == 2 and all(shown.TOKEN.fullmatch(token) for token in tokens)


def test_the_picture_stays_as_it_was_given(cast, client, monkeypatch):
    release = given(cast, "c1")
    assert "/figures/c1.svg?panel=2" in text(client.get(page_of(release, "c1")))
    monkeypatch.setattr(drawn, "drawing", lambda key, **kwargs: "<svg>drawn anew</svg>")
    page = text(client.get(page_of(release, "c1")))

    assert "/figures/c1.svg" not in page and page.count('<img src="data:image/svg+xml;base64,') == 1


def test_an_exercise_that_left_the_library_keeps_its_words(cast, client, monkeypatch):
    release = given(cast, "c1")
    name = library()["c1"].name.nl
    monkeypatch.setattr(shown, "library", dict)
    monkeypatch.setattr(drawn, "figures", dict)
    monkeypatch.setattr(shown, "figures", dict)
    page = text(client.get(page_of(release, "c1")))

    assert name in page and "data-clock " not in page


# --- what it costs --------------------------------------------------------------------------------------


def test_few_questions_are_asked_of_the_database(cast, client, staff, django_assert_max_num_queries):
    release = given(cast, "c1", "b2")
    staff.get("/desk/")  # notes in the session that somebody is here
    for visitor, path in (
        (staff, LIST),
        (staff, f"{LIST}c1/"),
        (client, page_of(release)),
        (client, page_of(release, "c1")),
    ):
        with django_assert_max_num_queries(6):
            assert visitor.get(path).status_code == 200
    with django_assert_max_num_queries(0):
        assert client.get(reverse("figure", args=["c1"])).status_code == 200
