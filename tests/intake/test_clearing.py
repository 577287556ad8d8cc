"""Which reason clears which flag: the pure rules behind the decisions (clinical-brief B7)."""

import pytest

from intake.clearing import DETAILS, EXAMINABLE, Reason, Referral, missing_details, reasons
from intake.models import Clearance
from intake.screening import Urgency
from tests.intake.people import ALL_ITEMS

NOW, TODAY, DAYS, TALK = Urgency.NOW, Urgency.TODAY, Urgency.DAYS, Urgency.TALK
GIVEN = {"explanation": "x", "done_by": "dr. Smets", "done_on": "2026-03-02", "tests": "SLR"}


def test_there_are_five_reasons_and_no_more():
    assert [reason.value for reason in Reason] == [
        "misunderstood",
        "known-and-assessed",
        "examined-negative",
        "unrelated-explained",
        "doctor-cleared",
    ]
    stored = {value for value, _label in Clearance.Reason.choices}
    assert stored == {*Reason, *Referral}


@pytest.mark.parametrize("item", [*ALL_ITEMS, "R4", "R7", "R9", "R12", "R15", "spine-procedure", "under-18"])
def test_every_item_and_rule_has_the_reasons_of_its_class(item):
    examined = {"examined-negative"} if item in ("rf1-constant-worse", "rf2-both-legs", "rf1-pmr") else set()
    soon = {"misunderstood", "known-and-assessed", "doctor-cleared"} | examined

    assert set(reasons(item, NOW)) == {"misunderstood", "doctor-cleared"}
    assert set(reasons(item, TODAY)) == soon
    assert set(reasons(item, DAYS)) == soon
    assert set(reasons(item, TALK)) == set(Reason)


@pytest.mark.parametrize("urgency", Urgency)
def test_what_was_referred_comes_back_on_a_doctors_word_only(urgency):
    assert reasons("rf1-pmr", urgency, referred=True) == (Reason.DOCTOR_CLEARED,)


def test_the_examinable_items_are_items():
    assert set(ALL_ITEMS) >= EXAMINABLE
    assert len(EXAMINABLE) == 3


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize(
    ("reason", "needed"),
    [
        ("misunderstood", ()),
        ("known-and-assessed", ("done_by", "done_on")),
        ("examined-negative", ("tests",)),
        ("unrelated-explained", ()),
        ("doctor-cleared", ("done_by", "done_on")),
    ],
)
def test_each_reason_names_what_must_be_written_down(reason, needed, urgency):
    reason = Reason(reason)
    talk = ("talked_with_patient",) if (reason, urgency) == (Reason.MISUNDERSTOOD, NOW) else ()

    assert DETAILS[reason] == needed
    assert missing_details(reason, urgency, {}) == (*needed, *talk, "explanation")
    assert missing_details(reason, urgency, GIVEN) == talk
    assert missing_details(reason, urgency, GIVEN | {"talked_with_patient": True}) == ()
    assert missing_details(reason, urgency, dict.fromkeys(GIVEN, " \n")) == (*needed, *talk, "explanation")
