from tests.test_access import crawl
from tests.patients import add_glasses
from backup_plan_site.staff import matrix
import pytest
from tests.test_whole_road_in_french import in_french, one_language  # noqa
from django.urls import reverse
def test_paper(cast, patients, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    names = {n for n, _ in matrix.urls() if n.startswith("desk:paper")}
    assert len(names) == 9
    faults = crawl(cast, only=names)
    assert not faults, "\n".join(faults)
    assert not [f for f in matrix.disagreements(matrix.load(), matrix.urls()) if "paper" in f]
def test_queries(cast, patients, django_assert_max_num_queries):
    c = cast.client("desk_a"); code = cast.things["busy_a"].intake.code
    c.post(reverse("desk:paper-who", args=[code]), {"once_key": "6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c11", "who": "self"})
    from django.test.utils import CaptureQueriesContext
    from django.db import connection
    for n, a in (("paper", ()), ("paper-context", ()), ("paper-safety", ("unwell",))):
        with CaptureQueriesContext(connection, ) as q:
            assert c.get(reverse("desk:" + n, args=[code, *a])).status_code == 200
        print(n, len(q))
        if n == "paper":
            for one in q.captured_queries: print("   ", one["sql"][:110])
