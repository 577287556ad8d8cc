"""Own things from draft to withdrawn: who may, which moves are legal, and that words are never lost or changed."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from backup_plan_site.staff.models import AuditEvent
from backup_plan_site.staff.verbs import in_words
from exercises.library import library
from intake.actions import NotAllowed
from intake.models.people import IllegalMove
from plans.models import OwnItem, OwnVersion
from plans.own import actions
from plans.own.body import Words, from_json
from tests.database_state import DatabaseState
from tests.plans.owning import BODIES, EXERCISE, TEXT, TIP, draft, in_use, save
from triggers.glasses import conditions, glasses

DRAFT, IN_USE, WITHDRAWN = OwnItem.State.DRAFT, OwnItem.State.IN_USE, OwnItem.State.WITHDRAWN
OTHER = replace(TIP, text=Words(nl="Zet je scherm hoger."))


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.mark.parametrize("kind", BODIES)
def test_each_kind_goes_from_draft_to_in_use_to_withdrawn_and_back(pieter, kind):
    item = draft(pieter, kind)
    steps = [item.state]
    for verb in (lambda: actions.use(pieter, item, seen=1), lambda: actions.withdraw(pieter, item)):
        verb()
        item.refresh_from_db()
        steps.append(item.state)
    actions.put_back(pieter, item)
    item.refresh_from_db()

    assert [*steps, item.state] == [DRAFT, IN_USE, WITHDRAWN, IN_USE]
    verbs = list(
        AuditEvent.objects.filter(object_code=str(item.code)).order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["own.created", "own.used", "own.withdrawn", "own.put-back"]
    assert all(in_words(verb) != verb for verb in verbs)


LEGAL = {
    (DRAFT, "use"): IN_USE,
    (DRAFT, "withdraw"): WITHDRAWN,
    (DRAFT, "put_back"): None,
    (IN_USE, "use"): IN_USE,
    (IN_USE, "withdraw"): WITHDRAWN,
    (IN_USE, "put_back"): None,
    (WITHDRAWN, "use"): IN_USE,
    (WITHDRAWN, "withdraw"): None,
    (WITHDRAWN, "put_back"): IN_USE,
}


def test_which_moves_are_legal(pieter):
    for (state, verb), after in LEGAL.items():
        item = draft(pieter, "tip") if state == DRAFT else in_use(pieter, "tip")
        if state == WITHDRAWN:
            actions.withdraw(pieter, item)
        extra = {"seen": 1} if verb == "use" else {}
        if after is None:
            with pytest.raises(IllegalMove):
                getattr(actions, verb)(pieter, item, **extra)
        else:
            getattr(actions, verb)(pieter, item, **extra)
        item.refresh_from_db()
        assert item.state == (after or state), (state, verb)


def test_a_draft_that_was_put_away_comes_back_as_a_draft(pieter):
    item = draft(pieter, "tip")
    actions.withdraw(pieter, item)
    actions.put_back(pieter, item)
    item.refresh_from_db()

    assert (item.state, item.used) == (DRAFT, None)


def test_the_database_refuses_something_in_use_that_says_nothing(pieter):
    item = draft(pieter, "tip")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnItem.objects.filter(pk=item.pk).update(state=IN_USE)


def test_two_at_once_cannot_both_withdraw(pieter):
    item = in_use(pieter, "tip")
    other_tab = OwnItem.objects.get(pk=item.pk)
    item.withdraw()
    with pytest.raises(IllegalMove):
        other_tab.withdraw()


# --- versions ---------------------------------------------------------------------------------------------


def test_newer_words_wait_until_they_are_taken_into_use(pieter):
    item = in_use(pieter, "tip")
    save(pieter, item, OTHER)
    item.refresh_from_db()
    waiting = (item.waits, from_json("tip", item.used.body), from_json("tip", item.latest.body))
    actions.use(pieter, item, seen=2)
    item.refresh_from_db()

    assert waiting == (True, TIP, OTHER)
    assert (item.waits, from_json("tip", item.used.body)) == (False, OTHER)
    assert list(item.versions.values_list("number", "by_name")) == [
        (1, "Pieter Vanackere"),
        (2, "Pieter Vanackere"),
    ]


def test_the_same_words_again_are_no_new_version(pieter):
    item = draft(pieter, "tip")
    save(pieter, item, TIP)

    assert item.versions.count() == 1


def test_words_that_were_saved_are_never_changed_or_removed(pieter):
    version = draft(pieter, "tip").latest
    for attempt in (lambda: OwnVersion.objects.filter(pk=version.pk).update(number=9), version.delete):
        with pytest.raises((IntegrityError, Exception)), transaction.atomic():
            attempt()
    version.refresh_from_db()

    assert version.number == 1


def test_earlier_words_come_back_as_the_newest(pieter):
    item = in_use(pieter, "tip")
    save(pieter, item, OTHER)
    item.refresh_from_db()
    actions.restore(pieter, item, 1, seen=2)
    item.refresh_from_db()

    assert (item.latest.number, from_json("tip", item.latest.body)) == (3, TIP)
    with pytest.raises(OwnVersion.DoesNotExist):
        actions.restore(pieter, item, 8, seen=3)


@pytest.mark.parametrize("verb", ["save", "use", "restore"])
def test_whoever_saw_older_words_changes_nothing(pieter, verb):
    item = draft(pieter, "tip")
    save(pieter, item, OTHER)
    before = DatabaseState().fingerprint()
    attempts = {
        "save": lambda: actions.save(pieter, item, replace(TIP, text=Words(nl="Derde")), seen=1),
        "use": lambda: actions.use(pieter, item, seen=1),
        "restore": lambda: actions.restore(pieter, item, 1, seen="1"),
    }
    with pytest.raises(actions.Changed):
        attempts[verb]()

    assert DatabaseState().fingerprint() == before


# --- who, and what ------------------------------------------------------------------------------------------


def every_verb(actor, item):
    yield lambda: actions.create(actor, "tip", TIP)
    yield lambda: actions.save(actor, item, OTHER, seen=1)
    yield lambda: actions.use(actor, item, seen=1)
    yield lambda: actions.withdraw(actor, item)
    yield lambda: actions.put_back(actor, item)
    yield lambda: actions.restore(actor, item, 1, seen=1)
    yield lambda: actions.remove_photo(actor, item, "start", seen=1)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("desk_a", NotAllowed), ("practitioner_b", OwnItem.DoesNotExist), ("owner_b", OwnItem.DoesNotExist)],
)
def test_the_desk_and_other_practices_change_nothing(cast, pieter, who, refusal):
    item, actor = draft(pieter, "exercise"), cast.actor(who)
    before = DatabaseState().fingerprint(cast.a)
    for number, attempt in enumerate(every_verb(actor, item)):
        if number == 0 and refusal is not NotAllowed:
            continue  # Writing something of one's own practice is anybody's right who writes there.
        with pytest.raises(refusal):
            attempt()

    assert DatabaseState().fingerprint(cast.a) == before


def test_an_owner_who_is_no_clinician_writes_too(cast):
    item = in_use(cast.actor("owner_a"), "tip")

    assert item.state == IN_USE


@pytest.mark.parametrize(
    ("kind", "body", "place"),
    [
        ("tip", TEXT, ""),
        ("tip", replace(TIP, about="nothing"), ""),
        ("tip", TIP, "welcome"),
        ("text", TEXT, ""),
        ("text", TEXT, "nowhere"),
        ("exercise", replace(EXERCISE, steps=Words(nl="één")), ""),
    ],
)
def test_a_verb_refuses_what_no_form_would_give_it(pieter, kind, body, place):
    with pytest.raises(ValueError):
        actions.create(pieter, kind, body, place=place)

    assert not OwnItem.objects.exists()


def test_there_is_one_text_in_each_place(cast, pieter):
    there = draft(pieter, "text", place="closing")
    with pytest.raises(actions.Taken) as taken:
        draft(pieter, "text", place="closing")
    draft(cast.actor("owner_b"), "text", place="closing")

    assert taken.value.item == there


def test_ours_cannot_be_meant_by_anything_of_a_practice(pieter):
    """No id of ours begins as theirs do, so no verb, form or plan can mistake one for the other."""
    item = draft(pieter, "exercise")
    ours = [
        *library(),
        *(tip.id for one in (*glasses().values(), *conditions().values()) for tip in one.tips),
    ]

    assert item.key == f"own-{item.code.hex}" and len(item.key) <= 40
    assert not [key for key in ours if key.startswith("own-")]
