"""The codes on the paper intake: one for each question, none twice, and the same ones next year."""

from dataclasses import replace

import pytest

from intake.pages import context_pages
from intake.red_flags import red_flags
from intake.screening import Context
from intake.screening_items import ANSWER_KEYS
from plans import paper_codes
from plans.paper_intake import codes
from triggers.glasses import CONDITIONS, GLASSES, conditions, glasses

# Written out by hand: who has a pile of printed forms types these.
KNOWN = {
    "sex": "C1",
    "pregnant": "C2",
    "regions": "C5",
    "duration": "C9",
    "sudden_onset": "C12",
    "spine_procedure_3_months": "C21",
    "rf1-trauma-major": "V1.1",
    "rf1-trauma-major.cord": "V1.1a",
    "rf1-inflammatory.buttock": "V2.4f",
    "rf2-saddle": "V3.3",
    "rf2-saddle.new": "V3.3a",
    "rf3-heart": "V5.1",
    "rf3-gynaecological.cycle-only": "V6.5b",
    "rf3-shingles": "V6.7",
    "hernia": "K1",
    "hernia-2": "K1.2",
    "arthrosis-9": "K2.9",
    "bones": "K3",
    "bones-6": "K3.6",
    "sitting-3": "O1.3",
    "hydration-5": "G2.5",
    "self-care-1": "B4.1",
    "social-net-8": "B5.8",
}


def collisions(found):
    """Codes that two questions have."""
    told = list(found.values())
    return sorted({code for code in told if told.count(code) > 1})


def test_a_code_is_what_it_always_was():
    assert {key: codes()[key] for key in KNOWN} == KNOWN


def test_no_code_stands_twice_and_none_is_missing():
    everything = {
        *(key for page in context_pages(Context(regions=frozenset({"neck", "leg"}))) for key in page.keys),
        *ANSWER_KEYS,
        *(one.id for key in CONDITIONS for one in conditions()[key].statements),
        *(one.id for key in GLASSES for one in glasses()[key].statements),
        *CONDITIONS,
        *GLASSES,
    }

    assert collisions(codes()) == []
    assert everything <= codes().keys()
    assert len(codes()) == len(set(codes().values()))


def test_two_glasses_with_one_letter_are_seen():
    two = [glasses()["sitting"], replace(glasses()["heavy-work"], letter="O1")]

    assert "O1.1" in collisions(paper_codes.glass_codes(two))


@pytest.mark.parametrize("key", ["rf1-inflammatory", "rf1-infection-risk"])
def test_follow_ups_have_letters_in_the_order_they_are_asked(key):
    follow_ups = red_flags().by_id[key].follow_ups

    assert [codes()[f"{key}.{one.id}"][-1] for one in follow_ups] == list("abcdef")[: len(follow_ups)]
