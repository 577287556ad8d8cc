"""The house stands as design.md draws it; and each rule sees a fault that is planted for it."""

from pathlib import PurePosixPath

import pytest
from django.apps import apps

from backup_plan_site.staff.actors import ActorQuerySet
from tests import architecture as house

FILES = house.sources()

# The heart: these must promise to be pure as soon as they exist.
HEART = (
    "intake/screening*.py",
    "intake/standing.py",
    "intake/clearing.py",
    "intake/pages.py",
    "intake/reminders.py",
    "triggers/shelf*.py",
    "exercises/filters.py",
    "exercises/figure.py",
    "plans/composition.py",
    "plans/habit_words.py",
    "plans/build_up.py",
    "plans/ladder.py",
    "plans/stairs.py",
    "plans/clusters.py",
    "plans/shortening.py",
    "plans/return_to_work.py",
    "plans/vague.py",
    "backup_plan_site/web/finding.py",
    "plans/visits.py",
)

# Queries without `for_actor` in modules that answer requests, each with its reason.
REASONS = {
    ("backup_plan_site/staff/middleware.py", "Membership"): "makes the actor, by whom is logged in",
    ("intake/access.py", "Invitation"): "the patient's door itself: the session names the invitation",
    (
        "intake/known.py",
        "Invitation",
    ): "the same door once more: a signed cookie names it, the birth date opens it",
    ("intake/views/link.py", "Intake"): "the link's door: the token named the invitation a line before",
}


def scoped_models():
    """Names of the models that belong to a practice."""
    return {
        model.__name__
        for model in apps.get_models()
        if isinstance(model._default_manager.all(), ActorQuerySet)
    }


def test_imports_run_one_way():
    assert house.arrows_that_run_upwards(FILES) == []


def test_every_part_of_the_house_is_known():
    tops = {house.part(house._module(path)) for path in FILES} - {"", "roof"}

    assert tops <= house.MAY_IMPORT.keys()


def test_a_library_that_one_module_keeps_is_imported_nowhere_else():
    assert house.strangers_in_the_house(FILES) == []


def test_the_heart_promises_to_be_pure_and_is():
    heart = {path for path in FILES for pattern in HEART if PurePosixPath(path).match(pattern)}

    assert len(heart) >= 8
    assert heart - house.pure(FILES) == set()
    assert house.impurities(FILES) == []
    assert house.broken_promises(FILES) == []


def test_no_layers_for_their_own_sake_and_no_hidden_effects():
    assert house.layers_for_their_own_sake(FILES) == []


def test_views_and_modules_stay_short():
    assert house.long_views(FILES) == []
    assert house.long_modules(FILES) == []


def test_views_reach_rows_by_the_one_door():
    models = scoped_models()

    assert {"Patient", "Intake", "Invitation", "Screening", "Answer", "Flag", "AuditEvent"} <= models
    assert house.ways_around_the_door(FILES, models, REASONS) == []


def test_nothing_is_kept_in_a_cache():
    assert house.caches(FILES) == []


# --- planted faults ------------------------------------------------------------------------------

PURE = '"""Rules. Pure Python: no Django."""\n'
RULES = "intake/screening.py"
LONG_VIEW = "@allow(Role.DESK)\ndef page(request):\n" + "    step()\n" * 31

# rule -> what is wrong: where it stands, what stands there
PLANTED = {
    house.arrows_that_run_upwards: {
        "staff knows a patient": ("backup_plan_site/staff/x.py", "from intake.models import Patient"),
        "hidden in a function": ("backup_plan_site/jobs/x.py", "def f():\n    import plans.desk"),
        "by name as text": ("backup_plan_site/jobs/x.py", "import_string('intake.models.Patient')"),
        "jobs knows staff": ("backup_plan_site/jobs/api.py", "from ..staff import audit"),
        "intake looks up": ("intake/views/x.py", "from triggers import models"),
        "exercises looks sideways": ("exercises/x.py", "import intake.models"),
        "an app imports the roof": ("plans/desk/x.py", "from backup_plan_site.settings import base"),
        "the roof by its package": ("plans/x.py", "from backup_plan_site import urls"),
        "code imports a test": ("plans/x.py", "from tests.cast import cast"),
        "a part nobody knows": ("backup_plan_site/helpers/x.py", "import json"),
    },
    house.strangers_in_the_house: {
        "WeasyPrint in a view": ("plans/desk/x.py", "def f():\n    from weasyprint import HTML"),
    },
    house.impurities: {
        "Django in a rule": (RULES, PURE + "from django.utils import timezone"),
        "a clock in a rule": (RULES, PURE + "import datetime\nx = datetime.date.today()"),
        "chance in a rule": (RULES, PURE + "def f():\n    from random import choice"),
        "a file in a rule": (RULES, PURE + "x = open('a').read()"),
        "a rule on a model": (RULES, PURE + "from .models import Patient"),
    },
    house.broken_promises: {
        "says no Django": ("intake/cases.py", '"""Cases. No Django."""\nimport django'),
    },
    house.layers_for_their_own_sake: {
        "a service layer": ("intake/services/links.py", ""),
        "selectors": ("intake/selectors.py", ""),
        "a signal": ("intake/apps.py", "from django.db.models.signals import post_save"),
        "a signal of one's own": ("intake/x.py", "from django.dispatch import Signal"),
        "logic in save": ("intake/models/x.py", "class A:\n    def save(self):\n        pass"),
    },
    house.long_views: {"a long view": ("plans/desk/x.py", LONG_VIEW)},
    house.long_modules: {"a long module": ("intake/x.py", "x = 1\n" * 351)},
    house.caches: {
        "a cached page": ("intake/views/x.py", "from django.views.decorators.cache import cache_page"),
        "a name in the cache": ("intake/x.py", "from django.core.cache import cache"),
        "a caching middleware": (
            "backup_plan_site/settings/x.py",
            "MIDDLEWARE = ['django.middleware.cache.FetchFromCacheMiddleware']",
        ),
    },
}


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        pytest.param(rule, *fault, id=name)
        for rule, faults in PLANTED.items()
        for name, fault in faults.items()
    ],
)
def test_a_planted_fault_is_seen(rule, path, source):
    assert rule({path: source})


@pytest.mark.parametrize(
    "query",
    [
        "Patient.objects.all()",
        "Patient.objects.filter(pk=code).first()",
        "Patient.objects.get(code=code)",
        "models.Patient.objects.first()",
        "Patient._default_manager.all()",
        "get_object_or_404(Patient, code=code)",
        "get_object_or_404(Patient.objects.select_related('practice'), code=code)",
    ],
)
def test_a_way_around_the_door_is_seen(query):
    source = f"@allow(Role.DESK)\ndef page(request, code):\n    return {query}"

    assert house.ways_around_the_door({"plans/desk/x.py": source}, {"Patient"}, {})


def test_the_door_itself_is_no_fault_and_an_old_reason_is_one():
    source = "def page(request):\n    return Patient.objects.for_actor(request.actor).filter(x=1)"

    assert house.ways_around_the_door({"plans/desk/x.py": source}, {"Patient"}, {}) == []
    assert house.ways_around_the_door({"a.py": source}, {"Patient"}, {("a.py", "Patient"): "once"})


def test_faults_in_a_copy_of_the_house_are_seen(tmp_path):
    for path, source in FILES.items():
        copy = tmp_path / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source, encoding="utf-8")
    assert house.arrows_that_run_upwards(house.sources(tmp_path)) == []
    for name, line in (
        ("backup_plan_site/web/once.py", "from intake.models import Patient"),
        ("intake/standing.py", "from django.utils import timezone"),
    ):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef planted():\n    {line}\n")

    planted = house.sources(tmp_path)

    assert [fault.split(":")[0] for fault in house.arrows_that_run_upwards(planted)] == [
        "backup_plan_site/web/once.py"
    ]
    assert [fault.split(":")[0] for fault in house.impurities(planted)] == ["intake/standing.py"]
