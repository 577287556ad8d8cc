"""The 90-second page as axe sees it, at every width, with flags, glasses and a round before."""

import pytest
from django.urls import reverse

from tests.browser.looking import Looker
from tests.cast import in_english
from tests.plans.test_summary import flagged

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_the_summary_looks_well(visit, cast):
    looker, story = Looker(), flagged(cast.a)
    client = cast.client("practitioner_a")
    in_english(client)
    staff = visit().take_over(client)
    staff.open(reverse("desk:summary", args=[story.intake.code]))
    looker.look(staff, "summary")

    assert looker.faults == []
