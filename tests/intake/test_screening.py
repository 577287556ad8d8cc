"""States, order, notes, hiding, what is still unanswered, and what is refused (screening contract, B8)."""

import pytest

from intake.screening import (
    ITEMS,
    RULES_VERSION,
    Context,
    Raised,
    State,
    Urgency,
    asked,
    follow_ups,
    screen,
    unanswered,
)
from tests.intake.people import ALL_ITEMS, ALL_NO, MILO, classes, facts, look, said
from tests.intake.test_screening_items import FOLLOW_UP_KEYS


def test_milo_passes():
    screening = look()
    assert (screening.state, screening.raised, screening.notes) == (State.PASSED, (), ())


def test_the_items_are_those_of_the_brief_in_its_order():
    assert list(ITEMS) == ALL_ITEMS
    keys = [f"{item.id}.{short}" for item in ITEMS.values() for short in item.follow_ups]
    assert sorted(keys) == sorted(FOLLOW_UP_KEYS)
    assert RULES_VERSION == 1


def test_urgencies_are_ordered_by_urgency_and_not_by_letter():
    now, today, days, talk = Urgency.NOW, Urgency.TODAY, Urgency.DAYS, Urgency.TALK

    assert [one.value for one in Urgency] == ["now", "today", "days", "talk"]
    assert now > today > days > talk and talk < days < today < now
    assert now >= now and talk <= talk and not (now > now) and not (talk < talk)
    assert now >= talk and not (talk >= now) and talk <= now and not (now <= talk)
    assert max(talk, days, now, today) is now and min(days, now, talk) is talk
    assert [one.rank for one in (now, today, days, talk)] == [0, 1, 2, 3]


# --- states ---


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("rf3-heart yes", "blocked-now"),
        ("rf3-shingles yes", "blocked"),
        ("rf1-pmr yes", "blocked"),
        ("rf1-steroid-use yes", "hold"),
        ("", "passed"),
        ("rf1-steroid-use yes, rf1-pmr yes", "blocked"),
        ("rf1-steroid-use yes, rf1-pmr yes, rf3-heart yes", "blocked-now"),
    ],
)
def test_the_most_urgent_class_gives_the_state(answers, state):
    assert look(said(answers)).state == state


def test_now_goes_before_incomplete_and_incomplete_before_the_rest():
    without_gut = {item: answer for item, answer in ALL_NO.items() if item != "rf3-gut"}

    assert screen(facts(), without_gut | {"rf3-heart": "yes"}).state is State.BLOCKED_NOW
    assert screen(facts(), without_gut | {"rf3-shingles": "yes"}).state is State.INCOMPLETE
    assert screen(facts(), without_gut | {"rf1-steroid-use": "yes"}).state is State.INCOMPLETE
    assert screen(facts(), without_gut).state is State.INCOMPLETE


def test_what_is_answered_raises_while_the_rest_is_missing():
    screening = screen(facts(), {"rf3-shingles": "yes"})

    assert classes(screening) == {"rf3-shingles": "today"}
    assert screening.state is State.INCOMPLETE


def test_one_now_alone_blocks_an_empty_screening():
    assert screen(Context(), {"rf3-heart": "yes"}).state is State.BLOCKED_NOW


def test_a_missing_follow_up_does_not_make_it_incomplete():
    assert look({"rf3-gallbladder": "yes"}).state is State.BLOCKED


# --- order ---


def test_most_urgent_first_then_the_order_of_the_lists_and_rules_last_of_their_class():
    answers = "rf3-heart yes, rf2-bladder yes, rf1-steroid-use yes, rf1-pmr yes, rf3-shingles yes"
    answers += ", rf1-trauma-major yes, rf1-trauma-major.cord no"
    screening = look(said(answers), blood_thinners=True, age=16)

    assert [(one.item, one.urgency.value) for one in screening.raised] == [
        ("rf2-bladder", "now"),
        ("rf3-heart", "now"),
        ("R7", "now"),
        ("rf1-trauma-major", "today"),
        ("rf3-shingles", "today"),
        ("rf1-pmr", "days"),
        ("under-18", "days"),
        ("rf1-steroid-use", "talk"),
    ]


def test_the_rules_without_an_item_stand_in_their_own_order():
    calm = {"sex": "female", "pregnant": "yes", "age": 70, "sudden_onset": True, "smoker": True}
    screening = look(**calm, changes_with_movement=False, blood_thinners=True)
    assert [one.item for one in screening.raised] == ["R4", "R9", "R7", "R12"]

    talk = look(sex="female", pregnant="yes", blood_thinners=True, spine_procedure_3_months=True)
    assert [one.item for one in talk.raised] == ["R7", "R12", "spine-procedure"]

    days = look(age=17, sex="male")
    assert [one.item for one in days.raised] == ["under-18"]


def test_an_item_stands_once_with_its_highest_class():
    screening = look(said("rf1-cancer-history yes, rf1-weight-loss yes, rf2-both-legs yes"))
    assert screening.raised[0] == Raised("rf1-cancer-history", Urgency.NOW, ("R1", "R5"))
    assert len(screening.raised) == len({one.item for one in screening.raised})


# --- missing facts ---


@pytest.mark.parametrize("key", ["age", "sex", "regions", "duration", "sudden_onset"])
def test_these_five_facts_are_needed(key):
    context = facts(**{key: frozenset() if key == "regions" else None})

    assert key in unanswered(context, ALL_NO)
    assert screen(context, ALL_NO).state is State.INCOMPLETE


@pytest.mark.parametrize("key", sorted(set(MILO) - {"age", "sex", "regions", "duration", "sudden_onset"}))
def test_the_other_facts_are_not_needed(key):
    context = facts(**{key: None})

    assert unanswered(context, ALL_NO) == ()
    assert screen(context, ALL_NO).state is not State.INCOMPLETE


def test_unanswered_names_facts_first_and_then_items_in_order():
    context = facts(duration=None, age=None, regions=frozenset({"neck"}), sex="female")
    answers = {item: "no" for item in ALL_ITEMS if item not in ("rf3-gut", "rf1-pmr", "rf2-sexual")}

    assert unanswered(context, answers) == ("age", "duration", "rf1-pmr", "rf3-gut")


def test_a_missing_age_is_not_under_18_but_older_than_every_number_of_the_rules():
    screening = look(age=None, smoker=True, changes_with_movement=False)
    assert classes(screening) == {"R9": "today"}


def test_facts_that_nobody_gave_raise_what_they_could_be():
    assert classes(screen(Context(), {})) == {
        "R4": "today",
        "R7": "today",
        "R9": "today",
        "R15": "days",
        "R12": "talk",
        "spine-procedure": "talk",
    }


# --- notes ---


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"age": 50}, ()),
        ({"age": 51}, ("age-over-50",)),
        ({"age": None}, ()),
        ({"first_episode": True}, ("first-episode",)),
        ({"first_episode": None}, ()),
        ({"age": 80, "first_episode": True}, ("age-over-50", "first-episode")),
    ],
)
def test_notes_of_the_facts_block_nothing(changes, expected):
    screening = look(**changes)
    assert screening.notes == expected
    assert screening.state in (State.PASSED, State.INCOMPLETE)


def test_all_notes_in_their_order():
    answers = "rf1-inflammatory yes, rf1-inflammatory.gradual no, rf1-inflammatory.moving-helps no"
    answers += ", rf1-inflammatory.wakes-at-night yes"
    answers += ", rf1-infection-risk yes, rf1-infection-risk.only-diabetes yes"

    assert look(said(answers), age=60, first_episode=True).notes == (
        "age-over-50",
        "first-episode",
        "night-pain",
        "asas-3",
        "diabetes",
    )


# --- hiding ---

NECK_ITEMS = {"rf2-arm-weak", "rf2-electric", "rf2-neck-sudden", "rf2-neck-brain", "rf2-neck-loose"}
LEG_ITEMS = {"rf2-sexual", "rf2-foot-drop"}
PREGNANCY, WOMEN, MEN = "rf3-pregnancy-acute", "rf3-gynaecological", "rf3-urological"


@pytest.mark.parametrize(
    ("changes", "hidden"),
    [
        ({"regions": "head", "sex": "other"}, LEG_ITEMS),
        ({"regions": "neck", "sex": "other"}, LEG_ITEMS),
        ({"regions": "arm", "sex": "other"}, LEG_ITEMS),
        ({"regions": "upper-back", "sex": "other"}, NECK_ITEMS),
        ({"regions": "low-back", "sex": "other"}, NECK_ITEMS),
        ({"regions": "leg", "sex": "other"}, NECK_ITEMS),
        ({"regions": "neck leg", "sex": "other"}, set()),
        ({"regions": "", "sex": "other"}, set()),
        ({"regions": "", "sex": None}, set()),
        ({"regions": "", "sex": "male"}, {PREGNANCY, WOMEN}),
        ({"regions": "", "sex": "female"}, {MEN}),
        ({"regions": "", "sex": "female", "pregnant": "no"}, {MEN}),
        ({"regions": "", "sex": "female", "age": 55}, {MEN}),
        ({"regions": "", "sex": "female", "age": 56}, {MEN, PREGNANCY}),
        ({"regions": "", "sex": "other", "age": 56}, {PREGNANCY}),
        ({"regions": "", "sex": None, "age": 90}, {PREGNANCY}),
        ({"regions": "", "sex": None, "age": None}, set()),
        ({"regions": "low-back", "sex": "male"}, NECK_ITEMS | {PREGNANCY, WOMEN}),
    ],
)
def test_what_hides_what(changes, hidden):
    context = facts(**changes)
    assert list(asked(context)) == [item for item in ALL_ITEMS if item not in hidden]


@pytest.mark.parametrize("item", sorted(NECK_ITEMS | {PREGNANCY, WOMEN}))
def test_a_hidden_item_is_not_needed_but_its_answer_counts(item):
    answers = {one: "no" for one in ALL_ITEMS if one not in NECK_ITEMS | {PREGNANCY, WOMEN}}

    assert screen(facts(), answers).state is State.PASSED
    assert item in classes(screen(facts(), answers | {item: "yes"}))


def test_pregnancy_is_not_asked_of_men_and_over_55():
    assert facts(sex="female", age=55).pregnancy_is_asked()
    assert not facts(sex="female", age=56).pregnancy_is_asked()
    assert not facts(sex="male").pregnancy_is_asked()
    assert Context().pregnancy_is_asked()


# --- follow-ups ---


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_follow_ups_are_shown_after_yes_and_not_sure(answer):
    shown = [key for item in ALL_ITEMS for key in follow_ups(item, answer, facts(regions="neck"))]
    assert sorted(shown) == sorted(FOLLOW_UP_KEYS)


@pytest.mark.parametrize("answer", ["no", None])
def test_no_follow_ups_after_no_or_nothing(answer):
    assert all(follow_ups(item, answer, facts()) == () for item in ALL_ITEMS)


def test_the_cord_after_a_small_injury_is_asked_only_with_a_neck():
    item = "rf1-trauma-minor"
    assert follow_ups(item, "yes", facts(regions="low-back")) == ()
    assert follow_ups(item, "unsure", facts(regions="head arm")) == ()
    assert follow_ups(item, "yes", facts(regions="leg neck")) == (f"{item}.cord",)
    assert follow_ups(item, "yes", facts(regions="")) == (f"{item}.cord",)
    assert follow_ups("rf1-trauma-major", "yes", facts(regions="low-back")) == ("rf1-trauma-major.cord",)


def test_follow_ups_stand_in_the_order_of_the_contract():
    assert follow_ups("rf1-infection-risk", "yes", facts()) == (
        "rf1-infection-risk.only-diabetes",
        "rf1-infection-risk.injected",
    )
    assert follow_ups("rf3-gynaecological", "yes", facts()) == (
        "rf3-gynaecological.fever",
        "rf3-gynaecological.cycle-only",
    )


# --- what is refused ---


@pytest.mark.parametrize("key", ["rf9-none", "rf2-saddle.old", "saddle", "rf3-heart.new", "rf2-saddle."])
def test_an_unknown_key_is_refused(key):
    with pytest.raises(ValueError, match="no item or follow-up"):
        look({key: "yes"})


@pytest.mark.parametrize("answer", ["ja", "Yes", "", None, True])
def test_an_unknown_answer_is_refused(answer):
    with pytest.raises(ValueError, match="yes, no, unsure"):
        look({"rf2-saddle": answer})


@pytest.mark.parametrize(
    "change",
    [
        {"sex": "vrouw"},
        {"pregnant": "perhaps"},
        {"pregnant": True},
        {"regions": frozenset({"back"})},
        {"regions": ["neck"]},
        {"duration": "long"},
        {"age": -1},
        {"age": 121},
        {"age": True},
        {"age": "30"},
        {"onset_age": 121},
        {"worst_pain": 11},
        {"worst_pain": -1},
        {"smoker": "yes"},
        {"recent_fall": 1},
    ],
)
def test_a_fact_outside_its_values_is_refused(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        Context(**(MILO | change))


def test_the_ends_of_the_ranges_are_allowed():
    assert Context(age=0, onset_age=0, worst_pain=0)
    assert Context(age=120, onset_age=120, worst_pain=10)
