"""Confirming the texts: by a practitioner, by name, for exactly the words that were read, for one practice alone."""

import re
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backup_plan_site.content import Text
from backup_plan_site.staff.actors import Actor
from backup_plan_site.staff.models import AuditEvent
from intake import actions as part_a
from intake.actions import NotAllowed
from plans import whole_method
from plans.confirming import actions
from plans.confirming.standing import State, confirmed_keys, history, standings
from plans.demo.page_forms import form_to
from plans.models import TextConfirmation
from plans.text_walk import fingerprint
from tests.cast import in_english
from tests.patients import sent
from tests.test_templates import ROOT as TEMPLATES

KEY = "glass:sitting"
SADDLE = "red-flag:rf2-saddle"


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def desk(cast):
    return lambda name: in_english(cast.client(name))


@pytest.fixture
def other_words(monkeypatch):
    """Another version of one text, as an update of the application brings it."""

    def change(key, **changes):
        sections = whole_method.sections()

        def changed(entry):
            first, *others = entry.texts
            told = replace(first, text=Text("Andere woorden", "Other words", "D'autres mots"))
            texts = (told, *others)
            return replace(entry, texts=texts, fingerprint=fingerprint(entry.source, texts, entry.settings))

        anew = tuple(
            replace(
                one, entries=tuple(changed(entry) if entry.key == key else entry for entry in one.entries)
            )
            for one in sections
        )
        monkeypatch.setattr(whole_method, "sections", lambda: anew)
        monkeypatch.setattr(
            whole_method, "entries", lambda: {entry.key: entry for one in anew for entry in one.entries}
        )

    return change


def read(*keys):
    """What a page sends of the texts that it showed."""
    return {key: whole_method.entries()[key].fingerprint for key in keys}


def post(client, name, argument, **fields):
    return client.post(reverse(f"desk:{name}", args=[argument]), {"once_key": str(uuid.uuid4()), **fields})


def page(client, name, *arguments):
    return client.get(reverse(f"desk:{name}", args=arguments)).content.decode()


# --- the walk over the content -----------------------------------------------------------------------


def test_a_key_is_there_once_and_fits_the_trail_and_the_address():
    for key, entry in whole_method.entries().items():
        assert re.fullmatch(r"[a-z-]+:[\w.-]+", key, re.ASCII) and len(key) <= 64, key
        assert len(entry.version) <= 64
        assert reverse("desk:text", args=[key])


def test_every_entry_has_words_a_source_and_a_version():
    for key, entry in whole_method.entries().items():
        assert entry.texts and entry.source.strip() and entry.version, key


def test_a_doubled_key_is_seen(monkeypatch):
    one = whole_method.sections()
    whole_method.entries.cache_clear()
    monkeypatch.setattr(whole_method, "sections", lambda: (*one, one[0]))

    with pytest.raises(ValueError, match="stands in"):
        whole_method.entries()


@pytest.mark.parametrize(
    "changed",
    [
        lambda source, texts, settings: ("elsewhere", texts, settings),
        lambda source, texts, settings: (source, texts[1:], settings),
        lambda source, texts, settings: (
            source,
            [replace(texts[0], for_practitioner=True), *texts[1:]],
            settings,
        ),
        lambda source, texts, settings: (source, texts, settings[1:]),
        *(
            lambda source, texts, settings, code=code: (
                source,
                [replace(texts[0], text=replace(texts[0].text, **{code: "!"})), *texts[1:]],
                settings,
            )
            for code in ("nl", "en", "fr")
        ),
    ],
)
def test_whatever_changes_makes_another_fingerprint(changed):
    entry = whole_method.entries()["exercise:m7"]
    parts = (entry.source, list(entry.texts), list(entry.settings))

    assert fingerprint(*parts) == entry.fingerprint
    assert fingerprint(*changed(*parts)) != entry.fingerprint


def test_the_order_in_which_fields_are_written_makes_none():
    entry = whole_method.entries()[KEY]

    assert fingerprint(entry.source, entry.texts[::-1], entry.settings) == entry.fingerprint


# --- confirming and withdrawing ----------------------------------------------------------------------


@pytest.mark.database
def test_a_confirmation_says_who_when_and_which_words(pieter):
    assert standings(pieter)[KEY].state is State.WAITING

    (row,) = actions.confirm(pieter, read(KEY))

    standing = standings(pieter)[KEY]
    assert (standing.state, standing.by_name, standing.at) == (State.CONFIRMED, "Pieter Vanackere", row.at)
    assert (row.fingerprint, row.version) == (read(KEY)[KEY], whole_method.entries()[KEY].version)
    assert confirmed_keys(pieter) == {KEY}


@pytest.mark.database
def test_it_can_be_withdrawn_and_given_again_and_everything_is_kept(pieter):
    actions.confirm(pieter, read(KEY))
    actions.withdraw(pieter, KEY)
    assert standings(pieter)[KEY].state is State.WITHDRAWN
    assert confirmed_keys(pieter) == frozenset()

    actions.confirm(pieter, read(KEY))

    assert standings(pieter)[KEY].confirmed
    assert [row.kind for row in history(pieter, whole_method.entries()[KEY])] == [
        "confirmed",
        "withdrawn",
        "confirmed",
    ]


def test_a_second_click_is_no_second_decision(pieter):
    assert len(actions.confirm(pieter, read(KEY))) == 1
    assert actions.confirm(pieter, read(KEY)) == []
    assert actions.withdraw(pieter, KEY)
    assert actions.withdraw(pieter, KEY) is None
    assert TextConfirmation.objects.count() == 2


def test_words_that_change_end_the_confirmation(pieter, other_words):
    actions.confirm(pieter, read(KEY, SADDLE))
    other_words(KEY)

    assert standings(pieter)[KEY].state is State.CHANGED
    assert confirmed_keys(pieter) == {SADDLE}

    actions.confirm(pieter, read(KEY))
    assert confirmed_keys(pieter) == {KEY, SADDLE}


def test_a_withdrawal_of_words_that_changed_is_possible(pieter, other_words):
    actions.confirm(pieter, read(KEY))
    other_words(KEY)

    assert actions.withdraw(pieter, KEY)
    assert standings(pieter)[KEY].state is State.WITHDRAWN


def test_words_that_changed_while_the_page_was_open_are_not_confirmed(pieter, other_words):
    seen = read(KEY, SADDLE)
    other_words(SADDLE)

    with pytest.raises(actions.OtherWords):
        actions.confirm(pieter, seen)

    assert not TextConfirmation.objects.exists()


@pytest.mark.parametrize("seen", [{"glass:nothing": "x"}, {KEY: ""}, {KEY: "0" * 64}, {"": "x"}])
def test_a_text_that_nobody_read_is_not_confirmed(pieter, seen):
    with pytest.raises(actions.OtherWords):
        actions.confirm(pieter, read(SADDLE) | seen)

    assert not TextConfirmation.objects.exists()


def test_a_text_that_is_gone_cannot_be_withdrawn(pieter):
    with pytest.raises(actions.OtherWords):
        actions.withdraw(pieter, "glass:nothing")


@pytest.mark.parametrize("name", ["desk_a", "owner_a"])
def test_only_a_practitioner_decides(cast, pieter, name):
    actions.confirm(pieter, read(KEY))
    for verb in (
        lambda: actions.confirm(cast.actor(name), read(SADDLE)),
        lambda: actions.withdraw(cast.actor(name), KEY),
        lambda: actions.confirm(Actor.system(cast.a.pk), read(SADDLE)),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert TextConfirmation.objects.count() == 1


@pytest.mark.database
@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = 'withdrawn'", "DELETE FROM {}"])
def test_the_database_itself_keeps_every_decision(pieter, statement):
    actions.confirm(pieter, read(KEY))

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(TextConfirmation._meta.db_table))


def test_each_decision_is_in_the_trail(pieter):
    actions.confirm(pieter, read(KEY))
    actions.withdraw(pieter, KEY)

    told = [
        (event.verb, event.facts["text"], str(event.in_words)) for event in AuditEvent.objects.order_by("pk")
    ]
    assert [one[:2] for one in told] == [("text.confirmed", KEY), ("text.withdrawn", KEY)]
    assert all(words != verb for verb, _text, words in told)


# --- whose they are ----------------------------------------------------------------------------------


def test_another_practice_sees_nothing_of_it(cast, pieter, desk):
    actions.confirm(pieter, read(KEY))

    assert standings(cast.actor("practitioner_b"))[KEY].state is State.WAITING
    assert confirmed_keys(cast.actor("practitioner_b")) == frozenset()
    assert not history(cast.actor("practitioner_b"), whole_method.entries()[KEY])
    for name in ("practitioner_b", "desk_b", "owner_b"):
        for address in (("texts",), ("texts-section", "glasses"), ("text", KEY)):
            assert "Pieter Vanackere" not in page(desk(name), *address)


def test_a_patient_sees_no_confirmation_at_all(cast, pieter):
    actions.confirm(pieter, read(KEY))
    story = sent(cast.a)

    assert confirmed_keys(story.actor) == frozenset()


@pytest.mark.parametrize("name", ["practitioner_a", "desk_a", "owner_a"])
def test_everybody_of_the_practice_may_read(desk, pieter, name):
    actions.confirm(pieter, read(KEY))
    browser = desk(name)

    assert "Glasses" in page(browser, "texts")
    assert "Pieter Vanackere" in page(browser, "texts-section", "glasses")
    assert "Pieter Vanackere" in page(browser, "text", KEY)


@pytest.mark.parametrize("name", ["desk_a", "owner_a"])
def test_who_may_not_confirm_finds_no_button(desk, pieter, name):
    actions.confirm(pieter, read(KEY))
    browser = desk(name)

    shown = (
        page(browser, "text", KEY) + page(browser, "text", SADDLE) + page(browser, "texts-section", "glasses")
    )

    assert "I confirm this text" not in shown
    assert "/confirm/" not in shown and "/withdraw/" not in shown
    assert post(browser, "text-confirm", SADDLE, **{"seen": read(SADDLE)[SADDLE]}).status_code == 403


# --- the pages ---------------------------------------------------------------------------------------


def test_a_text_stands_there_in_three_languages_with_its_source_and_its_mark(desk):
    shown = page(desk("practitioner_a"), "text", SADDLE)
    entry = whole_method.entries()[SADDLE]

    for piece in entry.texts:
        for code in ("nl", "en", "fr"):
            assert f'lang="{code}">{escaped(getattr(piece.text, code))}<' in shown, (piece.where, code)
    assert escaped(entry.source) in shown
    assert "Not yet confirmed" in shown
    assert shown.count("for practitioners only") == 2


def escaped(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#x27;").replace('"', "&quot;")


def test_confirming_leads_to_the_next_text_that_waits(desk, pieter):
    order = [entry.key for entry in whole_method.sections()[1].entries]
    browser = desk("practitioner_a")
    actions.confirm(pieter, read(order[1]))

    answer = browser.post(
        reverse("desk:text-confirm", args=[order[0]]),
        form_to(page(browser, "text", order[0]), reverse("desk:text-confirm", args=[order[0]])),
    )

    assert answer["Location"] == reverse("desk:text", args=[order[2]])
    assert "Confirmed, in your name" in browser.get(answer["Location"]).content.decode()
    assert confirmed_keys(pieter) == set(order[:2])


def test_the_last_one_leads_back_to_its_section(desk, pieter):
    section = next(one for one in whole_method.sections() if one.id == "conditions")
    keys = [entry.key for entry in section.entries]
    actions.confirm(pieter, read(*keys[1:]))

    answer = post(desk("practitioner_a"), "text-confirm", keys[0], seen=read(keys[0])[keys[0]])

    assert answer["Location"] == reverse("desk:texts-section", args=["conditions"])
    assert "Everything is confirmed" in page(desk("practitioner_a"), "texts")


def test_words_that_changed_meanwhile_are_shown_again_and_nothing_is_confirmed(desk, other_words):
    browser, seen = desk("practitioner_a"), read(KEY)[KEY]
    other_words(KEY)

    answer = post(browser, "text-confirm", KEY, seen=seen)

    assert answer.status_code == 409
    assert "Nothing was confirmed" in answer.content.decode() and "Other words" in answer.content.decode()
    assert not TextConfirmation.objects.exists()


def test_the_page_says_that_the_words_have_changed_since(desk, pieter, other_words):
    actions.confirm(pieter, read(KEY))
    other_words(KEY)
    browser = desk("practitioner_a")

    for shown in (page(browser, "text", KEY), page(browser, "texts-section", "glasses")):
        assert "The words have changed since it was confirmed" in shown
    assert "These were other words." in page(browser, "text", KEY)


def test_a_whole_section_at_once_lists_what_it_confirms(desk, pieter):
    browser = desk("practitioner_a")
    actions.confirm(pieter, read(KEY))
    shown = page(browser, "texts-section", "glasses")
    url = reverse("desk:texts-confirm", args=["glasses"])
    others = [entry.key for entry in whole_method.entries().values() if entry.section == "glasses"]
    others.remove(KEY)
    assert [one.partition("=")[0] for one in re.findall(r'name="seen" value="([^"]+)"', shown)] == others

    answer = browser.post(
        url, {"once_key": uuid.uuid4(), "seen": re.findall(r'name="seen" value="([^"]+)"', shown)}
    )

    assert answer["Location"] == reverse("desk:texts-section", args=["glasses"])
    assert "12 texts confirmed, in your name." in browser.get(answer["Location"]).content.decode()
    assert confirmed_keys(pieter) == {KEY, *others}
    assert "/confirm/" not in page(browser, "texts-section", "glasses")


@pytest.mark.parametrize(
    "seen",
    [
        ["red-flag:rf2-saddle={saddle}"],
        ["glass:sitting={sitting}", "glass:stress=x"],
        ["nonsense"],
        ["=", "a=b=c"],
    ],
)
def test_a_section_confirms_its_own_texts_as_read_or_none(desk, seen):
    filled = [one.format(saddle=read(SADDLE)[SADDLE], sitting=read(KEY)[KEY]) for one in seen]

    answer = post(desk("practitioner_a"), "texts-confirm", "glasses", seen=filled)

    assert answer.status_code == 409
    assert not TextConfirmation.objects.exists()


def test_a_section_of_which_nothing_waits_any_more_says_so(desk, pieter):
    browser = desk("practitioner_a")
    actions.confirm(pieter, read(KEY))

    answer = post(browser, "texts-confirm", "glasses", seen=[f"{KEY}={read(KEY)[KEY]}"])

    assert "Nothing waited here any more." in browser.get(answer["Location"]).content.decode()
    assert TextConfirmation.objects.count() == 1


def test_withdrawing_is_one_press_and_stays_on_the_page(desk, pieter):
    actions.confirm(pieter, read(KEY))
    browser = desk("practitioner_a")

    answer = post(browser, "text-withdraw", KEY)

    assert answer["Location"] == reverse("desk:text", args=[KEY])
    shown = browser.get(answer["Location"]).content.decode()
    assert "The confirmation is withdrawn, in your name." in shown
    assert "I confirm this text" in shown and "/withdraw/" not in shown


def test_a_form_sent_twice_is_one_decision(desk):
    browser, key = desk("practitioner_a"), str(uuid.uuid4())
    url, fields = reverse("desk:text-confirm", args=[KEY]), {"once_key": key, "seen": read(KEY)[KEY]}

    first, second = (browser.post(url, fields) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert TextConfirmation.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "argument"),
    [("text", "glass:nothing"), ("text", "glass"), ("texts-section", "nothing"), ("texts-section", "glass")],
)
def test_what_is_not_there_is_not_found(desk, name, argument):
    browser = desk("practitioner_a")

    assert browser.get(reverse(f"desk:{name}", args=[argument])).status_code == 404
    for verb in {"text": ("text-confirm", "text-withdraw"), "texts-section": ("texts-confirm",)}[name]:
        assert post(browser, verb, argument).status_code == 404


@pytest.mark.parametrize("address", [("texts",), ("texts-section", "red-flags"), ("text", KEY)])
def test_a_page_costs_as_many_questions_whatever_was_decided(desk, pieter, address):
    browser = desk("practitioner_a")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            page(browser, *address)
        return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])

    queries()  # the first visit of a session writes it
    few = queries()
    actions.confirm(pieter, read(*whole_method.entries()))

    assert queries() == few
    # Four of them are the login's: session, person, memberships, second factor.
    assert few - 4 <= 2, few


def test_which_texts_are_confirmed_costs_one_question(pieter, django_assert_num_queries):
    actions.confirm(pieter, read(*whole_method.entries()))

    with django_assert_num_queries(1):
        assert len(confirmed_keys(pieter)) == len(whole_method.entries())


# --- the mark that staff see -------------------------------------------------------------------------


MARK = "not yet confirmed by a clinician"


def test_a_flag_says_that_its_words_wait_until_the_practice_has_confirmed_them(cast, desk, pieter):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    browser = desk("practitioner_a")
    assert MARK in page(browser, "review", story.intake.code)

    actions.confirm(pieter, read("red-flag:rf1-weight-loss"))

    assert MARK not in page(browser, "review", story.intake.code)


def test_a_flag_that_a_rule_alone_raised_is_marked_by_its_reason_line(cast, desk, pieter):
    story = sent(cast.a, told={"blood_thinners": True})
    browser = desk("practitioner_a")
    assert reverse("desk:text", args=["red-flag-reason:R7"]) in page(browser, "review", story.intake.code)

    actions.confirm(pieter, read("red-flag-reason:R7"))

    assert MARK not in page(browser, "review", story.intake.code)


def test_another_practices_confirmation_takes_no_mark_away(cast, desk):
    actions.confirm(cast.actor("practitioner_b"), read("red-flag:rf1-weight-loss"))
    story = sent(cast.a, {"rf1-weight-loss": "yes"})

    assert MARK in page(desk("practitioner_a"), "review", story.intake.code)


def test_a_doubt_of_the_practitioner_has_no_words_to_confirm(cast, desk, pieter):
    story = sent(cast.a)
    part_a.not_reassured(pieter, story.screening, "Hij ziet grauw.")

    assert MARK not in page(desk("practitioner_a"), "review", story.intake.code)


def test_patients_see_no_mark(cast):
    story = sent(cast.a, {"rf1-steroid-use": "yes"}).begin_glasses()
    phone = story.phone()

    for address in (story.page("start"), story.page("glass", 1), story.page("shelf"), story.page("check")):
        shown = phone.get(address).content.decode()
        assert MARK not in shown and "Not yet confirmed" not in shown, address


@pytest.mark.parametrize("folder", ["intake", "triggers", "plans/paper", "plans/reading"])
def test_no_template_of_patients_knows_of_a_mark(folder):
    found = sorted((TEMPLATES / folder).glob("*"))

    assert found
    for one in found:
        assert not re.search(r"\bconfirmed\b|confirming/", one.read_text(encoding="utf-8")), one.name
