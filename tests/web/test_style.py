"""The pages with every component: there on a development machine, nowhere else, and whole."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import clear_url_caches, set_urlconf

from backup_plan_site.staff import matrix

PAGES = ("/style/", "/style/desk/")
development = pytest.mark.urls("backup_plan_site.urls_dev")
# Class names that the guide to the components promises, and that the style page shows.
README = (settings.BASE_DIR / "static/README.md").read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_no_practice_has_the_style_page(client, path):
    assert client.get(path).status_code == 404
    assert not any((name or "").startswith("style:") for name, _view in matrix.urls())


def test_only_development_with_debug_leads_there():
    """Production, the demo and the tests keep the real roof."""
    told = {}
    for debug in ("0", "1"):
        command = [sys.executable, "-c", SAY]
        answer = subprocess.run(
            command,
            env={**os.environ, "DEBUG": debug, "DJANGO_SETTINGS_MODULE": "backup_plan_site.settings.dev"},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        )
        told[debug] = answer.stdout.split()[-1]
    production = (settings.BASE_DIR / "backup_plan_site/settings/production.py").read_text(encoding="utf-8")

    assert told == {"0": "backup_plan_site.urls", "1": "backup_plan_site.urls_dev"}
    assert "urls_dev" not in production
    assert settings.ROOT_URLCONF == "backup_plan_site.urls"


SAY = "from django.conf import settings; print(settings.ROOT_URLCONF)"


def test_every_address_of_development_has_a_line_too():
    lines = matrix.load() | matrix.load(settings.BASE_DIR / "backup_plan_site/style/access.toml")

    assert matrix.disagreements(lines, matrix.urls("backup_plan_site.urls_dev")) == []
    assert any(
        "style:desk" in one
        for one in matrix.disagreements(matrix.load(), matrix.urls("backup_plan_site.urls_dev"))
    )


@development
@pytest.mark.django_db
def test_both_pages_open_and_show_what_the_guide_names(client):
    pages = {path: client.get(path) for path in PAGES}
    assert {answer.status_code for answer in pages.values()} == {200}
    shown = "".join(answer.content.decode() for answer in pages.values())
    classes = {name for one in re.findall(r'class="([^"]*)"', shown) for name in one.split()}
    partials = re.findall(r"^\| `(\w+)\.html` \| ", README, re.MULTILINE)

    assert len(partials) > 6
    for name in (
        "choice",
        "ask",
        "care",
        "summary",
        "task",
        "call",
        "scale__box",
        "body",
        "glass-head",
        "marks",
    ):
        assert name in classes
    for name in ("work", "filters", "badge", "panel", "empty", "slip", "patient-head", "chip", "is-focused"):
        assert name in classes
    ids = re.findall(r'\bid="([^"]*)"', pages["/style/"].content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.fixture(autouse=True)
def fresh_addresses():
    yield
    clear_url_caches()
    set_urlconf(None)
